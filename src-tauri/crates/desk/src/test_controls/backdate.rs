//! Lets what happened in a conversation have happened earlier: for windows and silences that take hours.

use crate::db::{conversation, rows};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::routes::call::Answer;
use crate::routes::empty;
use crate::routes::params::Params;
use axum::extract::{Request, State};
use rusqlite::params;

/// `account_id`, `conversation_id` (display), `seconds`. Nobody is told: call it before anybody has read the
/// conversation.
pub async fn move_back(State(desk): State<Desk>, request: Request) -> Answer {
    let params = Params::of(request).await?;
    desk.write(move |change| shift(change, &params)).await?;
    empty()
}

fn shift(change: &mut Change<'_>, wanted: &Params) -> Result<(), ApiError> {
    let number = |key: &str| wanted.integer(key).unwrap_or(0);
    let found = conversation::by_display_id(change, number("account_id"), number("conversation_id"))?;
    let found = found.ok_or(ApiError::NotFound)?;
    let by_ms = number("seconds").saturating_mul(1000);
    rows::execute(
        change,
        "UPDATE message SET created_at = created_at - ?2, updated_at = updated_at - ?2 WHERE conversation_id = ?1",
        params![found.id, by_ms],
    )?;
    rows::execute(
        change,
        "UPDATE conversation SET last_activity_at = last_activity_at - ?2, waiting_since = waiting_since - ?2,
           agent_last_seen_at = agent_last_seen_at - ?2, assignee_last_seen_at = assignee_last_seen_at - ?2,
           contact_last_seen_at = contact_last_seen_at - ?2, first_reply_created_at = first_reply_created_at - ?2,
           created_at = created_at - ?2, updated_at = updated_at - ?2
         WHERE id = ?1",
        params![found.id, by_ms],
    )?;
    Ok(())
}
