//! Use cases of a conversation. `id` is the database's everywhere here.

use super::save::{reload, save};
use super::{activity, assignment, attributes, contact, differences, notification, tokens};
use crate::cable::events::Happening;
use crate::db::conversation::{self, Conversation, NewConversation};
use crate::db::inbox::Inbox;
use crate::db::json::Object;
use crate::db::{self, inbox, people};
use crate::desk::{Actor, Change, Desk};
use crate::error::ApiError;
use serde_json::json;

/// The statuses of the wire.
pub const STATUSES: &[&str] = &["open", "resolved", "pending", "snoozed"];
/// The priorities of the wire, lowest first.
pub const PRIORITIES: &[&str] = &["low", "medium", "high", "urgent"];

/// What somebody asks for when starting a conversation.
#[derive(Default)]
pub struct Start {
    /// Empty means open.
    pub status: String,
    /// Epoch milliseconds; kept with status snoozed only.
    pub snoozed_until: Option<i64>,
    pub assignee_id: Option<i64>,
    pub team_id: Option<i64>,
    pub additional_attributes: Object,
    pub custom_attributes: Object,
}

/// Starts a conversation over a guest's link to a channel. A blocked guest starts resolved; an active bot makes it
/// pending whatever was asked for (reference §5).
pub fn start_in(
    change: &mut Change<'_>,
    link: &db::contact::ContactInbox,
    start: Start,
) -> Result<Conversation, ApiError> {
    attributes::check(&start.additional_attributes, "additional_attributes")?;
    attributes::check(&start.custom_attributes, "custom_attributes")?;
    let inbox = inbox::find(change, link.inbox_id)?.ok_or(ApiError::NotFound)?;
    let guest = db::contact::find(change, link.contact_id)?.ok_or(ApiError::NotFound)?;
    let status = first_status(&inbox, guest.blocked, &start.status)?;
    let id = conversation::insert(
        change,
        &NewConversation {
            account_id: inbox.account_id,
            inbox_id: inbox.id,
            contact_id: guest.id,
            contact_inbox_id: link.id,
            uuid: &uuid::Uuid::new_v4().to_string(),
            status,
            snoozed_until: start.snoozed_until.filter(|_| status == "snoozed"),
            assignee_id: start.assignee_id,
            team_id: start.team_id,
            additional_attributes: &start.additional_attributes,
            custom_attributes: &start.custom_attributes,
        },
        change.now_ms,
    )?;
    change.tell(Happening::conversation("conversation.created", id));
    if let Some(assignee) = start.assignee_id {
        conversation::add_participant(change, id, assignee)?;
    }
    notification::of_creation(change, id)?;
    if status == "open" {
        assignment::pick_on_open(change, id)?;
    }
    reload(change, id)
}

fn first_status<'a>(inbox: &Inbox, blocked: bool, asked: &'a str) -> Result<&'a str, ApiError> {
    if blocked {
        return Ok("resolved");
    }
    if inbox.agent_bot_id.is_some() {
        return Ok("pending");
    }
    match asked {
        "" => Ok("open"),
        known if STATUSES.contains(&known) => Ok(known),
        _ => Err(ApiError::AsUpstream("unknown status")),
    }
}

/// Changes the status; snoozing may carry its end (epoch milliseconds). A bot that opens a pending conversation hands
/// it over: it waits from now unless it waited before (reference §5).
pub fn set_status_in(
    change: &mut Change<'_>,
    id: i64,
    status: &str,
    snoozed_until: Option<i64>,
) -> Result<Conversation, ApiError> {
    if !STATUSES.contains(&status) {
        return Err(ApiError::AsUpstream("unknown status"));
    }
    let before = reload(change, id)?;
    let mut after = before.clone();
    after.status = status.to_owned();
    after.snoozed_until = snoozed_until;
    if is_handoff(change.performer, &before, status) && after.waiting_since.is_none() {
        after.waiting_since = Some(change.now_ms);
    }
    let handed_over = is_handoff(change.performer, &before, status);
    let after = save(change, &before, after)?;
    if handed_over {
        notification::of_creation(change, id)?;
    }
    Ok(after)
}

