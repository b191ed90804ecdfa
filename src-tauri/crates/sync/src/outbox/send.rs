//! Does one pressed change on the server, and says what became of it.

use super::decide::Outcome;
use super::send_contact::{change_contact, read_contact};
use crate::account::{Context, Failure, fetch};
use deskbell_chatwoot::{ClientError, OutgoingMessage, OutgoingUpload};
use deskbell_domain::overlay::changed_labels;
use deskbell_domain::{
    AssignTarget, AttributeChange, ConversationId, HoldReason, Job, Message, MessageExtras, OutboxItem,
    Priority, Status, Subject,
};
use deskbell_store::StoreError;

/// A validation's sentence longer than this is no sentence.
const LONGEST_REFUSAL: usize = 300;

/// What an attempt came to; a message that was accepted comes along, so that it does not blink.
pub(super) struct Attempt {
    pub outcome: Outcome,
    pub message: Option<Message>,
    /// What the server's validation said, for the screen.
    pub refusal: Option<String>,
}

/// Why an attempt did not succeed.
pub(super) enum Failed {
    Call(ClientError),
    /// The world changed: a person decides. Nothing was sent.
    Held(HoldReason),
    /// The files could not be read here: nothing was sent.
    Files(StoreError),
    /// A file is no longer whole: a person decides.
    FileMissing,
}

impl From<ClientError> for Failed {
    fn from(error: ClientError) -> Self {
        Self::Call(error)
    }
}

/// Sends `item`. Every step but the message itself sets a state and may be repeated.
pub(super) async fn send(context: &Context, item: &OutboxItem) -> Attempt {
    let (outcome, refusal) = match perform(context, item).await {
        Ok(message) => {
            let message_id = message.as_ref().map(|message| message.id);
            return Attempt {
                outcome: Outcome::Accepted { message_id },
                message,
                refusal: None,
            };
        }
        Err(Failed::Call(error)) => {
            tracing::info!(%error, item = item.id, "A change was not accepted");
            (
                outcome_of(&error, item.job.is_message()),
                validation(&error, &item.job),
            )
        }
        Err(Failed::Held(reason)) => (Outcome::Hold(reason), None),
        Err(Failed::Files(error)) => {
            tracing::warn!(%error, item = item.id, "The files of a message could not be read");
            (Outcome::TryLater, None)
        }
        Err(Failed::FileMissing) => {
            tracing::error!(item = item.id, "A file of a message is not whole");
            (Outcome::Refused, None)
        }
    };
    Attempt {
        outcome,
        message: None,
        refusal,
    }
}

/// The sentence of a model validation, which says what to correct. Other words of a server are not for the screen: only
/// "Validation failed" tells one apart, and customers, where every refusal is one (reference §1.4, §7).
fn validation(error: &ClientError, job: &Job) -> Option<String> {
    let ClientError::Refused { message } = error else {
        return None;
    };
    let sentence = match message.strip_prefix("Validation failed: ") {
        Some(sentence) => sentence,
        None if matches!(job, Job::EditContact { .. }) => message,
        None => return None,
    };
    let sentence: String = sentence.trim().chars().take(LONGEST_REFUSAL).collect();
    (!sentence.is_empty()).then_some(sentence)
}

/// What an error means for the item. A 5xx but 500 comes from a proxy while the server may go on working, so for a
/// message it counts as a lost answer.
fn outcome_of(error: &ClientError, is_message: bool) -> Outcome {
    match error {
        ClientError::SignedOut => Outcome::SignedOut,
        ClientError::NotAllowed => Outcome::NotAllowed,
        ClientError::Missing => Outcome::Missing,
        ClientError::Refused { .. } => Outcome::Refused,
        ClientError::Throttled => Outcome::TryLater,
        ClientError::ServerFault { .. } if !is_message => Outcome::TryLater,
        ClientError::ServerFault { status: 500 } => Outcome::Failed,
        error if error.may_have_arrived() => Outcome::Lost,
        _ => Outcome::NotSent,
    }
}

async fn perform(context: &Context, item: &OutboxItem) -> Result<Option<Message>, Failed> {
    let id = match item.subject {
        Subject::Conversation(conversation) => conversation.id,
        Subject::Contact(contact) => {
            change_contact(context, contact.id, &item.job).await?;
            return Ok(None);
        }
    };
    match &item.job {
        Job::Send {
            text,
            private,
            take_over,
            extras,
        } => {
            let message = OutgoingMessage {
                content: text.clone(),
                private: *private,
                client_ref: item.client_ref.clone(),
                reply_to: extras.reply_to,
                template: extras.template.clone(),
                files: uploads(context, extras).await?,
            };
            if *take_over {
                self::take_over(context, id).await.map_err(before_message)?;
            }
            Ok(Some(context.api.send_message(id, message).await?))
        }
        // Somebody else took it back: done.
        Job::DeleteMessage { message_id } => match context.api.delete_message(id, *message_id).await {
            Ok(message) => Ok(Some(message)),
            Err(ClientError::Missing) => Ok(None),
            Err(error) => Err(error.into()),
        },
        job => {
            set_state(context, id, job).await?;
            Ok(None)
        }
    }
}

