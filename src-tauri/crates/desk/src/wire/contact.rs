//! Guests (reference §7, §4.1).

use super::inbox::slim;
use super::time::{epoch, iso, iso_or_null};
use crate::db::contact::{self, Contact, ContactInbox};
use crate::db::inbox;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// CONTACT, without its channels.
pub fn rest(view: &View<'_>, contact: &Contact) -> Value {
    let there = view
        .presence
        .guest_is_there(contact.account_id, contact.id, view.now_ms);
    let mut json = json!({
        "additional_attributes": contact.additional_attributes,
        "availability_status": if there { "online" } else { "offline" },
        "email": contact.email,
        "id": contact.id,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "blocked": contact.blocked,
        "identifier": contact.identifier,
        "thumbnail": contact.avatar_url,
        "custom_attributes": contact.custom_attributes,
        "created_at": epoch(contact.created_at),
    });
    if let Some(at) = contact.last_activity_at {
        json["last_activity_at"] = json!(epoch(at));
    }
    json
}

/// CONTACT with its channels.
pub fn rest_with_inboxes(view: &View<'_>, contact: &Contact) -> Result<Value, ApiError> {
    let mut json = rest(view, contact);
    let mut links = Vec::new();
    for link in contact::links(view, contact.id)? {
        let Some(inbox) = inbox::find(view, link.inbox_id)? else {
            continue;
        };
        links.push(json!({ "source_id": link.source_id, "inbox": slim(&inbox) }));
    }
    json["contact_inboxes"] = Value::Array(links);
    Ok(json)
}

/// A guest as sender and in pushes.
pub fn push(contact: &Contact) -> Value {
    json!({
        "additional_attributes": contact.additional_attributes,
        "custom_attributes": contact.custom_attributes,
        "email": contact.email,
        "id": contact.id,
        "identifier": contact.identifier,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "thumbnail": contact.avatar_url,
        "blocked": contact.blocked,
        "type": "contact",
    })
}

/// All columns, as the public API shows them (reference §11.2).
pub fn raw(contact: &Contact) -> Value {
    json!({
        "id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "phone_number": contact.phone_number,
        "account_id": contact.account_id,
        "identifier": contact.identifier,
        "additional_attributes": contact.additional_attributes,
        "custom_attributes": contact.custom_attributes,
        "last_activity_at": iso_or_null(contact.last_activity_at),
        "created_at": iso(contact.created_at),
        "updated_at": iso(contact.updated_at),
        "contact_type": "visitor",
        "middle_name": "",
        "last_name": "",
        "location": "",
        "country_code": "",
        "blocked": contact.blocked,
    })
}

/// The link of a pushed conversation (reference §10.4).
pub fn push_link(link: &ContactInbox) -> Value {
    json!({
        "id": link.id,
        "contact_id": link.contact_id,
        "inbox_id": link.inbox_id,
        "source_id": link.source_id,
        "created_at": iso(link.created_at),
        "updated_at": iso(link.updated_at),
        "hmac_verified": link.hmac_verified,
        "pubsub_token": link.pubsub_token,
    })
}
