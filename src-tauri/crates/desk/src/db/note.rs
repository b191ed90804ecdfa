//! Notes about a guest.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One note.
pub struct Note {
    pub id: i64,
    pub contact_id: i64,
    pub user_id: Option<i64>,
    pub content: String,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Note {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            contact_id: row.get("contact_id")?,
            user_id: row.get("user_id")?,
            content: row.get("content")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

pub fn insert(
    connection: &Connection,
    contact_id: i64,
    user_id: Option<i64>,
    content: &str,
    now_ms: i64,
) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO note (contact_id, user_id, content, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)",
        params![contact_id, user_id, content, now_ms],
    )
}

pub fn update(connection: &Connection, id: i64, content: &str, now_ms: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE note SET content = ?2, updated_at = ?3 WHERE id = ?1",
        params![id, content, now_ms],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM note WHERE id = ?1", [id])?;
    Ok(())
}

pub fn find_in(connection: &Connection, contact_id: i64, id: i64) -> Result<Option<Note>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM note WHERE id = ?1 AND contact_id = ?2",
        [id, contact_id],
    )
}

/// Newest first.
pub fn all(connection: &Connection, contact_id: i64) -> Result<Vec<Note>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM note WHERE contact_id = ?1 ORDER BY id DESC",
        [contact_id],
    )
}
