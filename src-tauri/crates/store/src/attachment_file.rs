//! Files of messages, kept for offline review as large as allowed together; the one nobody looked at for the longest goes
//! first. They lie in the encrypted cache like everything else.

use crate::file::{Fault, received};
use crate::message::read_message;
use crate::{Result, Store};
use deskbell_domain::{
    AccountKey, ContactId, ContactRef, ConversationId, ConversationRef, Message, MessageId, Status,
};
use rusqlite::{Connection, OptionalExtension, params};

/// When somebody looked is written down again after this many seconds.
const LOOKED_AGAIN_SECONDS: i64 = 3600;
/// Messages of a status with files of which none is here.
pub(crate) const MISSING_SQL: &str = "SELECT m.text, m.body FROM conversation AS c
    JOIN message AS m ON m.account = c.account AND m.conversation = c.id
    WHERE c.account = ?1 AND json_extract(c.server, '$.status') = ?2
      AND json_extract(m.body, '$.attachments[0].id') IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM attachment_file AS f WHERE f.account = m.account
                      AND f.conversation = m.conversation AND f.message = m.id)
    LIMIT ?3";

pub(crate) const OLDEST_SQL: &str = "SELECT rowid, size FROM attachment_file ORDER BY used_at, size";
pub(crate) const TOTAL_SQL: &str = "SELECT coalesce(sum(size), 0) FROM attachment_file";

/// Which file of which message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttachmentKey {
    pub conversation: ConversationRef,
    pub message: MessageId,
    /// Its number on the server.
    pub attachment: i64,
    /// A small picture of it instead of the file itself.
    pub preview: bool,
}

/// Stands where a conversation would: no conversation has this number.
const OF_A_CONTACT: ConversationId = ConversationId(0);

impl AttachmentKey {
    /// The recording of a customer's call at `at` (epoch seconds).
    pub fn recording(contact: ContactRef, at: i64) -> Self {
        Self {
            conversation: ConversationRef::new(contact.account, OF_A_CONTACT),
            message: MessageId(contact.id.0),
            // Below zero, where the server has no numbers.
            attachment: -at,
            preview: false,
        }
    }

