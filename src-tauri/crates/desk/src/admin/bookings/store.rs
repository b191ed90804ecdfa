//! Bookings into the tables: their guests found or made, and a chat link for every one that is still to come.

use super::super::inbox::web_chat;
use super::Booking;
use crate::db::contact::{self, Known, NewContact};
use crate::db::inbox::Inbox;
use crate::db::rows;
use crate::desk::Change;
use crate::error::ApiError;
use crate::guest::link;
use crate::mail::queue;
use crate::service::contact::{create_in, save_in};
use rusqlite::params;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The most appointments a guest's page shows.
const MOST_APPOINTMENTS: i64 = 20;

/// What became of them.
#[derive(Default)]
pub struct Stored {
    pub changed: usize,
    pub new_guests: usize,
    pub new_links: usize,
}

/// Stores all of a file.
pub fn all(change: &mut Change<'_>, account_id: i64, bookings: &[Booking]) -> Result<Stored, ApiError> {
    let web = web_chat(change, account_id)?;
    let mut stored = Stored::default();
    let mut guests = BTreeSet::new();
    for booking in bookings {
        let (contact_id, is_new) = guest(change, account_id, booking)?;
        stored.new_guests += usize::from(is_new);
        let (booking_id, is_known) = put(change, account_id, contact_id, booking)?;
        stored.changed += usize::from(is_known);
        stored.new_links += usize::from(open_door(change, &web, contact_id, booking_id, booking)?);
        guests.insert(contact_id);
    }
    for contact_id in guests {
        show_appointments(change, contact_id)?;
    }
    Ok(stored)
}

/// Whoever has the e-mail address, or else the phone number; somebody new otherwise.
fn guest(change: &mut Change<'_>, account_id: i64, booking: &Booking) -> Result<(i64, bool), ApiError> {
    let (email, phone) = (booking.email.as_deref(), booking.phone.as_deref());
    for known in [email.map(Known::Email), phone.map(Known::Phone)]
        .into_iter()
        .flatten()
    {
        if let Some(guest) = contact::known(change, account_id, &known)? {
            return Ok((guest.id, false));
        }
    }
    let new = NewContact {
        account_id,
        name: booking.name.clone(),
        email: booking.email.clone(),
        phone_number: booking.phone.clone(),
        ..NewContact::default()
    };
    Ok((create_in(change, new)?.id, true))
}

/// The booking's id, and whether its reference was known.
fn put(
    change: &Change<'_>,
    account_id: i64,
    contact_id: i64,
    booking: &Booking,
) -> Result<(i64, bool), ApiError> {
    let known: Option<i64> = rows::value(
        change,
        "SELECT id FROM booking WHERE account_id = ?1 AND reference = ?2",
        params![account_id, booking.reference],
    )?;
    let status = if booking.is_cancelled {
        "cancelled"
    } else {
        "confirmed"
    };
    rows::execute(
        change,
        "INSERT INTO booking (account_id, reference, contact_id, title, resource, status, starts_at, ends_at,
           cancel_until, move_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (account_id, reference) DO UPDATE SET contact_id = excluded.contact_id, title = excluded.title,
           resource = excluded.resource, status = excluded.status, starts_at = excluded.starts_at,
           ends_at = excluded.ends_at, cancel_until = excluded.cancel_until, move_until = excluded.move_until",
        params![
            account_id,
            booking.reference,
            contact_id,
            booking.title,
            booking.resource,
            status,
            booking.starts_at,
            booking.ends_at,
            booking.cancel_until,
            booking.move_until
        ],
    )?;
    let id = match known {
        Some(id) => id,
        None => change.last_insert_rowid(),
    };
    Ok((id, known.is_some()))
}

/// A link to the chat for a booking to come that has none for its guest; true when one was made.
fn open_door(
    change: &mut Change<'_>,
    web: &Inbox,
    contact_id: i64,
    booking_id: i64,
    booking: &Booking,
) -> Result<bool, ApiError> {
    if booking.is_cancelled || booking.ends_at <= change.now_ms {
        return Ok(false);
    }
    let links = rows::count(
        change,
        "SELECT count(*) FROM guest_link JOIN contact_inbox ON contact_inbox.id = guest_link.contact_inbox_id
         WHERE guest_link.account_id = ?1 AND guest_link.booking_id = ?2 AND contact_inbox.contact_id = ?3",
        [web.account_id, booking_id, contact_id],
    )?;
    if links > 0 {
        return Ok(false);
    }
    let address = link::address(change, contact_id, web)?;
    let (account_id, now_ms) = (web.account_id, change.now_ms);
    let token = link::make(change, account_id, address, Some(booking_id), now_ms)?;
    if booking.email.is_some() {
        let language = booking.language.as_deref();
        queue::add(change, account_id, booking_id, &token, language, now_ms)?;
    }
    Ok(true)
}

/// What a colleague sees beside the conversation.
fn show_appointments(change: &mut Change<'_>, contact_id: i64) -> Result<(), ApiError> {
    let mut statement = change.prepare_cached(
        "SELECT title, resource, status, starts_at FROM booking WHERE contact_id = ?1
         ORDER BY starts_at DESC, id DESC LIMIT ?2",
    )?;
    let shown = statement.query_map([contact_id, MOST_APPOINTMENTS], |row| {
        let (title, resource): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let title = match resource {
            Some(resource) => format!("{title}, {resource}"),
            None => title,
        };
        let (status, starts_at): (String, i64) = (row.get(2)?, row.get(3)?);
        Ok(json!({ "at": starts_at / 1000, "title": title, "status": status }))
    })?;
    let mut shown: Vec<Value> = shown.collect::<rusqlite::Result<_>>()?;
    drop(statement);
    shown.reverse();
    let mut guest = contact::find(change, contact_id)?.ok_or(ApiError::NotFound)?;
    guest
        .custom_attributes
        .insert("appointments".to_owned(), Value::Array(shown));
    save_in(change, guest).map(drop)
}
