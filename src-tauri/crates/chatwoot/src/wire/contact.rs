//! Customers. Socket frames and message senders leave out the times and sometimes more (reference §7, §10.4).

use super::Read;
use super::more::more;
use deskbell_domain::{Contact, ContactId};
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
