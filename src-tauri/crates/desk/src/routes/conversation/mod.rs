//! Conversations (reference §3).

mod actions;
mod assign;
mod create;
mod draft;
mod linked_actions;
mod list;
mod looking;
mod people;

pub use actions::titles;

use super::call::{Answer, AnyCall, PersonCall};
use super::{empty, ok};
use crate::db;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::service;
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .merge(list::routes())
        .merge(actions::routes())
        .merge(draft::routes())
        .merge(linked_actions::routes())
        .merge(looking::routes())
        .merge(people::routes())
        .route("/conversations", get(list::list).post(create::create))
        .route(
            "/conversations/{conversation_id}",
            get(show).patch(update).put(update).delete(delete),
        )
        .route(
            "/conversations/{conversation_id}/assignments",
            post(assign::assign),
        )
        .route("/conversations/{conversation_id}/attachments", get(attachments))
}

async fn show(call: AnyCall) -> Answer {
    let (door, viewer) = (call.conversation(), call.viewer());
    let json = call
        .desk
        .read(move |view| wire::conversation::rest(view, &door.open(view)?, viewer))
        .await?;
    ok(json)
}

async fn update(call: AnyCall) -> Answer {
    let (door, viewer, params) = (call.conversation(), call.viewer(), call.params.clone());
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut found = door.open(change)?;
            if params.has("priority") {
                let priority = params.filled("priority");
                found = service::conversation::set_priority_in(change, found.id, priority.as_deref())?;
            }
            wire::conversation::rest(change, &found, viewer)
        })
        .await?;
    ok(json)
}

/// No event says so (reference §3.4).
async fn delete(call: PersonCall) -> Answer {
    let door = call.conversation();
    let is_administrator = call.member.is_administrator();
    call.desk
        .write(move |change| {
            let found = door.open(change)?;
            if !is_administrator {
                return Err(ApiError::DENIED);
            }
            db::conversation::delete(change, found.id)
        })
        .await?;
    empty()
}

async fn attachments(call: PersonCall) -> Answer {
    let (door, page) = (call.conversation(), call.params.page());
    let json = call
        .desk
        .read(move |view| {
            let found = door.open(view)?;
            let mut payload = Vec::new();
            for file in db::attachment::of_conversation(view, found.id, page)? {
                if let Some(message) = db::message::find(view, file.message_id)? {
                    let sender = wire::message::sender(view, &message)?;
                    payload.push(wire::attachment::in_list(view, &file, &message, sender));
                }
            }
            let count = db::attachment::count_of_conversation(view, found.id)?;
            Ok::<Value, _>(json!({ "meta": { "total_count": count }, "payload": payload }))
        })
        .await?;
    ok(json)
}
