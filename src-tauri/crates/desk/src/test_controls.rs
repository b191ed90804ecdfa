//! What a test may do to a desk that was started for it: move the clock, break requests and sockets, write as a guest,
//! and read everything. Never open without `--test-controls`.

use crate::db::{self, account, contact, conversation, inbox, message};
use crate::desk::{Actor, Change, Desk, View};
use crate::error::ApiError;
use crate::faults::Rule;
use crate::routes::call::Answer;
use crate::routes::params::Params;
use crate::routes::{empty, ok};
use crate::service::conversation::{Start, link_in, start_in};
use crate::service::message::{NewMessage, create_in};
use crate::service::{contact as contacts, timers};
use crate::wire;
use crate::wire::time::epoch;
use axum::Router;
use axum::extract::{Request, State};
use axum::routing::{get, post};
use rand::RngExt;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// `/test/…`.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/test/clock", post(clock))
        .route("/test/ledger", get(ledger))
        .route("/test/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/test/socket", post(socket))
        .route("/test/guest_message", post(guest_message))
        .route("/test/bulk", post(bulk::fill))
        .route("/test/move_back", post(backdate::move_back))
}

mod backdate;
mod bulk;

/// Sleepers whose time has come wake up before the answer.
async fn clock(State(desk): State<Desk>, request: Request) -> Answer {
    let params = Params::of(request).await?;
    if let Some(now) = params.integer("now") {
        desk.clock().set(now);
    }
    if let Some(seconds) = params.integer("advance_seconds") {
        desk.clock().advance(seconds);
    }
    timers::wake(&desk).await?;
    desk.wake_channels();
    ok(json!({ "now": desk.now() }))
}

async fn ledger(State(desk): State<Desk>) -> Answer {
    ok(desk.read(everything).await?)
}

fn everything(view: &View<'_>) -> Result<Value, ApiError> {
    let conversations = conversation::everything(view)?;
    let display_ids: HashMap<i64, i64> = conversations
        .iter()
        .map(|found| (found.id, found.display_id))
        .collect();
    let messages = message::everything(view)?;
    let mut echoes: HashMap<&str, i64> = HashMap::new();
    for echo_id in messages.iter().filter_map(|found| found.echo_id.as_deref()) {
        *echoes.entry(echo_id).or_default() += 1;
    }
    let shown = messages.iter().map(|found| {
        let echo_id = found.echo_id.as_deref();
        json!({
            "id": found.id,
            "account_id": found.account_id,
            "conversation_id": display_ids.get(&found.conversation_id),
            "message_type": found.message_type,
            "private": found.private,
            "status": found.status,
            "sender_type": found.sender_type,
            "sender_id": found.sender_id,
            "content": found.content,
            "content_attributes": found.content_attributes,
            "client_ref": found.content_attributes.get("client_ref"),
            "echo_id": echo_id,
            "echo_count": echo_id.and_then(|echo_id| echoes.get(echo_id)).unwrap_or(&0),
            "created_at": epoch(found.created_at),
        })
    });
    let messages: Vec<Value> = shown.collect();
    let mut states = Vec::new();
    for found in &conversations {
        states.push(json!({
            "id": found.display_id,
            "account_id": found.account_id,
            "inbox_id": found.inbox_id,
            "contact_id": found.contact_id,
            "status": found.status,
            "priority": found.priority,
            "assignee_id": found.assignee_id,
            "assignee_bot_id": found.assignee_bot_id,
            "team_id": found.team_id,
            "labels": conversation::labels(view, found.id)?,
            "custom_attributes": found.custom_attributes,
            "waiting_since": wire::time::epoch_or_zero(found.waiting_since),
            "first_reply_created_at": wire::time::epoch_or_zero(found.first_reply_created_at),
        }));
    }
    Ok(json!({ "messages": messages, "conversations": states }))
}

#[derive(Deserialize)]
struct Rules {
    rules: Vec<Rule>,
}

async fn add_faults(State(desk): State<Desk>, axum::Json(wanted): axum::Json<Rules>) -> Answer {
    desk.faults().add(wanted.rules);
    empty()
}

async fn faults(State(desk): State<Desk>) -> Answer {
    ok(json!({ "in_force": desk.faults().in_force() }))
}

