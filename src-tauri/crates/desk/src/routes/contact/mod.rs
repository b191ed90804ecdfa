//! Guests (reference §7).

mod links;
mod list;
mod merge;

use super::call::{Answer, PersonCall};
use super::conversation::titles;
use super::params::Params;
use super::{empty, ok};
use crate::cable::events::Happening;
use crate::db::contact::{self, Contact, NewContact};
use crate::db::{attachment, conversation, inbox};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::service::conversation::link_in;
use crate::service::{self, access};
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};

/// How many conversations of a guest are shown.
const MOST_CONVERSATIONS: usize = 20;

pub fn routes() -> Router<Desk> {
    Router::new()
        .merge(list::routes())
        .merge(links::routes())
        .merge(merge::routes())
        .route("/contacts", get(list::list).post(create))
        .route(
            "/contacts/{contact_id}",
            get(show).patch(update).put(update).delete(delete),
        )
        .route("/contacts/{contact_id}/conversations", get(conversations))
        .route("/contacts/{contact_id}/labels", get(labels).post(set_labels))
        .route(
            "/contacts/{contact_id}/destroy_custom_attributes",
            post(destroy_custom_attributes),
        )
        .route("/contacts/{contact_id}/attachments", get(attachments))
        .route(
            "/contacts/{contact_id}/avatar",
            axum::routing::delete(delete_avatar),
        )
}

async fn show(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    let json = call
        .desk
        .read(move |view| wire::contact::rest_with_inboxes(view, &access::guest(view, &member, id)?))
        .await?;
    ok(json!({ "payload": json }))
}

async fn create(call: PersonCall) -> Answer {
    // Whoever sees their own customers only would not see this one, yet learn who is known.
    access::sees_every_guest(&call.member)?;
    let (account_id, params) = (call.account_id, call.params.clone());
    let payload = call
        .desk
        .act(call.actor(), move |change| {
            let new = NewContact {
                account_id,
                name: params.text("name").unwrap_or_default(),
                email: params.filled("email"),
                phone_number: params.filled("phone_number"),
                identifier: params.filled("identifier"),
                additional_attributes: params
                    .object("additional_attributes")
                    .cloned()
                    .unwrap_or_default(),
                custom_attributes: params.object("custom_attributes").cloned().unwrap_or_default(),
            };
            check_length(&new.name)?;
            let created = service::contact::create_in(change, new)?;
            let link = match params.integer("inbox_id") {
                Some(inbox_id) => {
                    let found = inbox::find_in(change, account_id, inbox_id)?.ok_or(ApiError::NotFound)?;
                    let source_id = params.filled("source_id");
                    Some((link_in(change, created.id, &found, source_id.as_deref())?, found))
                }
                None => None,
            };
            let link = link.map(|(link, found)| (link.source_id, wire::inbox::slim(&found)));
            let (source_id, inbox) = link.unzip();
            Ok(json!({
                "contact": wire::contact::rest_with_inboxes(change, &created)?,
                "contact_inbox": { "inbox": inbox, "source_id": source_id },
            }))
        })
        .await?;
    ok(json!({ "payload": payload }))
}

fn check_length(name: &str) -> Result<(), ApiError> {
    if name.chars().count() > 255 {
        let message = "Name is too long (maximum is 255 characters)";
        return Err(ApiError::invalid(message, "name"));
    }
    Ok(())
}

async fn update(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    let params = call.params.clone();
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut found = access::guest(change, &member, id)?;
            take(&mut found, &params)?;
            let saved = service::contact::save_in(change, found)?;
            wire::contact::rest_with_inboxes(change, &saved)
        })
        .await?;
    ok(json!({ "payload": json }))
}

