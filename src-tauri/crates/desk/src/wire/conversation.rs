//! Conversations over REST and in pushes (reference §3.1, §10.4).

use super::time::{epoch, epoch_or_zero, float, iso_or_null};
use super::{contact, message, people, team};
use crate::db::conversation::Conversation;
use crate::db::inbox::Inbox;
use crate::db::{self, message as messages};
use crate::desk::View;
use crate::error::ApiError;
use crate::service::window;
use serde_json::{Value, json};

/// Who asks: `is_member` of a team depends on it. A bot is nobody.
pub type Viewer = Option<i64>;

struct Parts {
    inbox: Inbox,
    contact: db::contact::Contact,
    link: Option<db::contact::ContactInbox>,
    can_reply: bool,
    labels: Vec<String>,
    unread: i64,
}

fn parts(view: &View<'_>, conversation: &Conversation) -> Result<Parts, ApiError> {
    let inbox = db::inbox::find(view, conversation.inbox_id)?.ok_or(ApiError::NotFound)?;
    let contact = db::contact::find(view, conversation.contact_id)?.ok_or(ApiError::NotFound)?;
    Ok(Parts {
        can_reply: window::can_reply(view, &inbox, conversation.id)?,
        inbox,
        contact,
        link: db::contact::link_by_id(view, conversation.contact_inbox_id)?,
        labels: db::conversation::labels(view, conversation.id)?,
        unread: messages::unread(view, conversation.id, conversation.agent_last_seen_at)?,
    })
}

/// CONVERSATION.
pub fn rest(view: &View<'_>, conversation: &Conversation, viewer: Viewer) -> Result<Value, ApiError> {
    let parts = parts(view, conversation)?;
    let newest = messages::newest(view, conversation.id)?;
    let spoken = messages::newest_spoken(view, conversation.id, true)?;
    let push = |found: &messages::Message| message::push(view, found, conversation);
    let shown: Vec<Value> = newest.iter().map(push).collect::<Result<_, _>>()?;
    Ok(json!({
        "meta": rest_meta(view, conversation, &parts, viewer)?,
        "id": conversation.display_id,
        "account_id": conversation.account_id,
        "uuid": conversation.uuid,
        "inbox_id": conversation.inbox_id,
        "status": conversation.status,
        "messages": shown,
        "last_non_activity_message": spoken.as_ref().map(push).transpose()?,
        "additional_attributes": conversation.additional_attributes,
        "custom_attributes": conversation.custom_attributes,
        "labels": parts.labels,
        "priority": conversation.priority,
        "can_reply": parts.can_reply,
        "muted": parts.contact.blocked,
        "snoozed_until": iso_or_null(conversation.snoozed_until),
        "unread_count": parts.unread,
        "created_at": epoch(conversation.created_at),
        "updated_at": float(conversation.updated_at),
        "last_activity_at": epoch(conversation.last_activity_at),
        "timestamp": epoch(conversation.last_activity_at),
        "agent_last_seen_at": epoch_or_zero(conversation.agent_last_seen_at),
        "assignee_last_seen_at": epoch_or_zero(conversation.assignee_last_seen_at),
        "contact_last_seen_at": epoch_or_zero(conversation.contact_last_seen_at),
        "first_reply_created_at": epoch_or_zero(conversation.first_reply_created_at),
        "waiting_since": epoch_or_zero(conversation.waiting_since),
        "sla_policy_id": null,
    }))
}

/// CONVERSATIONs in the order given.
pub fn rest_all(
    view: &View<'_>,
    conversations: &[Conversation],
    viewer: Viewer,
) -> Result<Vec<Value>, ApiError> {
    conversations
        .iter()
        .map(|conversation| rest(view, conversation, viewer))
        .collect()
}

