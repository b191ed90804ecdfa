//! How a channel reaches its provider. Holds secrets: neither printed nor shown on the wire.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// A channel's provider.
#[derive(Clone)]
pub struct Carrier {
    pub inbox_id: i64,
    /// `twilio`, `whatsapp`, `page` (Messenger, Instagram) or `mail`.
    pub kind: String,
    /// Where its API is, without a slash at the end.
    pub base_url: String,
    /// Its name for the sender: account SID, phone number id, page id.
    pub account: String,
    /// What requests to it carry; empty: nothing is sent, only recorded.
    pub token: String,
    /// What its own requests are proved with; empty: none is believed.
    pub secret: String,
    /// What it says when it is pointed here (Meta only).
    pub verify_token: String,
    /// What forms about calls are proved with (voice only).
    pub call_secret: String,
    /// Nothing is sent, only recorded, also with a token.
    pub is_log: bool,
}

impl FromRow for Carrier {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            inbox_id: row.get("inbox_id")?,
            kind: row.get("kind")?,
            base_url: row.get("base_url")?,
            account: row.get("account")?,
            token: row.get("token")?,
            secret: row.get("secret")?,
            verify_token: row.get("verify_token")?,
            call_secret: row.get("call_secret")?,
            is_log: row.get("is_log")?,
        })
    }
}

/// Gives a channel its provider, instead of the one it had.
pub fn put(connection: &Connection, carrier: &Carrier) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT OR REPLACE INTO carrier (inbox_id, kind, base_url, account, token, secret, verify_token, call_secret,
           is_log) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            carrier.inbox_id,
            carrier.kind,
            carrier.base_url.trim_end_matches('/'),
            carrier.account,
            carrier.token,
            carrier.secret,
            carrier.verify_token,
            carrier.call_secret,
            carrier.is_log
        ],
    )?;
    Ok(())
}

pub fn of_inbox(connection: &Connection, inbox_id: i64) -> Result<Option<Carrier>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM carrier WHERE inbox_id = ?1",
        [inbox_id],
    )
}
