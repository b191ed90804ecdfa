//! What goes into a file for a spreadsheet: the conversations that went on in a period, and what was said in them then.
//!
//! Two questions: which conversations, and then a few of them at a time, so that nothing large is held at once. How a line
//! of the file looks is for `app` to say.

use crate::file::Fault;
use crate::list::Conditions;
use crate::message::read_message;
use crate::{Result, Row, Store, conversation};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, ListFilter, Message};
use rusqlite::{Connection, params, params_from_iter};

/// Conversations in one file, at most.
const MOST: usize = 100_000;
/// Conversations read at once, at most.
const AT_ONCE: usize = 100;
/// Messages of one conversation, at most.
const MOST_MESSAGES: i64 = 10_000;

/// What was said in a stretch of time: notes, too, but no activity lines.
pub(crate) const SAID_SQL: &str = "
    SELECT text, body FROM message INDEXED BY message_said
    WHERE account = ?1 AND conversation = ?2 AND kind <> 2 AND created_at >= ?3 AND created_at < ?4
    ORDER BY created_at, id LIMIT ?5";

/// Which conversations: of these accounts, not later than `to`, still going on after `from` (epoch seconds).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportQuery {
    /// Empty = none.
    pub accounts: Vec<AccountKey>,
    /// Its own moments do not matter.
    pub filter: ListFilter,
    pub from: i64,
    pub to: i64,
    /// What has expired by now (epoch seconds).
    pub now: i64,
}

/// Which conversations go into the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToExport {
    /// The newest activity of each account first.
    pub conversations: Vec<ConversationRef>,
    /// There are more than one file takes.
    pub is_cut: bool,
}

/// A conversation with what was said in the period.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    pub row: Row,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Nothing of the period is missing.
    pub whole: bool,
}

impl Store {
    /// The conversations of a file.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn to_export(&self, query: ExportQuery) -> Result<ToExport> {
        let found = self
            .inner
            .cache
            .read("what to export", move |connection| find(connection, &query));
        found.await
    }

    /// The first hundred of these conversations, with what was said from `from` to `to` (epoch seconds); those no longer
    /// known are left out.
    ///
    /// # Errors
    /// As every call.
    pub async fn exported(
        &self,
        conversations: Vec<ConversationRef>,
        from: i64,
        to: i64,
    ) -> Result<Vec<Exported>> {
        let read = self.inner.cache.read("export", move |connection| {
            let mut all = Vec::new();
            for one in conversations.into_iter().take(AT_ONCE) {
                let Some(row) = conversation::row(connection, one)? else {
                    continue;
                };
                let messages = said(connection, one, from, to)?;
                let whole = conversation::is_whole(connection, one, from)?;
                all.push(Exported { row, messages, whole });
            }
            Ok(all)
        });
        read.await
    }
}

/// Of one account, which is bound first, then the period.
pub(crate) fn which_sql(
    filter: &ListFilter,
    now: i64,
) -> Result<(String, Vec<rusqlite::types::Value>), Fault> {
    let mut conditions = Conditions::from(4);
    let filter = ListFilter {
        active_from: None,
        active_until: None,
        ..filter.clone()
    };
    conditions.filter(&filter, now)?;
    if !filter.labels.is_empty() {
        conditions.labels(&filter.labels)?;
    }
    let sql = format!(
        "SELECT c.id FROM conversation c INDEXED BY conversation_activity
         WHERE c.account = ?1 AND c.last_activity_at >= ?2
           AND json_extract(coalesce(c.shown, c.server), '$.created_at') < ?3{}
         ORDER BY c.last_activity_at DESC, c.id DESC",
        conditions.sql("AND")
    );
    Ok((sql, conditions.values))
}

fn find(connection: &Connection, query: &ExportQuery) -> Result<ToExport, Fault> {
    let mut found = ToExport::default();
    let (sql, filter) = which_sql(&query.filter, query.now)?;
    for account in &query.accounts {
        let mut values = vec![account.0.into(), query.from.into(), query.to.into()];
        values.extend(filter.iter().cloned());
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&values))?;
        while let Some(row) = rows.next()? {
            if found.conversations.len() == MOST {
                found.is_cut = true;
                return Ok(found);
            }
            let id = ConversationId(row.get(0)?);
            found.conversations.push(ConversationRef::new(*account, id));
        }
    }
    Ok(found)
}

fn said(
    connection: &Connection,
    conversation: ConversationRef,
    from: i64,
    to: i64,
) -> Result<Vec<Message>, Fault> {
    let key = params![conversation.account.0, conversation.id.0, from, to, MOST_MESSAGES];
    connection
        .prepare_cached(SAID_SQL)?
        .query_and_then(key, read_message)?
        .collect()
}
