//! Channels of a property, and who works on them.

use super::json::{self, Object};
use super::people::User;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};
use serde_json::Value;

/// One channel.
#[derive(Clone)]
pub struct Inbox {
    pub id: i64,
    pub account_id: i64,
    pub name: String,
    /// Such as `Channel::Api`.
    pub channel_type: String,
    /// Its name in the public client API (Channel::Api only).
    pub identifier: Option<String>,
    /// What only its kind of channel has, under the names of the wire.
    pub channel: Object,
    pub agent_bot_id: Option<i64>,
    pub avatar_url: String,
    pub greeting_enabled: bool,
    pub greeting_message: Option<String>,
    pub out_of_office_message: Option<String>,
    pub working_hours_enabled: bool,
    pub working_hours: Value,
    pub timezone: String,
    pub enable_auto_assignment: bool,
    /// Where the round robin stands.
    pub last_assigned_user_id: i64,
    pub lock_to_single_conversation: bool,
    pub allow_messages_after_resolved: bool,
    pub csat_survey_enabled: bool,
}

impl Inbox {
    /// Whether messages reach the guest through this server alone.
    pub fn is_api(&self) -> bool {
        self.channel_type == "Channel::Api"
    }

    /// A text among the channel's own settings.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.channel.get(key).and_then(Value::as_str)
    }
}

impl FromRow for Inbox {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            name: row.get("name")?,
            channel_type: row.get("channel_type")?,
            identifier: row.get("identifier")?,
            channel: json::object(row, "channel")?,
            agent_bot_id: row.get("agent_bot_id")?,
            avatar_url: row.get("avatar_url")?,
            greeting_enabled: row.get("greeting_enabled")?,
            greeting_message: row.get("greeting_message")?,
            out_of_office_message: row.get("out_of_office_message")?,
            working_hours_enabled: row.get("working_hours_enabled")?,
            working_hours: json::value(row, "working_hours")?,
            timezone: row.get("timezone")?,
            enable_auto_assignment: row.get("enable_auto_assignment")?,
            last_assigned_user_id: row.get("last_assigned_user_id")?,
            lock_to_single_conversation: row.get("lock_to_single_conversation")?,
            allow_messages_after_resolved: row.get("allow_messages_after_resolved")?,
            csat_survey_enabled: row.get("csat_survey_enabled")?,
        })
    }
}

/// What a new channel is made of.
pub struct NewInbox<'a> {
    pub account_id: i64,
    pub name: &'a str,
    pub channel_type: &'a str,
    pub identifier: Option<&'a str>,
    pub channel: &'a Object,
    pub agent_bot_id: Option<i64>,
}

/// A new channel; answers its id.
pub fn insert(connection: &Connection, new: &NewInbox<'_>, now_ms: i64) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO inbox (account_id, name, channel_type, identifier, channel, agent_bot_id, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.account_id,
            new.name,
            new.channel_type,
            new.identifier,
            json::text(new.channel),
            new.agent_bot_id,
            now_ms
        ],
    )
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<Inbox>, ApiError> {
    rows::one(connection, "SELECT * FROM inbox WHERE id = ?1", [id])
}

/// A channel of an account.
pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<Inbox>, ApiError> {
    let inbox = find(connection, id)?;
    Ok(inbox.filter(|inbox| inbox.account_id == account_id))
}

/// By its name in the public client API.
pub fn by_identifier(connection: &Connection, identifier: &str) -> Result<Option<Inbox>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM inbox WHERE identifier = ?1 AND channel_type = 'Channel::Api'",
        [identifier],
    )
}

/// All channels of an account, by lower-case name.
pub fn all(connection: &Connection, account_id: i64) -> Result<Vec<Inbox>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM inbox WHERE account_id = ?1 ORDER BY lower(name), id",
        [account_id],
    )
}

/// The channels a person is a member of, by lower-case name.
pub fn of_member(connection: &Connection, account_id: i64, user_id: i64) -> Result<Vec<Inbox>, ApiError> {
    rows::many(
        connection,
        "SELECT inbox.* FROM inbox JOIN inbox_member ON inbox_member.inbox_id = inbox.id
         WHERE inbox.account_id = ?1 AND inbox_member.user_id = ?2 ORDER BY lower(inbox.name), inbox.id",
        [account_id, user_id],
    )
}

pub fn is_member(connection: &Connection, inbox_id: i64, user_id: i64) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT count(*) FROM inbox_member WHERE inbox_id = ?1 AND user_id = ?2",
        [inbox_id, user_id],
    )? > 0)
}

pub fn add_member(connection: &Connection, inbox_id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO inbox_member (inbox_id, user_id) VALUES (?1, ?2)",
        [inbox_id, user_id],
    )?;
    Ok(())
}

pub fn remove_member(connection: &Connection, inbox_id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM inbox_member WHERE inbox_id = ?1 AND user_id = ?2",
        [inbox_id, user_id],
    )?;
    Ok(())
}

/// Members of a channel, by id.
pub fn members(connection: &Connection, inbox_id: i64) -> Result<Vec<User>, ApiError> {
    rows::many(
        connection,
        "SELECT user.* FROM user JOIN inbox_member ON inbox_member.user_id = user.id
         WHERE inbox_member.inbox_id = ?1 ORDER BY user.id",
        [inbox_id],
    )
}

/// Links a bot to the channel, or none.
pub fn set_bot(connection: &Connection, inbox_id: i64, bot_id: Option<i64>) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE inbox SET agent_bot_id = ?2 WHERE id = ?1",
        params![inbox_id, bot_id],
    )?;
    Ok(())
}

/// Writes what administrators set of a channel; not its bot, nor where its round robin stands.
pub fn update(connection: &Connection, inbox: &Inbox) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE inbox SET name = ?2, channel = ?3, greeting_enabled = ?4, greeting_message = ?5,
           out_of_office_message = ?6, working_hours_enabled = ?7, working_hours = ?8, timezone = ?9,
           enable_auto_assignment = ?10, lock_to_single_conversation = ?11, allow_messages_after_resolved = ?12,
           csat_survey_enabled = ?13
         WHERE id = ?1",
        params![
            inbox.id,
            inbox.name,
            json::text(&inbox.channel),
            inbox.greeting_enabled,
            inbox.greeting_message,
            inbox.out_of_office_message,
            inbox.working_hours_enabled,
            inbox.working_hours.to_string(),
            inbox.timezone,
            inbox.enable_auto_assignment,
            inbox.lock_to_single_conversation,
            inbox.allow_messages_after_resolved,
            inbox.csat_survey_enabled
        ],
    )?;
    Ok(())
}

/// Keeps what a channel's provider lists as its templates, and nothing else of the channel.
pub fn set_templates(connection: &Connection, inbox_id: i64, templates: &Value) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE inbox SET channel = json_set(channel, '$.message_templates', json(?2)) WHERE id = ?1",
        params![inbox_id, templates.to_string()],
    )?;
    Ok(())
}

/// Moves the round robin on.
pub fn set_last_assigned(connection: &Connection, inbox_id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE inbox SET last_assigned_user_id = ?2 WHERE id = ?1",
        [inbox_id, user_id],
    )?;
    Ok(())
}
