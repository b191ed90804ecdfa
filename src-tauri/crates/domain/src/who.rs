//! Who answers the guest right now: the one question the screen must answer in a second.

use crate::{AgentId, Conversation, Priority, Status};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WhoAnswers {
    /// The AI of the backend.
    Ai,
    /// Nobody: a person is needed and none has answered since.
    Waiting,
    /// A person holds it, or has answered; `agent` is unknown when they answered without taking it.
    Person { agent: Option<AgentId> },
    /// Put off until later.
    Snoozed,
    /// Nobody, it is over.
    Closed,
}

impl WhoAnswers {
    /// Decides from the conversation alone. `has_bot` is the inbox's (`None` = not known, taken as yes): a pending
    /// conversation without an AI would otherwise wait for an answer that never comes.
    ///
    /// Waiting equals the server's "open, unassigned, unattended" (reference §3.2), so counts agree with it.
    pub fn of(conversation: &Conversation, has_bot: Option<bool>) -> Self {
        match conversation.status {
            Status::Resolved => Self::Closed,
            Status::Snoozed => Self::Snoozed,
            Status::Pending if has_bot != Some(false) => Self::Ai,
            Status::Pending => Self::Waiting,
            Status::Open => match conversation.agent() {
                Some(agent) => Self::Person { agent: Some(agent) },
                None if conversation.asks_for_a_person() => Self::Waiting,
                None => Self::Person { agent: None },
            },
        }
    }
}

impl Conversation {
    /// Nobody has answered since the guest last wrote, or Escalate was pressed: that marks it urgent, because the server
    /// keeps no other trace of it in a conversation that a person had answered before. Everywhere else this equals the
    /// server's count of open, unassigned, unattended conversations (reference §3.2).
    pub fn asks_for_a_person(&self) -> bool {
        self.is_unattended() || self.priority == Some(Priority::Urgent)
    }

    /// The AI said why it stopped, or somebody pressed Escalate.
    pub fn is_asked_for(&self) -> bool {
        self.escalation_reason().is_some() || self.priority == Some(Priority::Urgent)
    }

    /// No person has replied yet, or the guest has written since (the server's "unattended").
    pub fn is_unattended(&self) -> bool {
        self.first_reply_created_at.is_none() || self.waiting_since.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Assignee, ConversationId, InboxId};

    fn open() -> Conversation {
        Conversation::blank(ConversationId(1), InboxId(1), 100)
    }

    #[test]
    fn an_open_one_nobody_holds_waits_until_a_person_replies() {
        let mut conversation = open();
        assert_eq!(WhoAnswers::of(&conversation, Some(true)), WhoAnswers::Waiting);
        conversation.first_reply_created_at = Some(110);
        assert_eq!(
            WhoAnswers::of(&conversation, Some(true)),
            WhoAnswers::Person { agent: None }
        );
        conversation.waiting_since = Some(120);
        assert_eq!(
            WhoAnswers::of(&conversation, Some(true)),
            WhoAnswers::Waiting,
            "the guest wrote again"
        );
    }

    #[test]
    fn escalate_rings_also_where_a_person_had_answered_before() {
        let mut conversation = open();
        conversation.first_reply_created_at = Some(110);
        conversation.priority = Some(Priority::Urgent);
        assert_eq!(WhoAnswers::of(&conversation, Some(true)), WhoAnswers::Waiting);
    }

    #[test]
    fn a_bot_holder_is_nobody_and_a_person_is_somebody() {
        let mut conversation = open();
        conversation.assignee = Some(Assignee::Bot(3));
        assert_eq!(WhoAnswers::of(&conversation, None), WhoAnswers::Waiting);
        conversation.assignee = Some(Assignee::Agent(AgentId(2)));
        assert_eq!(
            WhoAnswers::of(&conversation, None),
            WhoAnswers::Person {
                agent: Some(AgentId(2))
            }
        );
    }

    #[test]
    fn pending_without_an_ai_waits_for_a_person() {
        let mut conversation = open();
        conversation.status = Status::Pending;
        assert_eq!(WhoAnswers::of(&conversation, Some(true)), WhoAnswers::Ai);
        assert_eq!(WhoAnswers::of(&conversation, None), WhoAnswers::Ai);
        assert_eq!(WhoAnswers::of(&conversation, Some(false)), WhoAnswers::Waiting);
    }
}