async fn uploads(context: &Context, extras: &MessageExtras) -> Result<Vec<OutgoingUpload>, Failed> {
    let mut uploads = Vec::with_capacity(extras.files.len());
    for file in &extras.files {
        let bytes = context.store.file_bytes(file.id).await.map_err(Failed::Files)?;
        uploads.push(OutgoingUpload {
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            bytes: bytes.ok_or(Failed::FileMissing)?,
        });
    }
    Ok(uploads)
}

/// A failure before the message was even tried says nothing about the message.
fn before_message(error: ClientError) -> ClientError {
    if error.may_have_arrived() {
        ClientError::Throttled
    } else {
        error
    }
}

async fn set_state(context: &Context, id: ConversationId, job: &Job) -> Result<(), ClientError> {
    let api = &context.api;
    match job {
        Job::TakeOver => take_over(context, id).await,
        // Pending first: unassigned while still open would ring the whole desk.
        Job::HandBack => {
            api.toggle_status(id, Status::Pending, None).await?;
            api.assign_agent(id, None).await
        }
        Job::Escalate => {
            api.set_priority(id, Some(Priority::Urgent)).await?;
            api.toggle_status(id, Status::Open, None).await?;
            api.assign_agent(id, None).await
        }
        Job::Assign {
            to: AssignTarget::Agent(agent),
        } => api.assign_agent(id, Some(*agent)).await,
        Job::Assign {
            to: AssignTarget::Team(team),
        } => api.assign_team(id, Some(*team)).await,
        Job::Assign {
            to: AssignTarget::Nobody,
        } => api.assign_agent(id, None).await,
        Job::Close => api.toggle_status(id, Status::Resolved, None).await,
        Job::Snooze { until } => api.toggle_status(id, Status::Snoozed, *until).await,
        Job::SetPriority { priority } => api.set_priority(id, *priority).await,
        Job::ChangeLabels { add, remove } => {
            let labels = api.conversation_labels(id).await?;
            let changed = changed_labels(&labels, add, remove);
            if changed != labels {
                api.set_conversation_labels(id, &changed).await?;
            }
            Ok(())
        }
        Job::ChangeAttributes { change } => change_attributes(context, id, change).await,
        Job::SetMuted { muted } => api.set_muted(id, *muted).await,
        Job::MarkSeen => api.update_last_seen(id).await,
        Job::MarkUnread => api.mark_unread(id).await,
        // Done elsewhere: messages in `perform`, customers in `change_contact`.
        Job::Send { .. }
        | Job::DeleteMessage { .. }
        | Job::EditContact { .. }
        | Job::ChangeContactLabels { .. }
        | Job::AddContactNote { .. }
        | Job::EditContactNote { .. }
        | Job::DeleteContactNote { .. } => Ok(()),
    }
}

/// The wire replaces the whole set: what a colleague set meanwhile is read first and stays (reference §13.14).
async fn change_attributes(
    context: &Context,
    id: ConversationId,
    change: &AttributeChange,
) -> Result<(), ClientError> {
    let now = context.api.conversation(id).await?.conversation.custom_attributes;
    let mut changed = now.clone();
    change.apply(&mut changed);
    match changed == now {
        true => Ok(()),
        false => context.api.set_custom_attributes(id, &changed).await,
    }
}

/// Open, then mine: the server assigns an agent who opens, but not an administrator (reference §3.4).
async fn take_over(context: &Context, id: ConversationId) -> Result<(), ClientError> {
    context.api.toggle_status(id, Status::Open, None).await?;
    context.api.assign_agent(id, Some(context.row.me)).await
}

/// How often a conversation is read for what only an answer tells, before the next frame or resync has to bring it.
const READS: usize = 4;

/// Reads the conversation after a change, so that nothing flickers between the overlay's end and the socket's word.
pub(super) async fn read_after(context: &Context, item: &OutboxItem) -> Result<(), Failure> {
    match (item.subject, &item.job) {
        (_, Job::Send { take_over: false, .. } | Job::DeleteMessage { .. }) => Ok(()),
        (Subject::Conversation(conversation), job) => {
            for _ in 0..READS {
                fetch(context, conversation.id).await?;
                let stored = context.store.conversation(conversation).await?;
                match (job, stored) {
                    // No frame tells it, and one that came while the answer was under way is believed rather than the
                    // answer. Several frames follow a mute, each of which may be that one.
                    (Job::SetMuted { muted }, Some(stored)) if stored.server.muted != Some(*muted) => {}
                    _ => break,
                }
            }
            Ok(())
        }
        (Subject::Contact(contact), _) => read_contact(context, contact).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_validations_words_reach_the_screen() {
        let refused = |message: &str| ClientError::Refused {
            message: message.into(),
        };
        let reply = Job::reply("x");
        assert_eq!(
            validation(&refused("Validation failed: Too many messages"), &reply).as_deref(),
            Some("Too many messages")
        );
        assert_eq!(validation(&refused("undefined method for nil"), &reply), None);
        let edit = Job::EditContact {
            edit: Default::default(),
        };
        assert_eq!(
            validation(&refused("Email has already been taken"), &edit).as_deref(),
            Some("Email has already been taken")
        );
        assert_eq!(validation(&ClientError::NotAllowed, &edit), None);
    }
}
