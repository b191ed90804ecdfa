//! Macros: named lists of actions.

use super::json;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};
use serde_json::Value;

/// One macro.
#[derive(Clone)]
pub struct Macro {
    pub id: i64,
    pub account_id: i64,
    pub name: String,
    /// `personal` or `global`.
    pub visibility: String,
    pub created_by_id: Option<i64>,
    pub updated_by_id: Option<i64>,
    /// `[{action_name, action_params?}]`.
    pub actions: Value,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Macro {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            name: row.get("name")?,
            visibility: row.get("visibility")?,
            created_by_id: row.get("created_by_id")?,
            updated_by_id: row.get("updated_by_id")?,
            actions: json::value(row, "actions")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A new macro (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &Macro) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO macro (account_id, name, visibility, created_by_id, updated_by_id, actions, created_at,
           updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            new.account_id,
            new.name,
            new.visibility,
            new.created_by_id,
            new.updated_by_id,
            new.actions.to_string(),
            new.created_at,
            new.updated_at
        ],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, found: &Macro) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE macro SET name = ?2, visibility = ?3, updated_by_id = ?4, actions = ?5, updated_at = ?6
         WHERE id = ?1",
        params![
            found.id,
            found.name,
            found.visibility,
            found.updated_by_id,
            found.actions.to_string(),
            found.updated_at
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM macro WHERE id = ?1", [id])?;
    Ok(())
}

pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<Macro>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM macro WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

/// The user's personal ones and all global ones, by id.
pub fn usable(connection: &Connection, account_id: i64, user_id: i64) -> Result<Vec<Macro>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM macro WHERE account_id = ?1 AND (visibility = 'global' OR created_by_id = ?2) ORDER BY id",
        [account_id, user_id],
    )
}
