//! Deeds a guest asked for that only people may decide: too late to cancel, a stay to be moved. The assistant proposes
//! them when it hands over; a person approves or declines; what is approved is carried out once, by the desk.
//!
//! For: their states, and telling them in the conversation's attribute `linked_actions`. Not for: what the assistant may
//! do by itself after a guest's yes (`deliver`).

mod carry;
pub mod rows;

pub use carry::{carry_out, carry_out_all};

use super::case::Case;
use super::engine::language::Language;
use super::engine::turn::Action;
use crate::db::conversation::Conversation;
use crate::db::people;
use crate::desk::{Change, View};
use crate::error::ApiError;
use crate::service::{activity, conversation, save};
use crate::wire::time::epoch;
use jiff::tz::TimeZone;
use rows::{Booking, LinkedAction, State};
use serde_json::{Value, json};

/// Told in the attribute, the newest.
const MOST: usize = 20;
/// The attribute that tells of them.
const KEY: &str = "linked_actions";

/// Leaves a wish for people to decide; an older one about the same booking is over. A booking that is gone leaves none.
pub fn propose(change: &mut Change<'_>, case: &Case, wish: Action) -> Result<(), ApiError> {
    let (booking_id, starts_at) = match wish {
        Action::Cancel { booking_id } => (booking_id, None),
        Action::Move {
            booking_id,
            starts_at,
        } => (booking_id, Some(starts_at.saturating_mul(1000))),
    };
    let Some(booking) = rows::booking(change, booking_id)?.filter(|found| found.is_confirmed) else {
        return Ok(());
    };
    for mut older in rows::undecided(change, booking_id)? {
        older.state = State::Expired;
        keep(change, &older)?;
    }
    let mut new = LinkedAction {
        id: 0,
        account_id: case.account_id,
        conversation_id: case.conversation_id,
        booking_id,
        title: title(&booking, starts_at, &case.turn.property.zone),
        was_starts_at: booking.starts_at,
        starts_at,
        state: State::Proposed,
        reason: None,
        decided_by: None,
        decided_at: None,
        created_at: change.now_ms,
    };
    new.id = rows::insert(change, &new)?;
    tell(change, &new)
}

fn title(booking: &Booking, starts_at: Option<i64>, zone: &TimeZone) -> String {
    let moment = |at: i64| Language::English.moment(at.div_euclid(1000), zone);
    let (what, was) = (&booking.title, moment(booking.starts_at));
    match starts_at {
        None => format!("Cancel {}: {what}, {was}", booking.reference),
        Some(to) => format!("Move {}: {what}, {was}, to {}", booking.reference, moment(to)),
    }
}

/// The actions of a conversation.
pub fn listed(view: &View<'_>, conversation_id: i64) -> Result<Vec<Value>, ApiError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let found = rows::of_conversation(view, conversation_id, most)?;
    found.iter().map(|action| shown(view, action)).collect()
}

/// What a person said to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    Decline,
}

/// How a decision was taken.
pub enum Decided {
    /// It counts, now or because the same was said before: the action as it is.
    Taken(Value),
    /// Somebody decided otherwise, or a newer wish took its place: the action as it is.
    TooLate(Value),
}

/// Takes a person's decision, once: the first one counts.
pub fn decide(
    change: &mut Change<'_>,
    conversation: &Conversation,
    id: &str,
    user_id: i64,
    verdict: Verdict,
) -> Result<Decided, ApiError> {
    let mut action = find(change, conversation, id)?;
    if action.state != State::Proposed {
        let now = shown(change, &action)?;
        let agrees = match verdict {
            Verdict::Approve => matches!(action.state, State::Approved | State::Done | State::Failed),
            Verdict::Decline => action.state == State::Declined,
        };
        return Ok(if agrees {
            Decided::Taken(now)
        } else {
            Decided::TooLate(now)
        });
    }
    let (state, word) = match verdict {
        Verdict::Approve => (State::Approved, "approved"),
        Verdict::Decline => (State::Declined, "declined"),
    };
    action.state = state;
    action.decided_by = Some(user_id);
    action.decided_at = Some(change.now_ms);
    keep(change, &action)?;
    if let Some(name) = activity::performer_name(change)? {
        activity::write(change, conversation, format!("{name} {word}: {}", action.title))?;
    }
    Ok(Decided::Taken(shown(change, &action)?))
}

/// One of the conversation, by its id on the wire.
pub fn find(view: &View<'_>, conversation: &Conversation, id: &str) -> Result<LinkedAction, ApiError> {
    let number = id.strip_prefix("action-").and_then(|number| number.parse().ok());
    let found = number.map(|number| rows::find(view, number)).transpose()?;
    let found = found
        .flatten()
        .filter(|found| found.conversation_id == conversation.id);
    found.ok_or(ApiError::NotFound)
}

fn keep(change: &mut Change<'_>, action: &LinkedAction) -> Result<(), ApiError> {
    rows::update(change, action)?;
    tell(change, action)
}

/// Puts the action into the conversation's attribute, in place of what it said before.
fn tell(change: &mut Change<'_>, action: &LinkedAction) -> Result<(), ApiError> {
    let told = shown(change, action)?;
    let conversation = save::reload(change, action.conversation_id)?;
    let mut list = match conversation.custom_attributes.get(KEY) {
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    };
    match list.iter_mut().find(|other| other["id"] == told["id"]) {
        Some(place) => *place = told,
        None => list.push(told),
    }
    list.drain(..list.len().saturating_sub(MOST));
    let attributes = [(KEY.to_owned(), Value::Array(list))].into_iter().collect();
    conversation::merge_custom_attributes_in(change, action.conversation_id, attributes).map(drop)
}

/// The action as the attribute and the calls tell it.
pub fn shown(view: &View<'_>, action: &LinkedAction) -> Result<Value, ApiError> {
    let mut json = json!({
        "id": format!("action-{}", action.id),
        "title": action.title,
        "status": action.state.word(),
        "kind": if action.starts_at.is_some() { "move" } else { "cancel" },
        "decidable": action.state == State::Proposed,
    });
    if let Some(reason) = &action.reason {
        json["reason"] = json!(reason);
    }
    if let Some(at) = action.decided_at {
        json["decided_at"] = json!(epoch(at));
    }
    if let Some(id) = action.decided_by
        && let Some(user) = people::user(view, id)?
    {
        json["decided_by"] = json!({ "id": id, "name": user.name });
    }
    Ok(json)
}
