//! A notification: what the server tells the signed-in person to look at.

use crate::{ConversationId, MessageId, merge_more};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One notification (reference §8.1). Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    pub id: i64,
    /// The wire's `notification_type`: `conversation_assignment`, `conversation_mention`, …
    pub kind: String,
    pub title: String,
    pub body: String,
    /// What it is about.
    pub conversation: Option<ConversationId>,
    /// The message that caused it, for mentions and new messages.
    pub message: Option<MessageId>,
    pub created_at: Option<i64>,
    pub last_activity_at: i64,
    pub read_at: Option<i64>,
    pub snoozed_until: Option<i64>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Notification {
    /// True while it is neither read nor put off: what the server counts as unread.
    pub fn is_unread(&self) -> bool {
        self.read_at.is_none() && self.snoozed_until.is_none()
    }

    /// Takes from `kept` what a socket frame leaves out: its title is the body once more.
    pub fn keep(&mut self, kept: &Self) {
        if self.title == self.body {
            self.title.clone_from(&kept.title);
        }
        self.more = merge_more(&kept.more, &self.more);
    }
}
