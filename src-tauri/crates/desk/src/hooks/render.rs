//! Which happening goes where.

use super::{Delivery, OnFailure, bodies};
use crate::cable::events::Happening;
use crate::db::conversation::Conversation;
use crate::db::inbox::Inbox;
use crate::db::message::ACTIVITY;
use crate::db::{self, people, webhook};
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// The deliveries of what happened, in order.
pub fn render(view: &View<'_>, happened: &[Happening]) -> Result<Vec<Delivery>, ApiError> {
    let mut deliveries = Vec::new();
    for happening in happened {
        one(view, happening, &mut deliveries)?;
    }
    Ok(deliveries)
}

fn one(view: &View<'_>, happening: &Happening, deliveries: &mut Vec<Delivery>) -> Result<(), ApiError> {
    match happening {
        Happening::MessageCreated { message_id, .. } => {
            of_message(view, "message_created", *message_id, deliveries)
        }
        Happening::MessageUpdated { message_id, .. } => {
            of_message(view, "message_updated", *message_id, deliveries)
        }
        Happening::Conversation {
            name,
            conversation_id,
        } => of_conversation(view, name, *conversation_id, deliveries),
        Happening::Typing {
            conversation_id,
            typist,
            on,
            is_private,
        } => {
            let Some(about) = db::conversation::find(view, *conversation_id)? else {
                return Ok(());
            };
            if !anybody(view, &about)? {
                return Ok(());
            }
            let event = if *on {
                "conversation_typing_on"
            } else {
                "conversation_typing_off"
            };
            let body = json!({
                "event": event,
                "user": bodies::person(view, *typist, about.account_id)?,
                "conversation": bodies::of_conversation(view, event, &about)?,
                "is_private": is_private,
            });
            to_webhooks(view, about.account_id, event, &body, deliveries)?;
            to_inbox(view, &about, &body, OnFailure::Nothing, deliveries)
        }
        Happening::Contact { name, contact_id } => {
            let event = match *name {
                "contact.created" => "contact_created",
                "contact.updated" => "contact_updated",
                _ => return Ok(()),
            };
            let Some(guest) = db::contact::find(view, *contact_id)? else {
                return Ok(());
            };
            let mut body = bodies::contact(view, &guest, guest.account_id)?;
            body["event"] = json!(event);
            to_webhooks(view, guest.account_id, event, &body, deliveries)
        }
        _ => Ok(()),
    }
}

/// Activity lines go nowhere (reference §11.1).
fn of_message(
    view: &View<'_>,
    event: &'static str,
    message_id: i64,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let message = db::message::find(view, message_id)?;
    let Some(message) = message.filter(|message| message.message_type != ACTIVITY) else {
        return Ok(());
    };
    let Some(about) = db::conversation::find(view, message.conversation_id)? else {
        return Ok(());
    };
    if !anybody(view, &about)? {
        return Ok(());
    }
    let body = bodies::of_message(view, event, &message, &about)?;
    to_webhooks(view, about.account_id, event, &body, deliveries)?;
    to_inbox(
        view,
        &about,
        &body,
        OnFailure::FailMessage(message.id),
        deliveries,
    )?;
    to_bots(view, &about, &body, OnFailure::OpenPending(about.id), deliveries)
}

fn of_conversation(
    view: &View<'_>,
    name: &str,
    id: i64,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let event = match name {
        "conversation.created" => "conversation_created",
        "conversation.status_changed" => "conversation_status_changed",
        "conversation.updated" => "conversation_updated",
        _ => return Ok(()),
    };
    let Some(about) = db::conversation::find(view, id)? else {
        return Ok(());
    };
    if !anybody(view, &about)? {
        return Ok(());
    }
    let body = bodies::of_conversation(view, event, &about)?;
    to_webhooks(view, about.account_id, event, &body, deliveries)?;
    to_inbox(view, &about, &body, OnFailure::Nothing, deliveries)?;
    if event == "conversation_created" {
        return Ok(());
    }
    to_bots(view, &about, &body, OnFailure::Nothing, deliveries)?;
    // Bots hear of these two ends by a name of their own as well.
    let status = match (event, about.status.as_str()) {
        ("conversation_status_changed", "open") => "conversation_opened",
        ("conversation_status_changed", "resolved") => "conversation_resolved",
        _ => return Ok(()),
    };
    let body = bodies::of_conversation(view, status, &about)?;
    to_bots(view, &about, &body, OnFailure::Nothing, deliveries)
}

/// Whether anybody outside hears of this conversation: bodies are only written for someone.
fn anybody(view: &View<'_>, about: &Conversation) -> Result<bool, ApiError> {
    if !webhook::all(view, about.account_id)?.is_empty() {
        return Ok(true);
    }
    let inbox = db::inbox::find(view, about.inbox_id)?;
    let has_address = inbox.as_ref().is_some_and(|inbox| own_address(inbox).is_some());
    Ok(has_address || !bots(view, about, inbox.as_ref())?.is_empty())
}

fn delivery(url: String, secret: Option<String>, body: &Value, on_failure: OnFailure) -> Delivery {
    Delivery {
        url,
        secret,
        body: body.to_string(),
        on_failure,
    }
}

fn to_webhooks(
    view: &View<'_>,
    account_id: i64,
    event: &str,
    body: &Value,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    for hook in webhook::all(view, account_id)? {
        let subscriptions = hook.subscriptions.as_array();
        if subscriptions.is_some_and(|names| names.iter().any(|name| name == event)) {
            deliveries.push(delivery(hook.url, Some(hook.secret), body, OnFailure::Nothing));
        }
    }
    Ok(())
}

/// The address an API inbox was given.
fn own_address(inbox: &Inbox) -> Option<&str> {
    let address = inbox.setting("webhook_url").filter(|_| inbox.is_api());
    address.filter(|address| !address.trim().is_empty())
}

fn to_inbox(
    view: &View<'_>,
    about: &Conversation,
    body: &Value,
    on_failure: OnFailure,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let Some(inbox) = db::inbox::find(view, about.inbox_id)? else {
        return Ok(());
    };
    if let Some(url) = own_address(&inbox) {
        let secret = inbox.setting("secret").map(str::to_owned);
        deliveries.push(delivery(url.to_owned(), secret, body, on_failure));
    }
    Ok(())
}

/// The channel's bot and the one that holds the conversation, each once; the built-in assistant has no address.
fn bots(
    view: &View<'_>,
    about: &Conversation,
    inbox: Option<&Inbox>,
) -> Result<Vec<people::AgentBot>, ApiError> {
    let mut ids: Vec<i64> = inbox.and_then(|inbox| inbox.agent_bot_id).into_iter().collect();
    ids.extend(about.assignee_bot_id.filter(|id| !ids.contains(id)));
    let mut bots = Vec::new();
    for id in ids {
        bots.extend(people::bot(view, id)?.filter(|bot| !bot.outgoing_url.trim().is_empty()));
    }
    Ok(bots)
}

fn to_bots(
    view: &View<'_>,
    about: &Conversation,
    body: &Value,
    on_failure: OnFailure,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let inbox = db::inbox::find(view, about.inbox_id)?;
    for bot in bots(view, about, inbox.as_ref())? {
        deliveries.push(delivery(bot.outgoing_url, Some(bot.secret), body, on_failure));
    }
    Ok(())
}
