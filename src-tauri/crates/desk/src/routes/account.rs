//! The account, its people, and lists that are empty here (reference §2.1, §8).

use super::call::{Answer, PersonCall};
use super::{empty, ok, profile};
use crate::db::people::{self, User};
use crate::db::{account, custom_role, inbox};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::access;
use crate::wire;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::routing::{get, post};
use serde_json::json;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/", get(show).patch(update).put(update))
        .route("/update_active_at", post(update_active_at))
        .route("/cache_keys", get(cache_keys))
        .route("/agents", get(agents))
        .route("/custom_roles", get(custom_roles))
        .route("/assignable_agents", get(assignable_agents))
        .route("/dashboard_apps", get(empty_list))
        .route("/integrations/apps", get(empty_payload))
        .route("/portals", get(empty_portals))
}

/// For administrators, as upstream where there are custom roles.
async fn custom_roles(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let account_id = call.account_id;
    let roles = call
        .desk
        .read(move |view| custom_role::all(view, account_id))
        .await?;
    ok(roles.iter().map(wire::people::role).collect::<Vec<_>>())
}

async fn show(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let json = call
        .desk
        .read(move |view| {
            let found = account::find(view, account_id)?.ok_or(ApiError::NotFound)?;
            wire::account::rest(view, &found, true)
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let account_id = call.account_id;
    let params = call.params.clone();
    let json = call
        .desk
        .write(move |change| {
            let mut found = account::find(change, account_id)?.ok_or(ApiError::NotFound)?;
            found.name = params.filled("name").unwrap_or(found.name);
            found.locale = params.filled("locale").unwrap_or(found.locale);
            found.support_email = params.text("support_email").unwrap_or(found.support_email);
            found.domain = params.text("domain").or(found.domain);
            for key in [
                "auto_resolve_after",
                "auto_resolve_message",
                "auto_resolve_ignore_waiting",
                "auto_resolve_label",
                "keep_pending_on_bot_failure",
            ] {
                if let Some(value) = params.get(key) {
                    found.settings.insert(key.to_owned(), value.clone());
                }
            }
            account::update(change, &found)?;
            wire::account::rest(change, &found, false)
        })
        .await?;
    ok(json)
}

async fn update_active_at(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    call.desk
        .write(move |change| profile::activate(change, account_id, user_id))
        .await?;
    empty()
}

async fn cache_keys(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let keys = call
        .desk
        .read(move |view| wire::account::cache_keys(view, account_id))
        .await?;
    let mut response = ok(json!({ "cache_keys": keys }))?;
    response.headers_mut().insert(
        CACHE_CONTROL,
        HeaderValue::from_static("max-age=10, private, stale-while-revalidate=300"),
    );
    Ok(response)
}

async fn agents(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let agents = call
        .desk
        .read(move |view| wire::people::agents(view, account_id, &people::agents(view, account_id)?))
        .await?;
    ok(agents)
}

/// Members common to all the inboxes, and all administrators.
async fn assignable_agents(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let inbox_ids = call.params.cast_ids("inbox_ids");
    let member = call.member.clone();
    let agents = call
        .desk
        .read(move |view| {
            if inbox_ids.is_empty() {
                return Err(ApiError::NotFound);
            }
            for inbox_id in &inbox_ids {
                inbox::find_in(view, account_id, *inbox_id)?.ok_or(ApiError::NotFound)?;
                if !access::sees_inbox(view, &member, *inbox_id)? {
                    return Err(ApiError::DENIED);
                }
            }
            let users = assignable(view, account_id, &inbox_ids)?;
            wire::people::agents(view, account_id, &users)
        })
        .await?;
    ok(json!({ "payload": agents }))
}

/// Who may be given conversations of all these inboxes.
pub fn assignable(view: &View<'_>, account_id: i64, inbox_ids: &[i64]) -> Result<Vec<User>, ApiError> {
    let mut users = Vec::new();
    for user in people::agents(view, account_id)? {
        let membership = people::membership(view, account_id, user.id)?;
        let mut fits = true;
        if !membership.is_some_and(|membership| membership.is_administrator()) {
            for inbox_id in inbox_ids {
                fits &= inbox::is_member(view, *inbox_id, user.id)?;
            }
        }
        if fits {
            users.push(user);
        }
    }
    Ok(users)
}

async fn empty_list(_: PersonCall) -> Answer {
    ok(json!([]))
}

async fn empty_payload(_: PersonCall) -> Answer {
    ok(json!({ "payload": [] }))
}

async fn empty_portals(_: PersonCall) -> Answer {
    ok(json!({ "payload": [], "meta": { "current_page": 1, "portals_count": 0 } }))
}
