//! Two records of one guest become one (reference §7): the base keeps its id and wins wherever both say something.

use super::contact::save_in;
use crate::cable::events::Happening;
use crate::db::contact::{self, Contact};
use crate::db::conversation;
use crate::db::json::Object;
use crate::desk::Change;
use crate::error::ApiError;
use serde_json::Value;

/// Gives all that is the mergee's to the base and takes the mergee away. The same record twice changes nothing.
pub fn merge_in(change: &mut Change<'_>, base: Contact, mergee: Contact) -> Result<Contact, ApiError> {
    if base.id == mergee.id {
        return Ok(base);
    }
    let moved = conversation::of_contact(change, mergee.id)?;
    change.tell(Happening::contact_deleted(change, &mergee)?);
    contact::merge_into(change, mergee.id, base.id, change.now_ms)?;
    let base_id = base.id;
    let saved = save_in(change, united(base, mergee))?;
    change.tell(Happening::contact("contact.merged", base_id));
    for one in moved {
        change.tell(Happening::conversation("conversation.contact_changed", one.id));
    }
    Ok(saved)
}

fn united(base: Contact, mergee: Contact) -> Contact {
    let mut additional_attributes = mergee.additional_attributes;
    deep_merge(&mut additional_attributes, &base.additional_attributes);
    let mut custom_attributes = mergee.custom_attributes;
    deep_merge(&mut custom_attributes, &base.custom_attributes);
    Contact {
        name: if base.name.is_empty() {
            mergee.name
        } else {
            base.name
        },
        email: base.email.or(mergee.email),
        phone_number: base.phone_number.or(mergee.phone_number),
        identifier: base.identifier.or(mergee.identifier),
        avatar_url: if base.avatar_url.is_empty() {
            mergee.avatar_url
        } else {
            base.avatar_url
        },
        additional_attributes,
        custom_attributes,
        last_activity_at: base.last_activity_at.max(mergee.last_activity_at),
        ..base
    }
}

/// Lays `from` over `into`, objects inside objects too.
pub fn deep_merge(into: &mut Object, from: &Object) {
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => deep_merge(old, new),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}