fn take(found: &mut Contact, params: &Params) -> Result<(), ApiError> {
    if let Some(name) = params.text("name") {
        check_length(&name)?;
        found.name = name;
    }
    if params.has("email") {
        found.email = params.filled("email");
    }
    if params.has("phone_number") {
        found.phone_number = params.filled("phone_number");
    }
    if params.has("identifier") {
        found.identifier = params.filled("identifier");
    }
    found.blocked = params.flag("blocked").unwrap_or(found.blocked);
    if let Some(attributes) = params.object("custom_attributes") {
        service::contact::merge(&mut found.custom_attributes, attributes.clone());
    }
    if let Some(attributes) = params.object("additional_attributes") {
        service::contact::merge(&mut found.additional_attributes, attributes.clone());
    }
    Ok(())
}

async fn destroy_custom_attributes(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    let keys = call.params.texts("custom_attributes");
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut found = access::guest(change, &member, id)?;
            found.custom_attributes.retain(|key, _| !keys.contains(key));
            let saved = service::contact::save_in(change, found)?;
            wire::contact::rest_with_inboxes(change, &saved)
        })
        .await?;
    ok(json!({ "payload": json }))
}

async fn delete(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    call.desk
        .act(call.actor(), move |change| {
            let found = access::guest(change, &member, id)?;
            if change
                .presence
                .guest_is_there(member.account_id, id, change.now_ms)
            {
                let message = "Contact is online and cannot be deleted";
                return Err(ApiError::Invalid {
                    message: message.to_owned(),
                    attributes: Vec::new(),
                });
            }
            change.tell(Happening::contact_deleted(change, &found)?);
            contact::delete(change, found.id)
        })
        .await?;
    empty()
}

async fn conversations(call: PersonCall) -> Answer {
    let (id, member, viewer) = (call.id("contact_id"), call.member.clone(), call.viewer());
    let payload = call
        .desk
        .read(move |view| {
            let found = access::guest(view, &member, id)?;
            let mut visible = Vec::new();
            for one in conversation::of_contact(view, found.id)? {
                if visible.len() < MOST_CONVERSATIONS && access::lists(view, &member, &one)? {
                    visible.push(one);
                }
            }
            wire::conversation::rest_all(view, &visible, viewer)
        })
        .await?;
    ok(json!({ "payload": payload }))
}

/// As those of a conversation, of all conversations the caller may see (reference §3.4, §7).
async fn attachments(call: PersonCall) -> Answer {
    let (id, member, page) = (call.id("contact_id"), call.member.clone(), call.params.page());
    let json = call
        .desk
        .read(move |view| {
            let found = access::guest(view, &member, id)?;
            let mut ids = Vec::new();
            for one in conversation::of_contact(view, found.id)? {
                if access::lists(view, &member, &one)? {
                    ids.push(one.id);
                }
            }
            let (count, files) = attachment::of_conversations(view, &ids, page)?;
            let payload: Vec<Value> = files
                .iter()
                .map(|file| wire::attachment::of_contact(view, file))
                .collect::<Result<_, _>>()?;
            Ok(json!({ "meta": { "total_count": count }, "payload": payload }))
        })
        .await?;
    ok(json)
}

async fn delete_avatar(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let found = access::guest(change, &member, id)?;
            contact::remove_avatar(change, found.id)?;
            let saved = service::contact::save_in(change, access::guest(change, &member, id)?)?;
            wire::contact::rest_with_inboxes(change, &saved)
        })
        .await?;
    ok(json!({ "payload": json }))
}

async fn labels(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    let labels = call
        .desk
        .read(move |view| contact::labels(view, access::guest(view, &member, id)?.id))
        .await?;
    ok(json!({ "payload": labels }))
}

async fn set_labels(call: PersonCall) -> Answer {
    let (member, id) = (call.member.clone(), call.id("contact_id"));
    let titles = titles(&call.params);
    let labels = call
        .desk
        .act(call.actor(), move |change| {
            let found = access::guest(change, &member, id)?;
            contact::set_labels(change, found.id, &titles)?;
            service::contact::save_in(change, found)?;
            contact::labels(change, id)
        })
        .await?;
    ok(json!({ "payload": labels }))
}
