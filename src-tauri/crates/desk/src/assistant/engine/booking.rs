//! Help with an existing booking: when it is, moving it, cancelling it. Deeds are proposed here, never done.

use super::dates::Wanted;
use super::draft::{Draft, Matter};
use super::hours::{clock, local};
use super::language::Language;
use super::never::Reason;
use super::text;
use super::tools::{Booking, Tools};
use super::turn::{PropertyKind, Proposal, Turn};
use jiff::ToSpan;

/// Names the look-up in the answer's tools.
const TOOL: &str = "Bookings";

/// The guest's bookings; when there is none or the look-up failed, a colleague is called and `None` comes back.
fn find(turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> Option<Vec<Booking>> {
    let bookings = draft.looked_up(TOOL, tools.bookings(turn.now))?;
    draft.matters.push(Matter::Booking);
    draft.has_booking = Some(!bookings.is_empty());
    if bookings.is_empty() {
        draft.used(TOOL, "Found no booking of this guest");
        draft.reasons.push(Reason::BookingNotFound);
        return None;
    }
    let references: Vec<&str> = bookings
        .iter()
        .map(|booking| booking.reference.as_str())
        .collect();
    draft.used(TOOL, format!("Looked up booking {}", references.join(", ")));
    Some(bookings)
}

/// When the booking is: date and time from the row.
pub fn tell(turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let Some(bookings) = find(turn, tools, draft) else {
        return true;
    };
    let language = Language::of(&turn.question());
    match &bookings[..] {
        [one] => draft.say(told(one, turn, language)),
        several => {
            let lines: Vec<String> = several
                .iter()
                .map(|booking| format!("• {}", line(booking, turn)))
                .collect();
            draft.say(format!(
                "You have {} bookings:\n{}",
                several.len(),
                lines.join("\n")
            ));
        }
    }
    true
}

fn told(booking: &Booking, turn: &Turn, language: Language) -> String {
    let zone = &turn.property.zone;
    let starts = language.moment(booking.starts_at, zone);
    let what = what(booking);
    let reference = &booking.reference;
    let nights = booking.nights(zone);
    if nights > 0 {
        let ends = language.moment(booking.ends_at, zone);
        return match language {
            Language::English => format!(
                "Your booking is on {starts}, until {ends} ({nights} {}): {what}, reference {reference}.",
                if nights == 1 { "night" } else { "nights" }
            ),
            Language::German => {
                format!("Ihre Buchung beginnt am {starts} und endet am {ends}: {what}, Nummer {reference}.")
            }
            Language::Spanish => {
                format!("Su reserva es el {starts}, hasta el {ends}: {what}, número {reference}.")
            }
            Language::Hungarian => format!("A foglalása: {starts} – {ends}. {what}, azonosító: {reference}."),
        };
    }
    match language {
        Language::English => format!("Your booking is on {starts}: {what}, reference {reference}."),
        Language::German => format!("Ihr Termin ist am {starts}: {what}, Nummer {reference}."),
        Language::Spanish => format!("Su cita es el {starts}: {what}, número {reference}."),
        Language::Hungarian => format!("Az időpontja: {starts}. {what}, azonosító: {reference}."),
    }
}

fn what(booking: &Booking) -> String {
    match &booking.resource {
        Some(resource) => format!("{} with {resource}", booking.title),
        None => booking.title.clone(),
    }
}

fn line(booking: &Booking, turn: &Turn) -> String {
    let starts = Language::English.moment(booking.starts_at, &turn.property.zone);
    format!("{starts}: {}, reference {}", what(booking), booking.reference)
}

/// The one meant: the only one, or the one whose reference, title or resource the guest names.
fn chosen<'a>(bookings: &'a [Booking], said: &str) -> Option<&'a Booking> {
    if let [one] = bookings {
        return Some(one);
    }
    let words = text::content_words(said);
    let named = |booking: &&Booking| {
        let own = text::words(&format!(
            "{} {} {}",
            booking.reference,
            booking.title,
            booking.resource.as_deref().unwrap_or("")
        ));
        words.iter().any(|word| own.contains(word))
    };
    let mut matching = bookings.iter().filter(named);
    let first = matching.next();
    if matching.next().is_some() { None } else { first }
}

