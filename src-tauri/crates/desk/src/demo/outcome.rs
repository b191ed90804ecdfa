//! What a conversation left behind: on itself and on its guest.

use super::files::Script;
use super::story::Telling;
use crate::db::contact;
use crate::db::conversation::Conversation;
use crate::desk::Change;
use crate::error::ApiError;
use serde_json::{Value, json};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// What the AI understood, and what came of it.
pub fn describe(telling: &Telling<'_, '_>, state: &mut Conversation) {
    let script = &telling.planned.script;
    let reference = &telling.blanks.reference;
    let mut set = |key: &str, value: Value| state.custom_attributes.insert(key.to_owned(), value);
    if let Some(topic) = &script.topic {
        set("topic", json!(topic));
    }
    if let Some(intent) = &script.intent {
        set("intent_level", json!(intent));
    }
    if let Some(dates) = &script.dates {
        set("dates_of_interest", json!(telling.filled(dates)));
    }
    if !script.conversions.is_empty() {
        let reached: Vec<Value> = script
            .conversions
            .iter()
            .map(|(kind, label)| json!({ "kind": kind, "label": telling.filled(label), "url": format!("https://records.example/{kind}/{}", reference) }))
            .collect();
        set("conversions", Value::Array(reached));
    }
    if let Some(action) = &script.action {
        set(
            "linked_actions",
            json!([{ "id": format!("act-{}", reference), "title": telling.filled(action), "status": "auto_executed" }]),
        );
    }
    if let Some(subject) = &script.ticket {
        set(
            "ticket",
            json!({ "subject": subject, "url": "https://records.example/tickets/1187" }),
        );
        set(
            "linked_actions",
            json!([{ "id": "act-1187", "title": "Release card hold, €180.00", "status": "pending", "url": "https://records.example/actions/1187" }]),
        );
    }
    state.priority = script.priority.clone();
}

/// What is known of the guest after a conversation.
pub fn learn(change: &Change<'_>, contact_id: i64, script: &Script, at: i64) -> Result<(), ApiError> {
    let Some(mut guest) = contact::find(change, contact_id)? else {
        return Ok(());
    };
    let mut set = |key: &str, value: Value| guest.custom_attributes.insert(key.to_owned(), value);
    if let Some(persona) = &script.persona {
        set("persona", json!(persona));
        set("persona_reason", json!("From what they wrote and booked."));
    }
    if let Some(temperature) = &script.lead {
        set("lead", json!(true));
        set(
            "lead_status",
            json!(if script.conversions.is_empty() {
                "New"
            } else {
                "Qualified"
            }),
        );
        set("lead_temperature", json!(temperature));
    }
    if script.opted_out {
        set("opted_out_at", json!(at / SECOND));
    }
    if script.call {
        set(
            "calls",
            json!([{ "at": (at - 5 * MINUTE) / SECOND, "duration_s": 0 }]),
        );
    }
    guest.last_activity_at = Some(at.max(guest.last_activity_at.unwrap_or(at)));
    guest.updated_at = guest.updated_at.max(at);
    contact::update(change, &guest)
}
