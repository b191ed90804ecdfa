//! Notifications. Only the newest of a user and conversation exists (reference §8.1).

use super::rows::{self, FromRow};
use super::sight;
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One notification.
#[derive(Clone)]
pub struct Notification {
    pub id: i64,
    pub account_id: i64,
    pub user_id: i64,
    pub notification_type: String,
    pub conversation_id: i64,
    pub message_id: Option<i64>,
    pub read_at: Option<i64>,
    pub snoozed_until: Option<i64>,
    /// When the last snooze ended.
    pub last_snoozed_at: Option<i64>,
    pub last_activity_at: i64,
    pub created_at: i64,
}

impl FromRow for Notification {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            user_id: row.get("user_id")?,
            notification_type: row.get("notification_type")?,
            conversation_id: row.get("conversation_id")?,
            message_id: row.get("message_id")?,
            read_at: row.get("read_at")?,
            snoozed_until: row.get("snoozed_until")?,
            last_snoozed_at: row.get("last_snoozed_at")?,
            last_activity_at: row.get("last_activity_at")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// Which ones are wanted; by default unread and unsnoozed.
#[derive(Clone, Copy, Default)]
pub struct Wanted {
    pub read: bool,
    pub snoozed: bool,
}

/// A person's own of an account, as far as they still see the conversations.
fn fits() -> String {
    format!(
        "account_id = ?1 AND user_id = ?2 AND (?3 OR read_at IS NULL) AND (?4 OR snoozed_until IS NULL) AND {}",
        sight::notified()
    )
}

/// A new notification (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &Notification) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO notification (account_id, user_id, notification_type, conversation_id, message_id,
           last_activity_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.account_id,
            new.user_id,
            new.notification_type,
            new.conversation_id,
            new.message_id,
            new.last_activity_at,
            new.created_at
        ],
    )
}

pub fn update(connection: &Connection, notification: &Notification) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE notification SET read_at = ?2, snoozed_until = ?3, last_activity_at = ?4,
           last_snoozed_at = ?5 WHERE id = ?1",
        params![
            notification.id,
            notification.read_at,
            notification.snoozed_until,
            notification.last_activity_at,
            notification.last_snoozed_at
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM notification WHERE id = ?1", [id])?;
    Ok(())
}

/// A notification whose owner still sees the conversation.
pub fn find(connection: &Connection, id: i64) -> Result<Option<Notification>, ApiError> {
    rows::one(
        connection,
        &format!(
            "SELECT * FROM notification WHERE id = ?1 AND {}",
            sight::notified()
        ),
        [id],
    )
}

/// The one of a user about a conversation.
pub fn of(
    connection: &Connection,
    user_id: i64,
    conversation_id: i64,
) -> Result<Option<Notification>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM notification WHERE user_id = ?1 AND conversation_id = ?2",
        [user_id, conversation_id],
    )
}

/// A page of 15, by last activity.
pub fn page(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    wanted: Wanted,
    page: i64,
    ascending: bool,
) -> Result<Vec<Notification>, ApiError> {
    let order = if ascending { "ASC" } else { "DESC" };
    let sql = format!(
        "SELECT * FROM notification WHERE {} ORDER BY last_activity_at {order}, id {order} LIMIT 15 OFFSET ?5",
        fits()
    );
    let offset = (page - 1).max(0).saturating_mul(15);
    rows::many(
        connection,
        &sql,
        params![account_id, user_id, wanted.read, wanted.snoozed, offset],
    )
}

pub fn count(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    wanted: Wanted,
) -> Result<i64, ApiError> {
    rows::count(
        connection,
        &format!("SELECT count(*) FROM notification WHERE {}", fits()),
        params![account_id, user_id, wanted.read, wanted.snoozed],
    )
}

/// Those whose snooze is over.
pub fn due(connection: &Connection, now_ms: i64) -> Result<Vec<Notification>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM notification WHERE snoozed_until IS NOT NULL AND snoozed_until <= ?1 ORDER BY id LIMIT 1000",
        [now_ms],
    )
}

/// A user's own in an account: all of them, or those that are read.
pub fn own(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    only_read: bool,
) -> Result<Vec<Notification>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM notification WHERE account_id = ?1 AND user_id = ?2 AND (NOT ?3 OR read_at IS NOT NULL)
         ORDER BY id",
        params![account_id, user_id, only_read],
    )
}

/// Forgets a user's oldest beyond the newest so many, and those older than a moment.
pub fn prune(connection: &Connection, user_id: i64, most: i64, oldest: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM notification WHERE user_id = ?1 AND (created_at < ?3 OR id NOT IN
           (SELECT id FROM notification WHERE user_id = ?1 ORDER BY created_at DESC, id DESC LIMIT ?2))",
        [user_id, most, oldest],
    )?;
    Ok(())
}

/// Marks a user's notifications read; only those of one conversation if given.
pub fn read_all(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    conversation_id: Option<i64>,
    now_ms: i64,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE notification SET read_at = ?4 WHERE account_id = ?1 AND user_id = ?2 AND read_at IS NULL
           AND (?3 IS NULL OR conversation_id = ?3)",
        params![account_id, user_id, conversation_id, now_ms],
    )?;
    Ok(())
}