fn rest_meta(
    view: &View<'_>,
    conversation: &Conversation,
    parts: &Parts,
    viewer: Viewer,
) -> Result<Value, ApiError> {
    let verified = parts.link.as_ref().map(|link| link.hmac_verified);
    let mut meta = json!({
        "sender": contact::rest(view, &parts.contact),
        "channel": parts.inbox.channel_type,
        "hmac_verified": verified,
    });
    if let Some((assignee, kind)) = assignee(view, conversation, Form::Rest)? {
        meta["assignee"] = assignee;
        meta["assignee_type"] = json!(kind);
    }
    if let Some(found) = the_team(view, conversation)? {
        let is_member = match viewer {
            Some(user_id) => db::team::is_member(view, found.id, user_id)?,
            None => false,
        };
        meta["team"] = team::rest(&found, is_member);
    }
    Ok(meta)
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Rest,
    Push,
}

/// A bot wins over a user; a user who left the account is nobody over REST.
fn assignee(
    view: &View<'_>,
    conversation: &Conversation,
    form: Form,
) -> Result<Option<(Value, &'static str)>, ApiError> {
    if let Some(id) = conversation.assignee_bot_id
        && let Some(bot) = db::people::bot(view, id)?
    {
        let json = match form {
            Form::Rest => people::bot_slim(&bot),
            Form::Push => people::push_bot(&bot),
        };
        return Ok(Some((json, "AgentBot")));
    }
    let Some(id) = conversation.assignee_id else {
        return Ok(None);
    };
    let account_id = conversation.account_id;
    if form == Form::Rest && db::people::membership(view, account_id, id)?.is_none() {
        return Ok(None);
    }
    let Some(user) = db::people::user(view, id)? else {
        return Ok(None);
    };
    let json = match form {
        Form::Rest => people::agent(view, account_id, &user)?,
        Form::Push => people::push(view, account_id, &user)?,
    };
    Ok(Some((json, "User")))
}

fn the_team(view: &View<'_>, conversation: &Conversation) -> Result<Option<db::team::Team>, ApiError> {
    match conversation.team_id {
        Some(id) => db::team::find_in(view, conversation.account_id, id),
        None => Ok(None),
    }
}

/// PUSH_CONVERSATION.
pub fn push(view: &View<'_>, conversation: &Conversation) -> Result<Value, ApiError> {
    let parts = parts(view, conversation)?;
    let spoken = messages::newest_spoken(view, conversation.id, false)?;
    let shown: Vec<Value> = spoken
        .iter()
        .map(|found| message::push(view, found, conversation))
        .collect::<Result<_, _>>()?;
    Ok(json!({
        "additional_attributes": conversation.additional_attributes,
        "can_reply": parts.can_reply,
        "channel": parts.inbox.channel_type,
        "contact_inbox": parts.link.as_ref().map(contact::push_link),
        "id": conversation.display_id,
        "inbox_id": conversation.inbox_id,
        "messages": shown,
        "labels": parts.labels,
        "meta": push_meta(view, conversation, &parts)?,
        "status": conversation.status,
        "custom_attributes": conversation.custom_attributes,
        "snoozed_until": iso_or_null(conversation.snoozed_until),
        "unread_count": parts.unread,
        "first_reply_created_at": iso_or_null(conversation.first_reply_created_at),
        "priority": conversation.priority,
        "waiting_since": epoch_or_zero(conversation.waiting_since),
        "agent_last_seen_at": epoch_or_zero(conversation.agent_last_seen_at),
        "contact_last_seen_at": epoch_or_zero(conversation.contact_last_seen_at),
        "last_activity_at": epoch(conversation.last_activity_at),
        "timestamp": epoch(conversation.last_activity_at),
        "created_at": epoch(conversation.created_at),
        "updated_at": float(conversation.updated_at),
        "account_id": conversation.account_id,
    }))
}

fn push_meta(view: &View<'_>, conversation: &Conversation, parts: &Parts) -> Result<Value, ApiError> {
    let (assignee, kind) = assignee(view, conversation, Form::Push)?.unzip();
    Ok(json!({
        "sender": contact::push(&parts.contact),
        "assignee": assignee,
        "assignee_type": kind,
        "team": the_team(view, conversation)?.as_ref().map(team::push),
        "hmac_verified": parts.link.as_ref().map(|link| link.hmac_verified),
    }))
}
