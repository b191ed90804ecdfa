//! Bookings of a calendar (RFC 5545): each event is one, its attendee the guest.

use super::Booking;
use super::when::{Edge, House, in_zone};
use crate::admin::Bad;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// One line after unfolding: `NAME;PARAMETER=…:VALUE`.
struct Property {
    line: usize,
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// All events; the first wrong one refuses the calendar.
pub fn read(text: &str, house: &House) -> Result<Vec<Booking>, Bad> {
    let mut bookings = Vec::new();
    // What is open, outermost first, and the event being read with the line it began on.
    let mut open: Vec<String> = Vec::new();
    let mut event: Option<(usize, Vec<Property>)> = None;
    for (line, text) in unfolded(text) {
        let property = property(line, &text)?;
        match property.name.as_str() {
            "BEGIN" => {
                let kind = property.value.to_ascii_uppercase();
                if kind == "VEVENT" {
                    event = Some((line, Vec::new()));
                }
                open.push(kind);
            }
            "END" => {
                let kind = property.value.to_ascii_uppercase();
                if open.pop().as_deref() != Some(kind.as_str()) {
                    return Err(Bad::at(line, "this END has no BEGIN"));
                }
                if let Some((line, properties)) = event.take_if(|_| kind == "VEVENT") {
                    bookings.push(booking(line, &properties, house)?);
                }
            }
            // An alarm inside an event has properties of its own.
            _ if open.last().is_some_and(|kind| kind == "VEVENT") => {
                if let Some((_, properties)) = &mut event {
                    properties.push(property);
                }
            }
            _ if open.is_empty() => return Err(Bad::at(line, "this is no calendar")),
            _ => {}
        }
    }
    match open.last() {
        Some(kind) => Err(Bad::at(text.lines().count(), format!("{kind} is never ended"))),
        None => Ok(bookings),
    }
}

/// Lines with their numbers; one that begins with a blank belongs to the one before.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => lines.push((index + 1, line.to_owned())),
        }
    }
    lines
}

/// A colon or semicolon inside quotes separates nothing.
fn property(line: usize, text: &str) -> Result<Property, Bad> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = text.char_indices();
    let value = loop {
        let Some((at, letter)) = letters.next() else {
            return Err(Bad::at(line, "a line without a value"));
        };
        match letter {
            '"' => is_quoted = !is_quoted,
            ':' if !is_quoted => break &text[at + 1..],
            ';' if !is_quoted => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(letter)),
        }
    };
    let mut parts = parts.into_iter();
    let parameter = |part: String| {
        let (name, value) = part.split_once('=')?;
        Some((name.to_ascii_uppercase(), value.to_owned()))
    };
    Ok(Property {
        line,
        name: parts.next().unwrap_or_default().to_ascii_uppercase(),
        parameters: parts.filter_map(parameter).collect(),
        value: value.trim().to_owned(),
    })
}

/// `\n`, `\,`, `\;` and `\\` stand for what they hide.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') | None => ' ',
                Some(other) => other,
            },
            other => other,
        });
    }
    plain.trim().to_owned()
}

fn booking(line: usize, properties: &[Property], house: &House) -> Result<Booking, Bad> {
    let find = |name: &str| properties.iter().find(|property| property.name == name);
    let text = |name: &str| {
        let text = find(name).map(|property| unescaped(&property.value));
        text.filter(|text| !text.is_empty())
    };
    let missing = |name: &str| Bad::at(line, format!("the event has no {name}"));
    if let Some(repeats) = find("RRULE").or_else(|| find("RDATE")) {
        return Err(Bad::at(repeats.line, "an event that repeats is no booking"));
    }
    let guest = find("ATTENDEE");
    let email = guest.and_then(|guest| {
        let (scheme, address) = guest.value.split_once(':')?;
        scheme.eq_ignore_ascii_case("mailto").then(|| address.to_owned())
    });
    let named = guest.and_then(|guest| guest.parameter("CN").map(unescaped));
    let starts = find("DTSTART").ok_or_else(|| missing("DTSTART"))?;
    let ends = find("DTEND").ok_or_else(|| missing("DTEND"))?;
    Ok(Booking {
        line,
        reference: text("UID").ok_or_else(|| missing("UID"))?,
        title: text("SUMMARY").ok_or_else(|| missing("SUMMARY"))?,
        name: named.filter(|name| !name.is_empty()).unwrap_or_default(),
        email,
        phone: text("X-GUEST-PHONE"),
        resource: text("LOCATION"),
        language: guest
            .and_then(|guest| guest.parameter("LANGUAGE"))
            .map(str::to_owned),
        starts_at: time(starts, Edge::Start, house)?,
        ends_at: time(ends, Edge::End, house)?,
        cancel_until: None,
        move_until: None,
        is_cancelled: text("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("cancelled")),
    })
}

/// `20261201T140000Z`, `20261201T150000` in a named zone or the property's, `20261201`. Epoch milliseconds.
fn time(property: &Property, edge: Edge, house: &House) -> Result<i64, Bad> {
    let wrong = |problem: &str| Bad::at(property.line, format!("{} {problem}", property.name));
    let text = property.value.as_str();
    if let Ok(date) = Date::strptime("%Y%m%d", text) {
        let read = house.day(date, edge);
        return read.ok_or_else(|| wrong("has no time of day"));
    }
    let (local, is_utc) = match text.strip_suffix('Z') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let local = DateTime::strptime("%Y%m%dT%H%M%S", local).map_err(|_| wrong("is not a time"))?;
    let zone = match property.parameter("TZID") {
        _ if is_utc => TimeZone::UTC,
        Some(name) => TimeZone::get(name).map_err(|_| wrong("has a time zone nobody knows"))?,
        None => house.zone.clone(),
    };
    let read = in_zone(local, &zone).and_then(|at| Timestamp::from_millisecond(at).ok());
    read.map(Timestamp::as_millisecond)
        .ok_or_else(|| wrong("is not a time"))
}
