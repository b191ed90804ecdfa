//! Saved views of a whole property.

use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One shared view.
pub struct SharedView {
    pub id: i64,
    pub account_id: i64,
    /// Who made it; none once their account is gone.
    pub user_id: Option<i64>,
    pub name: String,
    /// `conversation`, `contact` or `report`.
    pub filter_type: String,
    pub query: Object,
    /// Its place among those of its type, from 0; gaps mean nothing.
    pub position: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for SharedView {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            user_id: row.get("user_id")?,
            name: row.get("name")?,
            filter_type: row.get("filter_type")?,
            query: json::object(row, "query")?,
            position: row.get("position")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A new view (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &SharedView) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO shared_view (account_id, user_id, name, filter_type, query, position, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            new.account_id,
            new.user_id,
            new.name,
            new.filter_type,
            json::text(&new.query),
            new.position,
            new.created_at,
            new.updated_at
        ],
    )
}

pub fn update(connection: &Connection, view: &SharedView) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE shared_view SET name = ?2, query = ?3, updated_at = ?4 WHERE id = ?1",
        params![view.id, view.name, json::text(&view.query), view.updated_at],
    )?;
    Ok(())
}

/// Puts one at a place.
pub fn place(connection: &Connection, id: i64, position: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE shared_view SET position = ?2 WHERE id = ?1",
        [id, position],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM shared_view WHERE id = ?1", [id])?;
    Ok(())
}

/// One of the property.
pub fn find(connection: &Connection, account_id: i64, id: i64) -> Result<Option<SharedView>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM shared_view WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

/// Those of the property and type, in their order.
pub fn all(connection: &Connection, account_id: i64, filter_type: &str) -> Result<Vec<SharedView>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM shared_view WHERE account_id = ?1 AND filter_type = ?2 ORDER BY position, id",
        params![account_id, filter_type],
    )
}
