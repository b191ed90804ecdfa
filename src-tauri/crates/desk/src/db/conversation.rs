//! Conversations: the row, its labels, its people.

use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One conversation. `id` is the database's; the wire uses `display_id`.
#[derive(Clone, PartialEq)]
pub struct Conversation {
    pub id: i64,
    pub account_id: i64,
    pub display_id: i64,
    pub uuid: String,
    pub inbox_id: i64,
    pub contact_id: i64,
    pub contact_inbox_id: i64,
    /// `open`, `resolved`, `pending` or `snoozed`.
    pub status: String,
    /// `low`, `medium`, `high`, `urgent` or none.
    pub priority: Option<String>,
    pub assignee_id: Option<i64>,
    pub assignee_bot_id: Option<i64>,
    pub team_id: Option<i64>,
    pub snoozed_until: Option<i64>,
    pub additional_attributes: Object,
    pub custom_attributes: Object,
    pub last_activity_at: i64,
    pub agent_last_seen_at: Option<i64>,
    pub assignee_last_seen_at: Option<i64>,
    pub contact_last_seen_at: Option<i64>,
    pub first_reply_created_at: Option<i64>,
    pub waiting_since: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Conversation {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            display_id: row.get("display_id")?,
            uuid: row.get("uuid")?,
            inbox_id: row.get("inbox_id")?,
            contact_id: row.get("contact_id")?,
            contact_inbox_id: row.get("contact_inbox_id")?,
            status: row.get("status")?,
            priority: row.get("priority")?,
            assignee_id: row.get("assignee_id")?,
            assignee_bot_id: row.get("assignee_bot_id")?,
            team_id: row.get("team_id")?,
            snoozed_until: row.get("snoozed_until")?,
            additional_attributes: json::object(row, "additional_attributes")?,
            custom_attributes: json::object(row, "custom_attributes")?,
            last_activity_at: row.get("last_activity_at")?,
            agent_last_seen_at: row.get("agent_last_seen_at")?,
            assignee_last_seen_at: row.get("assignee_last_seen_at")?,
            contact_last_seen_at: row.get("contact_last_seen_at")?,
            first_reply_created_at: row.get("first_reply_created_at")?,
            waiting_since: row.get("waiting_since")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// What a new conversation is made of.
pub struct NewConversation<'a> {
    pub account_id: i64,
    pub inbox_id: i64,
    pub contact_id: i64,
    pub contact_inbox_id: i64,
    pub uuid: &'a str,
    pub status: &'a str,
    pub snoozed_until: Option<i64>,
    pub assignee_id: Option<i64>,
    pub team_id: Option<i64>,
    pub additional_attributes: &'a Object,
    pub custom_attributes: &'a Object,
}

/// A new conversation with the account's next number; waits from now. Answers its database id.
pub fn insert(connection: &Connection, new: &NewConversation<'_>, now_ms: i64) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO conversation (account_id, display_id, uuid, inbox_id, contact_id, contact_inbox_id, status,
           snoozed_until, assignee_id, team_id, additional_attributes, custom_attributes, last_activity_at,
           waiting_since, created_at, updated_at)
         VALUES (?1, (SELECT coalesce(max(display_id), 0) + 1 FROM conversation WHERE account_id = ?1),
           ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?12, ?12)",
        params![
            new.account_id,
            new.uuid,
            new.inbox_id,
            new.contact_id,
            new.contact_inbox_id,
            new.status,
            new.snoozed_until,
            new.assignee_id,
            new.team_id,
            json::text(new.additional_attributes),
            json::text(new.custom_attributes),
            now_ms
        ],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, conversation: &Conversation) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE conversation SET contact_id = ?2, status = ?3, priority = ?4, assignee_id = ?5,
           assignee_bot_id = ?6, team_id = ?7, snoozed_until = ?8, additional_attributes = ?9,
           custom_attributes = ?10, last_activity_at = ?11, agent_last_seen_at = ?12,
           assignee_last_seen_at = ?13, contact_last_seen_at = ?14, first_reply_created_at = ?15,
           waiting_since = ?16, updated_at = ?17 WHERE id = ?1",
        params![
            conversation.id,
            conversation.contact_id,
            conversation.status,
            conversation.priority,
            conversation.assignee_id,
            conversation.assignee_bot_id,
            conversation.team_id,
            conversation.snoozed_until,
            json::text(&conversation.additional_attributes),
            json::text(&conversation.custom_attributes),
            conversation.last_activity_at,
            conversation.agent_last_seen_at,
            conversation.assignee_last_seen_at,
            conversation.contact_last_seen_at,
            conversation.first_reply_created_at,
            conversation.waiting_since,
            conversation.updated_at
        ],
    )?;
    Ok(())
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<Conversation>, ApiError> {
    rows::one(connection, "SELECT * FROM conversation WHERE id = ?1", [id])
}

