//! What the AI leaves in custom attributes: topic, reason, brief, results. Unknown or malformed values read as absent.

use crate::{Conversation, MessageId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// What a conversation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Booking,
    Lead,
    Faq,
    Mixed,
}

/// Something the AI told the guest would happen, with the message it said it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Promise {
    pub text: String,
    #[serde(default)]
    pub message_id: Option<MessageId>,
    /// That a colleague answers, say: nothing is left of it once a person did.
    #[serde(default)]
    pub kept_by_answer: bool,
}

/// What a person needs to know before taking over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct HandoffBrief {
    pub wants: String,
    pub tried: Vec<String>,
    pub promised: Vec<Promise>,
    pub next: Option<String>,
}

/// A result the conversation led to; `url` opens its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Conversion {
    /// `tour`, `customer`, `contract` or `booking`; others are shown plainly.
    pub kind: String,
    pub label: String,
    #[serde(default)]
    pub url: Option<String>,
}

/// Something the AI proposes or did. `status` is the wire's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkedAction {
    pub id: String,
    pub title: String,
    pub status: String,
    #[serde(default)]
    pub url: Option<String>,
}

/// A help-desk ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Ticket {
    pub subject: String,
    #[serde(default)]
    pub url: Option<String>,
}

impl Conversation {
    fn attribute<T: serde::de::DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_value(self.custom_attributes.get(key)?.clone()).ok()
    }

    fn list<T: serde::de::DeserializeOwned>(&self, key: &str) -> Vec<T> {
        let Some(Value::Array(items)) = self.custom_attributes.get(key) else {
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| serde_json::from_value(item.clone()).ok())
            .collect()
    }

    /// What it is about.
    pub fn topic(&self) -> Option<Topic> {
        self.attribute("topic")
    }

    /// How close the guest is to a decision: the wire's `high`, `medium` or `low`.
    pub fn intent_level(&self) -> Option<String> {
        self.attribute::<String>("intent_level")
            .filter(|level| matches!(level.as_str(), "high" | "medium" | "low"))
    }

    /// Dates the guest asked about, in words.
    pub fn dates_of_interest(&self) -> Option<String> {
        self.attribute::<String>("dates_of_interest")
            .filter(|text| !text.is_empty())
    }

    /// Why the AI stopped, in words.
    pub fn escalation_reason(&self) -> Option<String> {
        self.attribute::<String>("escalation_reason")
            .filter(|text| !text.is_empty())
    }

    /// What the AI leaves for the person who takes over.
    pub fn handoff_brief(&self) -> Option<HandoffBrief> {
        self.attribute("handoff_brief")
    }

    /// Results, each with its record.
    pub fn conversions(&self) -> Vec<Conversion> {
        self.list("conversions")
    }

    /// Proposals and deeds of the AI.
    pub fn linked_actions(&self) -> Vec<LinkedAction> {
        self.list("linked_actions")
    }

    /// The help-desk ticket, if one was opened.
    pub fn ticket(&self) -> Option<Ticket> {
        self.attribute("ticket")
    }
}

#[cfg(test)]
mod tests {
    use crate::{Conversation, ConversationId, InboxId, Topic};
    use serde_json::json;

    #[test]
    fn malformed_values_read_as_absent() {
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 0);
        conversation.custom_attributes = json!({
            "topic": "weather",
            "intent_level": "extreme",
            "handoff_brief": "call them",
            "conversions": [{"kind": "tour", "label": "Tour"}, {"kind": 7}, "x"],
        })
        .as_object()
        .cloned()
        .unwrap_or_default();
        assert_eq!(conversation.topic(), None);
        assert_eq!(conversation.intent_level(), None);
        assert_eq!(conversation.handoff_brief(), None);
        assert_eq!(
            conversation.conversions().len(),
            1,
            "one good entry among three survives"
        );
        conversation
            .custom_attributes
            .insert("topic".into(), json!("faq"));
        assert_eq!(conversation.topic(), Some(Topic::Faq));
    }
}
