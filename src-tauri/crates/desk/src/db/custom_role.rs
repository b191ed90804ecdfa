//! Roles beyond administrator and agent (reference §2.3).

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Row, params};

/// How much of their channels an agent sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// Every conversation: plain agents, and `conversation_manage`.
    Channels,
    /// What nobody holds, and what is theirs: `conversation_unassigned_manage`.
    Unassigned,
    /// Their own customers': `conversation_participating_manage`.
    Served,
    Nothing,
}

impl Breadth {
    pub const ALL: [Self; 4] = [Self::Channels, Self::Unassigned, Self::Served, Self::Nothing];

    /// As the column holds it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Channels => "channels",
            Self::Unassigned => "unassigned",
            Self::Served => "served",
            Self::Nothing => "nothing",
        }
    }
}

impl FromSql for Breadth {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        Self::ALL
            .into_iter()
            .find(|one| one.word() == word)
            .ok_or(FromSqlError::InvalidType)
    }
}

/// One role of an account.
#[derive(Clone, Debug)]
pub struct CustomRole {
    pub id: i64,
    pub name: String,
    pub description: String,
    /// Under the names of the wire.
    pub permissions: Vec<String>,
}

impl FromRow for CustomRole {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let permissions: String = row.get("permissions")?;
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            permissions: serde_json::from_str(&permissions).unwrap_or_default(),
        })
    }
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<CustomRole>, ApiError> {
    rows::one(connection, "SELECT * FROM custom_role WHERE id = ?1", [id])
}

/// The roles of an account, oldest first.
pub fn all(connection: &Connection, account_id: i64) -> Result<Vec<CustomRole>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM custom_role WHERE account_id = ?1 ORDER BY id",
        [account_id],
    )
}

/// The account's role of a name, made when missing; answers its id.
pub fn named(
    connection: &Connection,
    account_id: i64,
    name: &str,
    description: &str,
    permissions: &[&str],
    now_ms: i64,
) -> Result<i64, ApiError> {
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO custom_role (account_id, name, description, permissions, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            account_id,
            name,
            description,
            serde_json::json!(permissions).to_string(),
            now_ms
        ],
    )?;
    let id = rows::value(
        connection,
        "SELECT id FROM custom_role WHERE account_id = ?1 AND name = ?2",
        params![account_id, name],
    )?;
    id.ok_or(ApiError::NotFound)
}
