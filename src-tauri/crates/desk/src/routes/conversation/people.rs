//! Those who follow a conversation (reference §3.4).

use crate::db::{conversation, people};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::{empty, ok};
use crate::service::access;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new().route(
        "/conversations/{conversation_id}/participants",
        get(list).post(add).patch(set).put(set).delete(remove),
    )
}

fn shown(view: &View<'_>, account_id: i64, ids: &[i64]) -> Result<Vec<Value>, ApiError> {
    let mut agents = Vec::new();
    for id in ids {
        if let Some(user) = people::user(view, *id)? {
            agents.push(wire::people::agent(view, account_id, &user)?);
        }
    }
    Ok(agents)
}

async fn list(call: PersonCall) -> Answer {
    let (door, account_id) = (call.conversation(), call.account_id);
    let agents = call
        .desk
        .read(move |view| {
            let found = door.open(view)?;
            shown(view, account_id, &conversation::participants(view, found.id)?)
        })
        .await?;
    ok(agents)
}

fn asked(call: &PersonCall) -> Result<Vec<i64>, ApiError> {
    call.params
        .ids("user_ids")
        .ok_or(ApiError::AsUpstream("user_ids missing"))
}

/// Only those who see the channel can follow; others are silently left out.
fn able(view: &View<'_>, account_id: i64, inbox_id: i64, ids: &[i64]) -> Result<Vec<i64>, ApiError> {
    let mut able = Vec::new();
    for id in ids {
        let member = people::membership(view, account_id, *id)?;
        if let Some(member) = member
            && access::sees_inbox(view, &member, inbox_id)?
        {
            able.push(*id);
        }
    }
    Ok(able)
}

async fn add(call: PersonCall) -> Answer {
    let (door, account_id, ids) = (call.conversation(), call.account_id, asked(&call)?);
    let agents = call
        .desk
        .write(move |change| {
            let found = door.open(change)?;
            let before = conversation::participants(change, found.id)?;
            let able = able(change, account_id, found.inbox_id, &ids)?;
            let new: Vec<i64> = able.into_iter().filter(|id| !before.contains(id)).collect();
            for id in &new {
                conversation::add_participant(change, found.id, *id)?;
            }
            shown(change, account_id, &new)
        })
        .await?;
    ok(agents)
}

async fn set(call: PersonCall) -> Answer {
    let (door, account_id, ids) = (call.conversation(), call.account_id, asked(&call)?);
    let agents = call
        .desk
        .write(move |change| {
            let found = door.open(change)?;
            let able = able(change, account_id, found.inbox_id, &ids)?;
            for id in conversation::participants(change, found.id)? {
                conversation::remove_participant(change, found.id, id)?;
            }
            for id in &able {
                conversation::add_participant(change, found.id, *id)?;
            }
            shown(change, account_id, &conversation::participants(change, found.id)?)
        })
        .await?;
    ok(agents)
}

async fn remove(call: PersonCall) -> Answer {
    let (door, ids) = (call.conversation(), asked(&call)?);
    call.desk
        .write(move |change| {
            let found = door.open(change)?;
            for id in ids {
                conversation::remove_participant(change, found.id, id)?;
            }
            Ok(())
        })
        .await?;
    empty()
}
