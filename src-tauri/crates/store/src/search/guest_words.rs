//! "dubois parking": some words are the guest's, the others stand in a message.

use super::{Found, MessageHit, snippet};
use crate::Result;
use crate::file::Fault;
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, MessageId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, HashMap};

/// Guests and messages that are looked at for one word: names are rare, so this is seldom reached.
const GUESTS_READ: u32 = 200;
const MESSAGES_READ: u32 = 1000;

/// Hits that are answered at most.
const HITS: u32 = 20;

/// By name only: "co" begins the last word of every other e-mail address.
pub(crate) const GUESTS_SQL: &str = "SELECT rowid FROM contact_search WHERE contact_search MATCH 'name : ' || ?1 ORDER BY rowid DESC LIMIT ?2";

pub(crate) const MESSAGES_OF_GUESTS_SQL: &str = "SELECT m.account, m.conversation, m.id, m.created_at, m.doc
    FROM (SELECT rowid AS doc FROM message_search WHERE message_search MATCH ?1 ORDER BY rowid DESC LIMIT ?4) s
    CROSS JOIN message m ON m.doc = s.doc
    CROSS JOIN conversation c ON c.account = m.account AND c.id = m.conversation
    CROSS JOIN contact k ON k.account = c.account AND k.id = c.contact
    WHERE k.doc IN (SELECT value FROM json_each(?2)) AND (?3 = '[]' OR m.account IN (SELECT value FROM json_each(?3)))
    LIMIT ?5";

pub(crate) const SNIPPET_SQL: &str = "SELECT snippet(message_search, 0, char(1), char(2), '…', 16)
    FROM message_search WHERE message_search MATCH ?1 AND rowid = ?2";

/// Finds messages of guests that some of the words name, by the other words.
pub(super) fn find(
    connection: &Connection,
    words: &[String],
    accounts: &str,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    for (others, guests) in guests_by_other_words(connection, words)? {
        find_messages(connection, &others, &guests, accounts, found)?;
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
    accounts: &str,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    let guests = serde_json::to_string(guests)?;
    let mut statement = connection.prepare_cached(MESSAGES_OF_GUESTS_SQL)?;
    let mut rows = statement.query(params![words, guests, accounts, MESSAGES_READ, HITS])?;
    while let Some(row) = rows.next()? {
        let conversation = ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?));
        let at = row.get(3)?;
        let known = found.entry(conversation).or_insert(Found { at, message: None });
        if known.message.is_none() {
            let parts = snippet_of(connection, words, row.get(4)?)?;
            known.message = Some(MessageHit {
                id: MessageId(row.get(2)?),
                at,
                parts,
            });
        }
    }
    Ok(())
}

fn snippet_of(connection: &Connection, words: &str, doc: i64) -> Result<Vec<String>, Fault> {
    let mut statement = connection.prepare_cached(SNIPPET_SQL)?;
    let text: Option<String> = statement
        .query_row(params![words, doc], |row| row.get(0))
        .optional()?;
    Ok(snippet::parts(&text.unwrap_or_default()))
}
