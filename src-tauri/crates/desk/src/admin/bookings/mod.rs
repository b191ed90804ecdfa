//! Bookings of another system, taken over with their guests: read from a table or a calendar, checked, stored.

mod calendar;
mod sheet;
mod store;
mod when;

use super::command::Import;
use super::inbox::web_chat;
use super::{AdminError, Bad, counted, ending, existing, text_of};
use crate::db::rows;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::contact::{is_email, is_phone_number};
use jiff::tz::TimeZone;
use std::collections::HashSet;
use when::House;

/// A booking as a file has it. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Booking {
    line: usize,
    reference: String,
    title: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    resource: Option<String>,
    /// The guest's, ISO 639-1 or longer, such as `de-AT`.
    language: Option<String>,
    starts_at: i64,
    ends_at: i64,
    cancel_until: Option<i64>,
    move_until: Option<i64>,
    is_cancelled: bool,
}

/// Takes a whole file, or nothing of it.
pub async fn import(desk: &Desk, wanted: Import) -> Result<String, AdminError> {
    let text = text_of(&wanted.file).await?;
    let property = wanted.property;
    let house = desk.read(move |view| house(view, property)).await?;
    let read = match ending(&wanted.file).as_str() {
        "csv" => sheet::read(&text, &house),
        "ics" => calendar::read(&text, &house),
        _ => return Err(AdminError::refused("bookings are a .csv or an .ics file")),
    };
    let bookings = read.and_then(checked).map_err(|bad| AdminError::Row {
        path: wanted.file.clone(),
        bad,
    })?;
    let count = bookings.len();
    let stored = desk
        .write(move |change| store::all(change, property, &bookings))
        .await?;
    Ok(format!(
        "{} taken: {} new, {} changed; {}, {}",
        counted(count, "booking"),
        count - stored.changed,
        stored.changed,
        counted(stored.new_guests, "new guest"),
        counted(stored.new_links, "new chat link"),
    ))
}

/// In which zone the property's times are, and what a day without a time means there.
fn house(view: &View<'_>, property: i64) -> Result<House, ApiError> {
    existing(view, property)?;
    let zone = web_chat(view, property)?.timezone;
    let kind: Option<String> = rows::value(
        view,
        "SELECT kind FROM property WHERE account_id = ?1",
        [property],
    )?;
    Ok(House {
        zone: TimeZone::get(&zone).unwrap_or(TimeZone::UTC),
        has_nights: kind.as_deref() != Some("salon"),
    })
}

/// Refuses what would be stored wrongly, and a reference that is there twice.
fn checked(mut bookings: Vec<Booking>) -> Result<Vec<Booking>, Bad> {
    let mut references = HashSet::new();
    for booking in &mut bookings {
        booking.tidy();
        if let Some(problem) = booking.problem() {
            return Err(Bad::at(booking.line, problem));
        }
        if !references.insert(booking.reference.clone()) {
            return Err(Bad::at(booking.line, "this reference is in the file twice"));
        }
    }
    if bookings.is_empty() {
        return Err(Bad::at(1, "no booking is in the file"));
    }
    Ok(bookings)
}

impl Booking {
    /// Brings addresses into the form they are compared in.
    fn tidy(&mut self) {
        self.email = self.email.take().map(|email| email.to_lowercase());
        let digits = |phone: String| {
            let phone: String = phone.chars().filter(|sign| !" -()./".contains(*sign)).collect();
            phone
                .strip_prefix("00")
                .map(|rest| format!("+{rest}"))
                .unwrap_or(phone)
        };
        self.phone = self.phone.take().map(digits);
    }

    fn problem(&self) -> Option<&'static str> {
        let is_long = |text: &str| text.chars().count() > 255;
        if self.email.is_none() && self.phone.is_none() {
            return Some("a booking needs its guest's e-mail address or phone number");
        }
        if self.email.as_deref().is_some_and(|email| !is_email(email)) {
            return Some("this is not an e-mail address");
        }
        if self.phone.as_deref().is_some_and(|phone| !is_phone_number(phone)) {
            return Some("a phone number begins with its country, such as +49 30 555010");
        }
        if self.ends_at <= self.starts_at {
            return Some("it ends before it starts");
        }
        let texts = [Some(&self.reference), Some(&self.title), Some(&self.name)];
        let more = [
            self.email.as_ref(),
            self.resource.as_ref(),
            self.language.as_ref(),
        ];
        if texts.into_iter().chain(more).flatten().any(|text| is_long(text)) {
            return Some("a field is longer than 255 characters");
        }
        None
    }
}

#[cfg(test)]
mod tests;
