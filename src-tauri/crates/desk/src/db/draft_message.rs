//! The one draft of a conversation, shared by all agents.

use super::rows;
use crate::error::ApiError;
use rusqlite::{Connection, params};

pub fn set(connection: &Connection, conversation_id: i64, message: &str) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT INTO draft_message (conversation_id, message) VALUES (?1, ?2)
         ON CONFLICT (conversation_id) DO UPDATE SET message = excluded.message",
        params![conversation_id, message],
    )?;
    Ok(())
}

pub fn of(connection: &Connection, conversation_id: i64) -> Result<Option<String>, ApiError> {
    rows::value(
        connection,
        "SELECT message FROM draft_message WHERE conversation_id = ?1",
        [conversation_id],
    )
}

pub fn delete(connection: &Connection, conversation_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM draft_message WHERE conversation_id = ?1",
        [conversation_id],
    )?;
    Ok(())
}
