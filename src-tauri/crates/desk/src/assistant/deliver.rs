//! Carrying a reply out: deed, message, attributes and hand-over in one transaction with the last look at the status,
//! so that no answer slips in after a person took over.

use super::actions;
use super::case::{self, Case};
use super::engine;
use super::engine::never::Reason;
use super::engine::turn::{Action, Escalation, Reply};
use super::lookup::Lookup;
use crate::db::{contact as contacts, rows};
use crate::desk::Change;
use crate::error::ApiError;
use crate::service::{contact, conversation, message, typing};
use message::NewMessage;
use rusqlite::params;
use serde_json::{Map, Value, json};

/// A reply thought out beforehand, for the message it answers.
pub struct Prepared {
    pub newest: Option<i64>,
    pub reply: Reply,
}

/// Answers if it is still the assistant's turn. A prepared reply counts only if nobody wrote since; otherwise the
/// engine answers what is there now.
pub fn answer(
    change: &mut Change<'_>,
    conversation_id: i64,
    prepared: Option<Prepared>,
) -> Result<(), ApiError> {
    typing::set_in(change, conversation_id, false, Value::Bool(false));
    let Some(case) = case::read(change, change.now_ms, conversation_id)? else {
        return Ok(());
    };
    let reply = match prepared.filter(|prepared| prepared.newest == case.newest()) {
        Some(prepared) => Some(prepared.reply),
        None => {
            let lookup = Lookup {
                connection: change,
                account_id: case.account_id,
                contact_id: case.contact_id,
            };
            engine::answer(&case.turn, &lookup)
        }
    };
    match reply {
        Some(reply) => carry_out(change, &case, reply),
        None => Ok(()),
    }
}

fn carry_out(change: &mut Change<'_>, case: &Case, mut reply: Reply) -> Result<(), ApiError> {
    if let Some(action) = reply.action {
        act(change, case, action)?;
        note_action(case, action, &mut reply);
    }
    let mut new = NewMessage::reply(case.conversation_id, reply.text);
    if !reply.tools.is_empty() {
        new.content_attributes = Map::from_iter([("ai_tools".to_owned(), json!(reply.tools))]);
    }
    let said = message::create_in(change, new)?;
    remember(change, case.conversation_id, said.id, reply.proposal.as_ref())?;
    if !reply.guest_attributes.is_empty()
        && let Some(mut guest) = contacts::find(change, case.contact_id)?
    {
        contact::merge(&mut guest.custom_attributes, reply.guest_attributes);
        contact::save_in(change, guest)?;
    }
    let mut attributes = reply.attributes;
    if let Some(escalation) = &reply.escalation {
        attributes.extend(handoff_attributes(escalation, said.id));
    }
    if !attributes.is_empty() {
        conversation::merge_custom_attributes_in(change, case.conversation_id, attributes)?;
    }
    if let Some(wish) = reply.wish {
        actions::propose(change, case, wish)?;
    }
    match reply.escalation {
        Some(escalation) => hand_over(change, case.conversation_id, &escalation),
        None => Ok(()),
    }
}

fn handoff_attributes(escalation: &Escalation, said: i64) -> Map<String, Value> {
    let mut brief = escalation.brief.clone();
    for promise in &mut brief.promised {
        promise.message_id = promise.message_id.or(Some(said));
    }
    Map::from_iter([
        ("escalation_reason".to_owned(), json!(escalation.words())),
        ("handoff_brief".to_owned(), json!(brief)),
    ])
}

fn hand_over(change: &mut Change<'_>, conversation_id: i64, escalation: &Escalation) -> Result<(), ApiError> {
    if escalation.reasons.contains(&Reason::Emergency) {
        conversation::set_priority_in(change, conversation_id, Some("urgent"))?;
    }
    conversation::set_status_in(change, conversation_id, "open", None).map(drop)
}

fn act(change: &Change<'_>, case: &Case, action: Action) -> Result<(), ApiError> {
    let changed = match action {
        Action::Cancel { booking_id } => rows::execute(
            change,
            "UPDATE booking SET status = 'cancelled' WHERE id = ?1 AND contact_id = ?2 AND status = 'confirmed'",
            params![booking_id, case.contact_id],
        )?,
        Action::Move {
            booking_id,
            starts_at,
        } => rows::execute(
            change,
            "UPDATE booking SET ends_at = ends_at - starts_at + ?3, starts_at = ?3
             WHERE id = ?1 AND contact_id = ?2 AND status = 'confirmed'",
            params![booking_id, case.contact_id, starts_at.saturating_mul(1000)],
        )?,
    };
    if changed == 1 {
        Ok(())
    } else {
        Err(ApiError::Broken("the booking is gone"))
    }
}

/// What the AI did by itself is listed with the conversation.
fn note_action(case: &Case, action: Action, reply: &mut Reply) {
    let mut actions = match case.turn.attributes.get("linked_actions") {
        Some(Value::Array(actions)) => actions.clone(),
        _ => Vec::new(),
    };
    let booking_id = match action {
        Action::Cancel { booking_id } | Action::Move { booking_id, .. } => booking_id,
    };
    let title = reply
        .tools
        .last()
        .map_or("Booking changed", |tool| tool.summary.as_str());
    actions.push(json!({ "id": format!("booking-{booking_id}-{}", case.turn.now), "title": title, "status": "auto_executed" }));
    reply
        .attributes
        .insert("linked_actions".to_owned(), Value::Array(actions));
}

fn remember(
    change: &Change<'_>,
    conversation_id: i64,
    message_id: i64,
    proposal: Option<&engine::turn::Proposal>,
) -> Result<(), ApiError> {
    rows::execute(
        change,
        "DELETE FROM assistant_question WHERE conversation_id = ?1",
        [conversation_id],
    )?;
    if let Some(proposal) = proposal {
        rows::execute(
            change,
            "INSERT INTO assistant_question (conversation_id, message_id, proposal) VALUES (?1, ?2, ?3)",
            params![conversation_id, message_id, json!(proposal).to_string()],
        )?;
    }
    Ok(())
}
