//! What anybody may ask: version and health (reference §1.1).

use crate::desk::Desk;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The Chatwoot whose wire this is.
const VERSION: &str = "4.15.1";

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/api", get(api))
        .route("/health", get(health))
}

async fn api(State(desk): State<Desk>) -> Json<Value> {
    let now = Timestamp::from_millisecond(desk.now_ms()).unwrap_or(Timestamp::UNIX_EPOCH);
    let data_works = desk.read(|view| crate::db::people::anybody(view)).await.is_ok();
    Json(json!({
        "version": VERSION,
        "timestamp": now.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        "queue_services": "ok",
        "data_services": if data_works { "ok" } else { "failing" },
    }))
}

async fn health() -> Json<Value> {
    Json(json!({ "status": "woot" }))
}
