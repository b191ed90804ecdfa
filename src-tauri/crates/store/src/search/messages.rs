//! Conversations found by what was said in them.

use super::query::Wanted;
use super::{Found, MessageHit, snippet};
use crate::Result;
use crate::file::Fault;
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, MessageId};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Matching messages that are looked at, newest first: a word everybody uses must not read the whole archive.
const MESSAGES_READ: u32 = 1000;

/// The same with a filter, of which few may be left.
const NARROWED_READ: u32 = 20_000;

pub(crate) const MESSAGES_SQL: &str = "SELECT m.account, m.conversation, m.id, m.created_at,
      CASE WHEN is_first_hit(m.account, m.conversation) THEN snippet(message_search, 0, char(1), char(2), '…', 16) END
    FROM message_search JOIN message m ON m.doc = message_search.rowid
    WHERE message_search MATCH ?1 AND (?2 = '[]' OR m.account IN (SELECT value FROM json_each(?2)))
    ORDER BY message_search.rowid DESC LIMIT ?3";

pub(crate) const SNIPPET_SQL: &str = "SELECT snippet(message_search, 0, char(1), char(2), '…', 16)
    FROM message_search WHERE message_search MATCH ?1 AND rowid = ?2";

pub(crate) fn narrowed_sql(conditions: &str) -> String {
    format!(
        "SELECT m.account, m.conversation, m.id, m.created_at, m.doc
        FROM (SELECT rowid AS doc FROM message_search
            WHERE message_search MATCH ?1 AND rowid >= ?4 AND rowid < ?5 ORDER BY rowid DESC LIMIT ?6) s
          CROSS JOIN message m ON m.doc = s.doc
          CROSS JOIN conversation c ON c.account = m.account AND c.id = m.conversation
        WHERE (?2 = '[]' OR m.account IN (SELECT value FROM json_each(?2))){conditions}
        LIMIT ?3"
    )
}

/// Adds the conversations in which every one of `words` was said in one message.
pub(super) fn find(
    connection: &Connection,
    words: &str,
    wanted: &Wanted,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    let mut values: Vec<Value> = vec![
        words.to_owned().into(),
        wanted.accounts.clone().into(),
        MESSAGES_READ.into(),
    ];
    if !wanted.is_narrowed() {
        first_hits(connection)?;
        return take(connection, MESSAGES_SQL, values, wanted.limit, found, |row| {
            row.get(4)
        });
    }
    let (from, until) = wanted.docs();
    values.extend([from, until, NARROWED_READ.into()]);
    let statement = wanted.of_messages(narrowed_sql, values)?;
    take(
        connection,
        &statement.sql,
        statement.values,
        wanted.limit,
        found,
        |row| snippet_of(connection, words, row.get(4)?),
    )
}

/// Takes over the newest hit of each conversation, until there are enough.
fn take(
    connection: &Connection,
    sql: &str,
    values: Vec<Value>,
    limit: u32,
    found: &mut HashMap<ConversationRef, Found>,
    snippet: impl Fn(&Row<'_>) -> rusqlite::Result<Option<String>>,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut conversations = 0;
    while let Some(row) = rows.next()?
        && conversations < limit
    {
        if add(row, found, &snippet)? {
            conversations += 1;
        }
    }
    Ok(())
}

/// Adds a hit. Returns whether it is the first of its conversation.
pub(super) fn add(
    row: &Row<'_>,
    found: &mut HashMap<ConversationRef, Found>,
    snippet: impl Fn(&Row<'_>) -> rusqlite::Result<Option<String>>,
) -> Result<bool, Fault> {
    let conversation = ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?));
    let at = row.get(3)?;
    let known = found.entry(conversation).or_insert(Found::at(at));
    if known.message.is_some() {
        return Ok(false);
    }
    known.message = Some(MessageHit {
        id: MessageId(row.get(2)?),
        at,
        parts: snippet::parts(&snippet(row)?.unwrap_or_default()),
    });
    Ok(true)
}

/// The piece of one message that holds the words.
pub(super) fn snippet_of(connection: &Connection, words: &str, doc: i64) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached(SNIPPET_SQL)?;
    statement
        .query_row(params![words, doc], |row| row.get(0))
        .optional()
}

/// Makes `is_first_hit` true once for each conversation: cutting a snippet reads the whole text again, and only the
/// newest of each conversation is shown.
pub(crate) fn first_hits(connection: &Connection) -> Result<(), Fault> {
    let seen: RefCell<HashSet<(i64, i64)>> = RefCell::default();
    let is_first =
        move |context: &Context<'_>| Ok(seen.borrow_mut().insert((context.get(0)?, context.get(1)?)));
    connection.create_scalar_function("is_first_hit", 2, FunctionFlags::SQLITE_UTF8, is_first)?;
    Ok(())
}
