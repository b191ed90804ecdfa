//! The webhooks of an account.

use super::json;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};
use serde_json::Value;

/// One webhook.
#[derive(Clone)]
pub struct Webhook {
    pub id: i64,
    pub account_id: i64,
    pub url: String,
    pub name: Option<String>,
    /// Stored and shown; it does not filter (reference §11.3).
    pub inbox_id: Option<i64>,
    /// Names of events.
    pub subscriptions: Value,
    pub secret: String,
    pub created_at: i64,
}

impl FromRow for Webhook {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            url: row.get("url")?,
            name: row.get("name")?,
            inbox_id: row.get("inbox_id")?,
            subscriptions: json::value(row, "subscriptions")?,
            secret: row.get("secret")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// A new webhook (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &Webhook) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO webhook (account_id, url, name, inbox_id, subscriptions, secret, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.account_id,
            new.url,
            new.name,
            new.inbox_id,
            new.subscriptions.to_string(),
            new.secret,
            new.created_at
        ],
    )
}

pub fn update(connection: &Connection, found: &Webhook) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE webhook SET url = ?2, name = ?3, inbox_id = ?4, subscriptions = ?5 WHERE id = ?1",
        params![
            found.id,
            found.url,
            found.name,
            found.inbox_id,
            found.subscriptions.to_string()
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM webhook WHERE id = ?1", [id])?;
    Ok(())
}

pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<Webhook>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM webhook WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

/// All of an account, oldest first.
pub fn all(connection: &Connection, account_id: i64) -> Result<Vec<Webhook>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM webhook WHERE account_id = ?1 ORDER BY id",
        [account_id],
    )
}
