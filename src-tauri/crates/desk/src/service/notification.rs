//! Notifications of people (reference §8.1). Only the newest of a person and conversation survives.

use super::access;
use crate::cable::events::Happening;
use crate::db::conversation::{self, Conversation};
use crate::db::message::{INCOMING, Message, OUTGOING};
use crate::db::notification::{self, Notification};
use crate::db::{contact, people};
use crate::desk::{Actor, Change};
use crate::error::ApiError;

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
    for user_id in mentioned(content) {
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

/// The people of `[@Name](mention://user/<id>/<name>)`, each once.
fn mentioned(content: &str) -> Vec<i64> {
    let mut ids = Vec::new();
    for part in content.split("(mention://user/").skip(1) {
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
        last_activity_at: change.now_ms,
        created_at: change.now_ms,
    };
    let notification_id = notification::insert(change, &new)?;
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
        assert_eq!(mentioned(note), [3, 7]);
        assert!(mentioned("mention://user/3").is_empty());
        assert!(mentioned("(mention://user/x/y)").is_empty());
    }
}
