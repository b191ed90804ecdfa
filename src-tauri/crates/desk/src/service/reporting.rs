//! Noting what reports count (reference §9), at the moment it happens.

use crate::db::conversation::{self, Conversation};
use crate::db::message::Message;
use crate::db::reporting_event::{self as events, ReportingEvent};
use crate::db::{inbox, rows};
use crate::desk::{Actor, Change};
use crate::error::ApiError;

fn note(
    change: &Change<'_>,
    about: &Conversation,
    name: &str,
    since: i64,
    user_id: Option<i64>,
) -> Result<(), ApiError> {
    let event = ReportingEvent {
        account_id: about.account_id,
        conversation_id: about.id,
        inbox_id: about.inbox_id,
        user_id,
        name,
        value: (change.now_ms - since).div_euclid(1000),
    };
    events::insert(change, &event, change.now_ms)
}

/// A status changed: resolutions, by whom, reopenings and hand-overs.
pub fn of_status(change: &Change<'_>, before: &Conversation, after: &Conversation) -> Result<(), ApiError> {
    match (before.status.as_str(), after.status.as_str()) {
        (_, "resolved") => {
            note(
                change,
                after,
                events::RESOLVED,
                after.created_at,
                after.assignee_id,
            )?;
            if is_bots_alone(change, after)? {
                note(change, after, events::BOT_RESOLVED, after.created_at, None)?;
            }
        }
        ("pending", "open") if matches!(change.performer, Actor::Bot(_)) => {
            if events::last(change, after.id, events::BOT_HANDOFF)?.is_none() {
                note(change, after, events::BOT_HANDOFF, after.created_at, None)?;
            }
            note(change, after, events::OPENED, after.created_at, None)?;
        }
        (_, "open") => note(change, after, events::OPENED, before.updated_at, None)?,
        _ => {}
    }
    Ok(())
}

/// A bot answers on the channel, and no person ever did here.
fn is_bots_alone(change: &Change<'_>, about: &Conversation) -> Result<bool, ApiError> {
    let has_bot = inbox::find(change, about.inbox_id)?.is_some_and(|inbox| inbox.agent_bot_id.is_some());
    let spoken = rows::count(
        change,
        "SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?1 AND message_type = 1 AND private = 0
           AND sender_type = 'User')",
        [about.id],
    )?;
    Ok(has_bot && spoken == 0)
}

/// A person answered: `before` is the conversation as it waited.
pub fn of_answer(change: &Change<'_>, before: &Conversation, answer: &Message) -> Result<(), ApiError> {
    let about = conversation::find(change, before.id)?.ok_or(ApiError::NotFound)?;
    if before.first_reply_created_at.is_none() {
        let since = match events::last(change, about.id, events::OPENED)? {
            Some(at) => at,
            None => events::last(change, about.id, events::BOT_RESOLVED)?.unwrap_or(about.created_at),
        };
        note(change, &about, events::FIRST_RESPONSE, since, answer.sender_id)?;
    } else if let Some(since) = before.waiting_since {
        note(change, &about, events::REPLY_TIME, since, about.assignee_id)?;
    }
    Ok(())
}
