//! Channels (reference §2.1, §2.2).

use super::account::assignable;
use super::call::{Answer, PersonCall};
use super::ok;
use super::params::Params;
use crate::channels::templates;
use crate::db::inbox::{self, Inbox};
use crate::db::people::{self, Membership};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::access;
use crate::service::inboxes::{self, Wanted};
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/inboxes", get(list).post(create))
        .route("/inboxes/{id}", get(show).patch(update).put(update))
        .route("/inboxes/{id}/sync_templates", post(sync_templates))
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

async fn create(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, wanted) = (call.account_id, wanted(&call.params));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let made = inboxes::create(change, account_id, &wanted)?;
            Ok(wire::inbox::rest(change, &made, true))
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id, wanted) = (call.account_id, call.id("id"), wanted(&call.params));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let found = inbox::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            let changed = inboxes::update(change, found, &wanted)?;
            Ok(wire::inbox::rest(change, &changed, true))
        })
        .await?;
    ok(json)
}

fn wanted(params: &Params) -> Wanted {
    let text = |key: &str| params.has(key).then(|| params.text(key));
    Wanted {
        name: params
            .has("name")
            .then(|| params.text("name").unwrap_or_default()),
        greeting_enabled: params.flag("greeting_enabled"),
        greeting_message: text("greeting_message"),
        out_of_office_message: text("out_of_office_message"),
        working_hours_enabled: params.flag("working_hours_enabled"),
        working_hours: params.get("working_hours").cloned(),
        timezone: params.filled("timezone"),
        enable_auto_assignment: params.flag("enable_auto_assignment"),
        csat_survey_enabled: params.flag("csat_survey_enabled"),
        lock_to_single_conversation: params.flag("lock_to_single_conversation"),
        allow_messages_after_resolved: params.flag("allow_messages_after_resolved"),
        channel: params.object("channel").cloned(),
    }
}

/// Answers once the provider was asked; what it does not answer leaves the templates as they are.
async fn sync_templates(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id) = (call.account_id, call.id("id"));
    let found = call
        .desk
        .read(move |view| inbox::find_in(view, account_id, id)?.ok_or(ApiError::NotFound))
        .await?;
    if found.channel_type != "Channel::Whatsapp" {
        let error = "Template sync is only available for WhatsApp channels";
        return Err(ApiError::Refused(error.to_owned()));
    }
    templates::sync(&call.desk, found).await?;
    ok(json!({ "message": "Template sync initiated successfully" }))
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
