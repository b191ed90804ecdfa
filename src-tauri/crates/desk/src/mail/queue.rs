//! The rows of letters.

use crate::db::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Sent,
    Unsure,
    Failed,
}

impl State {
    /// As the column holds it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Unsure => "unsure",
            Self::Failed => "failed",
        }
    }
}

/// A letter that was claimed.
pub struct Claimed {
    pub booking_id: i64,
    pub account_id: i64,
    pub token: String,
    pub name: String,
    pub language: Option<String>,
}

impl FromRow for Claimed {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            booking_id: row.get("booking_id")?,
            account_id: row.get("account_id")?,
            token: row.get("token")?,
            name: row.get("name")?,
            language: row.get("language")?,
        })
    }
}

/// A letter about a booking, carrying a guest link; one for each booking, whatever happens to it later.
pub fn add(
    connection: &Connection,
    account_id: i64,
    booking_id: i64,
    token: &str,
    language: Option<&str>,
    now_ms: i64,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO letter (booking_id, account_id, token, name, language, due_at, created_at)
         VALUES (?1, ?2, ?3, 'booking-' || ?1 || '-' || lower(hex(randomblob(12))), ?4, ?5, ?5)",
        params![booking_id, account_id, token, language, now_ms],
    )?;
    Ok(())
}

/// Bookings whose letters are to be sent now, the oldest first.
pub fn due(connection: &Connection, now_ms: i64, most: i64) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT booking_id FROM letter WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at, booking_id LIMIT ?2",
        [now_ms, most],
    )
}

/// Takes a letter out of those that wait; none when it does not.
pub fn claim(connection: &Connection, booking_id: i64) -> Result<Option<Claimed>, ApiError> {
    let claimed = rows::execute(
        connection,
        "UPDATE letter SET state = 'sending' WHERE booking_id = ?1 AND state = 'waiting'",
        [booking_id],
    )?;
    if claimed == 0 {
        return Ok(None);
    }
    rows::one(
        connection,
        "SELECT * FROM letter WHERE booking_id = ?1",
        [booking_id],
    )
}

/// Letters that an earlier run had claimed.
pub fn claimed(connection: &Connection) -> Result<Vec<Claimed>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM letter WHERE state = 'sending' ORDER BY booking_id LIMIT 10000",
        [],
    )
}

pub fn attempts(connection: &Connection, booking_id: i64) -> Result<i64, ApiError> {
    rows::count(
        connection,
        "SELECT attempts FROM letter WHERE booking_id = ?1",
        [booking_id],
    )
}

/// Says what became of a letter.
pub fn settle(connection: &Connection, booking_id: i64, state: State, now_ms: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE letter SET state = ?2, sent_at = CASE ?2 WHEN 'sent' THEN ?3 END WHERE booking_id = ?1",
        params![booking_id, state.word(), now_ms],
    )?;
    Ok(())
}

/// Lets a letter wait for another attempt.
pub fn postpone(
    connection: &Connection,
    booking_id: i64,
    attempts: i64,
    due_at: i64,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE letter SET state = 'waiting', attempts = ?2, due_at = ?3 WHERE booking_id = ?1",
        [booking_id, attempts, due_at],
    )?;
    Ok(())
}
