//! "dubois parking": some words are the guest's, the others stand in a message.

use super::query::Wanted;
use super::{Found, messages};
use crate::Result;
use crate::file::Fault;
use deskbell_domain::ConversationRef;
use rusqlite::{Connection, params, params_from_iter};
use std::collections::{BTreeMap, HashMap};

/// Guests and messages that are looked at for one word: names are rare, so this is seldom reached.
const GUESTS_READ: u32 = 200;
const MESSAGES_READ: u32 = 1000;

/// Hits that are answered at most.
const HITS: u32 = 20;

/// By name only: "co" begins the last word of every other e-mail address.
pub(crate) const GUESTS_SQL: &str = "SELECT rowid FROM contact_search WHERE contact_search MATCH 'name : ' || ?1 ORDER BY rowid DESC LIMIT ?2";

/// The guests' conversations are put together first: they are few, and an index has them; that of each message is a row of its own.
pub(crate) fn of_guests_sql(conditions: &str) -> String {
    format!(
        "SELECT m.account, m.conversation, m.id, m.created_at, m.doc
        FROM (SELECT rowid AS doc FROM message_search
            WHERE message_search MATCH ?1 AND rowid >= ?6 AND rowid < ?7 ORDER BY rowid DESC LIMIT ?4) s
          CROSS JOIN message m ON m.doc = s.doc
        WHERE (m.account, m.conversation) IN (
          SELECT c.account, c.id
          FROM json_each(?2) g
            CROSS JOIN contact k ON k.doc = g.value
            CROSS JOIN conversation c ON c.account = k.account AND c.contact = k.id
          WHERE (?3 = '[]' OR k.account IN (SELECT value FROM json_each(?3))){conditions})
        LIMIT ?5"
    )
}

/// Finds messages of guests that some of the words name, by the other words.
pub(super) fn find(
    connection: &Connection,
    wanted: &Wanted,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    for (others, guests) in guests_by_other_words(connection, &wanted.phrase.words)? {
        find_messages(connection, &others, &guests, wanted, found)?;
    }
    Ok(())
}

/// Guests that some but not all words name, by what is left to look for.
fn guests_by_other_words(
    connection: &Connection,
    words: &[String],
) -> Result<BTreeMap<String, Vec<i64>>, Fault> {
    let mut other_words: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    let mut statement = connection.prepare_cached(GUESTS_SQL)?;
    for word in words {
        for guest in statement.query_map(params![word, GUESTS_READ], |row| row.get(0))? {
            let others = other_words
                .entry(guest?)
                .or_insert_with(|| words.iter().map(String::as_str).collect());
            others.retain(|other| other != word);
        }
    }
    let mut guests: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (guest, others) in other_words.into_iter().filter(|(_, others)| !others.is_empty()) {
        guests.entry(others.join(" AND ")).or_default().push(guest);
    }
    Ok(guests)
}

fn find_messages(
    connection: &Connection,
    words: &str,
    guests: &[i64],
    wanted: &Wanted,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    let (from, until) = wanted.docs();
    let fixed = vec![
        words.to_owned().into(),
        serde_json::to_string(guests)?.into(),
        wanted.accounts.clone().into(),
        MESSAGES_READ.into(),
        HITS.into(),
        from,
        until,
    ];
    let statement = wanted.of_messages(of_guests_sql, fixed)?;
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let mut rows = prepared.query(params_from_iter(statement.values))?;
    while let Some(row) = rows.next()? {
        messages::add(row, found, |row| {
            messages::snippet_of(connection, words, row.get(4)?)
        })?;
    }
    Ok(())
}
