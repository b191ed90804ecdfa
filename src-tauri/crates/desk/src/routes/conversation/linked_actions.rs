//! Deciding what the assistant proposes: an addition of this desk, which other servers answer as an unknown route.

use crate::assistant::actions::{self, Decided, Verdict};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::json;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/conversations/{conversation_id}/linked_actions", get(list))
        .route(
            "/conversations/{conversation_id}/linked_actions/{action_id}/approve",
            post(approve),
        )
        .route(
            "/conversations/{conversation_id}/linked_actions/{action_id}/decline",
            post(decline),
        )
}

async fn list(call: PersonCall) -> Answer {
    let door = call.conversation();
    let read = call
        .desk
        .read(move |view| actions::listed(view, door.open(view)?.id));
    ok(read.await?)
}

async fn approve(call: PersonCall) -> Answer {
    decide(call, Verdict::Approve).await
}

async fn decline(call: PersonCall) -> Answer {
    decide(call, Verdict::Decline).await
}

async fn decide(call: PersonCall, verdict: Verdict) -> Answer {
    let (door, user_id) = (call.conversation(), call.user.id);
    let wire_id = call.text("action_id");
    let taken = call.desk.act(call.actor(), move |change| {
        let conversation = door.open(change)?;
        let decided = actions::decide(change, &conversation, &wire_id, user_id, verdict)?;
        Ok((actions::find(change, &conversation, &wire_id)?.id, decided))
    });
    match taken.await? {
        (id, Decided::Taken(_)) if verdict == Verdict::Approve => {
            ok(actions::carry_out(&call.desk, id).await?)
        }
        (_, Decided::Taken(action)) => ok(action),
        (_, Decided::TooLate(action)) => Err(ApiError::Answer(
            StatusCode::CONFLICT,
            json!({ "error": "This action was decided already", "linked_action": action }),
        )),
    }
}
