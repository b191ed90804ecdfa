//! Files of messages; the bytes lie in the data folder.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One file.
#[derive(Clone)]
pub struct Attachment {
    pub id: i64,
    pub account_id: i64,
    pub message_id: i64,
    /// `image`, `audio`, `video` or `file`.
    pub file_type: String,
    /// Its unguessable name in the data folder and in its address.
    pub key: String,
    pub file_name: String,
    pub content_type: String,
    /// Bytes.
    pub file_size: i64,
    pub created_at: i64,
}

impl FromRow for Attachment {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            message_id: row.get("message_id")?,
            file_type: row.get("file_type")?,
            key: row.get("key")?,
            file_name: row.get("file_name")?,
            content_type: row.get("content_type")?,
            file_size: row.get("file_size")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// Stores a file's row (its id is ignored); answers the id.
pub fn insert(connection: &Connection, attachment: &Attachment) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO attachment (account_id, message_id, file_type, key, file_name, content_type, file_size, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            attachment.account_id,
            attachment.message_id,
            attachment.file_type,
            attachment.key,
            attachment.file_name,
            attachment.content_type,
            attachment.file_size,
            attachment.created_at
        ],
    )
}

/// The files of a message, in order.
pub fn of_message(connection: &Connection, message_id: i64) -> Result<Vec<Attachment>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM attachment WHERE message_id = ?1 ORDER BY id",
        [message_id],
    )
}

/// A page of 100 of a conversation's files, newest first.
pub fn of_conversation(
    connection: &Connection,
    conversation_id: i64,
    page: i64,
) -> Result<Vec<Attachment>, ApiError> {
    rows::many(
        connection,
        "SELECT attachment.* FROM attachment JOIN message ON message.id = attachment.message_id
         WHERE message.conversation_id = ?1 ORDER BY message.created_at DESC, attachment.id DESC LIMIT 100 OFFSET ?2",
        [conversation_id, (page - 1).max(0).saturating_mul(100)],
    )
}

/// How many files a conversation has.
pub fn count_of_conversation(connection: &Connection, conversation_id: i64) -> Result<i64, ApiError> {
    rows::count(
        connection,
        "SELECT count(*) FROM attachment JOIN message ON message.id = attachment.message_id
         WHERE message.conversation_id = ?1",
        [conversation_id],
    )
}

/// How many files these conversations have, and a page of 100 of them, newest first.
pub fn of_conversations(
    connection: &Connection,
    conversation_ids: &[i64],
    page: i64,
) -> Result<(i64, Vec<Attachment>), ApiError> {
    let ids = serde_json::json!(conversation_ids).to_string();
    let from = "FROM attachment JOIN message ON message.id = attachment.message_id
         WHERE message.conversation_id IN (SELECT value FROM json_each(?1))";
    let count = rows::count(connection, &format!("SELECT count(*) {from}"), [&ids])?;
    let sql = format!(
        "SELECT attachment.* {from} ORDER BY message.created_at DESC, attachment.id DESC LIMIT 100 OFFSET ?2"
    );
    let offset = (page - 1).max(0).saturating_mul(100);
    Ok((count, rows::many(connection, &sql, params![ids, offset])?))
}

/// By its unguessable name.
pub fn by_key(connection: &Connection, key: &str) -> Result<Option<Attachment>, ApiError> {
    rows::one(connection, "SELECT * FROM attachment WHERE key = ?1", [key])
}

/// Forgets the files of a message; the bytes are left to the caller.
pub fn delete_of_message(connection: &Connection, message_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM attachment WHERE message_id = ?1",
        [message_id],
    )?;
    Ok(())
}
