//! Does one pressed change on the server, and says what became of it.

use super::decide::Outcome;
use crate::account::{Context, Failure};
use deskbell_chatwoot::{ClientError, OutgoingMessage};
use deskbell_domain::overlay::changed_labels;
use deskbell_domain::{AssignTarget, ConversationId, Job, Message, OutboxItem, Priority, Status};

/// What an attempt came to; a message that was accepted comes along, so that it does not blink.
pub(super) struct Attempt {
    pub outcome: Outcome,
    pub message: Option<Message>,
}

/// Sends `item`. Every step but the message itself sets a state and may be repeated.
pub(super) async fn send(context: &Context, item: &OutboxItem) -> Attempt {
    match perform(context, item).await {
        Ok(message) => {
            let message_id = message.as_ref().map(|message| message.id);
            Attempt {
                outcome: Outcome::Accepted { message_id },
                message,
            }
        }
        Err(error) => {
            tracing::info!(%error, item = item.id, "A change was not accepted");
            Attempt {
                outcome: outcome_of(&error, item.job.is_message()),
                message: None,
            }
        }
    }
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

async fn perform(context: &Context, item: &OutboxItem) -> Result<Option<Message>, ClientError> {
    let id = item.conversation.id;
    if let Job::Send {
        text,
        private,
        take_over,
    } = &item.job
    {
        if *take_over {
            self::take_over(context, id).await.map_err(before_message)?;
        }
        let message = OutgoingMessage {
            content: text.clone(),
            private: *private,
            client_ref: item.client_ref.clone(),
        };
        return context.api.send_message(id, &message).await.map(Some);
    }
    set_state(context, id, &item.job).await.map(|()| None)
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
        Job::Send { .. } => Ok(()),
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
            api.set_conversation_labels(id, &changed_labels(&labels, add, remove))
                .await?;
            Ok(())
        }
        Job::MarkSeen => api.update_last_seen(id).await,
        Job::MarkUnread => api.mark_unread(id).await,
    }
}

/// Open, then mine: the server assigns an agent who opens, but not an administrator (reference §3.4).
async fn take_over(context: &Context, id: ConversationId) -> Result<(), ClientError> {
    context.api.toggle_status(id, Status::Open, None).await?;
    context.api.assign_agent(id, Some(context.row.me)).await
}

/// Reads the conversation after a change, so that nothing flickers between the overlay's end and the socket's word.
pub(super) async fn read_after(context: &Context, item: &OutboxItem) -> Result<(), Failure> {
    match &item.job {
        Job::Send { take_over: false, .. } => Ok(()),
        _ => crate::account::fetch(context, item.conversation.id).await,
    }
}
