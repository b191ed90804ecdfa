//! Channels that send outward (phone, mail, social). The desk has no provider behind them: a worker accepts what such a
//! channel would accept, and refuses free text outside the window as WhatsApp does (reference §4.4, §6).

use super::{message, window};
use crate::db::inbox::Inbox;
use crate::db::message::{self as messages, Message, OUTGOING, TEMPLATE};
use crate::db::{conversation, inbox};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;

/// Whether a message leaves the server: public, not from the channel itself, on a channel that sends.
pub fn leaves(change: &Change<'_>, message: &Message) -> Result<bool, ApiError> {
    let spoken = matches!(message.message_type, OUTGOING | TEMPLATE);
    if !spoken || message.private || message.source_id.is_some() {
        return Ok(false);
    }
    let inbox = inbox::find(change, message.inbox_id)?;
    Ok(inbox.is_some_and(|inbox| sends(&inbox)))
}

fn sends(inbox: &Inbox) -> bool {
    !matches!(inbox.channel_type.as_str(), "Channel::Api" | "Channel::WebWidget")
}

/// The kind of a file (reference §4.1).
pub fn file_type(content_type: &str) -> &'static str {
    match content_type {
        "image/jpeg" | "image/jpg" | "image/png" | "image/gif" | "image/bmp" | "image/webp" => "image",
        "video/mp4" | "video/ogg" | "video/webm" | "video/quicktime" => "video",
        audio if audio.starts_with("audio/") => "audio",
        _ => "file",
    }
}

/// Hands messages to their channels until the desk goes.
pub async fn run(desk: Desk) {
    let mut outward = desk.subscribe_outward();
    loop {
        match outward.recv().await {
            Ok(message_id) => {
                if let Err(error) = deliver(&desk, message_id).await {
                    tracing::warn!(message.id = message_id, %error, "a message could not be delivered");
                }
            }
            Err(RecvError::Lagged(count)) => tracing::warn!(count, "messages were not delivered"),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn deliver(desk: &Desk, message_id: i64) -> Result<(), ApiError> {
    desk.write(move |change| {
        let Some(message) = messages::find(change, message_id)? else {
            return Ok(());
        };
        match refusal(change, &message)? {
            Some(reason) => message::set_status_in(change, &message, "failed", Some(reason))?,
            None => accept(change, &message)?,
        };
        Ok(())
    })
    .await
}

fn accept(change: &mut Change<'_>, before: &Message) -> Result<Message, ApiError> {
    let mut after = before.clone();
    after.source_id = Some(format!("desk.{}", uuid::Uuid::new_v4().simple()));
    after.status = "delivered".to_owned();
    message::save_in(change, before, after)
}

/// Why the provider would not take it.
fn refusal(change: &Change<'_>, message: &Message) -> Result<Option<&'static str>, ApiError> {
    let Some(inbox) = inbox::find(change, message.inbox_id)? else {
        return Ok(Some("Channel not found"));
    };
    let template = message.additional_attributes.get("template_params");
    let known = match template.and_then(|template| template.get("name")) {
        Some(name) => has_template(&inbox, name),
        None => {
            conversation::find(change, message.conversation_id)?.is_some()
                && window::can_reply(change, &inbox, message.conversation_id)?
        }
    };
    Ok((!known).then_some("Template not found or invalid template name"))
}

fn has_template(inbox: &Inbox, name: &Value) -> bool {
    let templates = inbox.channel.get("message_templates").and_then(Value::as_array);
    templates.is_some_and(|templates| {
        templates.iter().any(|template| {
            let status = template["status"].as_str().unwrap_or_default();
            template["name"] == *name && status.eq_ignore_ascii_case("approved")
        })
    })
}
