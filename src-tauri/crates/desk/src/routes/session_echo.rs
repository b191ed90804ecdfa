//! Answers to a session carry its headers again (reference §1.1, §14).

use super::call::{SessionHeaders, bearer};
use crate::db::session;
use crate::desk::Desk;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

pub async fn layer(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let headers = of(request.headers());
    let mut response = next.run(request).await;
    let Some(headers) = headers.filter(|_| response.status() != StatusCode::UNAUTHORIZED) else {
        return response;
    };
    let client = headers.client.clone();
    let session = desk.read(move |view| session::find(view, &client)).await;
    if let Ok(Some(session)) = session {
        add(response.headers_mut(), &headers, session.expires_at);
    }
    response
}

fn of(headers: &HeaderMap) -> Option<SessionHeaders> {
    let part = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    Some(SessionHeaders {
        token: part("access-token")?,
        client: part("client")?,
        uid: part("uid")?,
    })
}

/// Writes a session's headers into an answer.
pub fn add(into: &mut HeaderMap, session: &SessionHeaders, expires_at: i64) {
    let values = [
        ("access-token", session.token.clone()),
        ("token-type", "Bearer".to_owned()),
        ("client", session.client.clone()),
        ("uid", session.uid.clone()),
        ("expiry", expires_at.div_euclid(1000).to_string()),
        ("authorization", bearer(session)),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(&value) {
            into.insert(name, value);
        }
    }
}
