//! Customers. Socket frames and message senders leave out the times and sometimes more (reference §7, §10.4).

use super::Read;
use deskbell_domain::{Contact, ContactId};
use serde_json::Value;

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
    })
}
