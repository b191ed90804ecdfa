//! What the day's screens are made of: what the AI answered since the evening, what people hold, what was promised.
//!
//! For: candidates, each bounded and read by an index. Not for: deciding what belongs where (that is `domain::day`).

use crate::conversation::traits::ACTIVE;
use crate::file::Fault;
use crate::list::{self, Filter};
use crate::message::read_message;
use crate::{Result, Row, Store, conversation};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, Message};
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Rows that are answered at once, at most.
const ROWS: u32 = 200;
/// Answers of one night that are looked at in one conversation.
const ANSWERS: u32 = 20;
/// Notes of one shift that are told of one conversation.
const NOTES: u32 = 3;

/// Conversations of one account in which the AI answered since, newest activity first. Only their numbers are read: how
/// many there are is told, too.
pub(crate) const NIGHT_SQL: &str = "
    SELECT c.last_activity_at, c.id FROM conversation c INDEXED BY conversation_activity
    WHERE c.account = ?1 AND c.last_activity_at >= ?2 AND EXISTS (
      SELECT 1 FROM message m INDEXED BY message_said
      WHERE m.account = c.account AND m.conversation = c.id AND m.kind <> 2 AND m.created_at >= ?2
        AND m.kind = 1 AND m.human = 0 AND json_extract(m.body, '$.private') = 0
        AND json_extract(m.body, '$.sender.kind') IN ('bot', 'other'))
    ORDER BY c.last_activity_at DESC, c.id DESC";

/// What was said on the desk's side since, but not by people; notes with `?4`. Newest first.
pub(crate) const SAID_SINCE_SQL: &str = "
    SELECT text, body FROM message INDEXED BY message_said
    WHERE account = ?1 AND conversation = ?2 AND kind <> 2 AND created_at >= ?3
      AND kind = 1 AND human = 0 AND json_extract(body, '$.private') = ?4
    ORDER BY created_at DESC, id DESC LIMIT ?5";

/// The guest's newest words.
pub(crate) const OF_GUEST_SQL: &str = "SELECT text, body FROM message INDEXED BY message_incoming
    WHERE account = ?1 AND conversation = ?2 AND kind = 0 ORDER BY created_at DESC LIMIT 1";

/// What was told to a guest, and is not closed.
const HAS_PROMISE: &str = "EXISTS (SELECT 1 FROM conversation k WHERE k.account = c.account AND k.id = c.id
    AND json_array_length(coalesce(k.shown, k.server), '$.custom_attributes.handoff_brief.promised') > 0)";

/// What the AI answered alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Night {
    /// Conversations in which it answered.
    pub answered: u32,
    /// The newest of them, with its answers of that time, newest first.
    pub rows: Vec<(Row, Vec<Message>)>,
}

impl Store {
    /// What the AI answered since `from` (epoch seconds); `limit` is cut to 200.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn night(&self, accounts: Vec<AccountKey>, from: i64, limit: u32) -> Result<Night> {
        let read = self.inner.cache.read("night", move |connection| {
            night(connection, &accounts, from, limit.min(ROWS))
        });
        let mut night = read.await?;
        let (rows, answers): (Vec<Row>, Vec<_>) = night.rows.into_iter().unzip();
        night.rows = self.with_unsent(rows).into_iter().zip(answers).collect();
        Ok(night)
    }

    /// The open conversations that people answer in: mine first, then those of others, newest activity first; `limit` is
    /// cut to 200.
    ///
    /// # Errors
    /// As every call.
    pub async fn held(&self, accounts: &[AccountKey], limit: u32) -> Result<Vec<Row>> {
        self.active_rows("held", held(accounts), limit).await
    }

    /// Those in which somebody was promised something; closed ones aside, and those who wait for a person, whom nobody
    /// forgets. `limit` is cut to 200.
    ///
    /// # Errors
    /// As every call.
    pub async fn promised(&self, accounts: &[AccountKey], limit: u32) -> Result<Vec<Row>> {
        self.active_rows("promised", with_promise(accounts), limit).await
    }

    async fn active_rows(&self, name: &'static str, filter: Filter, limit: u32) -> Result<Vec<Row>> {
        let page = move |connection: &Connection| list::page(connection, &filter, 0, limit.min(ROWS));
        let rows = self.inner.cache.read(name, page);
        Ok(self.with_unsent(rows.await?))
    }

    /// The guests' newest words, as far as they are kept.
    ///
    /// # Errors
    /// As every call.
    pub async fn words_of_guests(
        &self,
        conversations: Vec<ConversationRef>,
    ) -> Result<HashMap<ConversationRef, Message>> {
        let words = self.inner.cache.read("words of guests", move |connection| {
            let mut words = HashMap::new();
            let mut statement = connection.prepare_cached(OF_GUEST_SQL)?;
            for one in conversations {
                let mut found = statement.query_and_then(params![one.account.0, one.id.0], read_message)?;
                words.extend(found.next().transpose()?.map(|message| (one, message)));
            }
            Ok(words)
        });
        words.await
    }

    /// Notes for the team since `from` (epoch seconds), the newest three of each conversation.
    ///
    /// # Errors
    /// As every call.
    pub async fn notes_since(
        &self,
        conversations: Vec<ConversationRef>,
        from: i64,
    ) -> Result<Vec<(ConversationRef, Message)>> {
        let notes = self.inner.cache.read("notes since", move |connection| {
            let mut notes = Vec::new();
            for one in conversations {
                let found = said_since(connection, one, from, true, NOTES)?;
                notes.extend(found.into_iter().map(|note| (one, note)));
            }
            Ok(notes)
        });
        notes.await
    }
}

/// Open, and somebody answers: what waits for anybody is in the first list, what the AI has is marked.
pub(crate) fn held(accounts: &[AccountKey]) -> Filter {
    let open = format!("c.list >= 1 AND c.list <= 2 AND c.ai = 0 AND c.traits & {ACTIVE} <> 0");
    Filter::counted(accounts).and(open)
}

pub(crate) fn with_promise(accounts: &[AccountKey]) -> Filter {
    Filter::counted(accounts).and(format!("c.list >= 1 AND c.list <= 2 AND {HAS_PROMISE}"))
}

fn at(account: AccountKey, id: i64) -> ConversationRef {
    ConversationRef::new(account, ConversationId(id))
}

fn night(connection: &Connection, accounts: &[AccountKey], from: i64, limit: u32) -> Result<Night, Fault> {
    let mut found: Vec<(i64, ConversationRef)> = Vec::new();
    let mut statement = connection.prepare_cached(NIGHT_SQL)?;
    for &account in accounts {
        let rows = statement.query_map(params![account.0, from], |row| {
            Ok((row.get(0)?, at(account, row.get(1)?)))
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    // Each account's own are in order already.
    found.sort_by_key(|(active_at, _)| std::cmp::Reverse(*active_at));
    let answered = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let mut rows = Vec::new();
    for (_, one) in found.into_iter().take(limit as usize) {
        if let Some(row) = conversation::row(connection, one)? {
            rows.push((row, said_since(connection, one, from, false, ANSWERS)?));
        }
    }
    Ok(Night { answered, rows })
}

fn said_since(
    connection: &Connection,
    one: ConversationRef,
    from: i64,
    private: bool,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    connection
        .prepare_cached(SAID_SINCE_SQL)?
        .query_and_then(
            params![one.account.0, one.id.0, from, private, limit],
            read_message,
        )?
        .collect()
}
