//! Files that go with a message: kept from the moment they are put into the composer, in pieces, until they left.

use crate::file::{Fault, received};
use crate::{Change, Result, Store};
use deskbell_domain::{ConversationRef, Job, OutboxItem, OutgoingFile};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::Arc;

/// A file somebody put into the composer of a conversation. Its bytes follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    pub conversation: ConversationRef,
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// Bytes of the whole.
    pub size: u64,
    /// Epoch seconds.
    pub added_at: i64,
}

const WHOLE: &str = "SELECT id, name, content_type, size FROM outbox_file WHERE stored = size";

impl Store {
    /// Makes room for a file and answers its number. Limits are the caller's.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn add_file(&self, file: NewFile) -> Result<i64> {
        let added = self.inner.durable.write(
            "add file",
            move |transaction| {
                transaction.execute(
                    "INSERT INTO outbox_file (account, conversation, name, content_type, size, stored, added_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
                    params![
                        file.conversation.account.0,
                        file.conversation.id.0,
                        file.name,
                        file.content_type,
                        i64::try_from(file.size).map_err(|_| Fault::Shape)?,
                        file.added_at,
                    ],
                )?;
                Ok(transaction.last_insert_rowid())
            },
            |id| id,
        );
        received(added).await
    }

    /// Keeps the next bytes of a file; true when they fit. False when the file is gone, was pressed already, or would
    /// become longer than it said.
    ///
    /// # Errors
    /// As every call.
    pub async fn append_to_file(&self, id: i64, bytes: Vec<u8>) -> Result<bool> {
        let inner = Arc::clone(&self.inner);
        let appended = self.inner.durable.write(
            "append to file",
            move |transaction| append(transaction, id, &bytes),
            move |(fits, finished)| {
                if let Some(conversation) = finished {
                    inner.announce(vec![Change::Conversation(conversation)]);
                }
                fits
            },
        );
        received(appended).await
    }

    /// Takes a file out of the composer; false when it is gone or was pressed already.
    ///
    /// # Errors
    /// As every call.
    pub async fn drop_file(&self, id: i64) -> Result<bool> {
        let inner = Arc::clone(&self.inner);
        let dropped = self.inner.durable.write(
            "drop file",
            move |transaction| {
                let conversation = conversation_of(transaction, id)?;
                let dropped =
                    transaction.execute("DELETE FROM outbox_file WHERE id = ?1 AND item IS NULL", [id])?;
                Ok((dropped > 0).then_some(conversation).flatten())
            },
            move |conversation| {
                if let Some(conversation) = conversation {
                    inner.announce(vec![Change::Conversation(conversation)]);
                }
                conversation.is_some()
            },
        );
        received(dropped).await
    }

    /// The whole files in the composer of a conversation, in the order they were added.
    ///
    /// # Errors
    /// As every call.
    pub async fn draft_files(&self, conversation: ConversationRef) -> Result<Vec<OutgoingFile>> {
        let files = self.inner.durable.read("draft files", move |connection| {
            connection
                .prepare_cached(&format!(
                    "{WHOLE} AND account = ?1 AND conversation = ?2 AND item IS NULL ORDER BY id"
                ))?
                .query_and_then(params![conversation.account.0, conversation.id.0], file)?
                .collect()
        });
        files.await
    }

    /// All bytes of a file; `None` when it is gone or not whole.
    ///
    /// # Errors
    /// As every call.
    pub async fn file_bytes(&self, id: i64) -> Result<Option<Vec<u8>>> {
        self.inner
            .durable
            .read("file bytes", move |connection| bytes(connection, id))
            .await
    }
}

/// Answers whether the bytes fit, and the conversation once the file is whole.
fn append(connection: &Connection, id: i64, bytes: &[u8]) -> Result<(bool, Option<ConversationRef>), Fault> {
    let known: Option<(i64, i64)> = connection
        .prepare_cached("SELECT stored, size FROM outbox_file WHERE id = ?1 AND item IS NULL")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((stored, size)) = known else {
        return Ok((false, None));
    };
    let end = stored.saturating_add(i64::try_from(bytes.len()).map_err(|_| Fault::Shape)?);
    if end > size || bytes.is_empty() {
        return Ok((end <= size, None));
    }
    connection
        .prepare_cached("INSERT INTO outbox_file_chunk (file, start, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![id, stored, bytes])?;
    connection
        .prepare_cached("UPDATE outbox_file SET stored = ?2 WHERE id = ?1")?
        .execute([id, end])?;
    let finished = if end == size {
        conversation_of(connection, id)?
    } else {
        None
    };
    Ok((true, finished))
}

fn conversation_of(connection: &Connection, id: i64) -> Result<Option<ConversationRef>, Fault> {
    let found = connection
        .prepare_cached("SELECT account, conversation FROM outbox_file WHERE id = ?1")?
        .query_row([id], |row| {
            let (account, conversation): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok(ConversationRef::new(account.into(), conversation.into()))
        })
        .optional()?;
    Ok(found)
}

/// Gives a pressed message its files, whole and not pressed before, from its own conversation; fails otherwise, so that
/// nothing of the press is kept.
pub(super) fn press(connection: &Connection, item: &OutboxItem) -> Result<(), Fault> {
    let Job::Send { extras, .. } = &item.job else {
        return Ok(());
    };
    let Some(conversation) = item.conversation() else {
        return Ok(());
    };
    for file in &extras.files {
        let pressed = connection
            .prepare_cached(
                "UPDATE outbox_file SET item = ?2
                 WHERE id = ?1 AND item IS NULL AND stored = size AND account = ?3 AND conversation = ?4",
            )?
            .execute([file.id, item.id, conversation.account.0, conversation.id.0])?;
        if pressed != 1 {
            return Err(Fault::Sql(rusqlite::Error::QueryReturnedNoRows));
        }
    }
    Ok(())
}

/// Puts the files of an item back into the composer.
pub(super) fn recall(connection: &Connection, item: i64) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE outbox_file SET item = NULL WHERE item = ?1")?
        .execute([item])?;
    Ok(())
}

/// Call at start: nobody goes on with a file whose bytes stopped coming.
pub(crate) fn forget_unfinished(connection: &Connection) -> Result<(), Fault> {
    connection.execute("DELETE FROM outbox_file WHERE stored < size", [])?;
    Ok(())
}

fn bytes(connection: &Connection, id: i64) -> Result<Option<Vec<u8>>, Fault> {
    let size: Option<i64> = connection
        .prepare_cached("SELECT size FROM outbox_file WHERE id = ?1 AND stored = size")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(size) = size else { return Ok(None) };
    let mut whole = Vec::with_capacity(usize::try_from(size).map_err(|_| Fault::Shape)?);
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM outbox_file_chunk WHERE file = ?1 ORDER BY start")?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        whole.extend_from_slice(row.get_ref(0)?.as_blob().map_err(|_| Fault::Shape)?);
    }
    Ok(Some(whole))
}

fn file(row: &Row<'_>) -> Result<OutgoingFile, Fault> {
    Ok(OutgoingFile {
        id: row.get(0)?,
        name: row.get(1)?,
        content_type: row.get(2)?,
        size: u64::try_from(row.get::<_, i64>(3)?).map_err(|_| Fault::Shape)?,
    })
}
