//! Help with an existing booking: when it is, moving it, cancelling it. Deeds are proposed here, never done.

use super::calendar::{self, Search};
use super::dates::Wanted;
use super::draft::{Draft, Matter};
use super::language::Language;
use super::never::Reason;
use super::text;
use super::tools::{Booking, Tools};
use super::turn::{PropertyKind, Proposal, Turn};

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
            let times = calendar::next_times(turn, tools, draft, &Search::like(booking));
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
    if calendar::is_free(turn, tools, booking, starts_at, draft) {
        draft.say(format!(
            "{to} is free. Shall I move your {} there? Please answer yes or no.",
            booking.title
        ));
        draft.proposal = Some(Proposal::Move {
            booking_id: booking.id,
            starts_at,
        });
    } else if draft.reasons.is_empty() {
        let times = calendar::next_times(turn, tools, draft, &Search::like(booking));
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
