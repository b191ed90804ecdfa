//! Who has read up to where (reference §3.4, §11.2). Agents share one stamp per conversation.

use super::save::reload;
use super::{message, notification};
use crate::cable::events::Happening;
use crate::db::conversation::{self, Conversation};
use crate::db::{message as messages, notification as notifications};
use crate::desk::{Actor, Change};
use crate::error::ApiError;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A person read it. With nothing new since the caller's stamp, the write is skipped for an hour.
pub fn by_person(change: &mut Change<'_>, id: i64, user_id: i64) -> Result<Conversation, ApiError> {
    read_notification(change, id, user_id)?;
    let mut conversation = reload(change, id)?;
    let is_assignee = conversation.assignee_id == Some(user_id);
    let stamp = if is_assignee {
        conversation.assignee_last_seen_at
    } else {
        conversation.agent_last_seen_at
    };
    if let Some(stamp) = stamp
        && change.now_ms - stamp < HOUR_MS
        && !messages::anything_after(change, id, stamp)?
    {
        return Ok(conversation);
    }
    conversation.agent_last_seen_at = Some(change.now_ms);
    if is_assignee {
        conversation.assignee_last_seen_at = Some(change.now_ms);
    }
    conversation::update(change, &conversation)?;
    Ok(conversation)
}

fn read_notification(change: &mut Change<'_>, id: i64, user_id: i64) -> Result<(), ApiError> {
    if let Some(mut found) = notifications::of(change, user_id, id)?
        && found.read_at.is_none()
    {
        found.read_at = Some(change.now_ms);
        notification::save_in(change, &found)?;
    }
    Ok(())
}

/// Unread again: both stamps go to one second before the guest's newest message.
pub fn mark_unread(change: &mut Change<'_>, id: i64) -> Result<Conversation, ApiError> {
    let mut conversation = reload(change, id)?;
    let stamp = messages::last_incoming_at(change, id)?.map(|at| at - 1000);
    conversation.agent_last_seen_at = stamp;
    conversation.assignee_last_seen_at = stamp;
    conversation::update(change, &conversation)?;
    Ok(conversation)
}

/// The guest read it: everything not incoming until now becomes read.
pub fn by_guest(change: &mut Change<'_>, id: i64) -> Result<(), ApiError> {
    let mut conversation = reload(change, id)?;
    conversation.contact_last_seen_at = Some(change.now_ms);
    conversation::update(change, &conversation)?;
    change.tell(Happening::conversation("conversation.read", id));
    let until = change.now_ms;
    // The marking is the server's own doing, in nobody's name.
    let performer = std::mem::replace(&mut change.performer, Actor::System);
    for unread in messages::unread_by_guest(change, id, until)? {
        message::set_status_in(change, &unread, "read", None)?;
    }
    change.performer = performer;
    Ok(())
}
