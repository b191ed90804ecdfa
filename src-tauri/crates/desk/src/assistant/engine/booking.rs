//! Help with an existing booking: when it is, moving it, cancelling it. Deeds are proposed here, never done.

use super::calendar::{self, Search};
use super::dates::Wanted;
use super::draft::{Draft, Matter};
use super::language::Language;
use super::never::Reason;
use super::text;
use super::tools::{Booking, Tools};
use super::turn::{Action, PropertyKind, Proposal, Turn};
use super::wording::{self, fill};

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
    let language = Language::of_turn(turn);
    match &bookings[..] {
        [one] => draft.say(told(one, turn, language)),
        several => draft.say(fill(
            language.pick([
                "You have {count} bookings:\n{list}",
                "Sie haben {count} Buchungen:\n{list}",
                "Tiene {count} reservas:\n{list}",
                "Önnek {count} foglalása van:\n{list}",
            ]),
            &[
                ("count", &several.len().to_string()),
                ("list", &list(several, turn)),
            ],
        )),
    }
    true
}

fn told(booking: &Booking, turn: &Turn, language: Language) -> String {
    let zone = &turn.property.zone;
    let nights = booking.nights(zone);
    let template = match (nights, language) {
        (1.., Language::English) => {
            "Your booking is on {starts}, until {ends} ({nights}){what}, reference {reference}."
        }
        (1.., Language::German) => {
            "Ihre Buchung beginnt am {starts} und endet am {ends}{what}, Nummer {reference}."
        }
        (1.., Language::Spanish) => "Su reserva es el {starts}, hasta el {ends}{what}, número {reference}.",
        (1.., Language::Hungarian) => "A foglalása: {starts} – {ends}{what}, azonosító: {reference}.",
        (_, Language::English) => "Your booking is on {starts}{what}, reference {reference}.",
        (_, Language::German) => "Ihr Termin ist am {starts}{what}, Nummer {reference}.",
        (_, Language::Spanish) => "Su cita es el {starts}{what}, número {reference}.",
        (_, Language::Hungarian) => "Az időpontja: {starts}{what}, azonosító: {reference}.",
    };
    let nights = match nights {
        1 => "1 night".to_owned(),
        more => format!("{more} nights"),
    };
    fill(
        template,
        &[
            ("starts", &language.moment(booking.starts_at, zone)),
            ("ends", &language.moment(booking.ends_at, zone)),
            ("nights", &nights),
            ("what", &what(booking, language)),
            ("reference", &booking.reference),
        ],
    )
}

/// ": Women's haircut with Sofia"; empty when the booking has no name fit to be said.
fn what(booking: &Booking, language: Language) -> String {
    let Some(title) = wording::name(&booking.title) else {
        return String::new();
    };
    match booking.resource.as_deref().and_then(wording::name) {
        Some(resource) => {
            let with = language.pick([
                ": {title} with {resource}",
                ": {title} mit {resource}",
                ": {title} con {resource}",
                ": {title} ({resource})",
            ]);
            fill(with, &[("title", &title), ("resource", &resource)])
        }
        None => format!(": {title}"),
    }
}

/// What a booking is called when it is moved: its title, or just a booking.
pub fn title(booking: &Booking, language: Language) -> String {
    wording::name(&booking.title).unwrap_or_else(|| {
        language
            .pick(["booking", "Buchung", "reserva", "foglalás"])
            .to_owned()
    })
}

fn line(booking: &Booking, turn: &Turn) -> String {
    let language = Language::of_turn(turn);
    let reference = language.pick(["reference", "Nummer", "número", "azonosító:"]);
    let starts = language.moment(booking.starts_at, &turn.property.zone);
    format!(
        "{starts}{}, {reference} {}",
        what(booking, language),
        booking.reference
    )
}