/// Whether this is a bot giving a pending conversation to people.
pub fn is_handoff(performer: Actor, before: &Conversation, status: &str) -> bool {
    matches!(performer, Actor::Bot(_)) && before.status == "pending" && status == "open"
}

/// What `toggle_status` does: blank goes from open to resolved and from anything else to open, and whoever opens it as
/// role agent gets it (reference §3.4).
pub fn toggle_status_in(
    change: &mut Change<'_>,
    id: i64,
    status: Option<&str>,
    snoozed_until: Option<i64>,
) -> Result<Conversation, ApiError> {
    let before = reload(change, id)?;
    let toggled = if before.status == "open" {
        "resolved"
    } else {
        "open"
    };
    // A blank status opens without a handoff.
    let after = match status {
        Some(status) => set_status_in(change, id, status, snoozed_until)?,
        None => {
            let mut after = before.clone();
            after.status = toggled.to_owned();
            save(change, &before, after)?
        }
    };
    let Actor::User(user_id) = change.performer else {
        return Ok(after);
    };
    let membership = people::membership(change, after.account_id, user_id)?;
    let is_agent = membership.is_some_and(|membership| membership.role == "agent");
    if after.status == "open" && is_agent {
        return assignment::to_person(change, &after, Some(user_id));
    }
    Ok(after)
}

/// Sets the priority or none.
pub fn set_priority_in(
    change: &mut Change<'_>,
    id: i64,
    priority: Option<&str>,
) -> Result<Conversation, ApiError> {
    if priority.is_some_and(|priority| !PRIORITIES.contains(&priority)) {
        return Err(ApiError::AsUpstream("unknown priority"));
    }
    let before = reload(change, id)?;
    let mut after = before.clone();
    after.priority = priority.map(str::to_owned);
    save(change, &before, after)
}

/// Replaces the whole set of labels.
pub fn set_labels_in(change: &mut Change<'_>, id: i64, titles: &[String]) -> Result<Vec<String>, ApiError> {
    let before = reload(change, id)?;
    let old = conversation::labels(change, id)?;
    conversation::set_labels(change, id, titles)?;
    let new = conversation::labels(change, id)?;
    if old != new {
        activity::touch(change, id)?;
        change.tell(Happening::Conversation {
            name: "conversation.updated",
            conversation_id: id,
            changed: differences::of_field("label_list", &json!(old), &json!(new)),
        });
        activity::of_labels(change, &before, &old, &new)?;
    }
    Ok(new)
}

/// Replaces all custom attributes.
pub fn set_custom_attributes_in(
    change: &mut Change<'_>,
    id: i64,
    attributes: Object,
) -> Result<Conversation, ApiError> {
    let before = reload(change, id)?;
    let mut after = before.clone();
    attributes::check(&attributes, "custom_attributes")?;
    after.custom_attributes = attributes;
    save(change, &before, after)
}

/// Resolves it and blocks the guest (reference §5, mute).
pub fn mute_in(change: &mut Change<'_>, id: i64) -> Result<(), ApiError> {
    let before = reload(change, id)?;
    let mut after = before.clone();
    after.status = "resolved".to_owned();
    let after = save(change, &before, after)?;
    contact::set_blocked(change, after.contact_id, true)?;
    mute_line(change, &after, "has muted")
}

/// Unblocks the guest; the status stays.
pub fn unmute_in(change: &mut Change<'_>, id: i64) -> Result<(), ApiError> {
    let conversation = reload(change, id)?;
    contact::set_blocked(change, conversation.contact_id, false)?;
    mute_line(change, &conversation, "has unmuted")
}

fn mute_line(change: &mut Change<'_>, conversation: &Conversation, did: &str) -> Result<(), ApiError> {
    match activity::performer_name(change)? {
        Some(name) => activity::write(change, conversation, format!("{name} {did} the conversation")),
        None => Ok(()),
    }
}

