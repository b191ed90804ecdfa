//! What sync asks to find out what is missing here: conversations the server no longer lists, threads never loaded.

use crate::{Result, Store};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, MessageId, Status};
use rusqlite::{OptionalExtension, params};

/// By the server's word, not by what is shown: unsent changes must not look like a difference to the server.
pub(crate) const ACTIVE_SQL: &str = "SELECT id FROM conversation
    WHERE account = ?1 AND json_extract(server, '$.status') = ?2 ORDER BY id";

/// A thread with fewer messages than this was never loaded: a list brings its last one or two.
pub(crate) const THIN_SQL: &str = "SELECT id FROM conversation AS c
    WHERE account = ?1 AND at_start = 0 AND json_extract(server, '$.status') <> 'resolved'
      AND (SELECT count(*) FROM (SELECT 1 FROM message AS m
           WHERE m.account = c.account AND m.conversation = c.id LIMIT 4)) < 4
    ORDER BY last_activity_at DESC LIMIT ?2";

/// Threads that do not reach back far enough: neither to their start nor to the moment ?2.
pub(crate) const SHALLOW_SQL: &str = "SELECT id FROM conversation AS c
    WHERE account = ?1 AND last_activity_at >= ?2 AND at_start = 0
      AND coalesce((SELECT m.created_at FROM message AS m WHERE m.account = c.account AND m.conversation = c.id
                    ORDER BY m.created_at LIMIT 1) >= ?2, 1)
    ORDER BY last_activity_at DESC LIMIT ?3";

pub(crate) const REACHES_SQL: &str = "SELECT c.at_start OR coalesce(
      (SELECT m.created_at FROM message AS m WHERE m.account = c.account AND m.conversation = c.id
       ORDER BY m.created_at LIMIT 1) < ?3, 0)
    FROM conversation AS c WHERE c.account = ?1 AND c.id = ?2";

pub(crate) const OLDEST_ID_SQL: &str = "SELECT min(id) FROM message WHERE account = ?1 AND conversation = ?2";

impl Store {
    /// Conversations the server last told to have this status.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn ids_with_status(&self, account: AccountKey, status: Status) -> Result<Vec<ConversationId>> {
        self.inner
            .cache
            .read("ids with status", move |connection| {
                let mut found = connection.prepare_cached(ACTIVE_SQL)?;
                let ids = found.query_map(params![account.0, status.as_str()], |row| {
                    Ok(ConversationId(row.get(0)?))
                })?;
                Ok(ids.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Active conversations whose thread was never loaded, newest activity first.
    ///
    /// # Errors
    /// As every call.
    pub async fn threads_to_load(&self, account: AccountKey, limit: u32) -> Result<Vec<ConversationId>> {
        self.inner
            .cache
            .read("threads to load", move |connection| {
                let mut found = connection.prepare_cached(THIN_SQL)?;
                let ids =
                    found.query_map(params![account.0, limit], |row| Ok(ConversationId(row.get(0)?)))?;
                Ok(ids.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Conversations with something since `since` (epoch seconds) whose thread reaches neither to its start nor back to
    /// then, newest activity first.
    ///
    /// # Errors
    /// As every call.
    pub async fn shallow_threads(
        &self,
        account: AccountKey,
        since: i64,
        limit: u32,
    ) -> Result<Vec<ConversationId>> {
        let found = self.inner.cache.read("shallow threads", move |connection| {
            let mut found = connection.prepare_cached(SHALLOW_SQL)?;
            let ids = found.query_map(params![account.0, since, limit], |row| {
                Ok(ConversationId(row.get(0)?))
            })?;
            Ok(ids.collect::<Result<_, _>>()?)
        });
        found.await
    }

    /// Whether a thread is kept to its start or back to `since` (epoch seconds). One that is not here is.
    ///
    /// # Errors
    /// As every call.
    pub async fn thread_reaches(&self, conversation: ConversationRef, since: i64) -> Result<bool> {
        let key = (conversation.account.0, conversation.id.0, since);
        let reaches = self.inner.cache.read("thread reaches", move |connection| {
            let mut statement = connection.prepare_cached(REACHES_SQL)?;
            Ok(statement.query_row(key, |row| row.get(0)).optional()?)
        });
        Ok(reaches.await?.unwrap_or(true))
    }

    /// What the offline copy takes on the disk (bytes).
    ///
    /// # Errors
    /// As every call.
    pub async fn cache_bytes(&self) -> Result<u64> {
        let size = self.inner.cache.read("size", |connection| {
            let sql = "SELECT (p.page_count - f.freelist_count) * s.page_size
                       FROM pragma_page_count AS p, pragma_freelist_count AS f, pragma_page_size AS s";
            Ok(connection
                .prepare_cached(sql)?
                .query_row([], |row| row.get::<_, i64>(0))?)
        });
        Ok(u64::try_from(size.await?).unwrap_or(0))
    }

    /// The lowest message number kept of a conversation.
    ///
    /// # Errors
    /// As every call.
    pub async fn oldest_message_id(&self, conversation: ConversationRef) -> Result<Option<MessageId>> {
        let key = (conversation.account.0, conversation.id.0);
        let oldest = self.inner.cache.read("oldest message", move |connection| {
            Ok(connection
                .prepare_cached(OLDEST_ID_SQL)?
                .query_row(key, |row| row.get::<_, Option<i64>>(0))?)
        });
        Ok(oldest.await?.map(MessageId))
    }
}
