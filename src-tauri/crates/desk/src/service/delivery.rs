//! Which messages leave through a channel (phone, mail, social), and as how many parts (reference §4.4). They are queued
//! in the transaction that makes them; `channels` sends them.

use super::save::reload;
use crate::channels::consent;
use crate::db::inbox::Inbox;
use crate::db::message::{Message, OUTGOING, TEMPLATE};
use crate::db::outbound::{self, Outbound, State};
use crate::db::{attachment, contact, inbox};
use crate::desk::{Change, View};
use crate::error::ApiError;

/// Whether a message leaves the server: public, not from the channel itself, on a channel that sends.
fn leaves(change: &Change<'_>, message: &Message) -> Result<bool, ApiError> {
    let spoken = matches!(message.message_type, OUTGOING | TEMPLATE);
    if !spoken || message.private || message.source_id.is_some() {
        return Ok(false);
    }
    has_carrier(change, message)
}

/// Whether its channel sends outward.
pub fn has_carrier(view: &View<'_>, message: &Message) -> Result<bool, ApiError> {
    let inbox = inbox::find(view, message.inbox_id)?;
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

/// Queues a message for its channel, if it leaves at all. Asked again it queues only the parts that failed: what a
/// provider took is never sent twice.
pub fn hand_over(change: &mut Change<'_>, message: &Message) -> Result<(), ApiError> {
    if !leaves(change, message)? {
        return Ok(());
    }
    let conversation = reload(change, message.conversation_id)?;
    let link = contact::link_by_id(change, conversation.contact_inbox_id)?.ok_or(ApiError::NotFound)?;
    let known = outbound::of_message(change, message.id)?;
    for (part, attachment_id) in (0..).zip(parts(change, message)?) {
        let is_on_its_way = |row: &Outbound| row.part == part && row.state != State::Failed;
        if known.iter().any(is_on_its_way) {
            continue;
        }
        let new = Outbound {
            id: 0,
            inbox_id: message.inbox_id,
            conversation_id: message.conversation_id,
            message_id: message.id,
            part,
            attachment_id,
            is_consent: consent::is_answer(message),
            carrier: String::new(),
            recipient: link.source_id.clone(),
            state: State::Queued,
            attempts: 0,
            due_at: None,
            provider_id: None,
            error: None,
            created_at: 0,
            updated_at: 0,
        };
        outbound::insert(change, &new, change.now_ms)?;
    }
    change.tell_outward();
    Ok(())
}

/// What is sent by itself: everything at once by phone text and mail, text and each file by messengers.
fn parts(change: &Change<'_>, message: &Message) -> Result<Vec<Option<i64>>, ApiError> {
    let inbox = inbox::find(change, message.inbox_id)?;
    let takes_all = inbox.is_some_and(|inbox| {
        let kind = inbox.channel_type.as_str();
        matches!(kind, "Channel::TwilioSms" | "Channel::Sms" | "Channel::Email")
    });
    let files = attachment::of_message(change, message.id)?;
    if takes_all || files.is_empty() {
        return Ok(vec![None]);
    }
    let says_something = message
        .content
        .as_deref()
        .is_some_and(|text| !text.trim().is_empty());
    let text = says_something.then_some(None);
    Ok(text
        .into_iter()
        .chain(files.iter().map(|file| Some(file.id)))
        .collect())
}
