//! A message as the server last told it.

use crate::{Channel, ConversationId, MessageId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// The wire's `message_type` (reference §4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    Incoming,
    Outgoing,
    /// A line about the conversation: taken over, assigned, closed.
    Activity,
    /// Written by the server itself: greeting, out of office, survey.
    Template,
}

/// How far a message got. 200 is not delivered: only the server's later word is (reference §4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Sent,
    Delivered,
    Read,
    Failed,
}

/// What kind of being wrote a message. A user and a contact may share a number, so senders are known by (kind, id).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SenderKind {
    User,
    Contact,
    Bot,
    Other,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub kind: SenderKind,
    pub id: i64,
    pub name: String,
}

/// A file of a message. `data_url` and `thumb_url` are empty where the server has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attachment {
    /// The wire's number; below zero where it gave none, one for each place in the list.
    pub id: i64,
    /// The wire's `file_type`: image, audio, video, file, location, contact, …
    pub file_type: String,
    pub data_url: String,
    pub thumb_url: String,
    pub file_name: String,
    /// Bytes, 0 = unknown.
    pub file_size: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[ts(skip)]
    pub more: Map<String, Value>,
}

/// Something the AI looked at before it answered: one entry of the message attribute `ai_tools`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AiTool {
    pub name: String,
    pub summary: String,
    pub ok: bool,
}

/// One message. Messages sort by (`created_at`, `id`); `created_at` is whole epoch seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub kind: MessageKind,
    pub content: String,
    pub content_type: String,
    pub delivery: Delivery,
    pub private: bool,
    pub created_at: i64,
    pub source_id: Option<String>,
    pub sender: Option<Sender>,
    pub content_attributes: Map<String, Value>,
    pub attachments: Vec<Attachment>,
    /// Comes back only in the answer to a POST and in `message.created`; never stored by the server.
    pub echo_id: Option<String>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Message {
    /// Deskbell's own key of a message it sent, where the server keeps it (Chatwoot ≥ 4.9).
    pub fn client_ref(&self) -> Option<&str> {
        self.content_attributes.get("client_ref")?.as_str()
    }

    /// Why the channel refused it.
    pub fn external_error(&self) -> Option<&str> {
        self.content_attributes.get("external_error")?.as_str()
    }

    /// True once somebody took the text back; the row stays.
    pub fn is_deleted(&self) -> bool {
        self.content_attributes
            .get("deleted")
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// The way it came or went where it says so itself: a mail into a web chat, a call on a number for messages.
    pub fn via(&self) -> Option<Channel> {
        let is_mail = self.content_type == "incoming_email"
            || self.content_attributes.get("email").is_some_and(Value::is_object);
        match self.content_type.as_str() {
            _ if is_mail => Some(Channel::Email),
            "voice_call" => Some(Channel::Voice),
            _ => None,
        }
    }

    /// True for a public answer of an AI.
    pub fn is_ai_answer(&self) -> bool {
        let is_ai = |sender: &Sender| matches!(sender.kind, SenderKind::Bot | SenderKind::Other);
        self.kind == MessageKind::Outgoing && !self.private && self.sender.as_ref().is_some_and(is_ai)
    }

    /// True for a public message of a person of the desk: it is what ends a wait.
    pub fn is_human_reply(&self) -> bool {
        self.kind == MessageKind::Outgoing
            && !self.private
            && self
                .sender
                .as_ref()
                .is_some_and(|sender| sender.kind == SenderKind::User)
    }

    /// What the AI looked at; malformed entries are left out.
    pub fn ai_tools(&self) -> Vec<AiTool> {
        let Some(Value::Array(items)) = self.content_attributes.get("ai_tools") else {
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| serde_json::from_value(item.clone()).ok())
            .collect()
    }
}
