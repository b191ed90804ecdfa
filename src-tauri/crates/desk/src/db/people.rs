//! Who acts: users, their membership of accounts, and agent bots.

use super::custom_role::Breadth;
use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// Somebody who can sign in.
#[derive(Clone)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub display_name: Option<String>,
    pub email: String,
    pub password_hash: String,
    pub access_token: String,
    pub pubsub_token: String,
    pub avatar_url: String,
    pub message_signature: Option<String>,
    pub ui_settings: Object,
    pub custom_attributes: Object,
    pub created_at: i64,
}

impl User {
    /// The name guests see.
    pub fn available_name(&self) -> &str {
        match self.display_name.as_deref() {
            Some(name) if !name.is_empty() => name,
            _ => &self.name,
        }
    }
}

impl FromRow for User {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            display_name: row.get("display_name")?,
            email: row.get("email")?,
            password_hash: row.get("password_hash")?,
            access_token: row.get("access_token")?,
            pubsub_token: row.get("pubsub_token")?,
            avatar_url: row.get("avatar_url")?,
            message_signature: row.get("message_signature")?,
            ui_settings: json::object(row, "ui_settings")?,
            custom_attributes: json::object(row, "custom_attributes")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// A user in an account.
#[derive(Clone)]
pub struct Membership {
    pub account_id: i64,
    pub user_id: i64,
    /// `agent` or `administrator`.
    pub role: String,
    /// `online`, `offline` or `busy`: what the person set.
    pub availability: String,
    pub auto_offline: bool,
    pub active_at: Option<i64>,
    pub custom_role_id: Option<i64>,
    /// How much of their channels they see.
    pub breadth: Breadth,
    /// Whether their custom role reads reports and surveys.
    pub reads_reports: bool,
}

impl Membership {
    /// Whether everything of the account is open to them.
    pub fn is_administrator(&self) -> bool {
        self.role == "administrator"
    }
}

/// A member with what their custom role says.
const MEMBERSHIP: &str = "SELECT account_user.*, coalesce(custom_role.breadth, 'channels') AS breadth,
    coalesce(instr(custom_role.permissions, '\"report_manage\"'), 0) > 0 AS reads_reports
    FROM account_user LEFT JOIN custom_role ON custom_role.id = account_user.custom_role_id";

impl FromRow for Membership {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account_id: row.get("account_id")?,
            user_id: row.get("user_id")?,
            role: row.get("role")?,
            availability: row.get("availability")?,
            auto_offline: row.get("auto_offline")?,
            active_at: row.get("active_at")?,
            custom_role_id: row.get("custom_role_id")?,
            breadth: row.get("breadth")?,
            reads_reports: row.get("reads_reports")?,
        })
    }
}

/// A program that answers guests.
#[derive(Clone)]
pub struct AgentBot {
    pub id: i64,
    /// Without one it is a system bot.
    pub account_id: Option<i64>,
    pub name: String,
    pub description: String,
    pub outgoing_url: String,
    pub avatar_url: String,
    pub bot_config: Object,
    pub access_token: String,
    /// What the signatures of its deliveries are made with.
    pub secret: String,
    pub created_at: i64,
}

impl FromRow for AgentBot {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            outgoing_url: row.get("outgoing_url")?,
            avatar_url: row.get("avatar_url")?,
            bot_config: json::object(row, "bot_config")?,
            access_token: row.get("access_token")?,
            secret: row.get("secret")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// What a new user is made of. The password is hashed already.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub access_token: &'a str,
    pub pubsub_token: &'a str,
}

/// A new user; answers the id.
pub fn insert_user(connection: &Connection, new: &NewUser<'_>, now_ms: i64) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO user (name, email, password_hash, access_token, pubsub_token, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            new.name,
            new.email,
            new.password_hash,
            new.access_token,
            new.pubsub_token,
            now_ms
        ],
    )
}

/// Puts a user into an account with a role (`agent`, `administrator`).
pub fn join(connection: &Connection, account_id: i64, user_id: i64, role: &str) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT INTO account_user (account_id, user_id, role) VALUES (?1, ?2, ?3)",
        params![account_id, user_id, role],
    )?;
    Ok(())
}

/// A new bot of an account (or of the system); answers the id.
pub fn insert_bot(
    connection: &Connection,
    account_id: Option<i64>,
    name: &str,
    description: &str,
    access_token: &str,
    now_ms: i64,
) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO agent_bot (account_id, name, description, access_token, secret, created_at)
         VALUES (?1, ?2, ?3, ?4, lower(hex(randomblob(16))), ?5)",
        params![account_id, name, description, access_token, now_ms],
    )
}

