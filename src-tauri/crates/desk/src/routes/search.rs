//! The search over everything (reference §8). There are no articles here.

use super::call::{Answer, PersonCall};
use super::ok;
use crate::db::search::{self, Wanted};
use crate::db::sight::Sight;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

/// Three months, as far back as messages are searched.
const MESSAGES_MS: i64 = 90 * 24 * 60 * 60 * 1000;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/search", get(all))
        .route("/search/conversations", get(conversations))
        .route("/search/contacts", get(contacts))
        .route("/search/messages", get(messages))
        .route("/search/articles", get(articles))
}

async fn found(
    call: PersonCall,
    find: impl FnOnce(&View<'_>, &Wanted) -> Result<Value, ApiError> + Send + 'static,
) -> Answer {
    let wanted = Wanted {
        account_id: call.account_id,
        sight: Sight::of(&call.member),
        text: call.params.text("q").unwrap_or_default().trim().to_owned(),
        page: call.params.page(),
    };
    let payload = call.desk.read(move |view| find(view, &wanted)).await?;
    ok(json!({ "payload": payload }))
}

fn of_conversations(view: &View<'_>, wanted: &Wanted, with_attributes: bool) -> Result<Vec<Value>, ApiError> {
    let found = search::conversations(view, wanted)?;
    let hit = |one| wire::search::conversation(view, one, with_attributes);
    found.iter().map(hit).collect()
}

fn of_contacts(view: &View<'_>, wanted: &Wanted) -> Result<Vec<Value>, ApiError> {
    Ok(search::contacts(view, wanted)?
        .iter()
        .map(wire::search::contact)
        .collect())
}

fn of_messages(view: &View<'_>, wanted: &Wanted) -> Result<Vec<Value>, ApiError> {
    let found = search::messages(view, wanted, view.now_ms - MESSAGES_MS)?;
    found.iter().map(|one| wire::search::message(view, one)).collect()
}

async fn all(call: PersonCall) -> Answer {
    found(call, |view, wanted| {
        Ok(json!({
            "conversations": of_conversations(view, wanted, false)?,
            "contacts": of_contacts(view, wanted)?,
            "messages": of_messages(view, wanted)?,
            "articles": [],
        }))
    })
    .await
}

async fn conversations(call: PersonCall) -> Answer {
    found(call, |view, wanted| {
        Ok(json!({ "conversations": of_conversations(view, wanted, true)? }))
    })
    .await
}

async fn contacts(call: PersonCall) -> Answer {
    found(call, |view, wanted| {
        Ok(json!({ "contacts": of_contacts(view, wanted)? }))
    })
    .await
}

async fn messages(call: PersonCall) -> Answer {
    found(call, |view, wanted| {
        Ok(json!({ "messages": of_messages(view, wanted)? }))
    })
    .await
}

async fn articles(call: PersonCall) -> Answer {
    found(call, |_, _| Ok(json!({ "articles": [] }))).await
}