fn ask_which(bookings: &[Booking], turn: &Turn, cancel: bool, draft: &mut Draft) {
    let lines: Vec<String> = bookings
        .iter()
        .map(|booking| format!("• {}", line(booking, turn)))
        .collect();
    draft.say(format!("Which booking do you mean?\n{}", lines.join("\n")));
    draft.proposal = Some(Proposal::ChooseBooking { cancel });
}

/// Asks for a yes before cancelling, or gives the portal when the rules do not allow it here.
pub fn cancel(turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let Some(bookings) = find(turn, tools, draft) else {
        return true;
    };
    let Some(booking) = chosen(&bookings, &turn.question()) else {
        ask_which(&bookings, turn, true, draft);
        return true;
    };
    if booking.cancel_until.is_some_and(|limit| turn.now <= limit) {
        draft.say(format!(
            "I can cancel this booking for you: {}. Shall I cancel it? Please answer yes or no.",
            line(booking, turn)
        ));
        draft.proposal = Some(Proposal::Cancel {
            booking_id: booking.id,
        });
    } else {
        by_portal("cancel", booking, turn, draft);
    }
    true
}

/// Asks for a yes before moving; hotels' stays and late wishes go to the portal.
pub fn change(turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let Some(bookings) = find(turn, tools, draft) else {
        return true;
    };
    let said = turn.question();
    let Some(booking) = chosen(&bookings, &said) else {
        ask_which(&bookings, turn, false, draft);
        return true;
    };
    let by_chat = turn.property.kind == PropertyKind::Salon
        && booking.move_until.is_some_and(|limit| turn.now <= limit);
    if !by_chat {
        by_portal("move", booking, turn, draft);
        return true;
    }
    let wanted = Wanted::read(&said, turn.now, &turn.property.zone);
    match wanted
        .at(booking.starts_at, &turn.property.zone)
        .filter(|_| !wanted.is_empty())
    {
        None => {
            let times = next_times(turn, tools, draft, Some(booking), minutes(booking));
            draft.say(format!(
                "Yes, I can move it: {}. The next free times are {times}. Which day and time would suit you?",
                line(booking, turn)
            ));
            draft.proposal = Some(Proposal::ChooseTime {
                booking_id: booking.id,
            });
        }
        Some(starts_at) => propose_move(turn, tools, booking, starts_at, draft),
    }
    true
}

fn propose_move(turn: &Turn, tools: &dyn Tools, booking: &Booking, starts_at: i64, draft: &mut Draft) {
    let to = Language::English.moment(starts_at, &turn.property.zone);
    if is_free(turn, tools, booking, starts_at, draft) {
        draft.say(format!(
            "{to} is free. Shall I move your {} there? Please answer yes or no.",
            booking.title
        ));
        draft.proposal = Some(Proposal::Move {
            booking_id: booking.id,
            starts_at,
        });
    } else if draft.reasons.is_empty() {
        let times = next_times(turn, tools, draft, Some(booking), minutes(booking));
        draft.say(format!(
            "{to} is not free. The next free times are {times}. Which one would suit you?"
        ));
        draft.proposal = Some(Proposal::ChooseTime {
            booking_id: booking.id,
        });
    }
}

fn by_portal(deed: &str, booking: &Booking, turn: &Turn, draft: &mut Draft) {
    match &turn.property.portal_url {
        Some(portal) => {
            draft.say(format!(
                "I cannot {deed} this booking from here: {}. You can do it yourself at {portal}. Or shall I ask a colleague?",
                line(booking, turn)
            ));
            draft.proposal = Some(Proposal::AskColleague);
        }
        None => draft.reasons.push(Reason::Unknown),
    }
}

