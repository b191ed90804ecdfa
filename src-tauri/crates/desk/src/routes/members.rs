//! Who belongs to a team or a channel (reference §2.1).

use super::call::{Answer, PersonCall};
use super::inbox::visible;
use super::{empty, ok};
use crate::db::people::{self, User};
use crate::db::{inbox, team};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/teams/{id}/team_members",
            get(of_team)
                .post(add_to_team)
                .patch(set_team)
                .put(set_team)
                .delete(remove_from_team),
        )
        .route("/inbox_members/{id}", get(of_inbox))
        .route(
            "/inbox_members",
            post(add_to_inbox)
                .patch(set_inbox)
                .put(set_inbox)
                .delete(remove_from_inbox),
        )
}

/// The people that are named: JSON numbers, all of the account.
fn named(view: &View<'_>, account_id: i64, ids: Option<Vec<i64>>) -> Result<Vec<User>, ApiError> {
    let mut users: Vec<User> = Vec::new();
    for id in ids.ok_or_else(|| ApiError::missing("user_ids"))? {
        let is_person = people::membership(view, account_id, id)?.is_some();
        let user = people::user(view, id)?.filter(|_| is_person);
        let user = user.ok_or(ApiError::Unauthorized("Invalid User IDs"))?;
        if users.iter().all(|known| known.id != user.id) {
            users.push(user);
        }
    }
    Ok(users)
}

async fn of_team(call: PersonCall) -> Answer {
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

/// What is done with the people that are named.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Add,
    Set,
    Remove,
}

async fn change_team(call: &PersonCall, wanted: Wanted) -> Result<Vec<Value>, ApiError> {
    call.administrators_only()?;
    let (account_id, id, ids) = (call.account_id, call.id("id"), call.params.ids("user_ids"));
    call.desk
        .act(call.actor(), move |change| {
            team::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            let named = named(change, account_id, ids)?;
            let before: Vec<i64> = team::members(change, id)?.iter().map(|user| user.id).collect();
            for old in &before {
                let is_named = named.iter().any(|user| user.id == *old);
                if (wanted == Wanted::Set && !is_named) || (wanted == Wanted::Remove && is_named) {
                    team::remove_member(change, id, *old)?;
                }
            }
            let new: Vec<User> = named
                .into_iter()
                .filter(|user| !before.contains(&user.id))
                .collect();
            if wanted != Wanted::Remove {
                for user in &new {
                    team::add_member(change, id, user.id)?;
                }
            }
            // Adding answers the new ones only, setting all.
            match wanted {
                Wanted::Add => wire::people::agents(change, account_id, &new),
                _ => wire::people::agents(change, account_id, &team::members(change, id)?),
            }
        })
        .await
}

async fn add_to_team(call: PersonCall) -> Answer {
    ok(change_team(&call, Wanted::Add).await?)
}

async fn set_team(call: PersonCall) -> Answer {
    ok(change_team(&call, Wanted::Set).await?)
}

async fn remove_from_team(call: PersonCall) -> Answer {
    change_team(&call, Wanted::Remove).await?;
    empty()
}

async fn of_inbox(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let agents = call
        .desk
        .read(move |view| {
            visible(view, &member, id)?;
            let users = inbox::members(view, id)?;
            wire::people::agents(view, member.account_id, &users)
        })
        .await?;
    ok(json!({ "payload": agents }))
}

async fn change_inbox(call: &PersonCall, wanted: Wanted) -> Result<Vec<Value>, ApiError> {
    call.administrators_only()?;
    let account_id = call.account_id;
    let id = call.params.integer("inbox_id").unwrap_or(0);
    let ids = call.params.ids("user_ids");
    call.desk
        .act(call.actor(), move |change| {
            inbox::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            let named = named(change, account_id, ids)?;
            for old in inbox::members(change, id)? {
                let is_named = named.iter().any(|user| user.id == old.id);
                if (wanted == Wanted::Set && !is_named) || (wanted == Wanted::Remove && is_named) {
                    inbox::remove_member(change, id, old.id)?;
                }
            }
            if wanted != Wanted::Remove {
                for user in &named {
                    inbox::add_member(change, id, user.id)?;
                }
            }
            wire::people::agents(change, account_id, &inbox::members(change, id)?)
        })
        .await
}

async fn add_to_inbox(call: PersonCall) -> Answer {
    ok(json!({ "payload": change_inbox(&call, Wanted::Add).await? }))
}

async fn set_inbox(call: PersonCall) -> Answer {
    ok(json!({ "payload": change_inbox(&call, Wanted::Set).await? }))
}

async fn remove_from_inbox(call: PersonCall) -> Answer {
    change_inbox(&call, Wanted::Remove).await?;
    empty()
}
