//! An inbox: one channel of one property.

use crate::{Channel, InboxId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One inbox of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    pub id: InboxId,
    pub name: String,
    pub channel: Channel,
    /// The wire's `channel_type`, kept for words and for unknown ones.
    pub channel_type: String,
    /// Whether an AI answers here; `None` = not asked yet (`GET /inboxes/:id/agent_bot`).
    pub has_bot: Option<bool>,
    pub bot_name: Option<String>,
    /// Seconds in which free text is delivered after the guest's last message; `None` = no limit.
    pub reply_window_seconds: Option<i64>,
    /// IANA name, as the property set it.
    pub timezone: Option<String>,
    /// What the server told beyond these fields, under the wire's names: working hours, greeting, survey, …
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Inbox {
    /// The templates a WhatsApp provider knows, as the provider words them, approved or not (reference §2.2).
    pub fn message_templates(&self) -> &[Value] {
        match self.more.get("message_templates") {
            Some(Value::Array(templates)) => templates,
            _ => &[],
        }
    }
}
