//! Saved views, each of one user.

use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One saved view.
pub struct CustomFilter {
    pub id: i64,
    pub account_id: i64,
    pub user_id: i64,
    pub name: String,
    /// `conversation`, `contact` or `report`.
    pub filter_type: String,
    pub query: Object,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for CustomFilter {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            user_id: row.get("user_id")?,
            name: row.get("name")?,
            filter_type: row.get("filter_type")?,
            query: json::object(row, "query")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A new view (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &CustomFilter) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO custom_filter (account_id, user_id, name, filter_type, query, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.account_id,
            new.user_id,
            new.name,
            new.filter_type,
            json::text(&new.query),
            new.created_at,
            new.updated_at
        ],
    )
}

pub fn update(connection: &Connection, filter: &CustomFilter) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE custom_filter SET name = ?2, filter_type = ?3, query = ?4, updated_at = ?5 WHERE id = ?1",
        params![
            filter.id,
            filter.name,
            filter.filter_type,
            json::text(&filter.query),
            filter.updated_at
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM custom_filter WHERE id = ?1", [id])?;
    Ok(())
}

/// One of the user's own.
pub fn find_own(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    id: i64,
) -> Result<Option<CustomFilter>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM custom_filter WHERE id = ?1 AND account_id = ?2 AND user_id = ?3",
        [id, account_id, user_id],
    )
}

/// How many a user has, of all types.
pub fn count(connection: &Connection, account_id: i64, user_id: i64) -> Result<i64, ApiError> {
    rows::count(
        connection,
        "SELECT count(*) FROM custom_filter WHERE account_id = ?1 AND user_id = ?2",
        [account_id, user_id],
    )
}

/// The user's own of one type, oldest first.
pub fn own(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    filter_type: &str,
) -> Result<Vec<CustomFilter>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM custom_filter WHERE account_id = ?1 AND user_id = ?2 AND filter_type = ?3 ORDER BY id",
        params![account_id, user_id, filter_type],
    )
}
