//! Activity lines: what happened, written into the thread (reference §5). They have no sender and only words.

use crate::cable::events::Happening;
use crate::db::conversation::{self, Conversation};
use crate::db::message::{self, ACTIVITY, Message};
use crate::db::{inbox, people, team};
use crate::desk::{Actor, Change};
use crate::error::ApiError;
use serde_json::Map;

/// Writes a line into the thread and announces it.
pub fn write(change: &mut Change<'_>, conversation: &Conversation, line: String) -> Result<(), ApiError> {
    let now_ms = change.now_ms;
    let id = message::insert(
        change,
        &Message {
            id: 0,
            account_id: conversation.account_id,
            inbox_id: conversation.inbox_id,
            conversation_id: conversation.id,
            message_type: ACTIVITY,
            content: Some(line),
            content_type: "text".to_owned(),
            content_attributes: Map::new(),
            additional_attributes: Map::new(),
            private: false,
            status: "sent".to_owned(),
            source_id: None,
            sender_type: None,
            sender_id: None,
            echo_id: None,
            created_at: now_ms,
            updated_at: now_ms,
        },
    )?;
    touch(change, conversation.id)?;
    change.tell(Happening::MessageCreated {
        message_id: id,
        echo_id: None,
    });
    Ok(())
}

/// A new message moves its conversation to the top and makes its version newer.
pub fn touch(change: &Change<'_>, conversation_id: i64) -> Result<(), ApiError> {
    if let Some(mut conversation) = conversation::find(change, conversation_id)? {
        conversation.last_activity_at = change.now_ms.max(conversation.last_activity_at);
        conversation.updated_at = change.now_ms.max(conversation.updated_at + 1);
        conversation::update(change, &conversation)?;
    }
    Ok(())
}

/// Who the lines name; guests and timers are named by none.
pub fn performer_name(change: &Change<'_>) -> Result<Option<String>, ApiError> {
    match change.performer {
        Actor::User(id) => Ok(people::user(change, id)?.map(|user| user.name)),
        Actor::Bot(id) => Ok(people::bot(change, id)?.map(|bot| bot.name)),
        Actor::Contact(_) | Actor::System => Ok(None),
    }
}

/// The lines a change of a conversation leaves, in order.
pub fn of_change(
    change: &mut Change<'_>,
    before: &Conversation,
    after: &Conversation,
) -> Result<(), ApiError> {
    let Some(name) = performer_name(change)? else {
        return Ok(());
    };
    if before.status != after.status {
        write(change, after, status_line(&after.status, &name))?;
    }
    if before.team_id != after.team_id {
        let line = team_line(change, before, after, &name)?;
        write(change, after, line)?;
    } else if before.assignee_id != after.assignee_id
        && let Some(line) = assignee_line(change, after, &name)?
    {
        write(change, after, line)?;
    }
    if before.priority != after.priority {
        write(change, after, priority_line(before, after, &name))?;
    }
    Ok(())
}

fn status_line(status: &str, name: &str) -> String {
    match status {
        "resolved" => format!("Conversation was marked resolved by {name}"),
        "open" => format!("Conversation was reopened by {name}"),
        "pending" => format!("Conversation was marked as pending by {name}"),
        _ => format!("Conversation was snoozed by {name}"),
    }
}

fn assignee_line(change: &Change<'_>, after: &Conversation, name: &str) -> Result<Option<String>, ApiError> {
    let Some(assignee_id) = after.assignee_id else {
        // A bot took over: upstream has words only for people.
        let line = format!("Conversation unassigned by {name}");
        return Ok(after.assignee_bot_id.is_none().then_some(line));
    };
    if change.performer == Actor::User(assignee_id) {
        return Ok(Some(format!("{name} self-assigned this conversation")));
    }
    let assignee = people::user(change, assignee_id)?;
    Ok(assignee.map(|assignee| format!("Assigned to {} by {name}", assignee.name)))
}

fn team_line(
    change: &Change<'_>,
    before: &Conversation,
    after: &Conversation,
    name: &str,
) -> Result<String, ApiError> {
    let team_name = |id: Option<i64>| -> Result<String, ApiError> {
        let found = id
            .map(|id| team::find_in(change, after.account_id, id))
            .transpose()?;
        Ok(found.flatten().map(|team| team.name).unwrap_or_default())
    };
    if after.team_id.is_none() {
        return Ok(format!(
            "Unassigned from {} by {name}",
            team_name(before.team_id)?
        ));
    }
    let team = team_name(after.team_id)?;
    let assignee = match after.assignee_id {
        Some(id) if before.assignee_id != Some(id) => people::user(change, id)?,
        _ => None,
    };
    Ok(match assignee {
        Some(assignee) => format!("Assigned to {} via {team} by {name}", assignee.name),
        None => format!("Assigned to {team} by {name}"),
    })
}

fn priority_line(before: &Conversation, after: &Conversation, name: &str) -> String {
    match (&before.priority, &after.priority) {
        (None, Some(now)) => format!("{name} set the priority to {now}"),
        (Some(was), Some(now)) => format!("{name} changed the priority from {was} to {now}"),
        (_, None) => format!("{name} removed the priority"),
    }
}

/// `X added a, b` and `X removed c`.
pub fn of_labels(
    change: &mut Change<'_>,
    conversation: &Conversation,
    before: &[String],
    after: &[String],
) -> Result<(), ApiError> {
    let Some(name) = performer_name(change)? else {
        return Ok(());
    };
    let missing_in = |titles: &[String], others: &[String]| -> Vec<String> {
        let missing = titles.iter().filter(|title| !others.contains(title));
        missing.cloned().collect()
    };
    let added = missing_in(after, before);
    let removed = missing_in(before, after);
    if !added.is_empty() {
        write(change, conversation, format!("{name} added {}", added.join(", ")))?;
    }
    if !removed.is_empty() {
        write(
            change,
            conversation,
            format!("{name} removed {}", removed.join(", ")),
        )?;
    }
    Ok(())
}

/// The line of a guest's message that reopened the conversation, on API channels only.
pub fn of_reopening(change: &mut Change<'_>, conversation: &Conversation) -> Result<(), ApiError> {
    let inbox = inbox::find(change, conversation.inbox_id)?;
    if inbox.is_some_and(|inbox| inbox.is_api()) {
        let line = "System reopened the conversation due to a new incoming message.";
        write(change, conversation, line.to_owned())?;
    }
    Ok(())
}
