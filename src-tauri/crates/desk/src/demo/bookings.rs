//! Bookings of demo guests, and the links that lead from a booking e-mail to the chat.

use super::guests::{self, DemoGuest, GuestBook};
use super::house::House;
use super::property::PropertyFile;
use crate::assistant::engine::hours::{clock, local};
use crate::assistant::engine::turn::PropertyKind;
use crate::db::{contact, rows};
use crate::desk::Change;
use crate::error::ApiError;
use crate::guest::link;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use rusqlite::params;
use serde_json::json;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A booking to be made.
pub struct NewBooking<'a> {
    pub reference: &'a str,
    pub title: &'a str,
    pub resource: Option<&'a str>,
    /// Epoch milliseconds.
    pub starts_at: i64,
    pub kind: PropertyKind,
}

/// Stores a booking (a hotel's: two nights; a salon's: an hour) with the property's rules; answers its id.
pub fn make(
    change: &Change<'_>,
    account_id: i64,
    guest: &DemoGuest,
    new: &NewBooking<'_>,
) -> Result<i64, ApiError> {
    let (length, notice) = match new.kind {
        PropertyKind::Hotel => (2 * DAY - 4 * 60 * 60 * 1000, 2 * DAY),
        PropertyKind::Salon => (60 * 60 * 1000, DAY),
    };
    let by_chat = (new.kind == PropertyKind::Salon).then_some(new.starts_at - notice);
    let id = rows::insert(
        change,
        "INSERT INTO booking (account_id, contact_id, reference, title, resource, starts_at, ends_at, cancel_until, move_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            account_id,
            guest.contact_id,
            new.reference,
            new.title,
            new.resource,
            new.starts_at,
            new.starts_at + length,
            new.starts_at - notice,
            by_chat
        ],
    )?;
    if let Some(mut known) = contact::find(change, guest.contact_id)? {
        let title = new.resource.map_or_else(
            || new.title.to_owned(),
            |with| format!("{} with {with}", new.title),
        );
        let mut appointments = known
            .custom_attributes
            .get("appointments")
            .and_then(|all| all.as_array().cloned())
            .unwrap_or_default();
        appointments.push(json!({ "at": new.starts_at / 1000, "title": title, "status": "confirmed", "url": format!("https://records.example/booking/{}", new.reference) }));
        known
            .custom_attributes
            .insert("appointments".to_owned(), json!(appointments));
        contact::update(change, &known)?;
    }
    Ok(id)
}

/// A time of day so many days after `from` (epoch milliseconds), on a day the house is open; epoch milliseconds.
pub fn day_at(from: i64, days: i64, minutes: u16, file: &PropertyFile, zone: &TimeZone) -> i64 {
    let start = local(from / 1000, zone).date();
    let fits = |date: &jiff::civil::Date| {
        let weekday = usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap_or(0);
        file.hours
            .get(weekday)
            .copied()
            .flatten()
            .is_some_and(|(opens, closes)| opens <= minutes && minutes + 60 <= closes)
    };
    (0..7)
        .filter_map(|more| start.checked_add((days + more).days()).ok())
        .find(fits)
        .and_then(|date| {
            Some(
                date.to_datetime(clock(minutes)?)
                    .to_zoned(zone.clone())
                    .ok()?
                    .timestamp()
                    .as_millisecond(),
            )
        })
        .unwrap_or(from + days * DAY)
}

/// Guests with a booking and a fresh link who have not written yet: (name, calling code, title, with whom, days, minutes).
type Arrival = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    i64,
    u16,
);

const HOTEL_ARRIVALS: &[Arrival] = &[
    ("Amelia Hartmann", "+44", "Double room", None, 6, 15 * 60),
    ("Rafael Monteiro", "+351", "Family room", None, 12, 15 * 60),
    ("Kenji Morimoto", "+81", "Suite with balcony", None, 20, 15 * 60),
];
const SALON_ARRIVALS: &[Arrival] = &[
    (
        "Bianca Rossi",
        "+39",
        "Women's haircut",
        Some("Sofia"),
        5,
        14 * 60,
    ),
    (
        "Tamás Balogh",
        "+36",
        "Men's haircut",
        Some("Bence"),
        8,
        10 * 60 + 30,
    ),
    ("Freya Lindholm", "+46", "Facial", Some("Lilla"), 9, 16 * 60),
];

/// Makes the arrivals of a property and their links.
pub fn arrivals(
    change: &Change<'_>,
    house: &House,
    file: &PropertyFile,
    book: &mut GuestBook<'_>,
    zone: &TimeZone,
) -> Result<(), ApiError> {
    let Some(web) = house.channel("web") else {
        return Ok(());
    };
    let list = match file.kind {
        PropertyKind::Hotel => HOTEL_ARRIVALS,
        PropertyKind::Salon => SALON_ARRIVALS,
    };
    for (number, (name, code, title, resource, days, minutes)) in list.iter().enumerate() {
        let now_ms = change.now_ms;
        let guest = book.make(change, name, code, None, "en", now_ms - DAY)?;
        let new = NewBooking {
            reference: &format!(
                "{}{}",
                if file.kind == PropertyKind::Hotel {
                    "HA-3010"
                } else {
                    "MIR-301"
                },
                number + 1
            ),
            title,
            resource: *resource,
            starts_at: day_at(now_ms, *days, *minutes, file, zone),
            kind: file.kind,
        };
        let booking_id = make(change, house.account_id, &guest, &new)?;
        let own = guests::link(change, &guest, web, now_ms - DAY)?;
        link::make(change, house.account_id, own.id, Some(booking_id), now_ms)?;
    }
    Ok(())
}
