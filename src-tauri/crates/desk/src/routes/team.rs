//! Teams (reference §2.1).

use super::call::{Answer, PersonCall};
use super::params::Params;
use super::{empty, ok};
use crate::cable::events::Happening;
use crate::db::account::touch_cache_key;
use crate::db::team::{self, Team};
use crate::desk::{Change, Desk, View};
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/teams", get(list).post(create))
        .route("/teams/{id}", get(show).patch(update).put(update).delete(delete))
}

fn shown(view: &View<'_>, found: &Team, user_id: i64) -> Result<Value, ApiError> {
    Ok(wire::team::rest(found, team::is_member(view, found.id, user_id)?))
}

async fn list(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let teams: Vec<Value> = call
        .desk
        .read(move |view| {
            let found = team::all(view, account_id)?;
            found.iter().map(|found| shown(view, found, user_id)).collect()
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
            shown(view, &found, user_id)
        })
        .await?;
    ok(json)
}

async fn create(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("team")?;
    let (account_id, user_id) = (call.account_id, call.user.id);
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut new = Team {
                id: 0,
                account_id,
                name: String::new(),
                description: None,
                allow_auto_assign: true,
                created_at: change.now_ms,
                updated_at: change.now_ms,
            };
            take(change, &mut new, &wanted)?;
            let description = new.description.as_deref();
            new.id = team::insert(change, account_id, &new.name, description, change.now_ms)?;
            team::update(change, &new)?;
            changed(change, account_id)?;
            shown(change, &new, user_id)
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("team")?;
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut found = team::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            take(change, &mut found, &wanted)?;
            found.updated_at = change.now_ms;
            team::update(change, &found)?;
            changed(change, account_id)?;
            shown(change, &found, user_id)
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id) = (call.account_id, call.id("id"));
    call.desk
        .act(call.actor(), move |change| {
            team::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            team::delete(change, id)?;
            changed(change, account_id)
        })
        .await?;
    empty()
}

fn changed(change: &mut Change<'_>, account_id: i64) -> Result<(), ApiError> {
    touch_cache_key(change, account_id, "team", change.now_ms)?;
    change.tell(Happening::CacheInvalidated { account_id });
    Ok(())
}

/// The name is stored lower-case and unique in the account.
fn take(change: &Change<'_>, team: &mut Team, wanted: &Params) -> Result<(), ApiError> {
    if let Some(name) = wanted.text("name") {
        team.name = name.to_lowercase();
    }
    if team.name.trim().is_empty() {
        return Err(ApiError::invalid("Name can't be blank", "name"));
    }
    if team.name.chars().count() > 255 {
        return Err(ApiError::invalid(
            "Name is too long (maximum is 255 characters)",
            "name",
        ));
    }
    let mut others = team::all(change, team.account_id)?.into_iter();
    if others.any(|other| other.name == team.name && other.id != team.id) {
        return Err(ApiError::invalid("Name has already been taken", "name"));
    }
    if wanted.has("description") {
        team.description = wanted.text("description");
    }
    if team
        .description
        .as_ref()
        .is_some_and(|text| text.chars().count() > 20_000)
    {
        let message = "Description is too long (maximum is 20000 characters)";
        return Err(ApiError::invalid(message, "description"));
    }
    team.allow_auto_assign = wanted.flag("allow_auto_assign").unwrap_or(team.allow_auto_assign);
    Ok(())
}
