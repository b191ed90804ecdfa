//! Answers of guests to surveys (reference §8, §11.2).

use super::time::{epoch, iso};
use super::{contact, people};
use crate::db;
use crate::db::conversation::Conversation;
use crate::db::csat_survey_response::{self as responses, CsatSurveyResponse};
use crate::db::inbox::Inbox;
use crate::db::message::Message;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// An answer as administrators see it.
pub fn rest(view: &View<'_>, found: &CsatSurveyResponse) -> Result<Value, ApiError> {
    let about = db::conversation::find(view, found.conversation_id)?.ok_or(ApiError::NotFound)?;
    let mut json = json!({
        "id": found.id,
        "rating": found.rating,
        "feedback_message": found.feedback_message,
        "csat_review_notes": null,
        "review_notes_updated_at": null,
        "account_id": found.account_id,
        "message_id": found.message_id,
        "conversation_id": about.display_id,
        "created_at": epoch(found.created_at),
    });
    if let Some(guest) = db::contact::find(view, found.contact_id)? {
        json["contact"] = contact::rest(view, &guest);
    }
    if let Some(id) = found.assigned_agent_id
        && let Some(user) = db::people::user(view, id)?
    {
        json["assigned_agent"] = people::agent(view, found.account_id, &user)?;
    }
    Ok(json)
}

/// The page a guest answers on.
pub fn page(
    view: &View<'_>,
    inbox: &Inbox,
    about: &Conversation,
    survey: &Message,
    locale: &str,
) -> Result<Value, ApiError> {
    let answer = responses::of_message(view, survey.id)?;
    Ok(json!({
        "id": survey.id,
        "csat_survey_response": answer.as_ref().map(raw),
        "display_type": survey.content_attributes.get("display_type").cloned().unwrap_or(json!("emoji")),
        "content": survey.content,
        "inbox_avatar_url": inbox.avatar_url,
        "inbox_name": inbox.name,
        "locale": locale,
        "conversation_id": about.id,
        "created_at": iso(survey.created_at),
    }))
}

fn raw(found: &CsatSurveyResponse) -> Value {
    json!({
        "id": found.id,
        "account_id": found.account_id,
        "conversation_id": found.conversation_id,
        "message_id": found.message_id,
        "rating": found.rating,
        "feedback_message": found.feedback_message,
        "contact_id": found.contact_id,
        "assigned_agent_id": found.assigned_agent_id,
        "created_at": iso(found.created_at),
        "updated_at": iso(found.updated_at),
    })
}
