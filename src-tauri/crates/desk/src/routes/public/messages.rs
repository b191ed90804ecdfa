//! A guest's messages (reference §11.2).

use super::GuestCall;
use crate::db::message::{self, INCOMING};
use crate::desk::Actor;
use crate::error::ApiError;
use crate::routes::call::Answer;
use crate::routes::{files, ok};
use crate::service::csat::submit_in;
use crate::service::message::{NewMessage, create_in, save_in};
use crate::wire;
use serde_json::Value;

pub async fn list(call: GuestCall) -> Answer {
    let (place, before) = (call.place, call.params.integer("before"));
    let messages: Vec<Value> = call
        .desk
        .read(move |view| {
            let (_, found) = place.conversation(view)?;
            let page = message::public_page(view, found.id, before)?;
            page.iter()
                .map(|message| wire::public::message(view, message, found.display_id))
                .collect()
        })
        .await?;
    ok(messages)
}

/// The answer has no `echo_id`; the event has.
pub async fn create(call: GuestCall) -> Answer {
    let (place, params) = (call.place, call.params);
    let uploads = params.files.iter().filter(|file| file.field == "attachments");
    let uploads: Vec<_> = uploads.cloned().collect();
    if !uploads.is_empty() {
        // No file is kept for somebody who may not write here.
        let place = place.clone();
        call.desk
            .read(move |view| place.conversation(view).map(drop))
            .await?;
    }
    let stored = files::store(&call.desk, uploads).await?;
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let (guest, found) = place.conversation(change)?;
            change.performer = Actor::Contact(guest.id);
            let new = NewMessage {
                conversation_id: found.id,
                message_type: INCOMING,
                content: params.text("content"),
                echo_id: params.text("echo_id"),
                files: stored,
                ..NewMessage::default()
            };
            let created = create_in(change, new).map_err(as_invalid)?;
            wire::public::message(change, &created, found.display_id)
        })
        .await?;
    ok(json)
}

/// Guests get the other of the two shapes of 422.
fn as_invalid(error: ApiError) -> ApiError {
    match error {
        ApiError::Refused(message) => {
            let message = message.trim_start_matches("Validation failed: ");
            let attribute = if message.starts_with("Content") {
                "content"
            } else {
                "base"
            };
            ApiError::invalid(message, attribute)
        }
        other => other,
    }
}

/// Answers of a form.
pub async fn update(call: GuestCall) -> Answer {
    let (place, params) = (call.place, call.params);
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let (guest, found) = place.conversation(change)?;
            change.performer = Actor::Contact(guest.id);
            let before = message::find_in(change, found.id, place.message)?;
            let before = before.filter(|before| !before.private).ok_or(ApiError::NoRoute)?;
            let saved = match params.get("submitted_values") {
                Some(values) => submit_in(change, &before, values)?,
                None => save_in(change, &before, before.clone())?,
            };
            wire::public::message(change, &saved, found.display_id)
        })
        .await?;
    ok(json)
}
