//! What a save changed, as receivers outside are told (reference §11.1): `[{field: {previous_value, current_value}}]`,
//! null where nothing did.

use crate::db::contact::Contact;
use crate::db::conversation::Conversation;
use crate::wire::time::{iso, iso_or_null};
use serde_json::{Map, Value, json};

/// Between two states of a conversation.
pub fn of_conversations(before: &Conversation, after: &Conversation) -> Value {
    between(&conversation(before), &conversation(after))
}

/// Between two states of a guest.
pub fn of_contacts(before: &Contact, after: &Contact) -> Value {
    between(&contact(before), &contact(after))
}

/// Of one field.
pub fn of_field(name: &str, before: &Value, after: &Value) -> Value {
    json!([{ name: { "previous_value": before, "current_value": after } }])
}

fn between(before: &Value, after: &Value) -> Value {
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return Value::Null;
    };
    let changed = after.iter().filter(|(name, now)| before.get(*name) != Some(now));
    let told: Vec<Value> = changed
        .map(|(name, now)| {
            let change = json!({ "previous_value": before.get(name), "current_value": now });
            Value::Object(Map::from_iter([(name.clone(), change)]))
        })
        .collect();
    if told.is_empty() {
        Value::Null
    } else {
        Value::Array(told)
    }
}

fn conversation(row: &Conversation) -> Value {
    json!({
        "status": row.status,
        "priority": row.priority,
        "assignee_id": row.assignee_id,
        "assignee_agent_bot_id": row.assignee_bot_id,
        "team_id": row.team_id,
        "snoozed_until": iso_or_null(row.snoozed_until),
        "additional_attributes": row.additional_attributes,
        "custom_attributes": row.custom_attributes,
        "first_reply_created_at": iso_or_null(row.first_reply_created_at),
        "waiting_since": iso_or_null(row.waiting_since),
        "updated_at": iso(row.updated_at),
    })
}

/// Its version is no difference: any save moves it.
fn contact(row: &Contact) -> Value {
    json!({
        "name": row.name,
        "email": row.email,
        "phone_number": row.phone_number,
        "identifier": row.identifier,
        "blocked": row.blocked,
        "avatar_url": row.avatar_url,
        "additional_attributes": row.additional_attributes,
        "custom_attributes": row.custom_attributes,
        "last_activity_at": iso_or_null(row.last_activity_at),
    })
}
