//! ActionCable's frames: what is said to the server, and what kind of thing it says (reference §10.1).

use crate::Token;
use crate::wire::Read;
use deskbell_domain::AgentId;
use serde_json::{Value, json};

/// A frame from the server.
#[derive(Debug, PartialEq)]
pub(super) enum Frame {
    Welcome,
    Ping,
    Confirmed,
    Rejected,
    Disconnect,
    /// A broadcast: `{"event":…,"data":…}`.
    Message(Value),
    /// Whatever a later release may say.
    Unknown,
}

impl Frame {
    pub fn read(text: &str) -> Self {
        let Ok(mut frame) = serde_json::from_str::<Value>(text) else {
            return Self::Unknown;
        };
        match frame.text("type").as_str() {
            "welcome" => Self::Welcome,
            "ping" => Self::Ping,
            "confirm_subscription" => Self::Confirmed,
            "reject_subscription" => Self::Rejected,
            "disconnect" => Self::Disconnect,
            _ => match frame.get_mut("message") {
                Some(message) => Self::Message(message.take()),
                None => Self::Unknown,
            },
        }
    }
}

/// What is subscribed to: one account, as one person.
pub(super) struct Subscription {
    /// JSON inside a text; the server echoes it byte for byte, so it is made once.
    identifier: String,
}

impl Subscription {
    pub fn new(pubsub_token: &Token, account_id: i64, user_id: AgentId) -> Self {
        let identifier = json!({
            "channel": "RoomChannel",
            "pubsub_token": pubsub_token.reveal(),
            "account_id": account_id,
            "user_id": user_id.0,
        });
        Self {
            identifier: identifier.to_string(),
        }
    }

    pub fn subscribe(&self) -> String {
        json!({ "command": "subscribe", "identifier": self.identifier }).to_string()
    }

    pub fn update_presence(&self) -> String {
        let data = json!({ "action": "update_presence" }).to_string();
        json!({ "command": "message", "identifier": self.identifier, "data": data }).to_string()
    }
}
