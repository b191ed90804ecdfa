//! Links: made when a booking is confirmed, alive for thirty days, renewed by whoever still holds an old one.

use crate::db::inbox::Inbox;
use crate::db::{contact, rows};
use crate::desk::Change;
use crate::error::{ApiError, Optional};
use crate::service::conversation::link_in;
use crate::service::tokens;
use rand::RngExt;
use rusqlite::{Connection, params};

/// How long a link opens its conversation.
const LIFE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What the page needs to speak for the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Name of the property.
    pub property: String,
    /// The channel's name in the public client API.
    pub inbox: String,
    /// The guest's credential there.
    pub source: String,
    /// The guest's credential on the socket.
    pub socket: String,
    /// The guest's address on the channel.
    pub contact_inbox_id: i64,
}

/// What a token is worth now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody ever had this link.
    Unknown,
    /// Older than thirty days.
    Ended {
        token: String,
    },
    Alive(Door),
}

/// A new link for a guest's link to a web chat; answers the token, 64 hex digits from 32 random bytes.
pub fn make(
    connection: &Connection,
    account_id: i64,
    contact_inbox_id: i64,
    booking_id: Option<i64>,
    now_ms: i64,
) -> Result<String, ApiError> {
    let bytes: [u8; 32] = rand::rng().random();
    let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    rows::execute(
        connection,
        "INSERT INTO guest_link (token, account_id, contact_inbox_id, booking_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![token, account_id, contact_inbox_id, booking_id, now_ms],
    )?;
    Ok(token)
}

/// What a token opens at `now_ms` (epoch milliseconds).
pub fn standing(connection: &Connection, now_ms: i64, token: &str) -> Result<Standing, ApiError> {
    let mut statement = connection.prepare_cached(
        "SELECT guest_link.created_at, account.name, inbox.identifier, contact_inbox.source_id, contact_inbox.pubsub_token,
           contact_inbox.id
         FROM guest_link
         JOIN account ON account.id = guest_link.account_id
         JOIN contact_inbox ON contact_inbox.id = guest_link.contact_inbox_id
         JOIN inbox ON inbox.id = contact_inbox.inbox_id
         WHERE guest_link.token = ?1 AND account.status = 'active' AND inbox.identifier IS NOT NULL",
    )?;
    let found = statement
        .query_row([token], |row| {
            let created_at: i64 = row.get(0)?;
            let door = Door {
                property: row.get(1)?,
                inbox: row.get(2)?,
                source: row.get(3)?,
                socket: row.get(4)?,
                contact_inbox_id: row.get(5)?,
            };
            Ok((created_at, door))
        })
        .optional()?;
    Ok(match found {
        None => Standing::Unknown,
        Some((created_at, _)) if now_ms - created_at > LIFE_MS => Standing::Ended {
            token: token.to_owned(),
        },
        Some((_, door)) => Standing::Alive(door),
    })
}

/// Whether all links to an address of a guest's have ended: then nothing opens it any more, also not what a page or a
/// browser kept of it. An address that never had one, such as a web site's own chat, does not end.
pub fn is_over(connection: &Connection, contact_inbox_id: i64, now_ms: i64) -> Result<bool, ApiError> {
    let newest: Option<Option<i64>> = rows::value(
        connection,
        "SELECT max(created_at) FROM guest_link WHERE contact_inbox_id = ?1",
        [contact_inbox_id],
    )?;
    Ok(newest
        .flatten()
        .is_some_and(|created_at| now_ms - created_at > LIFE_MS))
}

/// Where a guest's next link leads: their newest address on a channel, or a new one when that one is over.
pub fn address(change: &mut Change<'_>, contact_id: i64, inbox: &Inbox) -> Result<i64, ApiError> {
    let address = link_in(change, contact_id, inbox, None)?;
    if !is_over(change, address.id, change.now_ms)? {
        return Ok(address.id);
    }
    let now_ms = change.now_ms;
    contact::link(
        change,
        contact_id,
        inbox.id,
        &tokens::token(),
        &tokens::token(),
        now_ms,
    )
}

/// A fresh link for the guest of an ended one, over a new address on the same channel, so that a new conversation
/// starts. An alive link is its own successor; an unknown one has none.
pub fn renew(change: &mut Change<'_>, token: &str) -> Result<Option<String>, ApiError> {
    match standing(change, change.now_ms, token)? {
        Standing::Unknown => return Ok(None),
        Standing::Alive(_) => return Ok(Some(token.to_owned())),
        Standing::Ended { .. } => {}
    }
    let mut statement = change.prepare_cached(
        "SELECT guest_link.account_id, contact_inbox.contact_id, contact_inbox.inbox_id, guest_link.booking_id
         FROM guest_link JOIN contact_inbox ON contact_inbox.id = guest_link.contact_inbox_id
         WHERE guest_link.token = ?1",
    )?;
    let (account_id, contact_id, inbox_id, booking_id): (i64, i64, i64, Option<i64>) = statement
        .query_row([token], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let now_ms = change.now_ms;
    let link = contact::link(
        change,
        contact_id,
        inbox_id,
        &tokens::token(),
        &tokens::token(),
        now_ms,
    )?;
    make(change, account_id, link, booking_id, now_ms).map(Some)
}
