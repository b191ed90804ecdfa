//! The labels of an account.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One label.
pub struct Label {
    pub id: i64,
    pub account_id: i64,
    pub title: String,
    pub description: Option<String>,
    pub color: String,
    pub show_on_sidebar: bool,
}

impl FromRow for Label {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            title: row.get("title")?,
            description: row.get("description")?,
            color: row.get("color")?,
            show_on_sidebar: row.get("show_on_sidebar")?,
        })
    }
}

/// A new label (its id is ignored); answers the id.
pub fn insert(connection: &Connection, label: &Label) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO label (account_id, title, description, color, show_on_sidebar) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            label.account_id,
            label.title,
            label.description,
            label.color,
            label.show_on_sidebar
        ],
    )
}

pub fn update(connection: &Connection, label: &Label) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE label SET title = ?2, description = ?3, color = ?4, show_on_sidebar = ?5 WHERE id = ?1",
        params![
            label.id,
            label.title,
            label.description,
            label.color,
            label.show_on_sidebar
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM label WHERE id = ?1", [id])?;
    Ok(())
}

pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<Label>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM label WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

pub fn by_title(connection: &Connection, account_id: i64, title: &str) -> Result<Option<Label>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM label WHERE account_id = ?1 AND title = ?2",
        params![account_id, title],
    )
}

/// Carries a new title over to what bears the old one; answers the ids of the guests among it.
pub fn retitle(connection: &Connection, account_id: i64, old: &str, new: &str) -> Result<Vec<i64>, ApiError> {
    let guests = rows::values(
        connection,
        "SELECT contact_id FROM contact_label JOIN contact ON contact.id = contact_id
         WHERE title = ?2 AND account_id = ?1 ORDER BY contact_id",
        params![account_id, old],
    )?;
    for sql in [
        "UPDATE OR REPLACE conversation_label SET title = ?3 WHERE title = ?2
           AND conversation_id IN (SELECT id FROM conversation WHERE account_id = ?1)",
        "UPDATE OR REPLACE contact_label SET title = ?3 WHERE title = ?2
           AND contact_id IN (SELECT id FROM contact WHERE account_id = ?1)",
    ] {
        rows::execute(connection, sql, params![account_id, old, new])?;
    }
    Ok(guests)
}

/// Takes a title from everything that bears it.
pub fn take_off(connection: &Connection, account_id: i64, title: &str) -> Result<(), ApiError> {
    for sql in [
        "DELETE FROM conversation_label WHERE title = ?2
           AND conversation_id IN (SELECT id FROM conversation WHERE account_id = ?1)",
        "DELETE FROM contact_label WHERE title = ?2
           AND contact_id IN (SELECT id FROM contact WHERE account_id = ?1)",
    ] {
        rows::execute(connection, sql, params![account_id, title])?;
    }
    Ok(())
}

/// All labels of an account, by title.
pub fn all(connection: &Connection, account_id: i64) -> Result<Vec<Label>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM label WHERE account_id = ?1 ORDER BY title",
        [account_id],
    )
}
