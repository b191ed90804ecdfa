//! Two records of one guest become one (reference §7).

use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use crate::service::{self, access};
use crate::wire;
use axum::Router;
use axum::routing::post;

pub fn routes() -> Router<Desk> {
    Router::new().route("/actions/contact_merge", post(merge))
}

async fn merge(call: PersonCall) -> Answer {
    let member = call.member.clone();
    let id = |key: &str| call.params.integer(key).ok_or(ApiError::NotFound);
    let (base_id, mergee_id) = (id("base_contact_id")?, id("mergee_contact_id")?);
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let base = access::guest(change, &member, base_id)?;
            let mergee = access::guest(change, &member, mergee_id)?;
            let merged = service::contact_merge::merge_in(change, base, mergee)?;
            wire::contact::rest_with_inboxes(change, &merged)
        })
        .await?;
    ok(json)
}
