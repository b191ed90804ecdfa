//! Messages.

use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// A guest's message.
pub const INCOMING: i64 = 0;
/// A message of an agent or a bot, notes included.
pub const OUTGOING: i64 = 1;
/// A line of the system about what happened.
pub const ACTIVITY: i64 = 2;
/// An automatic message to the guest.
pub const TEMPLATE: i64 = 3;

/// One message.
#[derive(Clone)]
pub struct Message {
    pub id: i64,
    pub account_id: i64,
    pub inbox_id: i64,
    /// Database id.
    pub conversation_id: i64,
    pub message_type: i64,
    pub content: Option<String>,
    pub content_type: String,
    pub content_attributes: Object,
    pub additional_attributes: Object,
    pub private: bool,
    /// `sent`, `delivered`, `read` or `failed`.
    pub status: String,
    pub source_id: Option<String>,
    /// `User`, `Contact`, `AgentBot` or none.
    pub sender_type: Option<String>,
    pub sender_id: Option<i64>,
    pub echo_id: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Message {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            inbox_id: row.get("inbox_id")?,
            conversation_id: row.get("conversation_id")?,
            message_type: row.get("message_type")?,
            content: row.get("content")?,
            content_type: row.get("content_type")?,
            content_attributes: json::object(row, "content_attributes")?,
            additional_attributes: json::object(row, "additional_attributes")?,
            private: row.get("private")?,
            status: row.get("status")?,
            source_id: row.get("source_id")?,
            sender_type: row.get("sender_type")?,
            sender_id: row.get("sender_id")?,
            echo_id: row.get("echo_id")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// Stores a message as it stands (its id is ignored); answers the new id.
pub fn insert(connection: &Connection, message: &Message) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO message (account_id, inbox_id, conversation_id, message_type, content, content_type,
           content_attributes, additional_attributes, private, status, source_id, sender_type, sender_id, echo_id,
           created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        params![
            message.account_id,
            message.inbox_id,
            message.conversation_id,
            message.message_type,
            message.content,
            message.content_type,
            json::text(&message.content_attributes),
            json::text(&message.additional_attributes),
            message.private,
            message.status,
            message.source_id,
            message.sender_type,
            message.sender_id,
            message.echo_id,
            message.created_at,
            message.updated_at
        ],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, message: &Message) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE message SET content = ?2, content_type = ?3, content_attributes = ?4, status = ?5, source_id = ?6,
           updated_at = ?7 WHERE id = ?1",
        params![
            message.id,
            message.content,
            message.content_type,
            json::text(&message.content_attributes),
            message.status,
            message.source_id,
            message.updated_at
        ],
    )?;
    Ok(())
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<Message>, ApiError> {
    rows::one(connection, "SELECT * FROM message WHERE id = ?1", [id])
}

/// A message of one conversation.
pub fn find_in(connection: &Connection, conversation_id: i64, id: i64) -> Result<Option<Message>, ApiError> {
    let message = find(connection, id)?;
    Ok(message.filter(|message| message.conversation_id == conversation_id))
}

/// By the channel's id of a message.
pub fn by_source_id(
    connection: &Connection,
    conversation_id: i64,
    source_id: &str,
) -> Result<Option<Message>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 AND source_id = ?2",
        params![conversation_id, source_id],
    )
}

/// The newest message of any kind.
pub fn newest(connection: &Connection, conversation_id: i64) -> Result<Option<Message>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 1",
        [conversation_id],
    )
}

/// The newest that is not an activity line; private notes only if asked for.
pub fn newest_spoken(
    connection: &Connection,
    conversation_id: i64,
    with_private: bool,
) -> Result<Option<Message>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 AND message_type <> 2 AND (?2 OR private = 0)
         ORDER BY created_at DESC, id DESC LIMIT 1",
        params![conversation_id, with_private],
    )
}

/// When the guest last wrote, epoch milliseconds.
pub fn last_incoming_at(connection: &Connection, conversation_id: i64) -> Result<Option<i64>, ApiError> {
    rows::value(
        connection,
        "SELECT created_at FROM message WHERE conversation_id = ?1 AND message_type = 0
         ORDER BY created_at DESC LIMIT 1",
        [conversation_id],
    )
}

/// Incoming messages after a moment, counted up to 10 (reference §3.1).
pub fn unread(connection: &Connection, conversation_id: i64, since: Option<i64>) -> Result<i64, ApiError> {
    rows::count(
        connection,
        "SELECT count(*) FROM (SELECT 1 FROM message WHERE conversation_id = ?1 AND message_type = 0
           AND created_at > ?2 LIMIT 10)",
        params![conversation_id, since.unwrap_or(-1)],
    )
}

