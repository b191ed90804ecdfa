//! Teams (reference §2.1).

use super::call::{Answer, PersonCall};
use super::ok;
use crate::db::team;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/teams", get(list))
        .route("/teams/{id}", get(show))
        .route("/teams/{id}/team_members", get(members))
}

async fn list(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let teams: Vec<Value> = call
        .desk
        .read(move |view| {
            let mut shown = Vec::new();
            for found in team::all(view, account_id)? {
                shown.push(wire::team::rest(
                    &found,
                    team::is_member(view, found.id, user_id)?,
                ));
            }
            Ok(shown)
        })
        .await?;
    ok(teams)
}

async fn show(call: PersonCall) -> Answer {
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    let json = call
        .desk
        .read(move |view| {
            let found = team::find_in(view, account_id, id)?.ok_or(ApiError::NotFound)?;
            Ok(wire::team::rest(&found, team::is_member(view, id, user_id)?))
        })
        .await?;
    ok(json)
}

async fn members(call: PersonCall) -> Answer {
    let (account_id, id) = (call.account_id, call.id("id"));
    let agents = call
        .desk
        .read(move |view| {
            team::find_in(view, account_id, id)?.ok_or(ApiError::NotFound)?;
            wire::people::agents(view, account_id, &team::members(view, id)?)
        })
        .await?;
    ok(agents)
}
