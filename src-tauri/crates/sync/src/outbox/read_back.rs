//! Finds out whether a message whose answer was lost has arrived (reference §4.5).

use super::decide::Outcome;
use super::send_contact::read_note_back;
use crate::account::{Context, Failure};
use deskbell_chatwoot::ClientError;
use deskbell_domain::{
    AgentId, ConversationRef, Job, Message, MessageId, MessageKind, OutboxItem, SenderKind, Subject,
};

/// Messages of a page going back (reference §4.3).
const PAGE: usize = 20;
/// Pages read while looking; more were not written in the minutes in question.
const MOST_PAGES: usize = 50;
/// The server's clock may be behind this one by so much.
const CLOCK_SKEW_SECONDS: i64 = 120;

/// Looks at what this computer was told, then asks the server. An error says that it could not be asked; that the
/// conversation is gone or may not be seen any more is an outcome.
pub(super) async fn read_back(
    context: &Context,
    item: &OutboxItem,
) -> Result<(Outcome, Option<Message>), Failure> {
    let found = match item.subject {
        Subject::Conversation(conversation) => {
            if let Some(message_id) = told(context, item).await? {
                return Ok((Outcome::Found { message_id }, None));
            }
            let candidates = candidates(context, conversation, item).await;
            candidates.map(|candidates| judge(&candidates, item, context.row.me))
        }
        Subject::Contact(contact) => read_note_back(context, contact, item)
            .await
            .map(|outcome| (outcome, None)),
    };
    match found {
        Ok(found) => Ok(found),
        Err(ClientError::Missing) => Ok((Outcome::Missing, None)),
        Err(ClientError::NotAllowed) => Ok((Outcome::Ambiguous, None)),
        Err(error) => Err(error.into()),
    }
}

/// Whether the socket or a catch-up has brought it.
pub(super) async fn told(context: &Context, item: &OutboxItem) -> Result<Option<MessageId>, Failure> {
    let Subject::Conversation(conversation) = item.subject else {
        return Ok(None);
    };
    Ok(context
        .store
        .find_client_ref(conversation, &item.client_ref)
        .await?)
}

/// Everything since the press, the newest page first. Where that is not seen to its beginning nothing is proved absent.
async fn candidates(
    context: &Context,
    conversation: ConversationRef,
    item: &OutboxItem,
) -> Result<Vec<Message>, ClientError> {
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..MOST_PAGES {
        let page = context.api.messages(conversation.id, before, None).await?;
        let is_last = page.len() < PAGE;
        let Some(oldest) = page.iter().min_by_key(|message| message.id) else {
            return Ok(found);
        };
        before = Some(oldest.id);
        let reaches_back = match item.after_message {
            Some(after) => oldest.id <= after,
            None => oldest.created_at < item.created_at - CLOCK_SKEW_SECONDS,
        };
        found.extend(page);
        if reaches_back || is_last {
            return Ok(found);
        }
    }
    Err(ClientError::Unknown)
}

/// Sure by our own key (Chatwoot ≥ 4.9). Older servers drop it: then author, text and time must do, and two that fit
/// are one too many to guess.
fn judge(messages: &[Message], item: &OutboxItem, me: AgentId) -> (Outcome, Option<Message>) {
    if let Some(message) = messages
        .iter()
        .find(|message| message.client_ref() == Some(&item.client_ref))
    {
        return (
            Outcome::Found {
                message_id: message.id,
            },
            Some(message.clone()),
        );
    }
    let alike: Vec<&Message> = messages
        .iter()
        .filter(|message| looks_like(message, item, me))
        .collect();
    match alike.as_slice() {
        [] => (Outcome::Absent, None),
        [one] => (Outcome::Found { message_id: one.id }, Some((*one).clone())),
        _ => (Outcome::Ambiguous, None),
    }
}

fn looks_like(message: &Message, item: &OutboxItem, me: AgentId) -> bool {
    let Job::Send {
        text,
        private,
        extras,
        ..
    } = &item.job
    else {
        return false;
    };
    message.client_ref().is_none()
        && message.kind == MessageKind::Outgoing
        && message.private == *private
        && message.content == *text
        && message.attachments.len() == extras.files.len()
        && message.created_at >= item.created_at - CLOCK_SKEW_SECONDS
        && message
            .sender
            .as_ref()
            .is_some_and(|sender| sender.kind == SenderKind::User && sender.id == me.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId, Delivery, OutboxState, Sender};

    fn item() -> OutboxItem {
        OutboxItem {
            id: 1,
            subject: ConversationRef::new(AccountKey(1), ConversationId(1)).into(),
            job: Job::reply("Yes"),
            state: OutboxState::Unsure { since: 1_000 },
            client_ref: "mine".into(),
            created_at: 1_000,
            attempts: 0,
            after_message: None,
            queued_offline: false,
            refusal: None,
        }
    }

    fn message(id: i64, client_ref: Option<&str>) -> Message {
        let mut message = Message {
            id: MessageId(id),
            conversation_id: ConversationId(1),
            kind: MessageKind::Outgoing,
            content: "Yes".into(),
            content_type: "text".into(),
            delivery: Delivery::Sent,
            private: false,
            created_at: 1_001,
            source_id: None,
            sender: Some(Sender {
                kind: SenderKind::User,
                id: 7,
                name: "Nadia".into(),
            }),
            content_attributes: Default::default(),
            attachments: Vec::new(),
            echo_id: None,
            more: Default::default(),
        };
        if let Some(client_ref) = client_ref {
            message
                .content_attributes
                .insert("client_ref".into(), client_ref.into());
        }
        message
    }

    #[test]
    fn our_key_is_proof_and_the_same_words_under_another_key_are_not() {
        let judged = judge(
            &[message(5, Some("other")), message(6, Some("mine"))],
            &item(),
            AgentId(7),
        );
        assert_eq!(
            judged.0,
            Outcome::Found {
                message_id: MessageId(6)
            }
        );
        assert_eq!(
            judge(&[message(5, Some("other"))], &item(), AgentId(7)).0,
            Outcome::Absent
        );
    }

    #[test]
    fn a_server_that_drops_the_key_is_read_by_author_text_and_time() {
        let found = judge(&[message(5, None)], &item(), AgentId(7)).0;
        assert_eq!(
            found,
            Outcome::Found {
                message_id: MessageId(5)
            }
        );
        assert_eq!(
            judge(&[message(5, None)], &item(), AgentId(8)).0,
            Outcome::Absent,
            "a colleague wrote it"
        );
        assert_eq!(
            judge(&[message(5, None), message(6, None)], &item(), AgentId(7)).0,
            Outcome::Ambiguous
        );
    }
}
