//! What each number of a period counts: one conversation in, yes or no out.

use crate::{Contact, Conversation, Status, Talk, Topic, Voice};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An answer sooner than this is one at once (seconds).
const AT_ONCE: i64 = 5;

/// A number, and the conversations behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// All of them.
    Conversations,
    /// A guest wrote.
    Asked,
    /// The AI answered the guest's first words within five seconds.
    AnsweredAtOnce,
    /// A question about the house, closed, and no person ever answered.
    FaqsByAi,
    /// Handed to a person: the AI gave a reason, or a person answered.
    Transfers,
    /// The guest left an e-mail address or a phone number, or was marked as a lead.
    Leads,
    /// A lead that led to a booking.
    LeadsBooked,
    Bookings,
    Customers,
    Tours,
    Contracts,
}

impl Figure {
    pub const EVERY: [Self; 11] = [
        Self::Conversations,
        Self::Asked,
        Self::AnsweredAtOnce,
        Self::FaqsByAi,
        Self::Transfers,
        Self::Leads,
        Self::LeadsBooked,
        Self::Bookings,
        Self::Customers,
        Self::Tours,
        Self::Contracts,
    ];

    /// Whether the conversation is one of those the number counts.
    pub fn counts(self, seen: &Seen<'_>) -> bool {
        match self {
            Self::Conversations => true,
            Self::Asked => seen.talk.has(Voice::Guest),
            Self::AnsweredAtOnce => seen.talk.ai_answered_after().is_some_and(|after| after < AT_ONCE),
            Self::FaqsByAi => seen.is_faq && seen.is_closed && !seen.talk.has(Voice::Person),
            Self::Transfers => seen.was_handed_over(),
            Self::Leads => seen.is_lead,
            Self::LeadsBooked => seen.is_lead && seen.led_to("booking"),
            Self::Bookings => seen.led_to("booking"),
            Self::Customers => seen.led_to("customer"),
            Self::Tours => seen.led_to("tour"),
            Self::Contracts => seen.led_to("contract"),
        }
    }
}

/// What the numbers look at in a conversation, read once for all of them.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    talk: &'a Talk,
    is_faq: bool,
    is_closed: bool,
    is_lead: bool,
    gave_a_reason: bool,
    /// Kinds of what came of it.
    results: Vec<String>,
}

impl<'a> Seen<'a> {
    /// A conversation as it is shown now, with its guest and what was said in it.
    pub fn of(conversation: &Conversation, contact: Option<&Contact>, talk: &'a Talk) -> Self {
        let results = conversation.conversions().into_iter();
        Self {
            talk,
            is_faq: conversation.topic() == Some(Topic::Faq),
            is_closed: conversation.status == Status::Resolved,
            is_lead: contact.is_some_and(Contact::was_captured),
            gave_a_reason: conversation.escalation_reason().is_some(),
            results: results.map(|result| result.kind).collect(),
        }
    }

    /// The AI gave a reason to stop, or a person answered.
    pub fn was_handed_over(&self) -> bool {
        self.gave_a_reason || self.talk.has(Voice::Person)
    }

    fn led_to(&self, kind: &str) -> bool {
        self.results.iter().any(|one| one == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactId, ConversationId, InboxId, Said};
    use serde_json::json;

    fn talk(said: &[(i64, Voice)]) -> Talk {
        Talk(said.iter().map(|&(at, by)| Said { at, by }).collect())
    }

    fn about(status: Status, attributes: serde_json::Value) -> Conversation {
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 0);
        conversation.status = status;
        conversation.custom_attributes = attributes.as_object().cloned().unwrap_or_default();
        conversation
    }

    fn guest() -> Contact {
        Contact {
            id: ContactId(1),
            name: "Priya".into(),
            email: None,
            phone_number: None,
            identifier: None,
            thumbnail: String::new(),
            blocked: None,
            created_at: None,
            last_activity_at: None,
            custom_attributes: serde_json::Map::new(),
            additional_attributes: serde_json::Map::new(),
            more: serde_json::Map::new(),
        }
    }

    fn counted(conversation: &Conversation, contact: Option<&Contact>, talk: &Talk) -> Vec<Figure> {
        let seen = Seen::of(conversation, contact, talk);
        let all = Figure::EVERY.into_iter();
        all.filter(|figure| figure.counts(&seen)).collect()
    }

    #[test]
    fn five_seconds_are_too_late_to_be_at_once() {
        use Figure::*;
        let conversation = about(Status::Pending, json!({}));
        let soon = talk(&[(10, Voice::Guest), (14, Voice::Ai)]);
        let late = talk(&[(10, Voice::Guest), (15, Voice::Ai)]);
        assert_eq!(
            counted(&conversation, None, &soon),
            [Conversations, Asked, AnsweredAtOnce]
        );
        assert_eq!(counted(&conversation, None, &late), [Conversations, Asked]);
    }

    #[test]
    fn a_question_is_resolved_by_the_ai_once_it_is_closed_and_no_person_came() {
        use Figure::*;
        let by_ai = talk(&[(10, Voice::Guest), (20, Voice::Ai)]);
        let by_person = talk(&[(10, Voice::Guest), (20, Voice::Ai), (30, Voice::Person)]);
        let faq = json!({ "topic": "faq" });
        let (closed, open) = (about(Status::Resolved, faq.clone()), about(Status::Pending, faq));
        assert_eq!(counted(&closed, None, &by_ai), [Conversations, Asked, FaqsByAi]);
        assert_eq!(counted(&open, None, &by_ai), [Conversations, Asked]);
        assert_eq!(
            counted(&closed, None, &by_person),
            [Conversations, Asked, Transfers]
        );
    }

    #[test]
    fn a_lead_left_an_address_or_was_marked() {
        use Figure::*;
        let nobody = Talk::default();
        let booked = about(
            Status::Open,
            json!({ "conversions": [{ "kind": "booking", "label": "R" }] }),
        );
        let mut phone = guest();
        phone.phone_number = Some("+447700900142".into());
        let mut empty = guest();
        empty.email = Some(String::new());
        let mut marked = guest();
        marked.custom_attributes.insert("lead".into(), json!(true));
        for lead in [phone, marked] {
            assert_eq!(
                counted(&booked, Some(&lead), &nobody),
                [Conversations, Leads, LeadsBooked, Bookings]
            );
        }
        assert_eq!(counted(&booked, Some(&empty), &nobody), [Conversations, Bookings]);
    }

    #[test]
    fn a_reason_to_stop_is_a_transfer_though_nobody_came() {
        use Figure::*;
        let stopped = about(Status::Open, json!({ "escalation_reason": "Complaint" }));
        assert_eq!(
            counted(&stopped, None, &Talk::default()),
            [Conversations, Transfers]
        );
    }
}
