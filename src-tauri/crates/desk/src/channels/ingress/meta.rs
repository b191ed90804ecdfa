//! WhatsApp, Messenger and Instagram as Meta brings them: one handshake, then signed JSON with many events at once.
//!
//! Every event is kept by itself. Should one fail the answer is a failure, Meta brings all of them again, and what was
//! kept is not kept twice.

use super::media;
use super::meta_events::{self, Event, Talk};
use super::twilio::note_missing;
use super::{LARGEST_TEXT, NOT_PROVED, Visit, signature};
use crate::channels::carrier::{Proof, fetch};
use crate::channels::queue::{Receipt, receive_receipt};
use crate::channels::receive;
use crate::db::carrier::Carrier;
use crate::db::inbox::Inbox;
use crate::db::outbound::State;
use crate::db::{contact, inbound, outbound};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::Answer;
use crate::routes::empty;
use crate::service::tokens;
use axum::response::IntoResponse;
use serde_json::Value;

fn is_metas(carrier: &Carrier) -> bool {
    matches!(carrier.kind.as_str(), "whatsapp" | "page")
}

/// `GET /webhooks/meta/{inbox}`: whoever points Meta here proves to know the word.
pub async fn verify(visit: Visit) -> Answer {
    let word = visit.query("hub.verify_token").unwrap_or_default();
    let own = &visit.carrier.verify_token;
    let fits = !own.is_empty() && tokens::same(&word, own) && is_metas(&visit.carrier);
    if !fits || visit.query("hub.mode").as_deref() != Some("subscribe") {
        return Err(NOT_PROVED);
    }
    Ok(visit.query("hub.challenge").unwrap_or_default().into_response())
}

/// `POST /webhooks/meta/{inbox}`.
pub async fn events(visit: Visit) -> Answer {
    let given = visit.header("x-hub-signature-256").to_owned();
    let (desk, inbox, carrier, body) = visit.read(LARGEST_TEXT).await?;
    if !is_metas(&carrier) || !signature::is_metas(&carrier.secret, &body, &given) {
        return Err(NOT_PROVED);
    }
    let json: Value = serde_json::from_slice(&body).map_err(|_| ApiError::Malformed)?;
    for event in meta_events::read(&carrier, &json) {
        match event {
            Event::Talk(talk) => keep(&desk, &inbox, &carrier, *talk).await?,
            Event::Receipt { outbound_id, receipt } => {
                let inbox_id = inbox.id;
                desk.write(move |change| receive_receipt(change, inbox_id, outbound_id, receipt))
                    .await?;
            }
            Event::Until {
                recipient,
                until_ms,
                state,
            } => {
                until(&desk, inbox.id, recipient, until_ms, state).await?;
            }
        }
    }
    empty()
}

async fn keep(desk: &Desk, inbox: &Inbox, carrier: &Carrier, talk: Talk) -> Result<(), ApiError> {
    let mut brought = talk.brought;
    let (inbox_id, sought, address) = (
        inbox.id,
        brought.provider_id.clone(),
        brought.sender.address.clone(),
    );
    let (is_known, is_new) = desk
        .read(move |view| {
            let link = contact::link_by_source(view, inbox_id, &address)?;
            Ok((inbound::is_known(view, inbox_id, &sought)?, link.is_none()))
        })
        .await?;
    if is_known {
        return Ok(());
    }
    if is_new && brought.sender.name.is_none() {
        brought.sender.name = name_of(desk, carrier, &brought.sender.address).await;
    }
    let (files, missing) = media::bring(desk, &talk.files).await?;
    brought.files.clone_from(&files);
    note_missing(&mut brought, missing);
    let own = inbox.clone();
    let taken = desk
        .write(move |change| receive::take(change, &own, brought))
        .await?;
    if taken.is_none() {
        media::discard(desk, &files).await;
    }
    Ok(())
}

/// Messengers bring a number only; the name is asked for once. Without an answer the guest stays nameless.
async fn name_of(desk: &Desk, carrier: &Carrier, address: &str) -> Option<String> {
    if carrier.kind != "page" || carrier.token.is_empty() {
        return None;
    }
    let mut url = url::Url::parse(&carrier.base_url).ok()?;
    // A segment of the path, whatever is in it: the token goes to no other host.
    url.path_segments_mut().ok()?.push(address);
    url.query_pairs_mut().append_pair("fields", "name");
    let proof = Proof::Bearer(carrier.token.clone());
    let fetched = fetch(desk, url.as_str(), &proof, 64 * 1024).await.ok()?;
    let json: Value = serde_json::from_slice(&fetched.bytes).ok()?;
    json["name"].as_str().map(str::to_owned)
}

/// Everything sent to a guest until a moment was delivered or read.
async fn until(
    desk: &Desk,
    inbox_id: i64,
    recipient: String,
    until_ms: i64,
    state: State,
) -> Result<(), ApiError> {
    desk.write(move |change| {
        for part in outbound::unread_by(change, inbox_id, &recipient, until_ms)? {
            let receipt = Receipt {
                state,
                error: None,
                provider_id: None,
            };
            receive_receipt(change, inbox_id, Some(part.id), receipt)?;
        }
        Ok(())
    })
    .await
}
