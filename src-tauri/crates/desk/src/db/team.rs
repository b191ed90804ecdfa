//! Teams and their members.

use super::people::User;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One team of an account.
pub struct Team {
    pub id: i64,
    pub account_id: i64,
    pub name: String,
    pub description: Option<String>,
    pub allow_auto_assign: bool,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Team {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            allow_auto_assign: row.get("allow_auto_assign")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A new team (its name is stored lower-case); answers its id.
pub fn insert(
    connection: &Connection,
    account_id: i64,
    name: &str,
    description: Option<&str>,
    now_ms: i64,
) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO team (account_id, name, description, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)",
        params![account_id, name.to_lowercase(), description, now_ms],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, team: &Team) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE team SET name = ?2, description = ?3, allow_auto_assign = ?4, updated_at = ?5 WHERE id = ?1",
        params![
            team.id,
            team.name,
            team.description,
            team.allow_auto_assign,
            team.updated_at
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM team WHERE id = ?1", [id])?;
    Ok(())
}

pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<Team>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM team WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
    )
}

pub fn all(connection: &Connection, account_id: i64) -> Result<Vec<Team>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM team WHERE account_id = ?1 ORDER BY id",
        [account_id],
    )
}

pub fn add_member(connection: &Connection, team_id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR IGNORE INTO team_member (team_id, user_id) VALUES (?1, ?2)",
        [team_id, user_id],
    )?;
    Ok(())
}

pub fn remove_member(connection: &Connection, team_id: i64, user_id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM team_member WHERE team_id = ?1 AND user_id = ?2",
        [team_id, user_id],
    )?;
    Ok(())
}

pub fn is_member(connection: &Connection, team_id: i64, user_id: i64) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT count(*) FROM team_member WHERE team_id = ?1 AND user_id = ?2",
        [team_id, user_id],
    )? > 0)
}

/// Members of a team, by id.
pub fn members(connection: &Connection, team_id: i64) -> Result<Vec<User>, ApiError> {
    rows::many(
        connection,
        "SELECT user.* FROM user JOIN team_member ON team_member.user_id = user.id
         WHERE team_member.team_id = ?1 ORDER BY user.id",
        [team_id],
    )
}
