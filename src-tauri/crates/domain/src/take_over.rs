//! From when to when a person answered a guest, as the server's word came in: what the AI wrote in between came too late.

use crate::{Conversation, Message, MessageId, Status, WhoAnswers};

/// A stretch of a thread in which a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeOver {
    /// Epoch seconds by the server's clock.
    pub at: i64,
    /// The newest message that was known then.
    pub after: Option<MessageId>,
    /// The newest message that was known when it went back to the AI or was closed; `None` = a person still answers.
    pub until: Option<MessageId>,
}

impl TakeOver {
    /// True for an answer of the AI that was written in that stretch. One of the very second in which the person took
    /// over is not: whole seconds cannot tell which came first.
    pub fn is_broken_by(&self, message: &Message) -> bool {
        message.is_ai_answer()
            && message.created_at > self.at
            && self.after.is_none_or(|after| message.id > after)
            && self.until.is_none_or(|until| message.id <= until)
    }
}

/// What a newer word about a conversation means for who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A person answers from now on, unless one did already.
    ToPerson,
    /// The AI answers, or nobody: it is closed.
    FromPerson,
}

/// Decides from what was known and what the server says now. A guest who waits again, or a conversation that was put
/// off, is still a person's.
pub fn turn(before: Option<&Conversation>, now: &Conversation) -> Option<Turn> {
    let is_persons = |told: &Conversation| matches!(WhoAnswers::of(told, None), WhoAnswers::Person { .. });
    let is_over = |told: &Conversation| matches!(told.status, Status::Pending | Status::Resolved);
    if is_persons(now) && !before.is_some_and(is_persons) {
        return Some(Turn::ToPerson);
    }
    (is_over(now) && before.is_some_and(|before| !is_over(before))).then_some(Turn::FromPerson)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AgentId, Assignee, ConversationId, Delivery, InboxId, MessageKind, Sender, SenderKind};
    use serde_json::Map;

    fn told(status: Status, agent: Option<i64>) -> Conversation {
        let mut told = Conversation::blank(ConversationId(1), InboxId(1), 100);
        told.status = status;
        told.assignee = agent.map(|id| Assignee::Agent(AgentId(id)));
        told
    }

    fn answer(id: i64, created_at: i64, kind: SenderKind) -> Message {
        Message {
            id: MessageId(id),
            conversation_id: ConversationId(1),
            kind: MessageKind::Outgoing,
            content: "Certainly".into(),
            content_type: "text".into(),
            delivery: Delivery::Sent,
            private: false,
            created_at,
            source_id: None,
            sender: Some(Sender {
                kind,
                id: 3,
                name: String::new(),
            }),
            content_attributes: Map::new(),
            attachments: Vec::new(),
            echo_id: None,
            more: Map::new(),
        }
    }

    fn taken(until: Option<i64>) -> TakeOver {
        TakeOver {
            at: 200,
            after: Some(MessageId(10)),
            until: until.map(MessageId),
        }
    }

    #[test]
    fn only_what_the_ai_wrote_in_between_breaks_it() {
        let bot = |id, at| answer(id, at, SenderKind::Bot);
        assert!(taken(None).is_broken_by(&bot(11, 201)));
        assert!(taken(Some(11)).is_broken_by(&bot(11, 201)));
        assert!(!taken(None).is_broken_by(&bot(10, 190)), "it was there before");
        assert!(!taken(None).is_broken_by(&bot(11, 200)), "the same second");
        assert!(
            !taken(None).is_broken_by(&bot(11, 150)),
            "older, and only learned later"
        );
        assert!(
            !taken(Some(11)).is_broken_by(&bot(12, 300)),
            "handed back by then"
        );
        assert!(!taken(None).is_broken_by(&answer(11, 201, SenderKind::User)));
        let note = Message {
            private: true,
            ..bot(11, 201)
        };
        assert!(!taken(None).is_broken_by(&note), "no guest reads a note");
    }

    #[test]
    fn a_person_answers_from_the_take_over_to_the_hand_back() {
        let (ai, closed) = (told(Status::Pending, None), told(Status::Resolved, None));
        let (mine, waits) = (told(Status::Open, Some(7)), told(Status::Open, None));
        assert_eq!(turn(Some(&ai), &mine), Some(Turn::ToPerson));
        assert_eq!(turn(None, &mine), Some(Turn::ToPerson));
        assert_eq!(turn(Some(&waits), &mine), Some(Turn::ToPerson));
        assert_eq!(turn(Some(&mine), &mine), None);
        assert_eq!(turn(Some(&mine), &waits), None, "the guest waits for a person");
        assert_eq!(turn(Some(&mine), &told(Status::Snoozed, Some(7))), None);
        assert_eq!(turn(Some(&mine), &ai), Some(Turn::FromPerson));
        assert_eq!(turn(Some(&waits), &closed), Some(Turn::FromPerson));
        assert_eq!(turn(Some(&closed), &ai), None);
        assert_eq!(turn(None, &ai), None);
    }

    #[test]
    fn assigning_alone_takes_nothing_from_the_ai() {
        let ai = told(Status::Pending, None);
        assert_eq!(turn(Some(&ai), &told(Status::Pending, Some(7))), None);
    }
}
