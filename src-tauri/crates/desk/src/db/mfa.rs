//! Second factors and their backup codes.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// A person's second factor.
pub struct SecondFactor {
    pub secret: Vec<u8>,
    /// The time step of the newest code taken.
    pub last_step: i64,
    /// Epoch milliseconds; none while it is only begun.
    pub enabled_at: Option<i64>,
}

impl FromRow for SecondFactor {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            secret: row.get("secret")?,
            last_step: row.get("last_step")?,
            enabled_at: row.get("enabled_at")?,
        })
    }
}

pub fn of(connection: &Connection, user_id: i64) -> Result<Option<SecondFactor>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM second_factor WHERE user_id = ?1",
        [user_id],
    )
}

/// Whether signing in takes a second step.
pub fn is_on(connection: &Connection, user_id: i64) -> Result<bool, ApiError> {
    Ok(of(connection, user_id)?.is_some_and(|factor| factor.enabled_at.is_some()))
}

/// Begins one, instead of any that was begun before.
pub fn begin(connection: &Connection, user_id: i64, secret: &[u8]) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR REPLACE INTO second_factor (user_id, secret) VALUES (?1, ?2)",
        params![user_id, secret],
    )?;
    Ok(())
}

pub fn enable(connection: &Connection, user_id: i64, now_ms: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE second_factor SET enabled_at = ?2 WHERE user_id = ?1",
        [user_id, now_ms],
    )?;
    Ok(())
}

/// Codes up to a time step are used up.
pub fn use_up(connection: &Connection, user_id: i64, step: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE second_factor SET last_step = ?2 WHERE user_id = ?1",
        [user_id, step],
    )?;
    Ok(())
}

/// Takes it away with its backup codes; true when there was one.
pub fn remove(connection: &Connection, user_id: i64) -> Result<bool, ApiError> {
    set_backup_codes(connection, user_id, &[])?;
    let removed = rows::execute(
        connection,
        "DELETE FROM second_factor WHERE user_id = ?1",
        [user_id],
    )?;
    Ok(removed > 0)
}

/// Replaces the backup codes.
pub fn set_backup_codes(connection: &Connection, user_id: i64, hashes: &[String]) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM backup_code WHERE user_id = ?1",
        [user_id],
    )?;
    for hash in hashes {
        rows::execute(
            connection,
            "INSERT INTO backup_code (user_id, code_hash) VALUES (?1, ?2)",
            params![user_id, hash],
        )?;
    }
    Ok(())
}

pub fn has_backup_codes(connection: &Connection, user_id: i64) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT count(*) FROM backup_code WHERE user_id = ?1",
        [user_id],
    )? > 0)
}

/// Takes a backup code; false when it is none of theirs, or no longer.
pub fn take_backup_code(connection: &Connection, user_id: i64, hash: &str) -> Result<bool, ApiError> {
    Ok(rows::execute(
        connection,
        "DELETE FROM backup_code WHERE user_id = ?1 AND code_hash = ?2",
        params![user_id, hash],
    )? > 0)
}