/// A guest closes it; already resolved stays as it is.
pub fn close_by_guest_in(change: &mut Change<'_>, id: i64) -> Result<Conversation, ApiError> {
    let before = reload(change, id)?;
    if before.status == "resolved" {
        return Ok(before);
    }
    let mut after = before.clone();
    after.status = "resolved".to_owned();
    let after = save(change, &before, after)?;
    if let Some(guest) = db::contact::find(change, after.contact_id)? {
        let line = format!("Conversation was resolved by {}", capitalized(&guest.name));
        activity::write(change, &after, line)?;
    }
    Ok(after)
}

/// First letter upper, rest lower case.
fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first
            .to_uppercase()
            .chain(letters.flat_map(char::to_lowercase))
            .collect(),
        None => String::new(),
    }
}

/// Gives a guest a link to a channel, made when missing, under the channel's rule for addresses (reference §7).
pub fn link_in(
    change: &mut Change<'_>,
    contact_id: i64,
    inbox: &Inbox,
    source_id: Option<&str>,
) -> Result<db::contact::ContactInbox, ApiError> {
    if let Some(source_id) = source_id {
        if let Some(link) = db::contact::link_by_source(change, inbox.id, source_id)? {
            if link.contact_id == contact_id {
                return Ok(link);
            }
            return Err(ApiError::Refused("source_id should be unique".to_owned()));
        }
    } else if let Some(link) = db::contact::link_of(change, contact_id, inbox.id)? {
        return Ok(link);
    }
    let source_id = match source_id {
        Some(source_id) => source_id.to_owned(),
        None => contact::source_id_for(change, contact_id, inbox)?,
    };
    let now_ms = change.now_ms;
    let id = db::contact::link(change, contact_id, inbox.id, &source_id, &tokens::token(), now_ms)?;
    db::contact::link_by_id(change, id)?.ok_or(ApiError::NotFound)
}

/// Changes the status in somebody's name, as [`set_status_in`].
pub async fn set_status(
    desk: &Desk,
    actor: Actor,
    id: i64,
    status: &'static str,
    snoozed_until: Option<i64>,
) -> Result<(), ApiError> {
    desk.act(actor, move |change| {
        set_status_in(change, id, status, snoozed_until).map(drop)
    })
    .await
}

/// Sets the priority (or none) in somebody's name.
pub async fn set_priority(
    desk: &Desk,
    actor: Actor,
    id: i64,
    priority: Option<&'static str>,
) -> Result<(), ApiError> {
    desk.act(actor, move |change| {
        set_priority_in(change, id, priority).map(drop)
    })
    .await
}

/// Gives it to a person (or nobody) in somebody's name.
pub async fn assign_agent(desk: &Desk, actor: Actor, id: i64, user_id: Option<i64>) -> Result<(), ApiError> {
    desk.act(actor, move |change| {
        let conversation = reload(change, id)?;
        assignment::to_person(change, &conversation, user_id).map(drop)
    })
    .await
}

/// Lays custom attributes over those there are; null takes one away.
pub fn merge_custom_attributes_in(
    change: &mut Change<'_>,
    id: i64,
    attributes: Object,
) -> Result<Conversation, ApiError> {
    let mut merged = reload(change, id)?.custom_attributes;
    for (key, value) in attributes {
        if value.is_null() {
            merged.remove(&key);
        } else {
            merged.insert(key, value);
        }
    }
    set_custom_attributes_in(change, id, merged)
}

/// As [`merge_custom_attributes_in`], in somebody's name.
pub async fn merge_custom_attributes(
    desk: &Desk,
    actor: Actor,
    id: i64,
    attributes: Object,
) -> Result<(), ApiError> {
    desk.act(actor, move |change| {
        merge_custom_attributes_in(change, id, attributes).map(drop)
    })
    .await
}