/// Length in minutes.
fn minutes(booking: &Booking) -> i64 {
    ((booking.ends_at - booking.starts_at) / 60).max(15)
}

/// Whether a booking fits at another time: ahead, within opening hours, and nobody else has the resource then.
pub fn is_free(turn: &Turn, tools: &dyn Tools, booking: &Booking, starts_at: i64, draft: &mut Draft) -> bool {
    let ends_at = starts_at.saturating_add(minutes(booking) * 60);
    let Some(taken) = draft.looked_up(TOOL, tools.taken(booking.resource.as_deref(), starts_at, ends_at))
    else {
        return false;
    };
    let own = (booking.starts_at, booking.ends_at);
    starts_at > turn.now
        && within_hours(turn, starts_at, ends_at)
        && taken
            .iter()
            .all(|span| *span == own || !overlaps(*span, (starts_at, ends_at)))
}

fn within_hours(turn: &Turn, starts_at: i64, ends_at: i64) -> bool {
    let zone = &turn.property.zone;
    let (from, to) = (local(starts_at, zone), local(ends_at, zone));
    if turn.property.hours.days.is_empty() {
        return true;
    }
    let Some((opens, closes)) = turn.property.hours.day(from.weekday()) else {
        return false;
    };
    let minute = |at: &jiff::Zoned| i64::from(at.hour()) * 60 + i64::from(at.minute());
    from.date() == to.date() && minute(&from) >= i64::from(opens) && minute(&to) <= i64::from(closes)
}

fn overlaps(one: (i64, i64), other: (i64, i64)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// The next two free times, in words; empty when none is found within two weeks.
pub fn next_times(
    turn: &Turn,
    tools: &dyn Tools,
    draft: &mut Draft,
    booking: Option<&Booking>,
    minutes: i64,
) -> String {
    let resource = booking.and_then(|booking| booking.resource.as_deref());
    let horizon = turn.now + 14 * 24 * 3600;
    let Some(taken) = draft.looked_up(TOOL, tools.taken(resource, turn.now, horizon)) else {
        return String::new();
    };
    let free: Vec<i64> = openings(turn, minutes)
        .filter(|(from, to)| taken.iter().all(|span| !overlaps(*span, (*from, *to))))
        .map(|(from, _)| from)
        .collect();
    let first = free.first().copied();
    let second = free
        .iter()
        .copied()
        .find(|at| first.is_some_and(|first| at - first >= 4 * 3600));
    let told: Vec<String> = first
        .into_iter()
        .chain(second)
        .map(|at| Language::English.moment(at, &turn.property.zone))
        .collect();
    draft.used("Calendar", format!("Looked for free times, found {}", told.len()));
    told.join(" and ")
}

/// Half-hourly spans within opening hours from two hours ahead, two weeks on.
fn openings(turn: &Turn, minutes: i64) -> impl Iterator<Item = (i64, i64)> {
    let zone = turn.property.zone.clone();
    let hours = turn.property.hours.clone();
    let today = local(turn.now, &zone).date();
    let earliest = turn.now + 2 * 3600;
    (0..14i64).flat_map(move |ahead| {
        let date = today.checked_add(ahead.days()).unwrap_or(today);
        let (opens, closes) = if hours.days.is_empty() {
            (9 * 60, 18 * 60)
        } else {
            hours.day(date.weekday()).unwrap_or((0, 0))
        };
        let zone = zone.clone();
        (opens..closes).step_by(30).filter_map(move |minute| {
            let from = date
                .to_datetime(clock(minute)?)
                .to_zoned(zone.clone())
                .ok()?
                .timestamp()
                .as_second();
            let fits = i64::from(minute) + minutes <= i64::from(closes);
            (fits && from >= earliest).then_some((from, from + minutes * 60))
        })
    })
}
