//! Asking guests what they thought of a conversation (reference §5, §11.2).

use super::message::{NewMessage, create_in, save_in};
use super::{activity, window};
use crate::channels::consent::is_opted_out;
use crate::db::conversation::{self, Conversation};
use crate::db::csat_survey_response::{self as responses, CsatSurveyResponse};
use crate::db::message::{self, Message, TEMPLATE};
use crate::db::{contact, inbox};
use crate::desk::{Actor, Change};
use crate::error::ApiError;
use serde_json::{Map, Value, json};

/// Answers count for two weeks.
const LIFE_MS: i64 = 14 * 24 * 60 * 60 * 1000;
const FEEDBACK_CHARACTERS: usize = 20_000;

/// A conversation was resolved: asks once ever, where the channel wants it and may still write.
pub fn ask_in(change: &mut Change<'_>, conversation: &Conversation) -> Result<(), ApiError> {
    let Some(inbox) = inbox::find(change, conversation.inbox_id)? else {
        return Ok(());
    };
    if !inbox.csat_survey_enabled || message::first_survey(change, conversation.id)?.is_some() {
        return Ok(());
    }
    let guest = contact::find(change, conversation.contact_id)?;
    let is_unwanted = guest.is_some_and(|guest| is_opted_out(&guest));
    if is_unwanted || !window::can_reply(change, &inbox, conversation.id)? {
        let line = "CSAT survey not sent due to outgoing message restrictions";
        return activity::write(change, conversation, line.to_owned());
    }
    let survey = NewMessage {
        message_type: TEMPLATE,
        content_type: "input_csat".to_owned(),
        content_attributes: Map::from_iter([("display_type".to_owned(), json!("emoji"))]),
        ..NewMessage::reply(conversation.id, "Please rate the conversation")
    };
    // The channel asks, not whoever resolved it.
    let performer = std::mem::replace(&mut change.performer, Actor::System);
    let asked = create_in(change, survey);
    change.performer = performer;
    asked.map(drop)
}

/// Keeps what a guest submitted; a rating also becomes an answer to the survey.
pub fn submit_in(change: &mut Change<'_>, before: &Message, values: &Value) -> Result<Message, ApiError> {
    let is_survey = before.content_type == "input_csat";
    if is_survey && change.now_ms - before.created_at > LIFE_MS {
        let error = "You cannot update the CSAT survey after 14 days";
        return Err(ApiError::Refused(error.to_owned()));
    }
    let mut after = before.clone();
    after
        .content_attributes
        .insert("submitted_values".to_owned(), values.clone());
    let saved = save_in(change, before, after)?;
    if is_survey {
        answer_in(change, &saved, &values["csat_survey_response"])?;
    }
    Ok(saved)
}

fn answer_in(change: &mut Change<'_>, survey: &Message, given: &Value) -> Result<(), ApiError> {
    let rating = given["rating"]
        .as_i64()
        .or_else(|| given["rating"].as_str()?.parse().ok());
    let Some(rating) = rating.filter(|rating| (1..=5).contains(rating)) else {
        return Ok(());
    };
    let Some(about) = conversation::find(change, survey.conversation_id)? else {
        return Ok(());
    };
    let feedback = given["feedback_message"].as_str();
    let feedback = feedback.map(|text| text.chars().take(FEEDBACK_CHARACTERS).collect());
    responses::put(
        change,
        &CsatSurveyResponse {
            id: 0,
            account_id: about.account_id,
            conversation_id: about.id,
            message_id: survey.id,
            contact_id: about.contact_id,
            assigned_agent_id: about.assignee_id,
            rating,
            feedback_message: feedback,
            created_at: change.now_ms,
            updated_at: change.now_ms,
        },
    )
}
