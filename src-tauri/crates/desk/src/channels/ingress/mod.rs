//! What providers call: messages of guests and receipts, each in its provider's form and proved by its signature. What
//! is not proved is refused with 401, and nothing of it is kept.

mod call;
mod mail;
mod media;
mod meta;
mod meta_events;
mod quoted;
mod report;
mod signature;
mod twilio;

use crate::db::carrier::{self, Carrier};
use crate::db::inbox::{self, Inbox};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::params::bytes_of;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::HeaderMap;
use axum::routing::{get, post};

/// A channel without a provider, and a signature that does not fit, look the same from outside.
const NOT_PROVED: ApiError = ApiError::Unauthorized("Invalid signature");
/// The longest form or JSON a provider sends.
const LARGEST_TEXT: usize = 8 * 1024 * 1024;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/webhooks/twilio/{inbox}", post(twilio::message))
        .route("/webhooks/twilio/{inbox}/status", post(twilio::receipt))
        .route("/webhooks/meta/{inbox}", get(meta::verify).post(meta::events))
        .route("/webhooks/mail/{inbox}", post(mail::message))
        .route("/webhooks/call/{inbox}", post(call::finished))
}

/// Where the providers of a kind of channel call, below the desk's address.
pub fn path(kind: &str, inbox_id: i64) -> String {
    let word = match kind {
        "whatsapp" | "page" => "meta",
        "mail" => "mail",
        _ => "twilio",
    };
    format!("/webhooks/{word}/{inbox_id}")
}

/// A request of a provider, its body not read yet.
struct Visit {
    desk: Desk,
    inbox: Inbox,
    carrier: Carrier,
    request: Request,
}

impl FromRequest<Desk> for Visit {
    type Rejection = ApiError;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let path = RawPathParams::from_request_parts(&mut parts, desk).await;
        let path = path.map_err(|_| ApiError::NoRoute)?;
        let id = path.iter().next().and_then(|(_, value)| value.parse().ok());
        let id: i64 = id.ok_or(NOT_PROVED)?;
        let found = desk
            .read(move |view| Ok(inbox::find(view, id)?.zip(carrier::of_inbox(view, id)?)))
            .await?;
        let (inbox, carrier) = found.ok_or(NOT_PROVED)?;
        Ok(Self {
            desk: desk.clone(),
            inbox,
            carrier,
            request: Request::from_parts(parts, body),
        })
    }
}

impl Visit {
    fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    fn header(&self, name: &str) -> &str {
        let value = self.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// The address that was called, as the provider knows it.
    fn url(&self) -> String {
        let path = self.request.uri().path_and_query().map(|path| path.as_str());
        format!("{}{}", self.desk.url(), path.unwrap_or_default())
    }

    fn query(&self, name: &str) -> Option<String> {
        let query = self.request.uri().query().unwrap_or_default();
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The body; what is left of the visit is gone.
    async fn read(self, most: usize) -> Result<(Desk, Inbox, Carrier, Bytes), ApiError> {
        let bytes = bytes_of(self.request, most).await?;
        Ok((self.desk, self.inbox, self.carrier, bytes))
    }
}
