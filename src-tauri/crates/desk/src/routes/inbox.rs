//! Channels (reference §2.1, §2.2).

use super::account::assignable;
use super::call::{Answer, PersonCall};
use super::ok;
use crate::db::inbox::{self, Inbox};
use crate::db::people::{self, Membership};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::access;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/inboxes", get(list))
        .route("/inboxes/{id}", get(show))
        .route("/inboxes/{id}/agent_bot", get(agent_bot))
        .route("/inboxes/{id}/assignable_agents", get(assignable_agents))
}

async fn list(call: PersonCall) -> Answer {
    let member = call.member.clone();
    let inboxes: Vec<Value> = call
        .desk
        .read(move |view| {
            let is_administrator = member.is_administrator();
            let found = if is_administrator {
                inbox::all(view, member.account_id)?
            } else {
                inbox::of_member(view, member.account_id, member.user_id)?
            };
            let shown = found
                .iter()
                .map(|inbox| wire::inbox::rest(view, inbox, is_administrator));
            Ok(shown.collect())
        })
        .await?;
    ok(json!({ "payload": inboxes }))
}

/// A channel the caller may see: unknown is 404, unseen is 401.
pub fn visible(view: &View<'_>, member: &Membership, id: i64) -> Result<Inbox, ApiError> {
    let found = inbox::find_in(view, member.account_id, id)?.ok_or(ApiError::NotFound)?;
    if !access::sees_inbox(view, member, id)? {
        return Err(ApiError::DENIED);
    }
    Ok(found)
}

async fn show(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let json = call
        .desk
        .read(move |view| {
            let found = visible(view, &member, id)?;
            Ok(wire::inbox::rest(view, &found, member.is_administrator()))
        })
        .await?;
    ok(json)
}

async fn agent_bot(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let json = call
        .desk
        .read(move |view| {
            let found = visible(view, &member, id)?;
            let bot = match found.agent_bot_id {
                Some(bot_id) => people::bot(view, bot_id)?,
                None => None,
            };
            let shown = bot.map(|bot| wire::people::bot(&bot, true, member.is_administrator()));
            Ok(shown.map_or_else(|| json!({}), |bot| json!({ "agent_bot": bot })))
        })
        .await?;
    ok(json)
}

async fn assignable_agents(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let agents = call
        .desk
        .read(move |view| {
            visible(view, &member, id)?;
            let users = assignable(view, member.account_id, &[id])?;
            wire::people::agents(view, member.account_id, &users)
        })
        .await?;
    ok(json!({ "payload": agents }))
}
