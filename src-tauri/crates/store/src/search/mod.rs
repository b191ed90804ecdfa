//! Search in what this computer has: guests, their numbers, subjects and messages. Works offline.

mod guest_words;
mod guests;
mod messages;
mod phrase;
mod query;
mod snippet;

#[cfg(test)]
pub(crate) use guest_words::{GUESTS_SQL, of_guests_sql};
#[cfg(test)]
pub(crate) use guests::{contacts_sql, numbers_sql, subjects_sql};
#[cfg(test)]
pub(crate) use messages::{MESSAGES_SQL, SNIPPET_SQL, first_hits, narrowed_sql};
pub use query::SearchQuery;

use crate::file::Fault;
use crate::{Result, Row, Store, conversation};
use deskbell_domain::{ConversationRef, MessageId};
use guests::By;
use query::Wanted;
use rusqlite::Connection;
use std::collections::HashMap;

/// Conversations that are answered at once, at most.
const HITS: u32 = 100;

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
    /// The guest's name, address or numbers match.
    pub by_guest: bool,
    pub by_subject: bool,
    /// The newest matching message, if it is a message that matches.
    pub message: Option<MessageHit>,
}

/// What a conversation was found by.
struct Found {
    /// Epoch seconds: hits are sorted by it.
    at: i64,
    by_guest: bool,
    by_subject: bool,
    message: Option<MessageHit>,
}

impl Found {
    fn at(at: i64) -> Self {
        Self {
            at,
            by_guest: false,
            by_subject: false,
            message: None,
        }
    }
}

impl Store {
    /// Conversations that match every word of the text, as it is typed, newest first.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`]; no text is one.
    pub async fn search(&self, query: &SearchQuery) -> Result<Vec<SearchHit>> {
        let query = query.clone();
        let hits = self.inner.cache.read("search", move |connection| {
            let wanted = Wanted::by(&query, HITS)?;
            newest_hits(connection, find(connection, &wanted)?, wanted.limit)
        });
        let mut hits = hits.await?;
        let known = self.inner.memory.known();
        hits.iter_mut().for_each(|hit| hit.row.add_unsent(&known));
        Ok(hits)
    }
}

fn find(connection: &Connection, wanted: &Wanted) -> Result<HashMap<ConversationRef, Found>, Fault> {
    let mut found = HashMap::new();
    let phrase = &wanted.phrase;
    if !phrase.words.is_empty() {
        let words = phrase.words.join(" AND ");
        guests::find(connection, By::Name, &words, wanted, &mut found)?;
        guests::find(connection, By::Subject, &words, wanted, &mut found)?;
        if !phrase.is_one_letter {
            messages::find(connection, &words, wanted, &mut found)?;
        }
    }
    if phrase.words.len() > 1 {
        guest_words::find(connection, wanted, &mut found)?;
    }
    if let Some(number) = &phrase.number {
        guests::find(connection, By::Number, number, wanted, &mut found)?;
    }
    Ok(found)
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
                by_guest: found.by_guest,
                by_subject: found.by_subject,
                message: found.message,
            });
        }
    }
    Ok(hits)
}
