//! Notifications of people (reference §8.1). Only the newest of a person and conversation survives.

use super::access;
use crate::cable::events::Happening;
use crate::db::conversation::{self, Conversation};
use crate::db::message::{INCOMING, Message, OUTGOING};
use crate::db::notification::{self, Notification};
use crate::db::{contact, inbox, notification_setting, people, team};
use crate::desk::{Actor, Change};
use crate::error::ApiError;

/// Kept per person, and for how long.
const MOST: i64 = 300;
const LIFE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A conversation came to people: the members of its channel who want to hear of it, unless a bot answers.
pub fn of_creation(change: &mut Change<'_>, conversation_id: i64) -> Result<(), ApiError> {
    let Some(conversation) = conversation::find(change, conversation_id)? else {
        return Ok(());
    };
    let blocked = contact::find(change, conversation.contact_id)?.is_some_and(|guest| guest.blocked);
    if conversation.status == "pending" || blocked {
        return Ok(());
    }
    for member in inbox::members(change, conversation.inbox_id)? {
        let account_id = conversation.account_id;
        if notification_setting::wants(change, account_id, member.id, "conversation_creation")? {
            create(change, &conversation, member.id, "conversation_creation", None)?;
        }
    }
    Ok(())
}

/// The snooze of some is over: they are unread again.
pub fn wake_in(change: &mut Change<'_>) -> Result<(), ApiError> {
    for mut due in notification::due(change, change.now_ms)? {
        due.last_snoozed_at = due.snoozed_until.take();
        due.read_at = None;
        due.last_activity_at = change.now_ms;
        save_in(change, &due)?;
    }
    Ok(())
}

/// A person got a conversation: not by themselves, and not while a bot answers.
pub fn of_assignment(
    change: &mut Change<'_>,
    conversation: &Conversation,
    assignee_id: i64,
) -> Result<(), ApiError> {
    if change.performer == Actor::User(assignee_id) || conversation.status == "pending" {
        return Ok(());
    }
    create(change, conversation, assignee_id, "conversation_assignment", None)
}

/// A message for the one who holds the conversation, those who follow it, and those a note mentions.
pub fn of_message(change: &mut Change<'_>, message: &Message) -> Result<(), ApiError> {
    let Some(conversation) = conversation::find(change, message.conversation_id)? else {
        return Ok(());
    };
    if message.private {
        return of_note(change, &conversation, message);
    }
    let blocked = contact::find(change, conversation.contact_id)?.is_some_and(|guest| guest.blocked);
    if !matches!(message.message_type, INCOMING | OUTGOING) || blocked {
        return Ok(());
    }
    let sender = match message.sender_type.as_deref() {
        Some("User") => message.sender_id,
        _ => None,
    };
    let about = Some(message.id);
    if let Some(assignee) = conversation.assignee_id
        && sender != Some(assignee)
    {
        create(
            change,
            &conversation,
            assignee,
            "assigned_conversation_new_message",
            about,
        )?;
    }
    for participant in conversation::participants(change, conversation.id)? {
        if sender != Some(participant) && conversation.assignee_id != Some(participant) {
            let kind = "participating_conversation_new_message";
            create(change, &conversation, participant, kind, about)?;
        }
    }
    Ok(())
}

fn of_note(change: &mut Change<'_>, conversation: &Conversation, note: &Message) -> Result<(), ApiError> {
    let content = note.content.as_deref().unwrap_or_default();
    let mut mentioned_people = mentioned(content, "user");
    for team_id in mentioned(content, "team") {
        if team::find_in(change, conversation.account_id, team_id)?.is_some() {
            let members = team::members(change, team_id)?.into_iter().map(|user| user.id);
            mentioned_people.extend(members);
        }
    }
    mentioned_people.sort_unstable();
    mentioned_people.dedup();
    for user_id in mentioned_people {
        let Some(member) = people::membership(change, conversation.account_id, user_id)? else {
            continue;
        };
        if !access::sees_inbox(change, &member, conversation.inbox_id)? {
            continue;
        }
        conversation::add_participant(change, conversation.id, user_id)?;
        conversation::add_mention(change, conversation.id, user_id)?;
        change.tell(Happening::Mentioned {
            conversation_id: conversation.id,
            user_id,
        });
        if change.performer != Actor::User(user_id) {
            create(
                change,
                conversation,
                user_id,
                "conversation_mention",
                Some(note.id),
            )?;
        }
    }
    Ok(())
}

/// The ids of `[@Name](mention://<kind>/<id>/<name>)`, each once.
fn mentioned(content: &str, kind: &str) -> Vec<i64> {
    let mut ids = Vec::new();
    for part in content.split(&format!("(mention://{kind}/")).skip(1) {
        let digits = part.split('/').next().unwrap_or_default();
        if let Ok(id) = digits.parse()
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

fn create(
    change: &mut Change<'_>,
    conversation: &Conversation,
    user_id: i64,
    kind: &str,
    message_id: Option<i64>,
) -> Result<(), ApiError> {
    let Some(member) = people::membership(change, conversation.account_id, user_id)? else {
        return Ok(());
    };
    if !access::opens(change, &member, conversation)? {
        return Ok(());
    }
    let old = notification::of(change, user_id, conversation.id)?;
    if let Some(old) = &old {
        notification::delete(change, old.id)?;
    }
    let new = Notification {
        id: 0,
        account_id: conversation.account_id,
        user_id,
        notification_type: kind.to_owned(),
        conversation_id: conversation.id,
        message_id,
        read_at: None,
        snoozed_until: None,
        last_snoozed_at: None,
        last_activity_at: change.now_ms,
        created_at: change.now_ms,
    };
    let notification_id = notification::insert(change, &new)?;
    notification::prune(change, user_id, MOST, change.now_ms - LIFE_MS)?;
    change.tell(Happening::Notification {
        name: "notification.created",
        notification_id,
    });
    if let Some(old) = old {
        change.tell(Happening::NotificationDeleted {
            account_id: old.account_id,
            user_id,
            notification_id: old.id,
        });
    }
    Ok(())
}

/// Writes a changed notification and announces it.
pub fn save_in(change: &mut Change<'_>, notification: &Notification) -> Result<(), ApiError> {
    notification::update(change, notification)?;
    change.tell(Happening::Notification {
        name: "notification.updated",
        notification_id: notification.id,
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::mentioned;

    #[test]
    fn mentions_are_found_once() {
        let note = "[@A](mention://user/3/A) and [@B](mention://user/7/B), again [@A](mention://user/3/A)";
        assert_eq!(mentioned(note, "user"), [3, 7]);
        assert!(mentioned("mention://user/3", "user").is_empty());
        assert!(mentioned("(mention://user/x/y)", "user").is_empty());
    }
}
