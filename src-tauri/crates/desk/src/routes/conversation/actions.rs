//! What is done to a conversation (reference §3.4).

use crate::db;
use crate::desk::{Actor, Desk};
use crate::error::ApiError;
use crate::routes::call::{Answer, AnyCall, PersonCall};
use crate::routes::params::Params;
use crate::routes::{empty, ok};
use crate::service::{self, seen, typing};
use crate::wire;
use crate::wire::time::iso_or_null;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/conversations/{conversation_id}/toggle_status",
            post(toggle_status),
        )
        .route(
            "/conversations/{conversation_id}/toggle_priority",
            post(toggle_priority),
        )
        .route(
            "/conversations/{conversation_id}/labels",
            get(labels).post(set_labels),
        )
        .route(
            "/conversations/{conversation_id}/custom_attributes",
            post(set_custom_attributes),
        )
        .route(
            "/conversations/{conversation_id}/update_last_seen",
            post(update_last_seen),
        )
        .route("/conversations/{conversation_id}/unread", post(mark_unread))
        .route(
            "/conversations/{conversation_id}/toggle_typing_status",
            post(toggle_typing_status),
        )
        .route("/conversations/{conversation_id}/transcript", post(transcript))
        .route(
            "/conversations/{conversation_id}/inbox_assistant",
            get(inbox_assistant),
        )
        .route("/conversations/{conversation_id}/mute", post(mute))
        .route("/conversations/{conversation_id}/unmute", post(unmute))
}

async fn toggle_status(call: AnyCall) -> Answer {
    let (door, actor) = (call.conversation(), call.actor());
    let status = call.params.filled("status");
    let until = snoozed_until(&call.params)?;
    let payload = call
        .desk
        .act(actor, move |change| {
            let before = door.open(change)?;
            let wanted = status.as_deref().unwrap_or_default();
            let handed_over = service::conversation::is_handoff(actor, &before, wanted);
            let after = service::conversation::toggle_status_in(change, before.id, status.as_deref(), until)?;
            Ok(json!({
                "success": if handed_over { Value::Null } else { Value::Bool(true) },
                "conversation_id": after.display_id,
                "current_status": after.status,
                "snoozed_until": iso_or_null(after.snoozed_until),
            }))
        })
        .await?;
    ok(json!({ "payload": payload }))
}

/// Epoch seconds, as number or text; anything else is a failure upstream.
fn snoozed_until(params: &Params) -> Result<Option<i64>, ApiError> {
    if params.filled("snoozed_until").is_none() {
        return Ok(None);
    }
    let seconds = params
        .integer("snoozed_until")
        .ok_or(ApiError::AsUpstream("bad snoozed_until"))?;
    // As far as a timestamp reaches.
    if !(0..=253_402_300_799).contains(&seconds) {
        return Err(ApiError::AsUpstream("bad snoozed_until"));
    }
    Ok(Some(seconds * 1000))
}

async fn toggle_priority(call: AnyCall) -> Answer {
    let door = call.conversation();
    let priority = call.params.filled("priority");
    call.desk
        .act(call.actor(), move |change| {
            let found = door.open(change)?;
            service::conversation::set_priority_in(change, found.id, priority.as_deref()).map(drop)
        })
        .await?;
    empty()
}

async fn labels(call: AnyCall) -> Answer {
    let door = call.conversation();
    let labels = call
        .desk
        .read(move |view| db::conversation::labels(view, door.open(view)?.id))
        .await?;
    ok(json!({ "payload": labels }))
}

async fn set_labels(call: AnyCall) -> Answer {
    let door = call.conversation();
    let titles = titles(&call.params);
    let labels = call
        .desk
        .act(call.actor(), move |change| {
            let found = door.open(change)?;
            service::conversation::set_labels_in(change, found.id, &titles)
        })
        .await?;
    ok(json!({ "payload": labels }))
}

/// Label titles as they are stored.
pub fn titles(params: &Params) -> Vec<String> {
    let titles = params.texts("labels").into_iter();
    titles
        .map(|title| title.trim().to_lowercase())
        .filter(|title| !title.is_empty())
        .collect()
}

async fn set_custom_attributes(call: AnyCall) -> Answer {
    let door = call.conversation();
    if !call.params.has("custom_attributes") {
        return Err(ApiError::missing("custom_attributes"));
    }
    let attributes = call
        .params
        .object("custom_attributes")
        .cloned()
        .unwrap_or_default();
    let attributes = call
        .desk
        .act(call.actor(), move |change| {
            let found = door.open(change)?;
            let after = service::conversation::set_custom_attributes_in(change, found.id, attributes)?;
            Ok(after.custom_attributes)
        })
        .await?;
    ok(json!({ "custom_attributes": attributes }))
}

async fn update_last_seen(call: PersonCall) -> Answer {
    let (door, user_id) = (call.conversation(), call.user.id);
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let id = door.open(change)?.id;
            let seen = seen::by_person(change, id, user_id)?;
            wire::conversation::rest(change, &seen, Some(user_id))
        })
        .await?;
    ok(json)
}

async fn mark_unread(call: PersonCall) -> Answer {
    let (door, user_id) = (call.conversation(), call.user.id);
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let id = door.open(change)?.id;
            let unread = seen::mark_unread(change, id)?;
            wire::conversation::rest(change, &unread, Some(user_id))
        })
        .await?;
    ok(json)
}

async fn toggle_typing_status(call: AnyCall) -> Answer {
    let (door, actor) = (call.conversation(), call.actor());
    let on = match call.params.text("typing_status").as_deref() {
        Some("on") => Some(true),
        Some("off") => Some(false),
        _ => None,
    };
    let is_private = call.params.get("is_private").cloned().unwrap_or(Value::Null);
    // Nothing is stored, yet the announcement goes the one way all take.
    call.desk
        .act(actor, move |change| {
            let found = door.open(change)?;
            if let Some(on) = on {
                typing::set_in(change, found.id, on, is_private);
            }
            Ok(())
        })
        .await?;
    empty()
}

/// The desk sends no mail: as on a plan without it (reference §3.4).
async fn transcript(call: PersonCall) -> Answer {
    let door = call.conversation();
    call.desk.read(move |view| door.open(view).map(drop)).await?;
    if call.params.filled("email").is_none() {
        return Err(ApiError::Refused("email param missing".to_owned()));
    }
    Err(ApiError::Answer(
        StatusCode::PAYMENT_REQUIRED,
        json!({ "error": "Email transcript is not available on your plan" }),
    ))
}

/// The desk's assistant answers as an agent bot; it is none of these.
async fn inbox_assistant(call: PersonCall) -> Answer {
    let door = call.conversation();
    call.desk.read(move |view| door.open(view).map(drop)).await?;
    ok(json!({ "assistant": null }))
}

async fn mute(call: PersonCall) -> Answer {
    silence(&call, call.actor(), true).await
}

async fn unmute(call: PersonCall) -> Answer {
    silence(&call, call.actor(), false).await
}

async fn silence(call: &PersonCall, actor: Actor, mute: bool) -> Answer {
    let door = call.conversation();
    call.desk
        .act(actor, move |change| {
            let id = door.open(change)?.id;
            if mute {
                service::conversation::mute_in(change, id)
            } else {
                service::conversation::unmute_in(change, id)
            }
        })
        .await?;
    empty()
}
