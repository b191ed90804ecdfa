//! Whether a conversation rings: from what is known before and after a change, not from how it was learned.

use crate::SyncEvent;
use crate::account::{Context, Failure};
use deskbell_domain::{Conversation, ConversationRef, Status, WhoAnswers};
use std::sync::atomic::Ordering;

/// What a conversation's present state means for its alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertDecision {
    /// It waits for a person since then (epoch seconds). Raising the same one twice is harmless.
    Raise { since: i64, reason: Option<String> },
    /// Nobody is needed: withdraw it everywhere.
    Settle,
}

/// Decides from the conversation alone, so that socket and catch-up come to the same alert. `has_bot` is the inbox's;
/// without an AI a conversation rings only when `ring_without_ai` is set.
pub fn decide(conversation: &Conversation, has_bot: Option<bool>, ring_without_ai: bool) -> AlertDecision {
    let waits =
        conversation.status == Status::Open && WhoAnswers::of(conversation, has_bot) == WhoAnswers::Waiting;
    let reason = conversation.escalation_reason();
    let urgent = conversation.priority == Some(deskbell_domain::Priority::Urgent);
    if !waits || (has_bot == Some(false) && !ring_without_ai && reason.is_none() && !urgent) {
        return AlertDecision::Settle;
    }
    let since = conversation.waiting_since.unwrap_or(conversation.created_at);
    AlertDecision::Raise { since, reason }
}

/// Decides the alerts of these conversations from what is stored, and tells what began or ended.
pub(crate) async fn review(context: &Context, conversations: Vec<ConversationRef>) -> Result<(), Failure> {
    let mut rang = Vec::new();
    for conversation in conversations {
        let Some(stored) = context.store.conversation(conversation).await? else {
            continue;
        };
        let has_bot = stored.inbox.as_ref().and_then(|inbox| inbox.has_bot);
        let ring_without_ai = context.policy.ring_without_ai.load(Ordering::Relaxed);
        match decide(&stored.shown, has_bot, ring_without_ai) {
            AlertDecision::Raise { since, reason } => {
                if context
                    .store
                    .raise_alert(conversation, since, reason, context.now())
                    .await?
                {
                    rang.push(conversation);
                }
            }
            AlertDecision::Settle => settle(context, conversation).await?,
        }
    }
    if !rang.is_empty() {
        context.tell(SyncEvent::Rang {
            conversations: rang,
            fresh: !context.is_first_look(),
        });
    }
    Ok(())
}

/// Takes the alert of a conversation down, if it has one.
pub(crate) async fn settle(context: &Context, conversation: ConversationRef) -> Result<(), Failure> {
    if context.store.settle_alerts(conversation).await? {
        context.tell(SyncEvent::Withdrawn(conversation));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AgentId, Assignee, ConversationId, InboxId};

    fn open() -> Conversation {
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 100);
        conversation.waiting_since = Some(120);
        conversation
    }

    #[test]
    fn an_escalation_rings_with_its_reason_until_somebody_holds_it() {
        let mut conversation = open();
        conversation
            .custom_attributes
            .insert("escalation_reason".into(), "Payment dispute".into());
        let raised = AlertDecision::Raise {
            since: 120,
            reason: Some("Payment dispute".into()),
        };
        assert_eq!(decide(&conversation, Some(true), false), raised);
        conversation.assignee = Some(Assignee::Agent(AgentId(1)));
        assert_eq!(decide(&conversation, Some(true), false), AlertDecision::Settle);
    }

    #[test]
    fn without_an_ai_it_rings_by_setting_and_always_when_urgent() {
        let mut conversation = open();
        assert_eq!(decide(&conversation, Some(false), false), AlertDecision::Settle);
        assert!(matches!(
            decide(&conversation, Some(false), true),
            AlertDecision::Raise { .. }
        ));
        conversation.priority = Some(deskbell_domain::Priority::Urgent);
        assert!(matches!(
            decide(&conversation, Some(false), false),
            AlertDecision::Raise { .. }
        ));
    }

    #[test]
    fn the_ai_answering_needs_nobody() {
        let mut conversation = open();
        conversation.status = Status::Pending;
        assert_eq!(decide(&conversation, Some(true), true), AlertDecision::Settle);
    }
}
