//! Customers. Socket frames and message senders leave out the times and sometimes more (reference §7, §10.4).

use super::Read;
use super::more::more;
use deskbell_domain::{AgentId, Contact, ContactId, ContactNote};
use serde_json::Value;

/// Read into fields, or true for a moment only: who is online is not kept.
const MODELLED: &[&str] = &[
    "id",
    "account_id",
    "type",
    "name",
    "email",
    "phone_number",
    "identifier",
    "thumbnail",
    "avatar",
    "blocked",
    "availability_status",
    "created_at",
    "last_activity_at",
    "custom_attributes",
    "additional_attributes",
];

pub(crate) fn contact(value: &Value) -> Option<Contact> {
    Some(Contact {
        id: ContactId(value.int("id")?),
        name: value.text("name"),
        email: value.some_text("email"),
        phone_number: value.some_text("phone_number"),
        identifier: value.some_text("identifier"),
        // Webhook forms call it avatar.
        thumbnail: value.text_or("thumbnail", "avatar"),
        blocked: value.flag("blocked"),
        created_at: value.time("created_at"),
        last_activity_at: value.time("last_activity_at"),
        custom_attributes: value.object("custom_attributes"),
        additional_attributes: value.object("additional_attributes"),
        more: more(value, MODELLED),
    })
}

/// The two numbers beside the note's own are always null; the author is told in full with the people.
const MODELLED_OF_NOTE: &[&str] = &["id", "content", "account_id", "contact_id", "user", "created_at"];

pub(crate) fn contact_note(value: &Value) -> Option<ContactNote> {
    Some(ContactNote {
        id: value.int("id")?,
        content: value.text("content"),
        author: value.raw("user").and_then(|user| user.int("id")).map(AgentId),
        created_at: value.time("created_at").unwrap_or(0),
        more: more(value, MODELLED_OF_NOTE),
    })
}
