//! What a person wants to be told in an account.

use super::json;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json as value};

/// The kinds of notification, in the order of the wire (reference §8.1).
pub const KINDS: &[&str] = &[
    "conversation_creation",
    "conversation_assignment",
    "assigned_conversation_new_message",
    "conversation_mention",
    "participating_conversation_new_message",
    "sla_missed_first_response",
    "sla_missed_next_response",
    "sla_missed_resolution",
];
/// What everybody is told who never chose.
const DEFAULT: &str = "conversation_assignment";

/// One person's choice in one account.
pub struct NotificationSetting {
    pub id: i64,
    pub account_id: i64,
    pub user_id: i64,
    /// Kinds, without `email_`.
    pub email: Vec<String>,
    /// Kinds, without `push_`.
    pub push: Vec<String>,
}

fn kinds(value: &Value) -> Vec<String> {
    let kinds = value.as_array().into_iter().flatten();
    kinds.filter_map(Value::as_str).map(str::to_owned).collect()
}

impl FromRow for NotificationSetting {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            user_id: row.get("user_id")?,
            email: kinds(&json::value(row, "email_flags")?),
            push: kinds(&json::value(row, "push_flags")?),
        })
    }
}

/// A person's setting; none when they never chose.
pub fn of(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
) -> Result<Option<NotificationSetting>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM notification_setting WHERE account_id = ?1 AND user_id = ?2",
        [account_id, user_id],
    )
}

/// Makes the setting of a person who never chose, with what holds until they do.
pub fn ensure(connection: &Connection, account_id: i64, user_id: i64) -> Result<(), ApiError> {
    let default = value!([DEFAULT]).to_string();
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO notification_setting (account_id, user_id, email_flags, push_flags)
         VALUES (?1, ?2, ?3, ?3)",
        params![account_id, user_id, default],
    )?;
    Ok(())
}

pub fn update(connection: &Connection, setting: &NotificationSetting) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE notification_setting SET email_flags = ?2, push_flags = ?3 WHERE id = ?1",
        params![
            setting.id,
            value!(setting.email).to_string(),
            value!(setting.push).to_string()
        ],
    )?;
    Ok(())
}

/// Whether a person is subscribed to a kind, by push or by e-mail.
pub fn wants(connection: &Connection, account_id: i64, user_id: i64, kind: &str) -> Result<bool, ApiError> {
    Ok(match of(connection, account_id, user_id)? {
        Some(setting) => setting
            .email
            .iter()
            .chain(&setting.push)
            .any(|known| known == kind),
        None => kind == DEFAULT,
    })
}
