//! What reports count: one row for each resolution, first response, reply, hand-over and bot's resolution.

use super::rows;
use crate::error::ApiError;
use rusqlite::{Connection, params};

pub const RESOLVED: &str = "conversation_resolved";
pub const FIRST_RESPONSE: &str = "first_response";
pub const REPLY_TIME: &str = "reply_time";
pub const OPENED: &str = "conversation_opened";
pub const BOT_RESOLVED: &str = "conversation_bot_resolved";
pub const BOT_HANDOFF: &str = "conversation_bot_handoff";

/// One event to be counted.
pub struct ReportingEvent<'a> {
    pub account_id: i64,
    pub conversation_id: i64,
    pub inbox_id: i64,
    pub user_id: Option<i64>,
    pub name: &'a str,
    /// Seconds.
    pub value: i64,
}

pub fn insert(connection: &Connection, new: &ReportingEvent<'_>, now_ms: i64) -> Result<(), ApiError> {
    rows::insert(
        connection,
        "INSERT INTO reporting_event (account_id, conversation_id, inbox_id, user_id, name, value, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.account_id,
            new.conversation_id,
            new.inbox_id,
            new.user_id,
            new.name,
            new.value.max(0),
            now_ms
        ],
    )?;
    Ok(())
}

/// When something last happened to a conversation, epoch milliseconds.
pub fn last(connection: &Connection, conversation_id: i64, name: &str) -> Result<Option<i64>, ApiError> {
    rows::value(
        connection,
        "SELECT max(created_at) FROM reporting_event WHERE conversation_id = ?1 AND name = ?2
         HAVING count(*) > 0",
        params![conversation_id, name],
    )
}
