//! From what was said to what is answered. Pure: a turn and look-ups in, a reply out; no clock, no writes.
//!
//! The order is the safety: the never-list first, then what waits for a yes or no, then the question itself.

mod booking;
mod brief;
mod calendar;
mod confirm;
mod dates;
pub mod draft;
pub mod hours;
mod intent;
mod knowledge;
pub mod language;
pub mod never;
mod profile;
pub mod question;
mod recall;
pub mod text;
pub mod tools;
pub mod turn;
mod wording;

use draft::Draft;
use language::Language;
use tools::Tools;
use turn::{Reply, Turn};

/// The answer to what the guest wrote last; `None` when nothing of theirs is unanswered.
pub fn answer(turn: &Turn, tools: &dyn Tools) -> Option<Reply> {
    if turn.unanswered().is_empty() {
        return None;
    }
    Some(settle(turn, tools).unwrap_or_else(|| finish(turn, question::respond(turn, tools))))
}

/// The part no language model may take: the never-list, and a yes or no to what was asked. `None` = an open question.
pub fn settle(turn: &Turn, tools: &dyn Tools) -> Option<Reply> {
    let reasons = never::check(turn);
    if !reasons.is_empty() {
        let draft = Draft {
            wish: agreed(turn, &reasons),
            reasons,
            ..Draft::default()
        };
        return Some(finish(turn, draft));
    }
    if turn.question().trim().is_empty() {
        let reasons = vec![never::Reason::NoWords];
        return Some(finish(
            turn,
            Draft {
                reasons,
                ..Draft::default()
            },
        ));
    }
    confirm::settle(turn, tools).map(|draft| finish(turn, draft))
}

/// What a colleague was offered for: "ask a colleague" is a yes to that.
fn agreed(turn: &Turn, reasons: &[never::Reason]) -> Option<turn::Action> {
    match turn.pending {
        Some(turn::Proposal::AskColleagueTo { wish }) if reasons == [never::Reason::Person] => Some(wish),
        _ => None,
    }
}

/// Turns a draft into the reply: greeting, hand-over sentence and brief, what was learnt about the guest.
pub fn finish(turn: &Turn, mut draft: Draft) -> Reply {
    let said = turn.question();
    let language = Language::of_turn(turn);
    if !draft.reasons.is_empty() {
        draft.reasons.sort_unstable();
        draft.say(brief::handoff_sentence(turn, language, &draft.reasons));
    }
    let mut text = draft.parts.join("\n\n");
    if turn.is_first_answer() {
        text = format!("{} {}", language.greeting(&said, turn.guest.first_name()), text);
    }
    let (attributes, guest_attributes) = profile::learn(turn, &draft);
    let escalation = (!draft.reasons.is_empty()).then(|| brief::escalation(turn, &draft));
    Reply {
        text,
        attributes,
        guest_attributes,
        escalation,
        proposal: draft.proposal,
        action: draft.action,
        wish: draft.wish.filter(|_| !draft.reasons.is_empty()),
        tools: draft.tools,
    }
}

#[cfg(test)]
mod tests;
