//! Threads: pages of messages, and what is known to be missing in them.

mod history;
mod save;
mod stretch;

pub(crate) use history::history;
pub use history::{Gap, History, HistoryMark};
#[cfg(test)]
pub(crate) use save::{KEPT_SQL, TAKEN_SQL};
pub(crate) use save::{Saved, add_to_search, first_doc_of, kind_number, save, save_unsearched};
#[cfg(test)]
pub(crate) use stretch::PAGE_FROM_SQL;
pub use stretch::Stretch;

use crate::file::Fault;
use crate::{Result, Store};
use deskbell_domain::{ConversationRef, Message, MessageId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Messages that are answered at once, at most.
const PAGE: u32 = 500;

/// Newest of all but activity lines.
pub(crate) const SAID_SQL: &str = "SELECT text, body FROM message
    WHERE account = ?1 AND conversation = ?2 AND kind <> 2 ORDER BY created_at DESC, id DESC LIMIT 1";

/// When the guest last wrote.
pub(crate) const INCOMING_SQL: &str = "SELECT created_at FROM message
    WHERE account = ?1 AND conversation = ?2 AND kind = 0 ORDER BY created_at DESC LIMIT 1";

/// Newest public answer of a person.
pub(crate) const HUMAN_SQL: &str = "SELECT text, body FROM message
    WHERE account = ?1 AND conversation = ?2 AND human = 1 ORDER BY created_at DESC, id DESC LIMIT 1";

pub(crate) const NEWEST_PAGE_SQL: &str = "SELECT text, body FROM message
    WHERE account = ?1 AND conversation = ?2 ORDER BY created_at DESC, id DESC LIMIT ?3";

pub(crate) const PAGE_BEFORE_SQL: &str = "SELECT text, body FROM message
    WHERE account = ?1 AND conversation = ?2 AND (created_at, id) < (?4, ?5)
    ORDER BY created_at DESC, id DESC LIMIT ?3";

/// By number, not by time: the server's `after` means the same.
pub(crate) const PAGE_AFTER_SQL: &str = "SELECT text, body FROM message
    WHERE account = ?1 AND conversation = ?2 AND id > ?3 ORDER BY id LIMIT ?4";

pub(crate) const NEWEST_ID_SQL: &str = "SELECT max(id) FROM message WHERE account = ?1 AND conversation = ?2";

pub(crate) const NEWEST_BEFORE_SQL: &str =
    "SELECT max(id) FROM message WHERE account = ?1 AND conversation = ?2 AND id < ?3";

pub(crate) const CLIENT_REF_SQL: &str = "SELECT id FROM message
    WHERE account = ?1 AND conversation = ?2 AND client_ref = ?3 ORDER BY id LIMIT 1";

impl Store {
    /// The newest messages, or those before one, ascending; `limit` is cut to 500.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn messages(
        &self,
        conversation: ConversationRef,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>> {
        let limit = limit.min(PAGE);
        self.inner
            .cache
            .read("messages", move |connection| match before {
                None => newest_page(connection, conversation, limit),
                Some(before) => page_before(connection, conversation, before, limit),
            })
            .await
    }

    /// Messages with a higher number than `after`, ascending by number; `limit` is cut to 500.
    ///
    /// # Errors
    /// As every call.
    pub async fn messages_after(
        &self,
        conversation: ConversationRef,
        after: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>> {
        let (limit, after) = (limit.min(PAGE), after.map_or(i64::MIN, |id| id.0));
        self.inner
            .cache
            .read("messages after", move |connection| {
                connection
                    .prepare_cached(PAGE_AFTER_SQL)?
                    .query_and_then(
                        params![conversation.account.0, conversation.id.0, after, limit],
                        read_message,
                    )?
                    .collect()
            })
            .await
    }

    /// One message.
    ///
    /// # Errors
    /// As every call.
    pub async fn message(&self, conversation: ConversationRef, id: MessageId) -> Result<Option<Message>> {
        self.inner
            .cache
            .read("message", move |connection| one(connection, conversation, id))
            .await
    }

    /// The highest message number kept of a conversation.
    ///
    /// # Errors
    /// As every call.
    pub async fn newest_message_id(&self, conversation: ConversationRef) -> Result<Option<MessageId>> {
        self.inner
            .cache
            .read("newest message", move |connection| {
                newest_id(connection, conversation)
            })
            .await
    }

    /// The message this computer sent under that key, where the server keeps it.
    ///
    /// # Errors
    /// As every call.
    pub async fn find_client_ref(
        &self,
        conversation: ConversationRef,
        client_ref: &str,
    ) -> Result<Option<MessageId>> {
        let client_ref = client_ref.to_owned();
        let found = self.inner.cache.read("client ref", move |connection| {
            let mut statement = connection.prepare_cached(CLIENT_REF_SQL)?;
            let key = params![conversation.account.0, conversation.id.0, client_ref];
            Ok(statement
                .query_row(key, |row| row.get(0).map(MessageId))
                .optional()?)
        });
        found.await
    }
}

/// The highest message number kept of a conversation.
pub(crate) fn newest_id(
    connection: &Connection,
    conversation: ConversationRef,
) -> Result<Option<MessageId>, Fault> {
    let key = params![conversation.account.0, conversation.id.0];
    let newest: Option<i64> = connection
        .prepare_cached(NEWEST_ID_SQL)?
        .query_row(key, |row| row.get(0))?;
    Ok(newest.map(MessageId))
}

/// The same among those below `below`.
pub(crate) fn newest_before(
    connection: &Connection,
    conversation: ConversationRef,
    below: Option<MessageId>,
) -> Result<Option<MessageId>, Fault> {
    let Some(below) = below else {
        return newest_id(connection, conversation);
    };
    let key = params![conversation.account.0, conversation.id.0, below.0];
    let newest: Option<i64> = connection
        .prepare_cached(NEWEST_BEFORE_SQL)?
        .query_row(key, |row| row.get(0))?;
    Ok(newest.map(MessageId))
}

fn one(
    connection: &Connection,
    conversation: ConversationRef,
    id: MessageId,
) -> Result<Option<Message>, Fault> {
    connection
        .prepare_cached(
            "SELECT text, body FROM message WHERE account = ?1 AND id = ?3 AND conversation = ?2",
        )?
        .query_and_then(
            params![conversation.account.0, conversation.id.0, id.0],
            read_message,
        )?
        .next()
        .transpose()
}

fn newest_page(
    connection: &Connection,
    conversation: ConversationRef,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let mut page: Vec<Message> = connection
        .prepare_cached(NEWEST_PAGE_SQL)?
        .query_and_then(
            params![conversation.account.0, conversation.id.0, limit],
            read_message,
        )?
        .collect::<Result<_, _>>()?;
    page.reverse();
    Ok(page)
}

/// A message that is not kept has no time to sort by: then nothing is before it.
fn page_before(
    connection: &Connection,
    conversation: ConversationRef,
    before: MessageId,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let Some(start) = one(connection, conversation, before)? else {
        return Ok(Vec::new());
    };
    let key = params![
        conversation.account.0,
        conversation.id.0,
        limit,
        start.created_at,
        start.id.0
    ];
    let mut page: Vec<Message> = connection
        .prepare_cached(PAGE_BEFORE_SQL)?
        .query_and_then(key, read_message)?
        .collect::<Result<_, _>>()?;
    page.reverse();
    Ok(page)
}

/// Reads the columns `text, body`.
pub(crate) fn read_message(row: &Row<'_>) -> Result<Message, Fault> {
    let body: String = row.get(1)?;
    let mut message: Message = serde_json::from_str(&body)?;
    message.content = row.get(0)?;
    Ok(message)
}
