//! The search over everything (reference §8): 15 a page, newest first. A blank text matches everything.

use super::contact::Contact;
use super::conversation::Conversation;
use super::message::Message;
use super::rows;
use crate::error::ApiError;
use rusqlite::{Connection, params};

const PAGE: i64 = 15;

/// Who searches for what.
pub struct Wanted {
    pub account_id: i64,
    pub user_id: i64,
    /// Administrators see every channel.
    pub sees_all: bool,
    pub text: String,
    /// From 1.
    pub page: i64,
}

impl Wanted {
    fn offset(&self) -> i64 {
        (self.page - 1).max(0).saturating_mul(PAGE)
    }
}

/// By number, or by the guest's name, e-mail, phone number or identifier.
pub fn conversations(connection: &Connection, wanted: &Wanted) -> Result<Vec<Conversation>, ApiError> {
    rows::many(
        connection,
        "SELECT v.* FROM conversation v JOIN contact c ON c.id = v.contact_id
         WHERE v.account_id = ?1
           AND (?2 OR v.inbox_id IN (SELECT inbox_id FROM inbox_member WHERE user_id = ?3))
           AND (instr(CAST(v.display_id AS TEXT), ?4) > 0 OR instr(lower(c.name), ?4) > 0
             OR instr(lower(c.email), ?4) > 0 OR instr(c.phone_number, ?4) > 0
             OR instr(lower(c.identifier), ?4) > 0)
         ORDER BY v.created_at DESC, v.id DESC LIMIT ?5 OFFSET ?6",
        params![
            wanted.account_id,
            wanted.sees_all,
            wanted.user_id,
            wanted.text.to_lowercase(),
            PAGE,
            wanted.offset()
        ],
    )
}

/// Guests one could reach, by name, e-mail, phone number or identifier; last activity first.
pub fn contacts(connection: &Connection, wanted: &Wanted) -> Result<Vec<Contact>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM contact WHERE account_id = ?1
           AND (email IS NOT NULL OR phone_number IS NOT NULL OR identifier IS NOT NULL)
           AND (instr(lower(name), ?2) > 0 OR instr(lower(email), ?2) > 0 OR instr(phone_number, ?2) > 0
             OR instr(lower(identifier), ?2) > 0)
         ORDER BY last_activity_at DESC NULLS LAST, id DESC LIMIT ?3 OFFSET ?4",
        params![
            wanted.account_id,
            wanted.text.to_lowercase(),
            PAGE,
            wanted.offset()
        ],
    )
}

/// By their text, since a moment (epoch milliseconds); activity lines and notes too.
pub fn messages(connection: &Connection, wanted: &Wanted, since: i64) -> Result<Vec<Message>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM message WHERE account_id = ?1 AND created_at >= ?2
           AND (?3 OR inbox_id IN (SELECT inbox_id FROM inbox_member WHERE user_id = ?4))
           AND (?5 = '' OR instr(lower(content), ?5) > 0)
         ORDER BY created_at DESC, id DESC LIMIT ?6 OFFSET ?7",
        params![
            wanted.account_id,
            since,
            wanted.sees_all,
            wanted.user_id,
            wanted.text.to_lowercase(),
            PAGE,
            wanted.offset()
        ],
    )
}

/// The first message of a conversation.
pub fn oldest_message(connection: &Connection, conversation_id: i64) -> Result<Option<Message>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 ORDER BY created_at, id LIMIT 1",
        [conversation_id],
    )
}
