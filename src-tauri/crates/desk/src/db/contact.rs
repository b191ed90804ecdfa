//! Guests, and their links to channels.

use super::json::{self, Object};
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// One guest.
#[derive(Clone, PartialEq)]
pub struct Contact {
    pub id: i64,
    pub account_id: i64,
    pub name: String,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub identifier: Option<String>,
    pub blocked: bool,
    pub avatar_url: String,
    pub additional_attributes: Object,
    pub custom_attributes: Object,
    pub last_activity_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Contact {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            phone_number: row.get("phone_number")?,
            identifier: row.get("identifier")?,
            blocked: row.get("blocked")?,
            avatar_url: row.get("avatar_url")?,
            additional_attributes: json::object(row, "additional_attributes")?,
            custom_attributes: json::object(row, "custom_attributes")?,
            last_activity_at: row.get("last_activity_at")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// What a new guest is made of.
#[derive(Default)]
pub struct NewContact {
    pub account_id: i64,
    pub name: String,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub identifier: Option<String>,
    pub additional_attributes: Object,
    pub custom_attributes: Object,
}

/// A guest on one channel.
#[derive(Clone)]
pub struct ContactInbox {
    pub id: i64,
    pub contact_id: i64,
    pub inbox_id: i64,
    /// Its address there; on the web chat the guest's only credential.
    pub source_id: String,
    pub pubsub_token: String,
    pub hmac_verified: bool,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for ContactInbox {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            contact_id: row.get("contact_id")?,
            inbox_id: row.get("inbox_id")?,
            source_id: row.get("source_id")?,
            pubsub_token: row.get("pubsub_token")?,
            hmac_verified: row.get("hmac_verified")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A new guest; answers the id.
pub fn insert(connection: &Connection, new: &NewContact, now_ms: i64) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO contact (account_id, name, email, phone_number, identifier, additional_attributes,
           custom_attributes, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        params![
            new.account_id,
            new.name,
            new.email,
            new.phone_number,
            new.identifier,
            json::text(&new.additional_attributes),
            json::text(&new.custom_attributes),
            now_ms
        ],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, contact: &Contact) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE contact SET name = ?2, email = ?3, phone_number = ?4, identifier = ?5, blocked = ?6,
           additional_attributes = ?7, custom_attributes = ?8, last_activity_at = ?9, updated_at = ?10
         WHERE id = ?1",
        params![
            contact.id,
            contact.name,
            contact.email,
            contact.phone_number,
            contact.identifier,
            contact.blocked,
            json::text(&contact.additional_attributes),
            json::text(&contact.custom_attributes),
            contact.last_activity_at,
            contact.updated_at
        ],
    )?;
    Ok(())
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<Contact>, ApiError> {
    rows::one(connection, "SELECT * FROM contact WHERE id = ?1", [id])
}

pub fn find_in(connection: &Connection, account_id: i64, id: i64) -> Result<Option<Contact>, ApiError> {
    let contact = find(connection, id)?;
    Ok(contact.filter(|contact| contact.account_id == account_id))
}

/// Which guest holds a unique value.
pub enum Known<'a> {
    Email(&'a str),
    Phone(&'a str),
    Identifier(&'a str),
}

/// The guest of an account who holds a unique value.
pub fn known(connection: &Connection, account_id: i64, by: &Known<'_>) -> Result<Option<Contact>, ApiError> {
    let (sql, value) = match by {
        Known::Email(value) => (
            "SELECT * FROM contact WHERE account_id = ?1 AND email = ?2",
            value,
        ),
        Known::Phone(value) => (
            "SELECT * FROM contact WHERE account_id = ?1 AND phone_number = ?2",
            value,
        ),
        Known::Identifier(value) => (
            "SELECT * FROM contact WHERE account_id = ?1 AND identifier = ?2",
            value,
        ),
    };
    rows::one(connection, sql, params![account_id, value])
}

/// Links a guest to a channel; answers the id.
pub fn link(
    connection: &Connection,
    contact_id: i64,
    inbox_id: i64,
    source_id: &str,
    pubsub_token: &str,
    now_ms: i64,
) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO contact_inbox (contact_id, inbox_id, source_id, pubsub_token, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![contact_id, inbox_id, source_id, pubsub_token, now_ms],
    )
}

pub fn link_by_id(connection: &Connection, id: i64) -> Result<Option<ContactInbox>, ApiError> {
    rows::one(connection, "SELECT * FROM contact_inbox WHERE id = ?1", [id])
}

/// The link a guest's address on a channel names.
pub fn link_by_source(
    connection: &Connection,
    inbox_id: i64,
    source_id: &str,
) -> Result<Option<ContactInbox>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM contact_inbox WHERE inbox_id = ?1 AND source_id = ?2",
        params![inbox_id, source_id],
    )
}

/// A guest's newest link to a channel.
pub fn link_of(
    connection: &Connection,
    contact_id: i64,
    inbox_id: i64,
) -> Result<Option<ContactInbox>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM contact_inbox WHERE contact_id = ?1 AND inbox_id = ?2 ORDER BY id DESC",
        [contact_id, inbox_id],
    )
}

