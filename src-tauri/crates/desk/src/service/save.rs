//! The one way a conversation changes: the row is written, and everything that follows from the difference follows.

use super::{activity, assignment, csat, differences, notification, reporting};
use crate::cable::events::Happening;
use crate::db::conversation::{self, Conversation};
use crate::db::people;
use crate::desk::Change;
use crate::error::ApiError;

/// Writes what became of `before`; events and activity lines as in reference §10.6. Answers the row as it now is.
pub fn save(
    change: &mut Change<'_>,
    before: &Conversation,
    mut after: Conversation,
) -> Result<Conversation, ApiError> {
    settle(before, &mut after);
    if after == *before {
        return Ok(after);
    }
    after.updated_at = change.now_ms.max(before.updated_at + 1);
    conversation::update(change, &after)?;
    if before.status != after.status {
        reporting::of_status(change, before, &after)?;
        change.tell(Happening::conversation("conversation.status_changed", after.id));
    }
    if is_told(before, &after) {
        change.tell(Happening::Conversation {
            name: "conversation.updated",
            conversation_id: after.id,
            changed: differences::of_conversations(before, &after),
        });
    }
    if before.assignee_id != after.assignee_id {
        change.tell(Happening::conversation("assignee.changed", after.id));
    }
    if before.team_id != after.team_id {
        change.tell(Happening::conversation("team.changed", after.id));
    }
    activity::of_change(change, before, &after)?;
    if let Some(assignee) = after.assignee_id
        && before.assignee_id != Some(assignee)
    {
        conversation::add_participant(change, after.id, assignee)?;
        notification::of_assignment(change, &after, assignee)?;
    }
    if before.status != "pending" && after.status == "pending" {
        change.tell_returned(after.id);
    }
    if before.status != "open" && after.status == "open" {
        assignment::pick_on_open(change, after.id)?;
    }
    if before.status != "resolved" && after.status == "resolved" {
        csat::ask_in(change, &after)?;
    }
    reload(change, after.id)
}

/// What a new status brings with it (reference §5).
fn settle(before: &Conversation, after: &mut Conversation) {
    if after.status != "snoozed" {
        after.snoozed_until = None;
    }
    if after.status == "resolved" && before.status != "resolved" {
        after.waiting_since = None;
    }
}

/// Whether the difference is one `conversation.updated` tells. Stamps of reading and activity are not; neither is the
/// end of waiting that a resolve brings.
fn is_told(before: &Conversation, after: &Conversation) -> bool {
    before.status != after.status
        || before.priority != after.priority
        || before.assignee_id != after.assignee_id
        || before.assignee_bot_id != after.assignee_bot_id
        || before.team_id != after.team_id
        || before.snoozed_until != after.snoozed_until
        || before.custom_attributes != after.custom_attributes
        || before.first_reply_created_at != after.first_reply_created_at
        || before.waiting_since != after.waiting_since
        || before.additional_attributes.get("conversation_language")
            != after.additional_attributes.get("conversation_language")
}

/// The row as it is in this transaction.
pub fn reload(change: &Change<'_>, id: i64) -> Result<Conversation, ApiError> {
    conversation::find(change, id)?.ok_or(ApiError::NotFound)
}

/// Whether somebody is a person of the account.
pub fn is_person_of(change: &Change<'_>, account_id: i64, user_id: i64) -> Result<bool, ApiError> {
    Ok(people::membership(change, account_id, user_id)?.is_some())
}
