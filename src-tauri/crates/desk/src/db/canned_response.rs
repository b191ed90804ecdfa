//! Prepared answers.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One prepared answer.
pub struct CannedResponse {
    pub id: i64,
    pub account_id: i64,
    pub short_code: String,
    pub content: String,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for CannedResponse {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            short_code: row.get("short_code")?,
            content: row.get("content")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

pub fn insert(
    connection: &Connection,
    account_id: i64,
    short_code: &str,
    content: &str,
    now_ms: i64,
) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO canned_response (account_id, short_code, content, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?4)",
        params![account_id, short_code, content, now_ms],
    )
}

pub fn update(connection: &Connection, response: &CannedResponse) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE canned_response SET short_code = ?2, content = ?3, updated_at = ?4 WHERE id = ?1",
        params![
            response.id,
            response.short_code,
            response.content,
            response.updated_at
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM canned_response WHERE id = ?1", [id])?;
    Ok(())
}

pub fn find_in(
    connection: &Connection,
    account_id: i64,
    id: i64,
) -> Result<Option<CannedResponse>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM canned_response WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

pub fn by_short_code(
    connection: &Connection,
    account_id: i64,
    short_code: &str,
) -> Result<Option<CannedResponse>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM canned_response WHERE account_id = ?1 AND short_code = ?2",
        params![account_id, short_code],
    )
}

pub fn all(connection: &Connection, account_id: i64) -> Result<Vec<CannedResponse>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM canned_response WHERE account_id = ?1 ORDER BY id",
        [account_id],
    )
}

/// Best first: short code begins with it, contains it, content contains it (reference §8).
pub fn search(connection: &Connection, account_id: i64, text: &str) -> Result<Vec<CannedResponse>, ApiError> {
    rows::many(
        connection,
        "SELECT *, CASE WHEN instr(lower(short_code), ?2) = 1 THEN 0 WHEN instr(lower(short_code), ?2) > 0 THEN 1
             ELSE 2 END AS rank
         FROM canned_response WHERE account_id = ?1
           AND (instr(lower(short_code), ?2) > 0 OR instr(lower(content), ?2) > 0) ORDER BY rank, id",
        params![account_id, text.to_lowercase()],
    )
}
