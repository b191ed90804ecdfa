//! The draft of a conversation (reference §3.4): one, shared by all agents.

use crate::db::draft_message;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::{empty, ok};
use axum::Router;
use axum::routing::get;
use serde_json::json;

const MOST_CHARACTERS: usize = 150_000;

pub fn routes() -> Router<Desk> {
    Router::new().route(
        "/conversations/{conversation_id}/draft_messages",
        get(show).patch(set).put(set).delete(delete),
    )
}

async fn show(call: PersonCall) -> Answer {
    let door = call.conversation();
    let draft = call
        .desk
        .read(move |view| draft_message::of(view, door.open(view)?.id))
        .await?;
    ok(match draft.filter(|draft| !draft.trim().is_empty()) {
        Some(message) => json!({ "has_draft": true, "message": message }),
        None => json!({ "has_draft": false }),
    })
}

async fn set(call: PersonCall) -> Answer {
    let door = call.conversation();
    let message = call
        .params
        .under("draft_message")?
        .text("message")
        .unwrap_or_default();
    if message.chars().count() > MOST_CHARACTERS {
        let problem = format!("Message is too long (maximum is {MOST_CHARACTERS} characters)");
        return Err(ApiError::invalid(problem, "message"));
    }
    call.desk
        .write(move |change| {
            let found = door.open(change)?;
            draft_message::set(change, found.id, &message)
        })
        .await?;
    empty()
}

async fn delete(call: PersonCall) -> Answer {
    let door = call.conversation();
    call.desk
        .write(move |change| {
            let found = door.open(change)?;
            draft_message::delete(change, found.id)
        })
        .await?;
    empty()
}
