//! Search in what this computer has: guests, their numbers, subjects and messages. Works offline.

mod guest_words;
mod phrase;
mod snippet;

use crate::file::Fault;
use crate::{Result, Row, Store, conversation};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, MessageId};
#[cfg(test)]
pub(crate) use guest_words::{GUESTS_SQL, MESSAGES_OF_GUESTS_SQL, SNIPPET_SQL};
use phrase::Phrase;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, params};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Conversations that are answered at once, at most.
const HITS: u32 = 100;

/// Matching messages that are looked at, newest first: a word everybody uses must not read the whole archive.
const MESSAGES_READ: u32 = 1000;

/// Matching guests, or numbers of guests, that are looked at, newest guests first: the first letter of half of all names
/// must not read all of them with their conversations.
const GUESTS_READ: u32 = 500;

/// A message that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageHit {
    pub id: MessageId,
    /// Epoch seconds.
    pub at: i64,
    /// A short piece of the text; parts alternate plain, marked, plain, …
    pub parts: Vec<String>,
}

/// A conversation whose guest, subject or messages match.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    pub row: Row,
    /// The newest matching message, if it is a message that matches.
    pub message: Option<MessageHit>,
}

pub(crate) const MESSAGES_SQL: &str = "SELECT m.account, m.conversation, m.id, m.created_at,
      CASE WHEN is_first_hit(m.account, m.conversation) THEN snippet(message_search, 0, char(1), char(2), '…', 16) END
    FROM message_search JOIN message m ON m.doc = message_search.rowid
    WHERE message_search MATCH ?1 AND (?2 = '[]' OR m.account IN (SELECT value FROM json_each(?2)))
    ORDER BY message_search.rowid DESC LIMIT ?3";

pub(crate) const SUBJECTS_SQL: &str = "SELECT c.account, c.id, c.last_activity_at
    FROM (SELECT rowid AS doc FROM subject_search WHERE subject_search MATCH ?1 ORDER BY rowid DESC LIMIT ?4) s
      CROSS JOIN conversation c ON c.doc = s.doc
    WHERE (?2 = '[]' OR c.account IN (SELECT value FROM json_each(?2)))
    ORDER BY c.last_activity_at DESC LIMIT ?3";

pub(crate) const CONTACTS_SQL: &str = "SELECT c.account, c.id, c.last_activity_at
    FROM (SELECT rowid AS doc FROM contact_search WHERE contact_search MATCH ?1 ORDER BY rowid DESC LIMIT ?4) s
      CROSS JOIN contact k ON k.doc = s.doc
      CROSS JOIN conversation c ON c.account = k.account AND c.contact = k.id
    WHERE (?2 = '[]' OR k.account IN (SELECT value FROM json_each(?2)))
    ORDER BY c.last_activity_at DESC LIMIT ?3";

pub(crate) const NUMBERS_SQL: &str = "SELECT c.account, c.id, c.last_activity_at
    FROM (SELECT rowid AS doc FROM number_search WHERE number_search MATCH ?1 ORDER BY rowid DESC LIMIT ?4) s
      CROSS JOIN contact k ON k.doc = s.doc
      CROSS JOIN conversation c ON c.account = k.account AND c.contact = k.id
    WHERE (?2 = '[]' OR k.account IN (SELECT value FROM json_each(?2)))
    ORDER BY c.last_activity_at DESC LIMIT ?3";

/// What a conversation was found by.
struct Found {
    /// Epoch seconds: hits are sorted by it.
    at: i64,
    message: Option<MessageHit>,
}

impl Store {
    /// Conversations that match every word of `text`, as it is typed, newest first; no accounts = all. `text` is never a
    /// query language: quotes and operators are text.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`]; no text is one.
    pub async fn search(&self, text: &str, accounts: &[AccountKey], limit: u32) -> Result<Vec<SearchHit>> {
        let phrase = Phrase::of(text);
        let keys: Vec<i64> = accounts.iter().map(|account| account.0).collect();
        let limit = limit.min(HITS);
        let hits = self.inner.cache.read("search", move |connection| {
            let accounts = serde_json::to_string(&keys)?;
            let found = find(connection, &phrase, &accounts, limit)?;
            newest_hits(connection, found, limit)
        });
        let mut hits = hits.await?;
        let known = self.inner.memory.known();
        hits.iter_mut().for_each(|hit| hit.row.add_unsent(&known));
        Ok(hits)
    }
}

fn find(
    connection: &Connection,
    phrase: &Phrase,
    accounts: &str,
    limit: u32,
) -> Result<HashMap<ConversationRef, Found>, Fault> {
    let mut found = HashMap::new();
    if !phrase.words.is_empty() {
        let words = phrase.words.join(" AND ");
        find_conversations(connection, CONTACTS_SQL, &words, accounts, limit, &mut found)?;
        find_conversations(connection, SUBJECTS_SQL, &words, accounts, limit, &mut found)?;
        if !phrase.is_one_letter {
            find_messages(connection, &words, accounts, limit, &mut found)?;
        }
    }
    if phrase.words.len() > 1 {
        guest_words::find(connection, &phrase.words, accounts, &mut found)?;
    }
    if let Some(number) = &phrase.number {
        find_conversations(connection, NUMBERS_SQL, number, accounts, limit, &mut found)?;
    }
    Ok(found)
}

fn find_conversations(
    connection: &Connection,
    sql: &str,
    text: &str,
    accounts: &str,
    limit: u32,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![text, accounts, limit, GUESTS_READ])?;
    while let Some(row) = rows.next()? {
        let conversation = ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?));
        let at = row.get(2)?;
        found.entry(conversation).or_insert(Found { at, message: None });
    }
    Ok(())
}

fn find_messages(
    connection: &Connection,
    words: &str,
    accounts: &str,
    limit: u32,
    found: &mut HashMap<ConversationRef, Found>,
) -> Result<(), Fault> {
    first_hits(connection)?;
    let mut statement = connection.prepare_cached(MESSAGES_SQL)?;
    let mut rows = statement.query(params![words, accounts, MESSAGES_READ])?;
    let mut conversations = 0;
    while let Some(row) = rows.next()?
        && conversations < limit
    {
        let conversation = ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?));
        let at = row.get(3)?;
        let known = found.entry(conversation).or_insert(Found { at, message: None });
        if known.message.is_none() {
            let text: Option<String> = row.get(4)?;
            known.message = Some(MessageHit {
                id: MessageId(row.get(2)?),
                at,
                parts: snippet::parts(&text.unwrap_or_default()),
            });
            conversations += 1;
        }
    }
    Ok(())
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

fn newest_hits(
    connection: &Connection,
    found: HashMap<ConversationRef, Found>,
    limit: u32,
) -> Result<Vec<SearchHit>, Fault> {
    let mut found: Vec<(ConversationRef, Found)> = found.into_iter().collect();
    found.sort_by_key(|(conversation, found)| (std::cmp::Reverse(found.at), *conversation));
    let mut hits = Vec::new();
    for (conversation, found) in found {
        if hits.len() == limit as usize {
            break;
        }
        // Messages may be there before their conversation is.
        if let Some(row) = conversation::row(connection, conversation)? {
            hits.push(SearchHit {
                row,
                message: found.message,
            });
        }
    }
    Ok(hits)
}
