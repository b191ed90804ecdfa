//! The search over everything (reference §8): 15 a page, newest first. A blank text matches everything.

use super::condition::Condition;
use super::contact::Contact;
use super::conversation::Conversation;
use super::message::Message;
use super::rows;
use super::sight::Sight;
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

const PAGE: i64 = 15;

/// Who searches for what.
pub struct Wanted {
    pub account_id: i64,
    pub sight: Sight,
    pub text: String,
    /// From 1.
    pub page: i64,
}

impl Wanted {
    fn page(&self) -> String {
        let offset = (self.page - 1).max(0).saturating_mul(PAGE);
        format!("LIMIT {PAGE} OFFSET {offset}")
    }
}

/// By number, or by the guest's name, e-mail, phone number or identifier.
pub fn conversations(connection: &Connection, wanted: &Wanted) -> Result<Vec<Conversation>, ApiError> {
    let text = || Value::from(wanted.text.to_lowercase());
    let mut condition = Condition::new("v.account_id = ?", [wanted.account_id.into()]);
    let seen = wanted.sight.listed("v");
    condition.and(&seen.sql, seen.values);
    condition.and(
        "(instr(CAST(v.display_id AS TEXT), ?) > 0 OR instr(lower(c.name), ?) > 0 OR instr(lower(c.email), ?) > 0
          OR instr(c.phone_number, ?) > 0 OR instr(lower(c.identifier), ?) > 0)",
        [text(), text(), text(), text(), text()],
    );
    let sql = format!(
        "SELECT v.* FROM conversation v JOIN contact c ON c.id = v.contact_id WHERE {}
         ORDER BY v.created_at DESC, v.id DESC {}",
        condition.sql,
        wanted.page()
    );
    rows::many(connection, &sql, params_from_iter(condition.values))
}

/// Guests one could reach, by name, e-mail, phone number or identifier; last activity first.
pub fn contacts(connection: &Connection, wanted: &Wanted) -> Result<Vec<Contact>, ApiError> {
    let text = || Value::from(wanted.text.to_lowercase());
    let mut condition = Condition::new(
        "c.account_id = ? AND (c.email IS NOT NULL OR c.phone_number IS NOT NULL OR c.identifier IS NOT NULL)",
        [wanted.account_id.into()],
    );
    let seen = wanted.sight.guests("c");
    condition.and(&seen.sql, seen.values);
    condition.and(
        "(instr(lower(c.name), ?) > 0 OR instr(lower(c.email), ?) > 0 OR instr(c.phone_number, ?) > 0
          OR instr(lower(c.identifier), ?) > 0)",
        [text(), text(), text(), text()],
    );
    let sql = format!(
        "SELECT c.* FROM contact c WHERE {} ORDER BY c.last_activity_at DESC NULLS LAST, c.id DESC {}",
        condition.sql,
        wanted.page()
    );
    rows::many(connection, &sql, params_from_iter(condition.values))
}

/// By their text, since a moment (epoch milliseconds); activity lines and notes too.
pub fn messages(connection: &Connection, wanted: &Wanted, since: i64) -> Result<Vec<Message>, ApiError> {
    let text = || Value::from(wanted.text.to_lowercase());
    let of_account = [wanted.account_id.into(), since.into()];
    let mut condition = Condition::new("m.account_id = ? AND m.created_at >= ?", of_account);
    let seen = wanted.sight.listed("v");
    condition.and(&seen.sql, seen.values);
    condition.and("(? = '' OR instr(lower(m.content), ?) > 0)", [text(), text()]);
    let sql = format!(
        "SELECT m.* FROM message m CROSS JOIN conversation v ON v.id = m.conversation_id WHERE {}
         ORDER BY m.created_at DESC, m.id DESC {}",
        condition.sql,
        wanted.page()
    );
    rows::many(connection, &sql, params_from_iter(condition.values))
}

/// The first message of a conversation.
pub fn oldest_message(connection: &Connection, conversation_id: i64) -> Result<Option<Message>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM message WHERE conversation_id = ?1 ORDER BY created_at, id LIMIT 1",
        [conversation_id],
    )
}
