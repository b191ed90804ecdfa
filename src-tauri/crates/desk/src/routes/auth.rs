//! Signing in and out (reference §1.2).

use super::call::{Answer, Credentials, SessionHeaders, user_of_session};
use super::mfa;
use super::params::Params;
use super::session_echo;
use crate::db;
use crate::db::people::{self, User};
use crate::db::session::{self, Session};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::server::Peer;
use crate::service::mfa::Proof;
use crate::service::{self, tokens};
use crate::throttle;
use crate::wire;
use crate::wire::time::iso;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::json;
use std::net::IpAddr;

/// Two months.
const LIFE_MS: i64 = 61 * 24 * 60 * 60 * 1000;
const MOST_SESSIONS: i64 = 25;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/auth/sign_in", post(sign_in))
        .route("/auth/sign_out", delete(sign_out))
        .route("/auth/validate_token", get(validate_token))
}

fn refused(status: StatusCode, error: &str) -> ApiError {
    ApiError::Answer(status, json!({ "success": false, "errors": [error] }))
}

async fn sign_in(State(desk): State<Desk>, request: Request) -> Answer {
    let peer = request.extensions().get::<Peer>().map(|Peer(peer)| peer.ip());
    let from = peer.filter(|address| !throttle::is_exempt(*address));
    let params = Params::of(request).await?;
    if let Some(token) = params.text("mfa_token") {
        return second_step(&desk, from, token, mfa::proof(&params)).await;
    }
    let email = params.text("email").unwrap_or_default();
    let password = params.text("password").unwrap_or_default();
    let email = email.trim().to_owned();
    if let Some(address) = from {
        let limits = [throttle::of_sign_in(address), throttle::of_email(&email)];
        within(&desk, &limits)?;
    }
    let user = desk.read(move |view| people::user_by_email(view, &email)).await?;
    let Some(user) = with_password(user, password).await? else {
        let error = "Invalid login credentials. Please try again.";
        return Err(refused(StatusCode::UNAUTHORIZED, error));
    };
    let id = user.id;
    if desk.read(move |view| db::mfa::is_on(view, id)).await? {
        let token = service::mfa::token(desk.sign_in_key(), &user, desk.now_ms());
        let json = json!({ "mfa_required": true, "mfa_token": token });
        return Ok((StatusCode::PARTIAL_CONTENT, Json(json)).into_response());
    }
    begin(&desk, user).await
}

/// Every limit counts, also when another one refuses already.
fn within(desk: &Desk, limits: &[throttle::Limit]) -> Result<(), ApiError> {
    let now_ms = desk.now_ms();
    let refusing = limits
        .iter()
        .filter(|limit| !desk.throttle().allows(limit, now_ms));
    if refusing.count() > 0 {
        return Err(ApiError::TooMany);
    }
    Ok(())
}

/// The code after the password. Guesses at one token are counted wherever they come from: behind a proxy of this
/// computer everybody comes from here.
async fn second_step(desk: &Desk, from: Option<IpAddr>, token: String, proof: Option<Proof>) -> Answer {
    let mut limits = vec![throttle::of_token(&token)];
    limits.extend(from.map(throttle::of_second_step));
    within(desk, &limits)?;
    let key = desk.sign_in_key().to_vec();
    let user = desk
        .write(move |change| {
            let expired = || ApiError::Unauthorized("Invalid or expired MFA token");
            let user = service::mfa::holder(&key, change, &token)?.ok_or_else(expired)?;
            match proof {
                Some(proof) if service::mfa::proves_in(change, &user, &proof)? => Ok(user),
                _ => Err(ApiError::Answer(
                    StatusCode::BAD_REQUEST,
                    json!({ "error": "Invalid verification code" }),
                )),
            }
        })
        .await?;
    begin(desk, user).await
}

/// The user if the password is theirs. Hashing is slow on purpose, so it runs beside the server's own threads, and also
/// for nobody: the time of an answer must not tell which addresses exist.
async fn with_password(user: Option<User>, password: String) -> Result<Option<User>, ApiError> {
    let check = move || match user {
        Some(user) => tokens::password_fits(&password, &user.password_hash).then_some(user),
        None => {
            // The result is of no use; the time it takes is.
            let _ = tokens::hash_password(&password);
            None
        }
    };
    let checked = tokio::task::spawn_blocking(check).await;
    checked.map_err(|_| ApiError::Broken("password check failed"))
}

async fn begin(desk: &Desk, user: User) -> Answer {
    let headers = SessionHeaders {
        token: tokens::token(),
        client: tokens::token(),
        uid: user.email.clone(),
    };
    let session = Session {
        client: headers.client.clone(),
        user_id: user.id,
        token_hash: tokens::hash_token(&headers.token),
        expires_at: desk.now_ms() + LIFE_MS,
    };
    let expires_at = session.expires_at;
    let json = desk
        .write(move |change| {
            session::insert(change, &session, change.now_ms, MOST_SESSIONS)?;
            wire::people::own(change, &user)
        })
        .await?;
    let mut response = Json(json!({ "data": json })).into_response();
    session_echo::add(response.headers_mut(), &headers, expires_at);
    Ok(response)
}

async fn sign_out(State(desk): State<Desk>, request: Request) -> Answer {
    let headers = request.headers().clone();
    let params = Params::of(request).await?;
    let Credentials::Session(session) = Credentials::of(&headers, &params) else {
        return Err(not_signed_in());
    };
    desk.write(move |change| {
        if user_of_session(change, &session)?.is_none() {
            return Err(not_signed_in());
        }
        session::delete(change, &session.client)
    })
    .await?;
    super::ok(json!({ "success": true }))
}

fn not_signed_in() -> ApiError {
    refused(StatusCode::NOT_FOUND, "User was not found or was not logged in.")
}

async fn validate_token(State(desk): State<Desk>, request: Request) -> Result<Response, ApiError> {
    let headers = request.headers().clone();
    let params = Params::of(request).await?;
    let Credentials::Session(session) = Credentials::of(&headers, &params) else {
        return Err(refused(StatusCode::UNAUTHORIZED, "Invalid login credentials"));
    };
    let data = desk
        .read(move |view| {
            let Some(user) = user_of_session(view, &session)? else {
                return Err(refused(StatusCode::UNAUTHORIZED, "Invalid login credentials"));
            };
            let mut data = wire::people::own(view, &user)?;
            data["created_at"] = json!(iso(user.created_at));
            Ok(data)
        })
        .await?;
    super::ok(json!({ "payload": { "success": true, "data": data } }))
}
