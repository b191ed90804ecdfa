//! Which happening goes where.

use super::{Delivery, OnFailure, bodies};
use crate::cable::events::Happening;
use crate::db::conversation::Conversation;
use crate::db::inbox::Inbox;
use crate::db::message::ACTIVITY;
use crate::db::{self, people, webhook};
use crate::desk::{Actor, View};
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
            changed,
        } => of_conversation(view, name, *conversation_id, changed, deliveries),
        Happening::Typing {
            conversation_id,
            typist,
            on,
            is_private,
        } => of_typing(view, *conversation_id, (*typist, *on, is_private), deliveries),
        Happening::Contact {
            name,
            contact_id,
            changed,
        } => of_contact(view, name, *contact_id, changed, deliveries),
        Happening::WebWidget {
            contact_inbox_id,
            event_info,
        } => of_web_widget(view, *contact_inbox_id, event_info, deliveries),
        _ => Ok(()),
    }
}

fn of_typing(
    view: &View<'_>,
    id: i64,
    (typist, on, is_private): (Actor, bool, &Value),
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let Some(about) = db::conversation::find(view, id)? else {
        return Ok(());
    };
    if !anybody(view, &about)? {
        return Ok(());
    }
    let event = if on {
        "conversation_typing_on"
    } else {
        "conversation_typing_off"
    };
    let body = json!({
        "event": event,
        "user": bodies::person(view, typist, about.account_id)?,
        "conversation": bodies::of_conversation(view, event, &about, &Value::Null)?,
        "is_private": is_private,
    });
    to_webhooks(view, about.account_id, event, &body, deliveries)?;
    to_inbox(view, &about, &body, OnFailure::Nothing, deliveries)
}

/// An update that changed nothing is told to nobody (reference §11.3).
fn of_contact(
    view: &View<'_>,
    name: &str,
    id: i64,
    changed: &Value,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let event = match name {
        "contact.created" => "contact_created",
        "contact.updated" if !changed.is_null() => "contact_updated",
        _ => return Ok(()),
    };
    let Some(guest) = db::contact::find(view, id)? else {
        return Ok(());
    };
    let mut body = bodies::contact(view, &guest, guest.account_id)?;
    body["event"] = json!(event);
    if event == "contact_updated" {
        body["changed_attributes"] = changed.clone();
    }
    to_webhooks(view, guest.account_id, event, &body, deliveries)
}

fn of_web_widget(
    view: &View<'_>,
    contact_inbox_id: i64,
    event_info: &Value,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), ApiError> {
    let Some(link) = db::contact::link_by_id(view, contact_inbox_id)? else {
        return Ok(());
    };
    let Some(inbox) = db::inbox::find(view, link.inbox_id)? else {
        return Ok(());
    };
    let body = bodies::of_web_widget(view, &link, &inbox, event_info)?;
    to_webhooks(view, inbox.account_id, "webwidget_triggered", &body, deliveries)?;
    if let Some(url) = own_address(&inbox) {
        let secret = inbox.setting("secret").map(str::to_owned);
        deliveries.push(delivery(url.to_owned(), secret, &body, OnFailure::Nothing));
    }
    let bot = inbox.agent_bot_id.map(|id| people::bot(view, id)).transpose()?;
    if let Some(bot) = bot.flatten().filter(|bot| !bot.outgoing_url.trim().is_empty()) {
        deliveries.push(for_bot(bot, &body, OnFailure::Nothing));
    }
    Ok(())
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
    changed: &Value,
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
    let body = bodies::of_conversation(view, event, &about, changed)?;
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
    let body = bodies::of_conversation(view, status, &about, &Value::Null)?;
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
        is_for_bot: false,
        on_failure,
    }
}

fn for_bot(bot: people::AgentBot, body: &Value, on_failure: OnFailure) -> Delivery {
    Delivery {
        is_for_bot: true,
        ..delivery(bot.outgoing_url, Some(bot.secret), body, on_failure)
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
        deliveries.push(for_bot(bot, body, on_failure));
    }
    Ok(())
}
