//! Conversations found by their guest, by the guest's numbers, or by their subject.

use super::Found;
use super::query::Wanted;
use crate::Result;
use crate::file::Fault;
use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;

/// Matching guests, or numbers of guests, that are looked at, newest guests first: the first letter of half of all names
/// must not read all of them with their conversations.
const GUESTS_READ: u32 = 500;

pub(crate) fn subjects_sql(conditions: &str) -> String {
    format!(
        "SELECT c.account, c.id, c.last_activity_at
        FROM (SELECT rowid AS doc FROM subject_search WHERE subject_search MATCH ?1 ORDER BY rowid DESC LIMIT ?4) s
          CROSS JOIN conversation c ON c.doc = s.doc
        WHERE (?2 = '[]' OR c.account IN (SELECT value FROM json_each(?2))){conditions}
        ORDER BY c.last_activity_at DESC LIMIT ?3"
    )
}

pub(crate) fn contacts_sql(conditions: &str) -> String {
    of_guests_sql("contact_search", conditions)
}

pub(crate) fn numbers_sql(conditions: &str) -> String {
    of_guests_sql("number_search", conditions)
}

fn of_guests_sql(searched: &str, conditions: &str) -> String {
    format!(
        "SELECT c.account, c.id, c.last_activity_at
        FROM (SELECT rowid AS doc FROM {searched} WHERE {searched} MATCH ?1 ORDER BY rowid DESC LIMIT ?4) s
          CROSS JOIN contact k ON k.doc = s.doc
          CROSS JOIN conversation c ON c.account = k.account AND c.contact = k.id
        WHERE (?2 = '[]' OR k.account IN (SELECT value FROM json_each(?2))){conditions}
        ORDER BY c.last_activity_at DESC LIMIT ?3"
    )
}

/// What is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Name,
    Number,
    Subject,
}

/// Adds what is found by `text`.
pub(super) fn find(
    connection: &Connection,
    by: By,
    text: &str,
    wanted: &Wanted,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    let fixed = vec![
        text.to_owned().into(),
        wanted.accounts.clone().into(),
        wanted.limit.into(),
        GUESTS_READ.into(),
    ];
    let sql = match by {
        By::Name => contacts_sql,
        By::Number => numbers_sql,
        By::Subject => subjects_sql,
    };
    let statement = wanted.of_conversations(sql, fixed)?;
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let mut rows = prepared.query(params_from_iter(statement.values))?;
    while let Some(row) = rows.next()? {
        let conversation = ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?));
        let at = row.get(2)?;
        let known = found.entry(conversation).or_insert(Found::at(at));
        known.by_subject |= by == By::Subject;
        known.by_guest |= by != By::Subject;
    }
    Ok(())
}
