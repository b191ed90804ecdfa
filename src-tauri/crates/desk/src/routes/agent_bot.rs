//! Agent bots (reference §2.1).

use super::call::{Answer, PersonCall};
use super::{empty, ok};
use crate::db::{inbox, people};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::service::bot_switch;
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/agent_bots", get(list))
        .route("/agent_bots/{id}", get(show))
        .route("/inboxes/{id}/set_agent_bot", post(set))
}

async fn list(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let is_administrator = call.member.is_administrator();
    let bots: Vec<Value> = call
        .desk
        .read(move |view| {
            let bots = people::bots(view, account_id)?;
            let shown = bots
                .iter()
                .map(|bot| wire::people::bot(bot, false, is_administrator));
            Ok(shown.collect())
        })
        .await?;
    ok(bots)
}

async fn show(call: PersonCall) -> Answer {
    let (account_id, id) = (call.account_id, call.id("id"));
    let is_administrator = call.member.is_administrator();
    let bot = call
        .desk
        .read(move |view| {
            let bots = people::bots(view, account_id)?;
            let found = bots.iter().find(|bot| bot.id == id).ok_or(ApiError::NotFound)?;
            Ok(wire::people::bot(found, false, is_administrator))
        })
        .await?;
    ok(bot)
}

async fn set(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, inbox_id) = (call.account_id, call.id("id"));
    // Anything but a number is nobody's id; only null turns it off.
    let bot_id = match call.params.get("agent_bot") {
        None | Some(Value::Null) => None,
        Some(_) => Some(call.params.integer("agent_bot").unwrap_or(0)),
    };
    call.desk
        .act(call.actor(), move |change| {
            let found = inbox::find_in(change, account_id, inbox_id)?.ok_or(ApiError::NotFound)?;
            if let Some(bot_id) = bot_id {
                let bots = people::bots(change, account_id)?;
                bots.iter()
                    .find(|bot| bot.id == bot_id)
                    .ok_or(ApiError::NotFound)?;
            }
            bot_switch::set_in(change, &found, bot_id)
        })
        .await?;
    empty()
}