/// Whether anything was said after a moment, activity lines included.
pub fn anything_after(connection: &Connection, conversation_id: i64, since: i64) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?1 AND created_at > ?2)",
        [conversation_id, since],
    )? > 0)
}

/// How many messages were created since a moment.
pub fn created_since(connection: &Connection, conversation_id: i64, since: i64) -> Result<i64, ApiError> {
    rows::count(
        connection,
        "SELECT count(*) FROM message WHERE conversation_id = ?1 AND created_at >= ?2",
        [conversation_id, since],
    )
}

/// Whether the conversation has an outgoing or an automatic message.
pub fn anything_sent(connection: &Connection, conversation_id: i64) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?1 AND message_type IN (1, 3))",
        [conversation_id],
    )? > 0)
}

/// Whether the conversation has a public message of a type since a moment.
pub fn sent_since(
    connection: &Connection,
    conversation_id: i64,
    message_type: i64,
    since: i64,
) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?1 AND created_at >= ?3 AND message_type = ?2
           AND private = 0)",
        [conversation_id, message_type, since],
    )? > 0)
}

/// Non-incoming messages the guest has not read, created until a moment.
pub fn unread_by_guest(
    connection: &Connection,
    conversation_id: i64,
    until: i64,
) -> Result<Vec<Message>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 AND message_type <> 0 AND status IN ('sent', 'delivered')
           AND created_at <= ?2 ORDER BY created_at, id",
        [conversation_id, until],
    )
}

/// The first survey of a conversation.
pub fn first_survey(connection: &Connection, conversation_id: i64) -> Result<Option<Message>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 AND content_type = 'input_csat'
         ORDER BY created_at, id LIMIT 1",
        [conversation_id],
    )
}

/// Every message of the file, by id.
pub fn everything(connection: &Connection) -> Result<Vec<Message>, ApiError> {
    rows::many(connection, "SELECT * FROM message ORDER BY id", [])
}

/// All public messages but activity, oldest first.
pub fn public(connection: &Connection, conversation_id: i64) -> Result<Vec<Message>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 AND private = 0 AND message_type <> 2
         ORDER BY created_at, id",
        [conversation_id],
    )
}

/// The newest 20 public messages (before one, if given), oldest first.
pub fn public_page(
    connection: &Connection,
    conversation_id: i64,
    before: Option<i64>,
) -> Result<Vec<Message>, ApiError> {
    let mut page: Vec<Message> = rows::many(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 AND private = 0 AND message_type <> 2
           AND (?2 IS NULL OR id < ?2) ORDER BY created_at DESC, id DESC LIMIT 20",
        params![conversation_id, before],
    )?;
    page.reverse();
    Ok(page)
}

/// A stretch of a thread, oldest first (reference §4.3).
pub fn page(
    connection: &Connection,
    conversation_id: i64,
    after: Option<i64>,
    before: Option<i64>,
    without_internal: bool,
) -> Result<Vec<Message>, ApiError> {
    let wanted = "conversation_id = ?1 AND (NOT ?2 OR (private = 0 AND message_type <> 2))";
    let (range, order, limit) = match (after, before) {
        (Some(_), Some(_)) => ("id >= ?3 AND id < ?4", "ASC", 1000),
        (Some(_), None) => ("id > ?3 AND ?4 IS NULL", "ASC", 100),
        (None, Some(_)) => ("?3 IS NULL AND id < ?4", "DESC", 20),
        (None, None) => ("?3 IS NULL AND ?4 IS NULL", "DESC", 20),
    };
    let sql = format!(
        "SELECT * FROM message WHERE {wanted} AND {range} ORDER BY created_at {order}, id {order} LIMIT {limit}"
    );
    let mut page: Vec<Message> = rows::many(
        connection,
        &sql,
        params![conversation_id, without_internal, after, before],
    )?;
    if order == "DESC" {
        page.reverse();
    }
    Ok(page)
}

/// All messages of a conversation, or those of guests and agents whose text holds `text`; oldest first.
pub fn matching(
    connection: &Connection,
    conversation_id: i64,
    text: Option<&str>,
) -> Result<Vec<Message>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1
           AND (?2 IS NULL OR (message_type IN (0, 1) AND instr(lower(content), ?2) > 0)) ORDER BY created_at, id",
        params![conversation_id, text.map(str::to_lowercase)],
    )
}
