//! What macros do to conversations (reference §8). One failing step keeps none of the others from running.

use super::message::{NewFile, NewMessage, create_in};
use super::{access, assignment, conversation as conversations, save, uploads};
use crate::db::macros::Macro;
use crate::db::people::Membership;
use crate::db::{conversation, inbox, people, team, upload};
use crate::desk::{Actor, Change, Desk};
use crate::error::ApiError;
use serde_json::Value;

/// Everything a macro can be asked to do.
pub const ACTIONS: &[&str] = &[
    "send_message",
    "add_private_note",
    "add_label",
    "remove_label",
    "assign_agent",
    "remove_assigned_agent",
    "assign_team",
    "remove_assigned_team",
    "change_status",
    "resolve_conversation",
    "snooze_conversation",
    "mute_conversation",
    "change_priority",
    "send_email_transcript",
    "send_attachment",
    "send_webhook_event",
];

/// Runs a macro in a person's name on those of the conversations (display ids) that the person may open.
pub async fn execute(
    desk: &Desk,
    found: &Macro,
    member: &Membership,
    display_ids: Vec<i64>,
) -> Result<(), ApiError> {
    let asking = member.clone();
    let ids = desk
        .read(move |view| {
            let mut ids = Vec::new();
            for display_id in display_ids {
                let found = conversation::by_display_id(view, asking.account_id, display_id)?;
                if let Some(found) = found
                    && access::opens(view, &asking, &found)?
                {
                    ids.push(found.id);
                }
            }
            Ok(ids)
        })
        .await?;
    for id in ids {
        for step in found.actions.as_array().into_iter().flatten() {
            if take(desk, step, member, id).await.is_err() {
                tracing::info!("a step of a macro did not succeed");
            }
        }
    }
    Ok(())
}

async fn take(desk: &Desk, step: &Value, member: &Membership, id: i64) -> Result<(), ApiError> {
    let action = step["action_name"].as_str().unwrap_or_default().to_owned();
    let params = texts(&step["action_params"]);
    let files = match action.as_str() {
        "send_attachment" => files(desk, member.account_id, &params).await?,
        _ => Vec::new(),
    };
    desk.act(Actor::User(member.user_id), move |change| {
        step_in(change, id, &action, &params, files)
    })
    .await
}

fn texts(params: &Value) -> Vec<String> {
    let params = params.as_array().into_iter().flatten();
    let text = |param: &Value| match param {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    params.filter_map(text).collect()
}

async fn files(desk: &Desk, account_id: i64, params: &[String]) -> Result<Vec<NewFile>, ApiError> {
    let mut files = Vec::new();
    for id in params.iter().filter_map(|id| id.parse().ok()) {
        let stored = desk
            .read(move |view| upload::find_in(view, account_id, id))
            .await?;
        files.push(uploads::copy(desk, &stored.ok_or(ApiError::NotFound)?).await?);
    }
    Ok(files)
}

fn step_in(
    change: &mut Change<'_>,
    id: i64,
    action: &str,
    params: &[String],
    files: Vec<NewFile>,
) -> Result<(), ApiError> {
    let first = params.first().map(String::as_str).unwrap_or_default();
    let found = save::reload(change, id)?;
    match action {
        "send_message" => create_in(change, NewMessage::reply(id, first)).map(drop),
        "add_private_note" => create_in(change, NewMessage::note(id, first)).map(drop),
        "send_attachment" if !files.is_empty() => {
            let mut message = NewMessage::reply(id, "");
            message.content = None;
            message.files = files;
            create_in(change, message).map(drop)
        }
        "add_label" | "remove_label" => labels(change, id, params, action == "add_label"),
        "assign_agent" => assign(change, &found, first),
        "remove_assigned_agent" => assignment::to_person(change, &found, None).map(drop),
        "assign_team" => {
            let team_id = first.parse().unwrap_or(0);
            if team_id != 0 && team::find_in(change, found.account_id, team_id)?.is_none() {
                return Ok(());
            }
            assignment::to_team(change, &found, Some(team_id)).map(drop)
        }
        "remove_assigned_team" => assignment::to_team(change, &found, None).map(drop),
        "change_status" => conversations::set_status_in(change, id, first, None).map(drop),
        "resolve_conversation" => conversations::set_status_in(change, id, "resolved", None).map(drop),
        "snooze_conversation" => conversations::set_status_in(change, id, "snoozed", None).map(drop),
        "mute_conversation" => conversations::mute_in(change, id),
        "change_priority" => {
            let priority = Some(first).filter(|priority| !matches!(*priority, "" | "nil"));
            conversations::set_priority_in(change, id, priority).map(drop)
        }
        // The desk sends no mail; a webhook leaves after its own commit.
        _ => Ok(()),
    }
}

/// Adds labels to a conversation's, or takes them away.
pub fn labels(change: &mut Change<'_>, id: i64, titles: &[String], add: bool) -> Result<(), ApiError> {
    let mut labels = conversation::labels(change, id)?;
    let titles: Vec<String> = titles.iter().map(|title| title.trim().to_lowercase()).collect();
    labels.retain(|title| !titles.contains(title));
    if add {
        labels.extend(titles.into_iter().filter(|title| !title.is_empty()));
    }
    conversations::set_labels_in(change, id, &labels).map(drop)
}

/// `self` is whoever runs the macro, `nil` nobody; a person who does not see the channel gets nothing.
fn assign(change: &mut Change<'_>, found: &conversation::Conversation, to: &str) -> Result<(), ApiError> {
    let user_id = match (to, change.performer) {
        ("nil", _) => return assignment::to_person(change, found, None).map(drop),
        ("self", Actor::User(id)) => id,
        _ => to.parse().unwrap_or(0),
    };
    let Some(member) = people::membership(change, found.account_id, user_id)? else {
        return Ok(());
    };
    if member.is_administrator() || inbox::is_member(change, found.inbox_id, user_id)? {
        assignment::to_person(change, found, Some(user_id))?;
    }
    Ok(())
}