async fn clear_faults(State(desk): State<Desk>) -> Answer {
    desk.faults().clear();
    empty()
}

async fn socket(State(desk): State<Desk>, request: Request) -> Answer {
    let params = Params::of(request).await?;
    let count = |key| params.integer(key).and_then(|count| usize::try_from(count).ok());
    if let Some(count) = count("drop_next") {
        desk.hub().drop_next(count);
    }
    if let Some(count) = count("repeat_next") {
        desk.hub().repeat_next(count);
    }
    if let Some(count) = count("hold_next") {
        desk.hub().hold_next(count);
    }
    if params.flag("release") == Some(true) {
        desk.hub().release();
    }
    if let Some(silent) = params.flag("silence") {
        desk.hub().set_silent(silent);
    }
    if params.flag("close_all") == Some(true) {
        desk.hub().cut_all();
    }
    empty()
}

/// A guest writes, as a channel would bring it: into a conversation, or into a new one over an inbox, as a known or as
/// a new guest.
async fn guest_message(State(desk): State<Desk>, request: Request) -> Answer {
    let params = Params::of(request).await?;
    let json = desk
        .act(Actor::System, move |change| {
            let id = target(change, &params)?;
            let found = conversation::find(change, id)?.ok_or(ApiError::NotFound)?;
            change.performer = Actor::Contact(found.contact_id);
            let content = params.text("content").unwrap_or_default();
            let message = NewMessage {
                additional_attributes: wire::attachment::keep_shared(shared(&params)),
                ..NewMessage::incoming(id, content)
            };
            let created = create_in(change, message)?;
            Ok(json!({
                "conversation_id": found.display_id,
                "contact_id": found.contact_id,
                "message": wire::message::rest(change, &created, found.display_id)?,
            }))
        })
        .await?;
    ok(json)
}

/// Places and contact cards, as the wire has them.
fn shared(params: &Params) -> Vec<Value> {
    let listed = params.get("shared").and_then(Value::as_array);
    listed.cloned().unwrap_or_default()
}

fn target(change: &mut Change<'_>, params: &Params) -> Result<i64, ApiError> {
    let account_id = params.integer("account_id").unwrap_or(0);
    account::find(change, account_id)?.ok_or(ApiError::NotFound)?;
    if let Some(display_id) = params.integer("conversation_id") {
        let found = conversation::by_display_id(change, account_id, display_id)?;
        return Ok(found.ok_or(ApiError::NotFound)?.id);
    }
    let inbox = match params.integer("inbox_id") {
        Some(id) => inbox::find_in(change, account_id, id)?,
        None => inbox::all(change, account_id)?
            .into_iter()
            .find(inbox::Inbox::is_api),
    };
    let inbox = inbox.ok_or(ApiError::NotFound)?;
    let contact_id = match params.integer("contact_id") {
        Some(id) => {
            contact::find_in(change, account_id, id)?
                .ok_or(ApiError::NotFound)?
                .id
        }
        None => {
            let new = db::contact::NewContact {
                account_id,
                name: params.filled("name").unwrap_or_else(|| "Test Guest".to_owned()),
                phone_number: Some(params.filled("phone_number").unwrap_or_else(some_number)),
                email: params.filled("email"),
                ..db::contact::NewContact::default()
            };
            contacts::create_in(change, new)?.id
        }
    };
    let link = match link_in(change, contact_id, &inbox, None) {
        // Social channels have addresses of their own kind.
        Err(ApiError::AsUpstream(_)) => {
            let source_id = uuid::Uuid::new_v4().to_string();
            link_in(change, contact_id, &inbox, Some(&source_id))?
        }
        other => other?,
    };
    // As channels do without the lock: a conversation that is not resolved goes on.
    let newest = conversation::newest_of_link(change, link.id)?;
    let reused = newest.filter(|newest| newest.status != "resolved" || inbox.lock_to_single_conversation);
    match reused {
        Some(newest) => Ok(newest.id),
        None => Ok(start_in(change, &link, Start::default())?.id),
    }
}

fn some_number() -> String {
    format!("+4915{:09}", rand::rng().random_range(0..1_000_000_000))
}
