//! A yes, a no or a choice in answer to what the assistant asked.

use super::dates::Wanted;
use super::draft::{Draft, Matter};
use super::intent::{Intent, is_no, is_yes};
use super::language::Language;
use super::never::Reason;
use super::tools::{Booking, Tools};
use super::turn::{Action, PropertyKind, Proposal, Turn};
use super::wording::fill;
use super::{booking, calendar};

/// Settles what was asked; `None` when nothing was, or when the guest talks of something else now.
pub fn settle(turn: &Turn, tools: &dyn Tools) -> Option<Draft> {
    let proposal = turn.pending.clone()?;
    let said = turn.question();
    let mut draft = Draft::default();
    match proposal {
        Proposal::ChooseTime { .. }
            if has_time(turn, &said)
                && matches!(
                    Intent::of(&said),
                    Intent::Topic | Intent::Move | Intent::Book | Intent::Hours
                ) =>
        {
            booking::change(turn, tools, &mut draft);
        }
        Proposal::ChooseBooking { cancel } if Intent::of(&said) == Intent::Topic && !is_no(&said) => {
            if cancel {
                booking::cancel(turn, tools, &mut draft)
            } else {
                booking::change(turn, tools, &mut draft)
            };
        }
        Proposal::Move { .. } if is_no(&said) && has_time(turn, &said) => {
            booking::change(turn, tools, &mut draft);
        }
        _ if is_no(&said) => draft.say(declined(&proposal, Language::of_turn(turn))),
        _ if !is_yes(&said) => return None,
        Proposal::Cancel { booking_id } => cancel(turn, tools, booking_id, &mut draft),
        Proposal::Move {
            booking_id,
            starts_at,
        } => change(turn, tools, booking_id, starts_at, &mut draft),
        Proposal::AskColleague => draft.reasons.push(Reason::Person),
        Proposal::AskColleagueTo { wish } => {
            draft.reasons.push(Reason::Person);
            draft.wish = Some(wish);
        }
        Proposal::ChooseTime { .. } | Proposal::ChooseBooking { .. } => return None,
    }
    Some(draft)
}

fn has_time(turn: &Turn, said: &str) -> bool {
    !Wanted::read(said, turn.now, &turn.property.zone).is_empty()
}

fn declined(proposal: &Proposal, language: Language) -> &'static str {
    match proposal {
        Proposal::AskColleague | Proposal::AskColleagueTo { .. } => language.pick([
            "All right. I am here if you need anything else.",
            "In Ordnung. Ich bin hier, wenn Sie noch etwas brauchen.",
            "De acuerdo. Aquí estoy si necesita algo más.",
            "Rendben. Itt vagyok, ha még szüksége van valamire.",
        ]),
        _ => language.pick([
            "All right, everything stays as it is.",
            "In Ordnung, alles bleibt, wie es ist.",
            "De acuerdo, todo queda como está.",
            "Rendben, minden marad, ahogy van.",
        ]),
    }
}

/// The row is read again: the rules may have closed since the question.
fn find(turn: &Turn, tools: &dyn Tools, booking_id: i64, draft: &mut Draft) -> Option<Booking> {
    draft.matters.push(Matter::Booking);
    let bookings = draft.looked_up("Bookings", tools.bookings(turn.now))?;
    let found = bookings.into_iter().find(|booking| booking.id == booking_id);
    if found.is_none() {
        draft.reasons.push(Reason::BookingNotFound);
    }
    found
}

fn cancel(turn: &Turn, tools: &dyn Tools, booking_id: i64, draft: &mut Draft) {
    let Some(booking) = find(turn, tools, booking_id, draft) else {
        return;
    };
    if booking.cancel_until.is_none_or(|limit| turn.now > limit) {
        draft.reasons.push(Reason::Unknown);
        draft.wish = Some(Action::Cancel { booking_id });
        return;
    }
    let language = Language::of_turn(turn);
    draft.used("Cancel booking", format!("Cancelled {}", booking.reference));
    let template = language.pick([
        "Done. Your booking {reference} on {starts} is cancelled.",
        "Erledigt. Ihre Buchung {reference} am {starts} ist abgesagt.",
        "Hecho. Su reserva {reference} del {starts} está cancelada.",
        "Kész. A foglalását ({reference}, {starts}) lemondtam.",
    ]);
    let starts = language.moment(booking.starts_at, &turn.property.zone);
    draft.say(fill(
        template,
        &[("reference", &booking.reference), ("starts", &starts)],
    ));
    draft.action = Some(Action::Cancel { booking_id });
}

fn change(turn: &Turn, tools: &dyn Tools, booking_id: i64, starts_at: i64, draft: &mut Draft) {
    let Some(booking) = find(turn, tools, booking_id, draft) else {
        return;
    };
    let allowed = turn.property.kind == PropertyKind::Salon
        && booking.move_until.is_some_and(|limit| turn.now <= limit);
    if !allowed || !calendar::is_free(turn, tools, &booking, starts_at, draft) {
        draft.reasons.push(Reason::Unknown);
        draft.wish = (!allowed).then_some(Action::Move {
            booking_id,
            starts_at,
        });
        return;
    }
    let (language, zone) = (Language::of_turn(turn), &turn.property.zone);
    let moved = Language::English.moment(starts_at, zone);
    draft.used("Move booking", format!("Moved {} to {moved}", booking.reference));
    let template = language.pick([
        "Done. Your {title} is now on {starts}, reference {reference}.",
        "Erledigt. Ihr Termin ({title}) ist jetzt am {starts}, Nummer {reference}.",
        "Hecho. Su cita ({title}) es ahora el {starts}, número {reference}.",
        "Kész. Az új időpontja ({title}): {starts}, azonosító: {reference}.",
    ]);
    draft.say(fill(
        template,
        &[
            ("title", &booking::title(&booking, language)),
            ("starts", &language.moment(starts_at, zone)),
            ("reference", &booking.reference),
        ],
    ));
    draft.action = Some(Action::Move {
        booking_id,
        starts_at,
    });
}