/// All links of a guest.
pub fn links(connection: &Connection, contact_id: i64) -> Result<Vec<ContactInbox>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM contact_inbox WHERE contact_id = ?1 ORDER BY id",
        [contact_id],
    )
}

pub fn link_by_pubsub_token(connection: &Connection, token: &str) -> Result<Option<ContactInbox>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM contact_inbox WHERE pubsub_token = ?1",
        [token],
    )
}

/// Labels of a guest.
pub fn labels(connection: &Connection, contact_id: i64) -> Result<Vec<String>, ApiError> {
    rows::values(
        connection,
        "SELECT title FROM contact_label WHERE contact_id = ?1 ORDER BY title",
        [contact_id],
    )
}

/// Replaces the labels of a guest.
pub fn set_labels(connection: &Connection, contact_id: i64, titles: &[String]) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM contact_label WHERE contact_id = ?1",
        [contact_id],
    )?;
    for title in titles {
        rows::execute(
            connection,
            "INSERT OR IGNORE INTO contact_label (contact_id, title) VALUES (?1, ?2)",
            params![contact_id, title],
        )?;
    }
    Ok(())
}

/// The oldest link of an account with an address, whatever the channel.
pub fn link_in_account(
    connection: &Connection,
    account_id: i64,
    source_id: &str,
) -> Result<Option<ContactInbox>, ApiError> {
    rows::one(
        connection,
        "SELECT contact_inbox.* FROM contact_inbox JOIN inbox ON inbox.id = contact_inbox.inbox_id
         WHERE inbox.account_id = ?1 AND contact_inbox.source_id = ?2 ORDER BY contact_inbox.id",
        params![account_id, source_id],
    )
}

/// Takes a guest away with all that belongs to it.
pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(connection, "DELETE FROM contact WHERE id = ?1", [id])?;
    Ok(())
}

/// Takes the picture away.
pub fn remove_avatar(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE contact SET avatar_url = '' WHERE id = ?1",
        [id],
    )?;
    Ok(())
}

/// Gives a link another address, so that its old one is free.
pub fn readdress(
    connection: &Connection,
    link_id: i64,
    source_id: &str,
    now_ms: i64,
) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE contact_inbox SET source_id = ?2, updated_at = ?3 WHERE id = ?1",
        params![link_id, source_id, now_ms],
    )?;
    Ok(())
}

/// Remembers that the guest's identity was proved on this link.
pub fn set_verified(connection: &Connection, link_id: i64, now_ms: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE contact_inbox SET hmac_verified = 1, updated_at = ?2 WHERE id = ?1",
        [link_id, now_ms],
    )?;
    Ok(())
}

/// Gives all that belongs to one guest to another, and takes the first away.
pub fn merge_into(connection: &Connection, from: i64, into: i64, now_ms: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE conversation SET contact_id = ?2, updated_at = max(?3, updated_at + 1) WHERE contact_id = ?1",
        [from, into, now_ms],
    )?;
    for sql in [
        "UPDATE contact_inbox SET contact_id = ?2 WHERE contact_id = ?1",
        "UPDATE note SET contact_id = ?2 WHERE contact_id = ?1",
        "UPDATE booking SET contact_id = ?2 WHERE contact_id = ?1",
        "UPDATE message SET sender_id = ?2 WHERE sender_type = 'Contact' AND sender_id = ?1",
    ] {
        rows::execute(connection, sql, [from, into])?;
    }
    delete(connection, from)
}