pub fn by_uuid(connection: &Connection, uuid: &str) -> Result<Option<Conversation>, ApiError> {
    rows::one(connection, "SELECT * FROM conversation WHERE uuid = ?1", [uuid])
}

/// By the number of the wire.
pub fn by_display_id(
    connection: &Connection,
    account_id: i64,
    display_id: i64,
) -> Result<Option<Conversation>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM conversation WHERE account_id = ?1 AND display_id = ?2",
        [account_id, display_id],
    )
}

/// A guest's newest conversation over one link.
pub fn newest_of_link(
    connection: &Connection,
    contact_inbox_id: i64,
) -> Result<Option<Conversation>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM conversation WHERE contact_inbox_id = ?1 ORDER BY id DESC",
        [contact_inbox_id],
    )
}

/// All conversations over one link, oldest first.
pub fn of_link(connection: &Connection, contact_inbox_id: i64) -> Result<Vec<Conversation>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM conversation WHERE contact_inbox_id = ?1 ORDER BY id",
        [contact_inbox_id],
    )
}

/// A guest's conversations, newest activity first.
pub fn of_contact(connection: &Connection, contact_id: i64) -> Result<Vec<Conversation>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM conversation WHERE contact_id = ?1 ORDER BY last_activity_at DESC, id DESC",
        [contact_id],
    )
}

/// Every conversation of the file, by database id.
pub fn everything(connection: &Connection) -> Result<Vec<Conversation>, ApiError> {
    rows::many(connection, "SELECT * FROM conversation ORDER BY id", [])
}

/// Pending ones of a channel that no other bot holds than the one they waited for.
pub fn waiting_for_bot(
    connection: &Connection,
    inbox_id: i64,
    bot_id: Option<i64>,
) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT id FROM conversation WHERE inbox_id = ?1 AND status = 'pending'
           AND (assignee_bot_id IS NULL OR assignee_bot_id = ?2) ORDER BY id",
        params![inbox_id, bot_id],
    )
}

/// Open ones of an account without a word since a moment, the longest silent first; perhaps only those nobody waits in.
pub fn idle(
    connection: &Connection,
    account_id: i64,
    since: i64,
    only_answered: bool,
    most: i64,
) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT id FROM conversation WHERE account_id = ?1 AND status = 'open' AND last_activity_at < ?2
           AND (NOT ?3 OR waiting_since IS NULL) ORDER BY last_activity_at, id LIMIT ?4",
        params![account_id, since, only_answered, most],
    )
}

/// Snoozed ones whose time came between `since` and `until` (epoch milliseconds).
pub fn due(connection: &Connection, since: i64, until: i64) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT id FROM conversation WHERE status = 'snoozed' AND snoozed_until BETWEEN ?1 AND ?2 ORDER BY id",
        [since, until],
    )
}

/// Labels, by title.
pub fn labels(connection: &Connection, id: i64) -> Result<Vec<String>, ApiError> {
    rows::values(
        connection,
        "SELECT title FROM conversation_label WHERE conversation_id = ?1 ORDER BY title",
        [id],
    )
}

/// Replaces the labels.
pub fn set_labels(connection: &Connection, id: i64, titles: &[String]) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM conversation_label WHERE conversation_id = ?1",
        [id],
    )?;
    for title in titles {
        rows::execute(
            connection,
            "INSERT OR IGNORE INTO conversation_label (conversation_id, title) VALUES (?1, ?2)",
            params![id, title],
        )?;
    }
    Ok(())
}

/// Ids of those who follow a conversation.
pub fn participants(connection: &Connection, id: i64) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT user_id FROM participant WHERE conversation_id = ?1 ORDER BY user_id",
        [id],
    )
}

pub fn add_participant(connection: &Connection, id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO participant (conversation_id, user_id) VALUES (?1, ?2)",
        [id, user_id],
    )?;
    Ok(())
}

pub fn remove_participant(connection: &Connection, id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM participant WHERE conversation_id = ?1 AND user_id = ?2",
        [id, user_id],
    )?;
    Ok(())
}

/// Remembers that somebody was mentioned.
pub fn add_mention(connection: &Connection, id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO mention (conversation_id, user_id) VALUES (?1, ?2)",
        [id, user_id],
    )?;
    Ok(())
}

/// Takes a conversation away with all that belongs to it.
pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM conversation WHERE id = ?1", [id])?;
    Ok(())
}
