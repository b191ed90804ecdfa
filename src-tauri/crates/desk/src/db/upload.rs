//! Files that were uploaded before the message or macro that uses them.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One upload.
#[derive(Clone)]
pub struct StoredUpload {
    pub id: i64,
    pub account_id: i64,
    /// Its unguessable name: whoever knows it may use the file.
    pub key: String,
    pub file_name: String,
    pub content_type: String,
    /// Bytes.
    pub file_size: i64,
    pub created_at: i64,
}

impl FromRow for StoredUpload {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            key: row.get("key")?,
            file_name: row.get("file_name")?,
            content_type: row.get("content_type")?,
            file_size: row.get("file_size")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// Stores an upload's row (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &StoredUpload) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO upload (account_id, key, file_name, content_type, file_size, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            new.account_id,
            new.key,
            new.file_name,
            new.content_type,
            new.file_size,
            new.created_at
        ],
    )
}

pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<StoredUpload>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM upload WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

/// By its unguessable name.
pub fn by_key(connection: &Connection, key: &str) -> Result<Option<StoredUpload>, ApiError> {
    rows::one(connection, "SELECT * FROM upload WHERE key = ?1", [key])
}
