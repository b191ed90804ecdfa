//! What became of a part, and what its message says about that: forward only.

use crate::channels::carrier::Outcome;
use crate::db::message;
use crate::db::outbound::{self, Outbound, State};
use crate::desk::Change;
use crate::error::ApiError;
use crate::service::message::save_in;
use serde_json::json;

/// Tries before people are told that the carrier cannot be reached: about four minutes.
const MOST_ATTEMPTS: i64 = 8;
const FIRST_PAUSE_MS: i64 = 2_000;
/// A receipt that settles a doubt comes within this, or never.
const DOUBT_MS: i64 = 2 * 60 * 1000;

/// What a provider says later about a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// `Sent`, `Delivered`, `Read` or `Failed`.
    pub state: State,
    /// Why it failed.
    pub error: Option<String>,
    /// The provider's name for the part.
    pub provider_id: Option<String>,
}

impl Receipt {
    pub fn read() -> Self {
        Self {
            state: State::Read,
            error: None,
            provider_id: None,
        }
    }
}

/// Requests that were under way at the end of the program: nobody knows what became of them.
pub fn doubt_interrupted(change: &mut Change<'_>) -> Result<(), ApiError> {
    for part in outbound::interrupted(change)? {
        doubt(change, part)?;
    }
    Ok(())
}

fn doubt(change: &mut Change<'_>, mut part: Outbound) -> Result<(), ApiError> {
    part.state = State::Unsure;
    part.due_at = Some(change.now_ms + DOUBT_MS);
    outbound::update(change, &part, change.now_ms)
}

/// Keeps how a request ended. A receipt may have been faster than the answer.
pub fn finish(change: &mut Change<'_>, id: i64, outcome: Outcome) -> Result<(), ApiError> {
    let Some(mut part) = outbound::find(change, id)? else {
        return Ok(());
    };
    // Whatever waits behind it may go.
    change.tell_outward();
    if part.state != State::Sending {
        if let (Outcome::Taken { provider_id }, None) = (outcome, &part.provider_id) {
            part.provider_id = provider_id;
            outbound::update(change, &part, change.now_ms)?;
        }
        return tell(change, part.message_id);
    }
    match outcome {
        Outcome::Taken { provider_id } => {
            part.provider_id = provider_id;
            part.state = State::Sent;
            outbound::update(change, &part, change.now_ms)?;
            tell(change, part.message_id)
        }
        Outcome::Refused(reason) => fail(change, part, reason),
        Outcome::NotTaken if part.attempts < MOST_ATTEMPTS => {
            let doublings = u32::try_from(part.attempts - 1).unwrap_or(0);
            part.state = State::Queued;
            part.due_at =
                Some(change.now_ms + FIRST_PAUSE_MS.saturating_mul(2_i64.saturating_pow(doublings)));
            outbound::update(change, &part, change.now_ms)
        }
        Outcome::NotTaken => fail(change, part, "The carrier could not be reached".to_owned()),
        Outcome::Unsure => doubt(change, part),
    }
}

/// Nobody will get it.
pub fn fail(change: &mut Change<'_>, mut part: Outbound, reason: String) -> Result<(), ApiError> {
    part.state = State::Failed;
    part.due_at = None;
    part.error = Some(reason);
    outbound::update(change, &part, change.now_ms)?;
    change.tell_outward();
    tell(change, part.message_id)
}

/// A receipt about a part of a channel, by the number the desk gave it, or by the provider's name for it. Answers
/// whether there is such a part.
pub fn receive(
    change: &mut Change<'_>,
    inbox_id: i64,
    outbound_id: Option<i64>,
    receipt: Receipt,
) -> Result<bool, ApiError> {
    let by_number = match outbound_id {
        Some(id) => outbound::find(change, id)?.filter(|part| part.inbox_id == inbox_id),
        None => None,
    };
    let part = match (by_number, &receipt.provider_id) {
        (Some(part), _) => Some(part),
        (None, Some(provider_id)) => outbound::by_provider_id(change, inbox_id, provider_id)?,
        (None, None) => None,
    };
    match part {
        Some(part) => apply(change, part, receipt).map(|()| true),
        None => Ok(false),
    }
}

/// Takes a receipt if it leads forward: nothing undoes delivered, and only a doubt that ended as failed is lifted.
pub fn apply(change: &mut Change<'_>, mut part: Outbound, receipt: Receipt) -> Result<(), ApiError> {
    let was_doubted = part.state == State::Failed && part.provider_id.is_none();
    let leads_on = match receipt.state {
        State::Failed => part.state < State::Delivered,
        state => state > part.state || was_doubted,
    };
    if part.provider_id.is_none() {
        part.provider_id.clone_from(&receipt.provider_id);
    }
    if leads_on {
        part.state = receipt.state;
        part.error = receipt.error;
        part.due_at = None;
        change.tell_outward();
    }
    outbound::update(change, &part, change.now_ms)?;
    tell(change, part.message_id)
}

/// Brings a message in step with its parts: failed as soon as one failed, otherwise as far as the slowest.
pub fn tell(change: &mut Change<'_>, message_id: i64) -> Result<(), ApiError> {
    let Some(mut message) = message::find(change, message_id)? else {
        return Ok(());
    };
    let parts = outbound::of_message(change, message_id)?;
    let source_id = parts.first().and_then(|first| first.provider_id.clone());
    let failed = parts.iter().find(|part| part.state == State::Failed);
    let slowest = parts.iter().map(|part| part.state).min();
    let status = match (failed, slowest) {
        (Some(_), _) => "failed",
        (None, Some(State::Delivered)) => "delivered",
        (None, Some(State::Read)) => "read",
        _ => "sent",
    };
    let before = message.clone();
    if message.source_id.is_none() {
        message.source_id = source_id;
    }
    message.status = status.to_owned();
    message.content_attributes.remove("external_error");
    if let Some(error) = failed.and_then(|part| part.error.as_deref()) {
        message
            .content_attributes
            .insert("external_error".to_owned(), json!(error));
    }
    // One save, one event: the channel's name and the new status together.
    let is_news = message.status != before.status
        || message.source_id != before.source_id
        || message.content_attributes != before.content_attributes;
    if is_news {
        save_in(change, &before, message)?;
    }
    Ok(())
}