    /// The customer and the moment of the call, if it is the recording of one.
    pub fn as_recording(&self) -> Option<(ContactRef, i64)> {
        let is_recording = self.conversation.id == OF_A_CONTACT && !self.preview;
        let contact = ContactRef::new(self.conversation.account, ContactId(self.message.0));
        is_recording.then_some((contact, -self.attachment))
    }
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentFile {
    /// MIME type as the server told it with the bytes.
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Store {
    /// A file kept here. `now` (epoch seconds) is when somebody looks.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn attachment_file(&self, key: AttachmentKey, now: i64) -> Result<Option<AttachmentFile>> {
        let found = self
            .inner
            .cache
            .read("attachment file", move |connection| read(connection, key));
        let Some((file, used_at)) = found.await? else {
            return Ok(None);
        };
        if now - used_at >= LOOKED_AGAIN_SECONDS {
            self.looked_at(key, now).await?;
        }
        Ok(Some(file))
    }

    async fn looked_at(&self, key: AttachmentKey, now: i64) -> Result<()> {
        let looked = self.inner.cache.write(
            "attachment looked at",
            move |transaction| {
                transaction.execute(
                    "UPDATE attachment_file SET used_at = ?4
                     WHERE account = ?1 AND attachment = ?2 AND preview = ?3",
                    params![key.conversation.account.0, key.attachment, key.preview, now],
                )?;
                Ok(())
            },
            |()| (),
        );
        received(looked).await
    }

    /// Keeps a file, and lets go of others until all are within `most_bytes`. One that is larger by itself is not kept, and
    /// one whose message is not here neither.
    ///
    /// # Errors
    /// As every call.
    pub async fn keep_attachment_file(
        &self,
        key: AttachmentKey,
        file: AttachmentFile,
        now: i64,
        most_bytes: u64,
    ) -> Result<()> {
        let kept = self.inner.cache.write(
            "keep attachment file",
            move |transaction| keep(transaction, key, &file, now, most_bytes),
            |()| (),
        );
        received(kept).await
    }

    /// Messages of conversations with this status that have files of which none is here, at most `limit`.
    ///
    /// # Errors
    /// As every call.
    pub async fn messages_without_files(
        &self,
        account: AccountKey,
        status: Status,
        limit: u32,
    ) -> Result<Vec<Message>> {
        let found = self
            .inner
            .cache
            .read("messages without files", move |connection| {
                let mut statement = connection.prepare_cached(MISSING_SQL)?;
                let key = params![account.0, status.as_str(), limit];
                statement.query_and_then(key, read_message)?.collect()
            });
        found.await
    }

    /// Bytes of all files kept here.
    ///
    /// # Errors
    /// As every call.
    pub async fn attachment_bytes(&self) -> Result<u64> {
        let total = self.inner.cache.read("size of attachments", |connection| {
            Ok(connection
                .prepare_cached(TOTAL_SQL)?
                .query_row([], |row| row.get::<_, i64>(0))?)
        });
        Ok(u64::try_from(total.await?).unwrap_or(0))
    }
}

fn read(connection: &Connection, key: AttachmentKey) -> Result<Option<(AttachmentFile, i64)>, Fault> {
    let found = connection
        .prepare_cached(
            "SELECT content_type, bytes, used_at FROM attachment_file
             WHERE account = ?1 AND attachment = ?2 AND preview = ?3 AND conversation = ?4 AND message = ?5",
        )?
        .query_row(
            params![
                key.conversation.account.0,
                key.attachment,
                key.preview,
                key.conversation.id.0,
                key.message.0
            ],
            |row| {
                let (content_type, bytes) = (row.get(0)?, row.get(1)?);
                Ok((AttachmentFile { content_type, bytes }, row.get(2)?))
            },
        )
        .optional()?;
    Ok(found)
}

fn keep(
    connection: &Connection,
    key: AttachmentKey,
    file: &AttachmentFile,
    now: i64,
    most_bytes: u64,
) -> Result<(), Fault> {
    let size = file.bytes.len() as u64;
    if size > most_bytes || !is_known(connection, key)? {
        return Ok(());
    }
    make_room(connection, most_bytes - size)?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO attachment_file
             (account, attachment, preview, conversation, message, content_type, size, used_at, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            key.conversation.account.0,
            key.attachment,
            key.preview,
            key.conversation.id.0,
            key.message.0,
            file.content_type,
            i64::try_from(size).map_err(|_| Fault::Shape)?,
            now,
            file.bytes,
        ])?;
    Ok(())
}

/// Whether what the file belongs to is here.
fn is_known(connection: &Connection, key: AttachmentKey) -> Result<bool, Fault> {
    if let Some((contact, _)) = key.as_recording() {
        let known = connection
            .prepare_cached("SELECT 1 FROM contact WHERE account = ?1 AND id = ?2")?
            .exists([contact.account.0, contact.id.0])?;
        return Ok(known);
    }
    let known = connection
        .prepare_cached("SELECT 1 FROM message WHERE account = ?1 AND conversation = ?2 AND id = ?3")?
        .exists([key.conversation.account.0, key.conversation.id.0, key.message.0])?;
    Ok(known)
}

/// Lets the oldest go until no more than `most_bytes` are left.
fn make_room(connection: &Connection, most_bytes: u64) -> Result<(), Fault> {
    let total: i64 = connection
        .prepare_cached(TOTAL_SQL)?
        .query_row([], |row| row.get(0))?;
    let mut over = total - i64::try_from(most_bytes).unwrap_or(i64::MAX);
    if over <= 0 {
        return Ok(());
    }
    let mut oldest = connection.prepare_cached(OLDEST_SQL)?;
    let mut rows = oldest.query([])?;
    let mut go = Vec::new();
    while over > 0
        && let Some(row) = rows.next()?
    {
        go.push(row.get::<_, i64>(0)?);
        over -= row.get::<_, i64>(1)?;
    }
    let mut delete = connection.prepare_cached("DELETE FROM attachment_file WHERE rowid = ?1")?;
    for row in go {
        delete.execute([row])?;
    }
    Ok(())
}

/// A message has other files than before, or none since it was taken back.
pub(crate) fn remove_of(
    connection: &Connection,
    account: AccountKey,
    message: &Message,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "DELETE FROM attachment_file WHERE account = ?1 AND conversation = ?2 AND message = ?3",
        )?
        .execute([account.0, message.conversation_id.0, message.id.0])?;
    Ok(())
}
