//! What is to be done with each due part: refused, recorded, sent, received, or given up.

use super::letter;
use super::refusal;
use super::settle::{self, Receipt};
use crate::channels::carrier::{Carrier, Letter};
use crate::db::inbox::Inbox;
use crate::db::message;
use crate::db::outbound::{self, Outbound, State};
use crate::db::{carrier, inbox};
use crate::desk::Change;
use crate::error::ApiError;

/// Looked at in one transaction.
const STRETCH: i64 = 32;
/// The simulated guest reads after so long.
const READING_MS: i64 = 5_000;

/// What one look brought.
pub struct Step {
    pub errands: Vec<Errand>,
    pub did_anything: bool,
    /// Epoch milliseconds.
    pub next_due: Option<i64>,
}

/// One request to be made.
pub struct Errand {
    pub carrier: Carrier,
    pub letter: Letter,
    /// Keys of the files whose bytes the letter carries.
    pub keys: Vec<String>,
}

/// Takes what is due, at most `free` requests of it.
pub fn take(change: &mut Change<'_>, free: usize) -> Result<Step, ApiError> {
    let now_ms = change.now_ms;
    let mut step = Step {
        errands: Vec::new(),
        did_anything: false,
        next_due: None,
    };
    for due in outbound::due(change, now_ms, STRETCH)? {
        if due.state == State::Queued {
            if step.errands.len() < free {
                step.errands.extend(begin(change, due)?);
                step.did_anything = true;
            }
        } else {
            go_on(change, due)?;
            step.did_anything = true;
        }
    }
    step.next_due = outbound::next_due(change, now_ms)?;
    Ok(step)
}

/// A part whose turn it is.
fn begin(change: &mut Change<'_>, mut part: Outbound) -> Result<Option<Errand>, ApiError> {
    let message = message::find(change, part.message_id)?;
    let inbox = inbox::find(change, part.inbox_id)?;
    let (Some(message), Some(inbox)) = (message, inbox) else {
        settle::fail(change, part, "The message is gone".to_owned())?;
        return Ok(None);
    };
    part.attempts += 1;
    if let Some(reason) = refusal::of(change, &inbox, &message, &part)? {
        settle::fail(change, part, reason)?;
        return Ok(None);
    }
    let carrier = Carrier::of(carrier::of_inbox(change, inbox.id)?);
    part.carrier = carrier.word().to_owned();
    if matches!(carrier, Carrier::Log) {
        record(change, part, &inbox)?;
        return Ok(None);
    }
    let (letter, keys) = letter::write(change, &inbox, &message, &part)?;
    part.state = State::Sending;
    part.due_at = None;
    outbound::update(change, &part, change.now_ms)?;
    Ok(Some(Errand {
        carrier,
        letter,
        keys,
    }))
}

/// Nobody carries: it counts as taken and delivered, and on channels that tell so it is read a moment later.
fn record(change: &mut Change<'_>, mut part: Outbound, inbox: &Inbox) -> Result<(), ApiError> {
    part.provider_id = Some(format!("desk.{}", uuid::Uuid::new_v4().simple()));
    part.state = State::Delivered;
    part.due_at = tells_of_reading(inbox).then(|| change.now_ms + READING_MS);
    outbound::update(change, &part, change.now_ms)?;
    settle::tell(change, part.message_id)
}

fn tells_of_reading(inbox: &Inbox) -> bool {
    matches!(
        inbox.channel_type.as_str(),
        "Channel::Whatsapp" | "Channel::FacebookPage" | "Channel::Instagram"
    )
}

/// A part that left: the simulated guest reads it, or it was in doubt for too long.
fn go_on(change: &mut Change<'_>, mut part: Outbound) -> Result<(), ApiError> {
    match part.state {
        State::Unsure => {
            let reason = "It is not known whether the carrier took this message";
            settle::fail(change, part, reason.to_owned())
        }
        State::Delivered if part.carrier == Carrier::Log.word() => {
            settle::apply(change, part, Receipt::read()).map(drop)
        }
        _ => {
            part.due_at = None;
            outbound::update(change, &part, change.now_ms)
        }
    }
}