pub fn user(connection: &Connection, id: i64) -> Result<Option<User>, ApiError> {
    rows::one(connection, "SELECT * FROM user WHERE id = ?1", [id])
}

pub fn user_by_email(connection: &Connection, email: &str) -> Result<Option<User>, ApiError> {
    rows::one(connection, "SELECT * FROM user WHERE email = ?1", [email])
}

pub fn user_by_access_token(connection: &Connection, token: &str) -> Result<Option<User>, ApiError> {
    rows::one(connection, "SELECT * FROM user WHERE access_token = ?1", [token])
}

/// All users, oldest first.
pub fn users(connection: &Connection) -> Result<Vec<User>, ApiError> {
    rows::many(connection, "SELECT * FROM user ORDER BY id", [])
}

/// Whether any user exists: a file without one was never set up.
pub fn anybody(connection: &Connection) -> Result<bool, ApiError> {
    Ok(rows::count(connection, "SELECT count(*) FROM user", [])? > 0)
}

pub fn update_user(connection: &Connection, user: &User) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE user SET name = ?2, display_name = ?3, password_hash = ?4, pubsub_token = ?5, access_token = ?6,
         message_signature = ?7, ui_settings = ?8, custom_attributes = ?9 WHERE id = ?1",
        params![
            user.id,
            user.name,
            user.display_name,
            user.password_hash,
            user.pubsub_token,
            user.access_token,
            user.message_signature,
            json::text(&user.ui_settings),
            json::text(&user.custom_attributes)
        ],
    )?;
    Ok(())
}

pub fn membership(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
) -> Result<Option<Membership>, ApiError> {
    rows::one(
        connection,
        &format!("{MEMBERSHIP} WHERE account_user.account_id = ?1 AND account_user.user_id = ?2"),
        [account_id, user_id],
    )
}

/// A user's accounts, by id.
pub fn memberships(connection: &Connection, user_id: i64) -> Result<Vec<Membership>, ApiError> {
    rows::many(
        connection,
        &format!("{MEMBERSHIP} WHERE account_user.user_id = ?1 ORDER BY account_user.account_id"),
        [user_id],
    )
}

pub fn update_membership(connection: &Connection, membership: &Membership) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE account_user SET role = ?3, availability = ?4, auto_offline = ?5, active_at = ?6
         WHERE account_id = ?1 AND user_id = ?2",
        params![
            membership.account_id,
            membership.user_id,
            membership.role,
            membership.availability,
            membership.auto_offline,
            membership.active_at
        ],
    )?;
    Ok(())
}

/// Gives a member a custom role, or none, and the name the bookings call them by.
pub fn set_custom_role(
    connection: &Connection,
    account_id: i64,
    user_id: i64,
    custom_role_id: Option<i64>,
    calendar_name: Option<&str>,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE account_user SET custom_role_id = ?3, calendar_name = ?4 WHERE account_id = ?1 AND user_id = ?2",
        params![account_id, user_id, custom_role_id, calendar_name],
    )?;
    Ok(())
}

/// Whether the bookings of an account call somebody by this name already.
pub fn is_calendar_name(connection: &Connection, account_id: i64, name: &str) -> Result<bool, ApiError> {
    Ok(rows::count(
        connection,
        "SELECT count(*) FROM account_user WHERE account_id = ?1 AND lower(calendar_name) = lower(?2)",
        params![account_id, name],
    )? > 0)
}

/// The people of an account, by lower-case name.
pub fn agents(connection: &Connection, account_id: i64) -> Result<Vec<User>, ApiError> {
    rows::many(
        connection,
        "SELECT user.* FROM user JOIN account_user ON account_user.user_id = user.id
         WHERE account_user.account_id = ?1 ORDER BY lower(user.name), user.id",
        [account_id],
    )
}

pub fn bot(connection: &Connection, id: i64) -> Result<Option<AgentBot>, ApiError> {
    rows::one(connection, "SELECT * FROM agent_bot WHERE id = ?1", [id])
}

pub fn bot_by_access_token(connection: &Connection, token: &str) -> Result<Option<AgentBot>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM agent_bot WHERE access_token = ?1",
        [token],
    )
}

/// The bots an account may use: its own and those of the system.
pub fn bots(connection: &Connection, account_id: i64) -> Result<Vec<AgentBot>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM agent_bot WHERE account_id = ?1 OR account_id IS NULL ORDER BY id",
        [account_id],
    )
}
