//! Properties.

use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One property.
pub struct Account {
    pub id: i64,
    pub name: String,
    pub locale: String,
    pub domain: Option<String>,
    pub support_email: String,
    /// `active` or `suspended`.
    pub status: String,
    pub settings: Object,
    pub features: Object,
    pub custom_attributes: Object,
    pub created_at: i64,
}

impl FromRow for Account {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            locale: row.get("locale")?,
            domain: row.get("domain")?,
            support_email: row.get("support_email")?,
            status: row.get("status")?,
            settings: json::object(row, "settings")?,
            features: json::object(row, "features")?,
            custom_attributes: json::object(row, "custom_attributes")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// One property by id.
pub fn find(connection: &Connection, id: i64) -> Result<Option<Account>, ApiError> {
    rows::one(connection, "SELECT * FROM account WHERE id = ?1", [id])
}

/// All properties, oldest first.
pub fn all(connection: &Connection) -> Result<Vec<Account>, ApiError> {
    rows::many(connection, "SELECT * FROM account ORDER BY id", [])
}

/// A new property; answers its id.
pub fn insert(connection: &Connection, name: &str, locale: &str, now_ms: i64) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO account (name, locale, created_at) VALUES (?1, ?2, ?3)",
        params![name, locale, now_ms],
    )
}

/// Changes what an administrator may change.
pub fn update(connection: &Connection, account: &Account) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE account SET name = ?2, locale = ?3, domain = ?4, support_email = ?5, settings = ?6 WHERE id = ?1",
        params![
            account.id,
            account.name,
            account.locale,
            account.domain,
            account.support_email,
            json::text(&account.settings)
        ],
    )?;
    Ok(())
}

/// When one of `label`, `inbox`, `team` last changed, epoch milliseconds.
pub fn cache_key(connection: &Connection, account_id: i64, name: &str) -> Result<Option<i64>, ApiError> {
    rows::value(
        connection,
        "SELECT changed_at FROM cache_key WHERE account_id = ?1 AND name = ?2",
        params![account_id, name],
    )
}

/// Notes that one of `label`, `inbox`, `team` changed now.
pub fn touch_cache_key(
    connection: &Connection,
    account_id: i64,
    name: &str,
    now_ms: i64,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT INTO cache_key (account_id, name, changed_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (account_id, name) DO UPDATE SET changed_at = excluded.changed_at",
        params![account_id, name, now_ms],
    )?;
    Ok(())
}
