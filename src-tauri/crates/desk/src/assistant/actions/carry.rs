//! Carrying out what was approved. The decision is committed before, so one cut off in between is carried out at the
//! next start; the deed and its end are one commit, so it is never done twice.

use super::rows::{self, Booking, LinkedAction, State};
use crate::db::rows::execute;
use crate::desk::{Actor, Change, Desk};
use crate::error::ApiError;
use crate::service::{activity, save};
use rusqlite::params;
use serde_json::Value;

/// Carries out everything approved that is not done yet.
pub async fn carry_out_all(desk: &Desk) -> Result<(), ApiError> {
    for id in desk.read(|view| rows::approved(view)).await? {
        carry_out(desk, id).await?;
    }
    Ok(())
}

/// Carries one out if it is approved and not done yet; answers it as it is then.
pub async fn carry_out(desk: &Desk, id: i64) -> Result<Value, ApiError> {
    desk.act(Actor::System, move |change| {
        let mut action = rows::find(change, id)?.ok_or(ApiError::NotFound)?;
        if action.state == State::Approved {
            match obstacle(change, &action)? {
                None => end(change, &mut action)?,
                Some(reason) => fail(change, &mut action, reason)?,
            }
        }
        super::shown(change, &action)
    })
    .await
}

/// Why it can no longer be done, for people.
fn obstacle(change: &Change<'_>, action: &LinkedAction) -> Result<Option<&'static str>, ApiError> {
    let Some(booking) = rows::booking(change, action.booking_id)? else {
        return Ok(Some("The booking is gone"));
    };
    Ok(if !booking.is_confirmed {
        Some("The booking is cancelled already")
    } else if booking.starts_at != action.was_starts_at {
        Some("The booking was moved meanwhile")
    } else if action.starts_at.is_some_and(|at| at <= change.now_ms) {
        Some("The new time is over")
    } else if is_occupied(change, action, &booking)? {
        Some("The new time is taken")
    } else {
        None
    })
}

fn is_occupied(change: &Change<'_>, action: &LinkedAction, booking: &Booking) -> Result<bool, ApiError> {
    let Some(from) = action.starts_at else {
        return Ok(false);
    };
    let to = from.saturating_add(booking.ends_at - booking.starts_at);
    rows::is_taken(change, booking, action.booking_id, from, to)
}

fn end(change: &mut Change<'_>, action: &mut LinkedAction) -> Result<(), ApiError> {
    match action.starts_at {
        None => execute(
            change,
            "UPDATE booking SET status = 'cancelled' WHERE id = ?1",
            [action.booking_id],
        )?,
        Some(starts_at) => execute(
            change,
            "UPDATE booking SET ends_at = ends_at - starts_at + ?2, starts_at = ?2 WHERE id = ?1",
            params![action.booking_id, starts_at],
        )?,
    };
    action.state = State::Done;
    super::keep(change, action)
}

fn fail(change: &mut Change<'_>, action: &mut LinkedAction, reason: &str) -> Result<(), ApiError> {
    action.state = State::Failed;
    action.reason = Some(reason.to_owned());
    super::keep(change, action)?;
    let conversation = save::reload(change, action.conversation_id)?;
    let line = format!("Not done: {}. {reason}.", action.title);
    activity::write(change, &conversation, line)
}
