//! A guest's links to channels (reference §7).

use crate::db::contact::{self, Contact, ContactInbox};
use crate::db::{conversation, inbox};
use crate::desk::{Change, Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use crate::service::conversation::link_in;
use crate::service::{access, tokens};
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::json;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/contacts/{contact_id}/contactable_inboxes",
            get(contactable_inboxes),
        )
        .route("/contacts/{contact_id}/contact_inboxes", post(create))
        .route("/contact_inboxes/filter", post(holder))
}

/// `POST …/contact_inboxes`: a link that is there is answered as it is.
async fn create(call: PersonCall) -> Answer {
    let (id, member) = (call.id("contact_id"), call.member.clone());
    let inbox_id = call.params.integer("inbox_id").unwrap_or(0);
    let source_id = call.params.filled("source_id");
    let verified = call.params.flag("hmac_verified") == Some(true);
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let guest = access::guest(change, &member, id)?;
            let found = inbox::find_in(change, member.account_id, inbox_id)?.ok_or(ApiError::NotFound)?;
            if !access::sees_inbox(change, &member, found.id)? {
                return Err(ApiError::DENIED);
            }
            if let Some(source_id) = source_id.as_deref()
                && let Some(holder) = contact::link_by_source(change, found.id, source_id)?
            {
                access::guest(change, &member, holder.contact_id)?;
            }
            let link = linked(change, &guest, &found, source_id.as_deref())?;
            if verified {
                contact::set_verified(change, link.id, change.now_ms)?;
            }
            Ok(json!({ "source_id": link.source_id, "inbox": wire::inbox::slim(&found) }))
        })
        .await?;
    ok(json)
}

/// On channels with an address of the guest's own, another guest's old link makes way (reference §7).
fn linked(
    change: &mut Change<'_>,
    guest: &Contact,
    inbox: &inbox::Inbox,
    source_id: Option<&str>,
) -> Result<ContactInbox, ApiError> {
    let wanted = match source_id {
        Some(source_id) => source_id.to_owned(),
        None => match contact::link_of(change, guest.id, inbox.id)? {
            Some(link) => return Ok(link),
            None => crate::service::contact::source_id_for(change, guest.id, inbox)?,
        },
    };
    let holder = contact::link_by_source(change, inbox.id, &wanted)?;
    if let Some(old) = holder.filter(|old| old.contact_id != guest.id)
        && matches!(
            inbox.channel_type.as_str(),
            "Channel::Email" | "Channel::Sms" | "Channel::TwilioSms" | "Channel::Whatsapp"
        )
    {
        contact::readdress(change, old.id, &tokens::token(), change.now_ms)?;
    }
    link_in(change, guest.id, inbox, Some(&wanted))
}

/// `POST /contact_inboxes/filter`: whose address this is; nobody's is an empty 404.
async fn holder(call: PersonCall) -> Answer {
    let member = call.member.clone();
    let inbox_id = call.params.integer("inbox_id").unwrap_or(0);
    let source_id = call.params.text("source_id").unwrap_or_default();
    let json = call
        .desk
        .read(move |view| {
            let found = inbox::find_in(view, member.account_id, inbox_id)?.ok_or(ApiError::NotFoundEmpty)?;
            if !access::sees_inbox(view, &member, found.id)? {
                return Err(ApiError::DENIED);
            }
            let link = contact::link_by_source(view, found.id, &source_id)?.ok_or(ApiError::NotFoundEmpty)?;
            let guest = access::guest(view, &member, link.contact_id).map_err(|_| ApiError::NotFoundEmpty)?;
            wire::contact::rest_with_inboxes(view, &guest)
        })
        .await?;
    ok(json)
}

/// Where a new conversation with this guest can be started.
async fn contactable_inboxes(call: PersonCall) -> Answer {
    let (id, member) = (call.id("contact_id"), call.member.clone());
    let payload = call
        .desk
        .read(move |view| {
            let guest = access::guest(view, &member, id)?;
            let mut payload = Vec::new();
            for found in inbox::all(view, member.account_id)? {
                if !access::sees_inbox(view, &member, found.id)? {
                    continue;
                }
                if let Some(source_id) = address(view, &guest, &found)? {
                    payload.push(json!({ "inbox": wire::inbox::slim(&found), "source_id": source_id }));
                }
            }
            Ok(payload)
        })
        .await?;
    ok(json!({ "payload": payload }))
}

fn address(view: &View<'_>, guest: &Contact, found: &inbox::Inbox) -> Result<Option<String>, ApiError> {
    let link = contact::link_of(view, guest.id, found.id)?;
    let phone = guest.phone_number.as_deref();
    Ok(match found.channel_type.as_str() {
        "Channel::Api" => Some(link.map_or_else(|| uuid::Uuid::new_v4().to_string(), |link| link.source_id)),
        "Channel::Email" => guest.email.clone(),
        "Channel::Whatsapp" => phone.map(|phone| phone.trim_start_matches('+').to_owned()),
        "Channel::TwilioSms" if found.setting("medium") == Some("whatsapp") => {
            phone.map(|phone| format!("whatsapp:{phone}"))
        }
        "Channel::Sms" | "Channel::TwilioSms" => phone.map(str::to_owned),
        "Channel::WebWidget" => match link {
            Some(link) if conversation::newest_of_link(view, link.id)?.is_none() => Some(link.source_id),
            _ => None,
        },
        _ => None,
    })
}
