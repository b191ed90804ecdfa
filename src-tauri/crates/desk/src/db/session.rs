//! Sign-ins. The token itself is never stored.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One sign-in of a user.
pub struct Session {
    pub client: String,
    pub user_id: i64,
    pub token_hash: String,
    pub expires_at: i64,
}

impl FromRow for Session {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            client: row.get("client")?,
            user_id: row.get("user_id")?,
            token_hash: row.get("token_hash")?,
            expires_at: row.get("expires_at")?,
        })
    }
}

/// Stores a sign-in, and ends the user's oldest ones beyond `most`.
pub fn insert(connection: &Connection, session: &Session, now_ms: i64, most: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT INTO session (client, user_id, token_hash, expires_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            session.client,
            session.user_id,
            session.token_hash,
            session.expires_at,
            now_ms
        ],
    )?;
    rows::execute(
        connection,
        "DELETE FROM session WHERE user_id = ?1 AND (expires_at <= ?2 OR client NOT IN
           (SELECT client FROM session WHERE user_id = ?1 ORDER BY created_at DESC, client LIMIT ?3))",
        params![session.user_id, now_ms, most],
    )?;
    Ok(())
}

/// The sign-in a client header names.
pub fn find(connection: &Connection, client: &str) -> Result<Option<Session>, ApiError> {
    rows::one(connection, "SELECT * FROM session WHERE client = ?1", [client])
}

/// Ends a sign-in.
pub fn delete(connection: &Connection, client: &str) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM session WHERE client = ?1", [client])?;
    Ok(())
}

/// Ends all sign-ins of a user.
pub fn delete_all(connection: &Connection, user_id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM session WHERE user_id = ?1", [user_id])?;
    Ok(())
}
