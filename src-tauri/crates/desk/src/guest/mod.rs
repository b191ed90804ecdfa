//! The page a guest opens from the link in a booking e-mail: one conversation, live both ways.
//!
//! For: links, their thirty days, and the page's files. Not for: messages, which travel through the public client API
//! like those of any other web chat (reference §11.2).

pub mod link;
mod page;

use crate::cable::events::Happening;
use crate::db::Migration;
use crate::desk::{Actor, Desk};
use crate::error::ApiError;
use crate::routes::call::Key;
use crate::wire::time::iso;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use link::{Door, Standing};
use serde_json::json;

/// The table of links.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "guest/1",
        sql: include_str!("schema.sql"),
    },
    Migration {
        name: "guest/2",
        sql: include_str!("by_address.sql"),
    },
];

/// The page, its two files, and the way on from a link that has ended.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/chat/app.js", get(|| async { page::script() }))
        .route("/chat/app.css", get(|| async { page::style() }))
        .route("/chat/{token}", get(open))
        .route("/chat/{token}/renew", post(renew))
}

async fn open(
    State(desk): State<Desk>,
    headers: HeaderMap,
    key: Result<Key, ApiError>,
) -> Result<Response, ApiError> {
    let Ok(Key(token)) = key else {
        return Ok(page::unknown());
    };
    let standing = desk
        .read(move |view| link::standing(view, view.now_ms, &token))
        .await?;
    Ok(match standing {
        Standing::Unknown => page::unknown(),
        Standing::Ended { token } => page::ended(&token),
        Standing::Alive(door) => {
            tell(&desk, &door, &headers).await?;
            page::chat(&door)
        }
    })
}

/// Whoever listens outside learns that the guest is there (reference §11.1).
async fn tell(desk: &Desk, door: &Door, headers: &HeaderMap) -> Result<(), ApiError> {
    let language = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = language.and_then(|value| value.split([',', ';']).next());
    let event_info = json!({
        "initiated_at": { "timestamp": iso(desk.now_ms()) },
        "browser_language": language,
    });
    let contact_inbox_id = door.contact_inbox_id;
    desk.act(Actor::System, move |change| {
        change.tell(Happening::WebWidget {
            contact_inbox_id,
            event_info,
        });
        Ok(())
    })
    .await
}

/// After thirty days the old thread stays behind; writing goes on under a new link.
async fn renew(State(desk): State<Desk>, key: Result<Key, ApiError>) -> Result<Response, ApiError> {
    let Ok(Key(token)) = key else {
        return Ok(page::unknown());
    };
    let next = desk.write(move |change| link::renew(change, &token)).await?;
    Ok(match next {
        Some(token) => Redirect::to(&format!("/chat/{token}")).into_response(),
        None => page::unknown(),
    })
}
