//! The page a guest opens from the link in a booking e-mail: one conversation, live both ways.
//!
//! For: links, their thirty days, and the page's files. Not for: messages, which travel through the public client API
//! like those of any other web chat (reference §11.2).

pub mod link;
mod page;

use crate::db::Migration;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::Key;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use link::Standing;

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

async fn open(State(desk): State<Desk>, key: Result<Key, ApiError>) -> Result<Response, ApiError> {
    let Ok(Key(token)) = key else {
        return Ok(page::unknown());
    };
    let standing = desk
        .read(move |view| link::standing(view, view.now_ms, &token))
        .await?;
    Ok(match standing {
        Standing::Unknown => page::unknown(),
        Standing::Ended { token } => page::ended(&token),
        Standing::Alive(door) => page::chat(&door),
    })
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
