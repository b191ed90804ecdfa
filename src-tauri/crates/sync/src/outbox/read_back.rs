//! Finds out whether a message whose answer was lost has arrived (reference §4.5).

use super::decide::Outcome;
use crate::account::Context;
use deskbell_chatwoot::ClientError;
use deskbell_domain::{AgentId, Job, Message, MessageId, MessageKind, OutboxItem, SenderKind};

/// Pages of up to 100 messages read while looking; more were not written in the minutes in question.
const MOST_PAGES: usize = 10;
/// The server's clock may be behind this one by so much.
const CLOCK_SKEW_SECONDS: i64 = 120;

/// Looks at what this computer was told, then asks the server.
pub(super) async fn read_back(
    context: &Context,
    item: &OutboxItem,
) -> Result<(Outcome, Option<Message>), ClientError> {
    let told = context
        .store
        .find_client_ref(item.conversation, &item.client_ref)
        .await;
    if let Ok(Some(message_id)) = told {
        return Ok((Outcome::Found { message_id }, None));
    }
    let candidates = messages_since(context, item).await?;
    Ok(judge(&candidates, item, context.row.me))
}

async fn messages_since(context: &Context, item: &OutboxItem) -> Result<Vec<Message>, ClientError> {
    let mut found = Vec::new();
    let mut after = item.after_message.or(Some(MessageId(0)));
    for _ in 0..MOST_PAGES {
        let page = context.api.messages(item.conversation.id, None, after).await?;
        let full = page.len() >= 100;
        after = page.last().map(|message| message.id).or(after);
        found.extend(page);
        if !full {
            break;
        }
    }
    Ok(found)
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
    let Job::Send { text, private, .. } = &item.job else {
        return false;
    };
    message.client_ref().is_none()
        && message.kind == MessageKind::Outgoing
        && message.private == *private
        && message.content == *text
        && message.created_at >= item.created_at - CLOCK_SKEW_SECONDS
        && message
            .sender
            .as_ref()
            .is_some_and(|sender| sender.kind == SenderKind::User && sender.id == me.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId, ConversationRef, Delivery, OutboxState, Sender};

    fn item() -> OutboxItem {
        OutboxItem {
            id: 1,
            conversation: ConversationRef::new(AccountKey(1), ConversationId(1)),
            job: Job::Send {
                text: "Yes".into(),
                private: false,
                take_over: false,
            },
            state: OutboxState::Unsure { since: 1_000 },
            client_ref: "mine".into(),
            created_at: 1_000,
            attempts: 0,
            after_message: None,
            queued_offline: false,
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
