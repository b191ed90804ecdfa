//! REST: paths, parameters and answers. Handlers translate; what happens is in `service`, how it looks in `wire`.

pub mod call;
pub mod params;

use crate::desk::Desk;
use crate::error::ApiError;
use crate::{cable, faults, guest, test_controls};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router, middleware};
use serde_json::{Value, json};

/// Everything the server answers.
pub fn all(desk: &Desk, with_test_controls: bool) -> Router {
    let mut routes = Router::new()
        .route("/health", get(health))
        .route("/cable", any(cable::socket::connect))
        .merge(guest::routes());
    if with_test_controls {
        routes = routes.merge(test_controls::routes());
    }
    routes
        .fallback(async || ApiError::NoRoute)
        .method_not_allowed_fallback(async || ApiError::NoRoute)
        .layer(middleware::from_fn_with_state(desk.clone(), faults::layer))
        .with_state(desk.clone())
}

async fn health() -> Json<Value> {
    Json(json!({ "status": "woot" }))
}

/// 200 with JSON.
pub fn ok(json: impl Into<Value>) -> call::Answer {
    Ok(Json(json.into()).into_response())
}

/// 200 with an empty body.
pub fn empty() -> call::Answer {
    Ok(Response::default())
}