fn list(bookings: &[Booking], turn: &Turn) -> String {
    let lines: Vec<String> = bookings
        .iter()
        .map(|booking| format!("• {}", line(booking, turn)))
        .collect();
    lines.join("\n")
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
    let template = Language::of_turn(turn).pick([
        "Which booking do you mean?\n{list}",
        "Welche Buchung meinen Sie?\n{list}",
        "¿A qué reserva se refiere?\n{list}",
        "Melyik foglalásra gondol?\n{list}",
    ]);
    draft.say(fill(template, &[("list", &list(bookings, turn))]));
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
        let template = Language::of_turn(turn).pick([
            "I can cancel this booking for you: {line}. Shall I cancel it? Please answer yes or no.",
            "Das kann ich für Sie absagen: {line}. Soll ich es absagen? Bitte antworten Sie mit Ja oder Nein.",
            "Puedo cancelar esta reserva: {line}. ¿La cancelo? Por favor, responda sí o no.",
            "Ezt a foglalást le tudom mondani Önnek: {line}. Lemondjam? Kérem, válaszoljon igennel vagy nemmel.",
        ]);
        draft.say(fill(template, &[("line", &line(booking, turn))]));
        draft.proposal = Some(Proposal::Cancel {
            booking_id: booking.id,
        });
    } else {
        let wish = Action::Cancel {
            booking_id: booking.id,
        };
        by_portal(Some(wish), booking, turn, draft);
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
    let wanted = Wanted::read(&said, turn.now, &turn.property.zone);
    let to = wanted
        .at(booking.starts_at, &turn.property.zone)
        .filter(|_| !wanted.is_empty());
    if !by_chat {
        let wish = to.map(|starts_at| Action::Move {
            booking_id: booking.id,
            starts_at,
        });
        by_portal(wish, booking, turn, draft);
        return true;
    }
    match to {
        None => {
            let times = calendar::next_times(turn, tools, draft, &Search::like(booking));
            let template = Language::of_turn(turn).pick([
                "Yes, I can move it: {line}. The next free times are {times}. Which day and time would suit you?",
                "Ja, das kann ich verschieben: {line}. Die nächsten freien Termine sind {times}. Welcher Tag und welche Uhrzeit passen Ihnen?",
                "Sí, puedo cambiarla: {line}. Las próximas horas libres son {times}. ¿Qué día y qué hora le convienen?",
                "Igen, át tudom tenni: {line}. A következő szabad időpontok: {times}. Melyik nap és időpont felel meg Önnek?",
            ]);
            draft.say(fill(
                template,
                &[("line", &line(booking, turn)), ("times", &times)],
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
    let language = Language::of_turn(turn);
    let to = language.moment(starts_at, &turn.property.zone);
    if calendar::is_free(turn, tools, booking, starts_at, draft) {
        let template = language.pick([
            "{to} is free. Shall I move your {title} there? Please answer yes or no.",
            "{to} ist frei. Soll ich Ihren Termin dorthin verschieben ({title})? Bitte antworten Sie mit Ja oder Nein.",
            "El {to} está libre. ¿Cambio su cita ({title}) a esa hora? Por favor, responda sí o no.",
            "{to} szabad. Áttegyem oda a foglalását ({title})? Kérem, válaszoljon igennel vagy nemmel.",
        ]);
        draft.say(fill(
            template,
            &[("to", &to), ("title", &title(booking, language))],
        ));
        draft.proposal = Some(Proposal::Move {
            booking_id: booking.id,
            starts_at,
        });
    } else if draft.reasons.is_empty() {
        let times = calendar::next_times(turn, tools, draft, &Search::like(booking));
        let template = language.pick([
            "{to} is not free. The next free times are {times}. Which one would suit you?",
            "{to} ist leider nicht frei. Die nächsten freien Termine sind {times}. Welcher passt Ihnen?",
            "El {to} no está libre. Las próximas horas libres son {times}. ¿Cuál le conviene?",
            "{to} sajnos nem szabad. A következő szabad időpontok: {times}. Melyik felel meg Önnek?",
        ]);
        draft.say(fill(template, &[("to", &to), ("times", &times)]));
        draft.proposal = Some(Proposal::ChooseTime {
            booking_id: booking.id,
        });
    }
}

const CANCEL_BY_PORTAL: [&str; 4] = [
    "I cannot cancel this booking from here: {line}. You can do it yourself at {portal}. Or shall I ask a colleague?",
    "Diese Buchung kann ich von hier nicht absagen: {line}. Sie können es selbst auf {portal} tun. Oder soll ich eine Kollegin fragen?",
    "No puedo cancelar esta reserva desde aquí: {line}. Puede hacerlo usted en {portal}. ¿O pregunto a una persona del equipo?",
    "Ezt a foglalást innen nem tudom lemondani: {line}. Ön megteheti itt: {portal}. Vagy kérdezzek meg egy kollégát?",
];
const MOVE_BY_PORTAL: [&str; 4] = [
    "I cannot move this booking from here: {line}. You can do it yourself at {portal}. Or shall I ask a colleague?",
    "Diese Buchung kann ich von hier nicht verschieben: {line}. Sie können es selbst auf {portal} tun. Oder soll ich eine Kollegin fragen?",
    "No puedo cambiar esta reserva desde aquí: {line}. Puede hacerlo usted en {portal}. ¿O pregunto a una persona del equipo?",
    "Ezt a foglalást innen nem tudom áttenni: {line}. Ön megteheti itt: {portal}. Vagy kérdezzek meg egy kollégát?",
];

/// `wish` is what to ask a colleague for; none is a move to no certain time.
fn by_portal(wish: Option<Action>, booking: &Booking, turn: &Turn, draft: &mut Draft) {
    let cancel = matches!(wish, Some(Action::Cancel { .. }));
    match &turn.property.portal_url {
        Some(portal) => {
            let template =
                Language::of_turn(turn).pick(if cancel { CANCEL_BY_PORTAL } else { MOVE_BY_PORTAL });
            draft.say(fill(
                template,
                &[("line", &line(booking, turn)), ("portal", portal)],
            ));
            draft.proposal =
                Some(wish.map_or(Proposal::AskColleague, |wish| Proposal::AskColleagueTo { wish }));
        }
        None => {
            draft.reasons.push(Reason::Unknown);
            draft.wish = wish;
        }
    }
}
