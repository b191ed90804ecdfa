//! Views shared with the team: an addition of this desk, which other servers answer as an unknown route.

use super::call::{Answer, PersonCall};
use super::ok;
use super::params::Params;
use crate::db::shared_view;
use crate::desk::{Actor, Desk, View};
use crate::error::ApiError;
use crate::service::shared_view::{self as sharing, Wanted};
use crate::wire;
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/shared_views", get(list).post(create))
        .route("/shared_views/order", post(order))
        .route(
            "/shared_views/{id}",
            get(show).patch(update).put(update).delete(delete),
        )
}

fn filter_type(params: &Params) -> Result<String, ApiError> {
    let wanted = params.filled("filter_type");
    let wanted = wanted.unwrap_or_else(|| "conversation".to_owned());
    if sharing::TYPES.contains(&wanted.as_str()) {
        return Ok(wanted);
    }
    Err(ApiError::invalid(
        "Filter type is not included in the list",
        "filter_type",
    ))
}

fn wanted(params: &Params) -> Wanted {
    Wanted {
        name: params.filled("name"),
        query: params.object("query").cloned(),
    }
}

fn listed(view: &View<'_>, account_id: i64, filter_type: &str) -> Result<Vec<Value>, ApiError> {
    let found = shared_view::all(view, account_id, filter_type)?;
    let shown = found
        .iter()
        .map(|shared| wire::shared_view::shared_view(view, shared));
    shown.collect()
}

async fn list(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let filter_type = filter_type(&call.params)?;
    let read = call.desk.read(move |view| listed(view, account_id, &filter_type));
    ok(read.await?)
}

async fn show(call: PersonCall) -> Answer {
    let (account_id, id) = (call.account_id, call.id("id"));
    let read = call.desk.read(move |view| {
        let found = shared_view::find(view, account_id, id)?.ok_or(ApiError::NotFound)?;
        wire::shared_view::shared_view(view, &found)
    });
    ok(read.await?)
}

async fn create(call: PersonCall) -> Answer {
    let params = call.params.under("shared_view")?;
    let (filter_type, wanted) = (filter_type(&params)?, wanted(&params));
    let member = call.member.clone();
    let made = call.desk.act(Actor::User(call.user.id), move |change| {
        sharing::create(change, &member, filter_type, wanted)
    });
    ok(made.await?)
}

async fn update(call: PersonCall) -> Answer {
    let wanted = wanted(&call.params.under("shared_view")?);
    let (member, id) = (call.member.clone(), call.id("id"));
    let changed = call.desk.act(Actor::User(call.user.id), move |change| {
        sharing::update(change, &member, id, wanted)
    });
    ok(changed.await?)
}

async fn delete(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("id"));
    let gone = call.desk.act(Actor::User(call.user.id), move |change| {
        sharing::delete(change, &member, id)
    });
    gone.await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The order is everybody's, so administrators set it.
async fn order(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let filter_type = filter_type(&call.params)?;
    let ids = call.params.ids("ids").ok_or_else(|| ApiError::missing("ids"))?;
    let account_id = call.account_id;
    let ordered = call.desk.act(Actor::User(call.user.id), move |change| {
        sharing::order(change, account_id, &filter_type, &ids)?;
        listed(change, account_id, &filter_type)
    });
    ok(ordered.await?)
}
