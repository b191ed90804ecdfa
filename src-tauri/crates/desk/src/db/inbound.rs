//! What providers brought already.

use super::rows;
use crate::error::ApiError;
use rusqlite::{Connection, params};

/// Remembers a provider's name for something; false when it was brought before.
pub fn remember(
    connection: &Connection,
    inbox_id: i64,
    provider_id: &str,
    now_ms: i64,
) -> Result<bool, ApiError> {
    let added = rows::execute(
        connection,
        "INSERT OR IGNORE INTO inbound (inbox_id, provider_id, created_at) VALUES (?1, ?2, ?3)",
        params![inbox_id, provider_id, now_ms],
    )?;
    Ok(added == 1)
}

/// Whether it was brought before.
pub fn is_known(connection: &Connection, inbox_id: i64, provider_id: &str) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT count(*) FROM inbound WHERE inbox_id = ?1 AND provider_id = ?2",
        params![inbox_id, provider_id],
    )? > 0)
}

/// Remembers where it went (database id of the conversation).
pub fn set_conversation(
    connection: &Connection,
    inbox_id: i64,
    provider_id: &str,
    conversation_id: i64,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE inbound SET conversation_id = ?3 WHERE inbox_id = ?1 AND provider_id = ?2",
        params![inbox_id, provider_id, conversation_id],
    )?;
    Ok(())
}

/// Where it went (database id of the conversation).
pub fn conversation_of(
    connection: &Connection,
    inbox_id: i64,
    provider_id: &str,
) -> Result<Option<i64>, ApiError> {
    let found: Option<Option<i64>> = rows::value(
        connection,
        "SELECT conversation_id FROM inbound WHERE inbox_id = ?1 AND provider_id = ?2",
        params![inbox_id, provider_id],
    )?;
    Ok(found.flatten())
}

/// The newest thing brought into a conversation, by the provider's name for it.
pub fn newest_of(connection: &Connection, conversation_id: i64) -> Result<Option<String>, ApiError> {
    rows::value(
        connection,
        "SELECT provider_id FROM inbound WHERE conversation_id = ?1 ORDER BY created_at DESC LIMIT 1",
        [conversation_id],
    )
}
