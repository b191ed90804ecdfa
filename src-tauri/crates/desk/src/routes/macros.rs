//! Macros (reference §8): the caller's own and the global ones.

use super::call::{Answer, PersonCall};
use super::params::Params;
use super::{empty, ok};
use crate::db::macros::{self, Macro};
use crate::db::people::Membership;
use crate::db::upload;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service;
use crate::wire;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};

const MOST_ACTIONS: usize = 50;
const MOST_CONVERSATIONS: usize = 100;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/macros", get(list).post(create))
        .route("/macros/{id}", get(show).patch(update).put(update).delete(delete))
        .route("/macros/{id}/execute", post(execute))
}

async fn list(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let payload: Vec<Value> = call
        .desk
        .read(move |view| {
            let found = macros::usable(view, account_id, user_id)?;
            found
                .iter()
                .map(|found| wire::macros::rest(view, found))
                .collect()
        })
        .await?;
    ok(json!({ "payload": payload }))
}

/// A macro the caller may run: an unknown one is an empty 404, somebody else's own is denied.
fn usable(view: &View<'_>, member: &Membership, id: i64) -> Result<Macro, ApiError> {
    let found = macros::find_in(view, member.account_id, id)?.ok_or(ApiError::NotFoundEmpty)?;
    if found.visibility != "global" && found.created_by_id != Some(member.user_id) {
        return Err(ApiError::DENIED);
    }
    Ok(found)
}

/// A macro the caller may change: global ones are the administrators'.
fn changeable(view: &View<'_>, member: &Membership, id: i64) -> Result<Macro, ApiError> {
    let found = usable(view, member, id)?;
    if found.visibility == "global" && !member.is_administrator() {
        return Err(ApiError::DENIED);
    }
    Ok(found)
}

async fn show(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let json = call
        .desk
        .read(move |view| wire::macros::rest(view, &usable(view, &member, id)?))
        .await?;
    ok(json!({ "payload": json }))
}

async fn create(call: PersonCall) -> Answer {
    let wanted = call.params.under("macro")?;
    let member = call.member.clone();
    let json = call
        .desk
        .write(move |change| {
            let mut new = Macro {
                id: 0,
                account_id: member.account_id,
                name: String::new(),
                visibility: "personal".to_owned(),
                created_by_id: Some(member.user_id),
                updated_by_id: Some(member.user_id),
                actions: json!([]),
                created_at: change.now_ms,
                updated_at: change.now_ms,
            };
            take(change, &mut new, &wanted, &member)?;
            new.id = macros::insert(change, &new)?;
            wire::macros::rest(change, &new)
        })
        .await?;
    ok(json!({ "payload": json }))
}

async fn update(call: PersonCall) -> Answer {
    let wanted = call.params.under("macro")?;
    let (member, id) = (call.member.clone(), call.id("id"));
    let json = call
        .desk
        .write(move |change| {
            let mut found = changeable(change, &member, id)?;
            take(change, &mut found, &wanted, &member)?;
            found.updated_by_id = Some(member.user_id);
            found.updated_at = change.now_ms;
            macros::update(change, &found)?;
            wire::macros::rest(change, &found)
        })
        .await?;
    ok(json!({ "payload": json }))
}

async fn delete(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    call.desk
        .write(move |change| {
            changeable(change, &member, id)?;
            macros::delete(change, id)
        })
        .await?;
    empty()
}

fn refused(attribute: &str, problem: &str) -> ApiError {
    ApiError::Answer(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({ "error": { attribute: [problem] } }),
    )
}

/// What an agent saves becomes personal.
fn take(view: &View<'_>, found: &mut Macro, wanted: &Params, member: &Membership) -> Result<(), ApiError> {
    if let Some(name) = wanted.text("name") {
        found.name = name;
    }
    if found.name.trim().is_empty() {
        return Err(refused("name", "can't be blank"));
    }
    if found.name.chars().count() > 255 {
        return Err(refused("name", "is too long (maximum is 255 characters)"));
    }
    if let Some(visibility) = wanted.filled("visibility") {
        if !matches!(visibility.as_str(), "personal" | "global") {
            return Err(refused("visibility", "is not included in the list"));
        }
        found.visibility = visibility;
    }
    if !member.is_administrator() {
        found.visibility = "personal".to_owned();
    }
    if let Some(actions) = wanted.get("actions") {
        found.actions = checked(view, member.account_id, actions)?;
    }
    Ok(())
}

/// Known actions only; a file's signed id becomes its blob id (reference §8).
fn checked(view: &View<'_>, account_id: i64, actions: &Value) -> Result<Value, ApiError> {
    let actions = actions.as_array().map(Vec::as_slice).unwrap_or_default();
    let name = |action: &Value| action["action_name"].as_str().unwrap_or_default().to_owned();
    let unknown: Vec<String> = actions
        .iter()
        .map(name)
        .filter(|name| !service::macros::ACTIONS.contains(&name.as_str()))
        .map(|name| name.chars().take(255).collect())
        .collect();
    if !unknown.is_empty() {
        let problem = format!("Macro execution actions {} not supported.", unknown.join(", "));
        return Err(refused("actions", &problem));
    }
    if actions.len() > MOST_ACTIONS {
        return Err(refused(
            "actions",
            &format!("are too many (maximum is {MOST_ACTIONS})"),
        ));
    }
    let mut kept = Vec::new();
    for action in actions {
        let mut params = action["action_params"].as_array().cloned().unwrap_or_default();
        if name(action) == "send_attachment" {
            for param in &mut params {
                *param = json!(blob_id(view, account_id, param)?);
            }
        }
        kept.push(json!({ "action_name": name(action), "action_params": params }));
    }
    Ok(Value::Array(kept))
}

fn blob_id(view: &View<'_>, account_id: i64, param: &Value) -> Result<i64, ApiError> {
    let stored = match param {
        Value::String(key) => upload::by_key(view, key)?.filter(|stored| stored.account_id == account_id),
        param => upload::find_in(view, account_id, param.as_i64().unwrap_or(0))?,
    };
    let stored = stored.ok_or_else(|| refused("actions", "name a file that was not uploaded"))?;
    Ok(stored.id)
}

/// Upstream runs it in a job; here it has run when the answer comes.
async fn execute(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let mut display_ids = call.params.cast_ids("conversation_ids");
    display_ids.truncate(MOST_CONVERSATIONS);
    let asking = member.clone();
    let found = call.desk.read(move |view| usable(view, &asking, id)).await?;
    service::macros::execute(&call.desk, &found, &member, display_ids).await?;
    empty()
}
