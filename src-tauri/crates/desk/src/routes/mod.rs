//! REST: paths, parameters and answers. Handlers translate; what happens is in `service`, how it looks in `wire`.

mod account;
mod agent_bot;
mod auth;
mod bulk_action;
pub mod call;
mod canned_response;
mod contact;
mod conversation;
mod csat;
mod custom_attribute_definition;
mod custom_filter;
pub mod files;
mod inbox;
mod label;
mod macros;
mod members;
mod message;
mod mfa;
mod note;
mod notification;
mod notification_setting;
pub mod params;
mod profile;
mod public;
mod report;
mod root;
mod search;
mod session_echo;
mod shared_view;
mod slash;
mod team;
mod upload;
mod webhook;

use crate::desk::Desk;
use crate::error::ApiError;
use crate::{cable, channels, faults, guest, test_controls, throttle};
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router, middleware};
use serde_json::Value;

/// Everything the server answers.
pub fn all(desk: &Desk, with_test_controls: bool) -> Router {
    let signed_in = Router::new()
        .merge(auth::routes())
        .merge(profile::routes())
        .merge(mfa::routes())
        .nest("/api/v1/accounts/{account_id}", of_account())
        .nest("/api/v2/accounts/{account_id}", report::routes())
        .layer(middleware::from_fn_with_state(desk.clone(), session_echo::layer));
    let mut routes = Router::new()
        .merge(root::routes())
        .route("/cable", any(cable::socket::connect))
        .merge(signed_in)
        .merge(public::routes())
        .merge(files::routes())
        .merge(guest::routes())
        .merge(channels::ingress::routes());
    if with_test_controls {
        routes = routes.merge(test_controls::routes());
    }
    let routes = routes
        .fallback(async || ApiError::NoRoute)
        .method_not_allowed_fallback(async || ApiError::NoRoute)
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(desk.clone(), throttle::layer))
        .layer(middleware::from_fn_with_state(desk.clone(), faults::layer))
        .with_state(desk.clone());
    slash::insensitive(routes)
}

/// Under `/api/v1/accounts/{account_id}`.
fn of_account() -> Router<Desk> {
    Router::new()
        .merge(account::routes())
        .merge(agent_bot::routes())
        .merge(bulk_action::routes())
        .merge(canned_response::routes())
        .merge(contact::routes())
        .merge(conversation::routes())
        .merge(csat::routes())
        .merge(custom_attribute_definition::routes())
        .merge(custom_filter::routes())
        .merge(inbox::routes())
        .merge(label::routes())
        .merge(macros::routes())
        .merge(members::routes())
        .merge(message::routes())
        .merge(note::routes())
        .merge(notification::routes())
        .merge(notification_setting::routes())
        .merge(search::routes())
        .merge(shared_view::routes())
        .merge(team::routes())
        .merge(upload::routes())
        .merge(webhook::routes())
}

/// 200 with JSON.
pub fn ok(json: impl Into<Value>) -> call::Answer {
    Ok(Json(json.into()).into_response())
}

/// 200 with an empty body.
pub fn empty() -> call::Answer {
    Ok(Response::default())
}
