//! A letter, made of what the tables hold at the moment it leaves.

use super::carrier::Letter;
use super::queue::Claimed;
use super::words::{self, Told};
use crate::assistant::engine::language::Language;
use crate::db::{account, contact};
use crate::desk::View;
use crate::error::{ApiError, Optional};
use crate::guest::link::{self, Standing};
use jiff::tz::TimeZone;
use lettre::Address;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use std::time::{Duration, SystemTime};

struct Booking {
    contact_id: i64,
    reference: String,
    title: String,
    is_confirmed: bool,
    starts_at: i64,
    ends_at: i64,
    timezone: String,
    has_nights: bool,
}

/// The letter; none when there is nothing to tell any more. `sender` is the mail server's address for it.
pub fn compose(
    view: &View<'_>,
    claimed: &Claimed,
    base: &str,
    sender: Option<&str>,
) -> Result<Option<Letter>, ApiError> {
    let Some(booking) = booking(view, claimed.booking_id, &claimed.token)? else {
        return Ok(None);
    };
    let is_alive = matches!(
        link::standing(view, view.now_ms, &claimed.token)?,
        Standing::Alive(_)
    );
    let guest = contact::find(view, booking.contact_id)?;
    let to = guest
        .as_ref()
        .and_then(|guest| guest.email.as_deref()?.parse::<Address>().ok());
    let property = account::find(view, claimed.account_id)?;
    let (Some(guest), Some(to), Some(property)) = (guest, to, property) else {
        return Ok(None);
    };
    if !booking.is_confirmed || booking.ends_at <= view.now_ms || !is_alive {
        return Ok(None);
    }
    let link = format!("{base}/chat/{}", claimed.token);
    let told = Told {
        guest: &guest.name,
        property: &property.name,
        title: &booking.title,
        reference: &booking.reference,
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        has_nights: booking.has_nights,
        zone: TimeZone::get(&booking.timezone).unwrap_or(TimeZone::UTC),
        link: &link,
    };
    let wanted = claimed.language.as_deref().and_then(words::spoken);
    let language = wanted
        .or_else(|| words::spoken(&property.locale))
        .unwrap_or(Language::English);
    let (subject, text) = words::written(language, &told);
    let from = from(sender, &property)?;
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", claimed.name, from.domain())))
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(view.now_ms.unsigned_abs()))
        .from(Mailbox::new(Some(property.name.clone()), from))
        .to(Mailbox::new(Some(guest.name.clone()), to))
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(text);
    // Whatever cannot be written now cannot be later; it must not hold up the letters behind it.
    let Ok(message) = message else {
        return Ok(None);
    };
    Ok(Some(Letter {
        name: claimed.name.clone(),
        message,
    }))
}

/// The mail server's own, else the property's address, else one that nobody has.
fn from(sender: Option<&str>, property: &account::Account) -> Result<Address, ApiError> {
    let own = sender.and_then(|sender| sender.parse().ok());
    if let Some(own) = own.or_else(|| property.support_email.parse().ok()) {
        return Ok(own);
    }
    Address::new("desk", "localhost").map_err(|_| ApiError::Broken("a booking e-mail has no sender"))
}

fn booking(view: &View<'_>, id: i64, token: &str) -> Result<Option<Booking>, ApiError> {
    let mut statement = view.prepare_cached(
        "SELECT booking.contact_id, booking.reference, booking.title, booking.status, booking.starts_at,
           booking.ends_at, inbox.timezone, property.kind
         FROM booking
         JOIN guest_link ON guest_link.token = ?2
         JOIN contact_inbox ON contact_inbox.id = guest_link.contact_inbox_id
         JOIN inbox ON inbox.id = contact_inbox.inbox_id
         LEFT JOIN property ON property.account_id = booking.account_id
         WHERE booking.id = ?1 AND contact_inbox.contact_id = booking.contact_id",
    )?;
    let found = statement.query_row((id, token), |row| {
        let (status, kind): (String, Option<String>) = (row.get(3)?, row.get(7)?);
        Ok(Booking {
            contact_id: row.get(0)?,
            reference: row.get(1)?,
            title: row.get(2)?,
            is_confirmed: status == "confirmed",
            starts_at: row.get(4)?,
            ends_at: row.get(5)?,
            timezone: row.get(6)?,
            has_nights: kind.as_deref() != Some("salon"),
        })
    });
    found.optional()
}
