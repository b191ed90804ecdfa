//! The public client API on `Channel::Api` inboxes (reference §11.2). The unguessable source id is the credential;
//! every miss is the 404 of an unknown address.

mod contacts;
mod conversations;
mod messages;
mod survey;

use super::call::Answer;
use super::ok;
use super::params::Params;
use crate::db::contact::{self, Contact, ContactInbox};
use crate::db::conversation::{self, Conversation};
use crate::db::inbox::{self, Inbox};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::guest::link;
use crate::wire;
use axum::Router;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

const BASE: &str = "/public/api/v1/inboxes/{identifier}";

pub fn routes() -> Router<Desk> {
    let at = |rest: &str| format!("{BASE}{rest}");
    let guest = |rest: &str| format!("{BASE}/contacts/{{source}}{rest}");
    let one = |rest: &str| format!("{BASE}/contacts/{{source}}/conversations/{{conversation}}{rest}");
    Router::new()
        .route(&at(""), get(show))
        .route(&at("/contacts"), post(contacts::create))
        .route(
            &guest(""),
            get(contacts::show).patch(contacts::update).put(contacts::update),
        )
        .route(
            &guest("/conversations"),
            get(conversations::list).post(conversations::create),
        )
        .route(&one(""), get(conversations::show))
        .route(&one("/toggle_status"), post(conversations::close))
        .route(&one("/toggle_typing"), post(conversations::typing))
        .route(&one("/update_last_seen"), post(conversations::seen))
        .route(&one("/messages"), get(messages::list).post(messages::create))
        .route(
            &one("/messages/{message}"),
            axum::routing::patch(messages::update).put(messages::update),
        )
        .route(
            "/public/api/v1/csat_survey/{uuid}",
            get(survey::show).patch(survey::update).put(survey::update),
        )
        .layer(from_fn(open_to_any_origin))
}

/// Web chats run on the property's own pages (reference §1.5).
async fn open_to_any_origin(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::OK.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            header::ACCESS_CONTROL_ALLOW_METHODS,
            "GET, POST, DELETE, PUT, PATCH, OPTIONS, HEAD",
        ),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A guest's request.
pub struct GuestCall {
    pub desk: Desk,
    pub params: Params,
    place: Place,
}

/// What the path names, still to be found.
#[derive(Clone, Default)]
pub struct Place {
    identifier: String,
    source: String,
    conversation: i64,
    pub message: i64,
}

impl FromRequest<Desk> for GuestCall {
    type Rejection = ApiError;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let path = RawPathParams::from_request_parts(&mut parts, desk)
            .await
            .map_err(|_| ApiError::NoRoute)?;
        let mut place = Place::default();
        for (key, value) in &path {
            match key {
                "identifier" => place.identifier = value.to_owned(),
                "source" => place.source = value.to_owned(),
                "conversation" => place.conversation = value.parse().unwrap_or(0),
                "message" => place.message = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        Ok(Self {
            desk: desk.clone(),
            params: Params::of(Request::from_parts(parts, body)).await?,
            place,
        })
    }
}

impl Place {
    /// The channel.
    pub fn inbox(&self, view: &View<'_>) -> Result<Inbox, ApiError> {
        inbox::by_identifier(view, &self.identifier)?.ok_or(ApiError::NoRoute)
    }

    /// The guest and the link to the channel.
    pub fn guest(&self, view: &View<'_>) -> Result<(Contact, ContactInbox), ApiError> {
        let inbox = self.inbox(view)?;
        let link = contact::link_by_source(view, inbox.id, &self.source)?.ok_or(ApiError::NoRoute)?;
        if link::is_over(view, link.id, view.now_ms)? {
            return Err(ApiError::NoRoute);
        }
        let guest = contact::find(view, link.contact_id)?.ok_or(ApiError::NoRoute)?;
        Ok((guest, link))
    }

    /// The guest and one of the guest's own conversations.
    pub fn conversation(&self, view: &View<'_>) -> Result<(Contact, Conversation), ApiError> {
        let (guest, link) = self.guest(view)?;
        let found = conversation::by_display_id(view, guest.account_id, self.conversation)?;
        let found = found.ok_or(ApiError::NoRoute)?;
        let is_own = found.contact_inbox_id == link.id
            || (link.hmac_verified && found.contact_id == guest.id && is_verified(view, &found)?);
        if !is_own {
            return Err(ApiError::NoRoute);
        }
        Ok((guest, found))
    }
}

fn is_verified(view: &View<'_>, found: &Conversation) -> Result<bool, ApiError> {
    let link = contact::link_by_id(view, found.contact_inbox_id)?;
    Ok(link.is_some_and(|link| link.hmac_verified))
}

async fn show(call: GuestCall) -> Answer {
    let place = call.place;
    let found = call.desk.read(move |view| place.inbox(view)).await?;
    ok(wire::public::inbox(&found))
}
