//! A socket of somebody of whom everything that was said to them is wanted.

use crate::cable::{Cable, identifier};
use crate::house::{House, Person};
use serde_json::{Value, json};

pub struct Listener {
    pub who: &'static str,
    cable: Cable,
    identifier: String,
}

impl Listener {
    pub async fn person(house: &House, who: &'static str, person: &Person) -> Self {
        let mut cable = Cable::person(house, person).await;
        cable.event("presence.update").await;
        let identifier = identifier(house, person);
        Self {
            who,
            cable,
            identifier,
        }
    }

    pub async fn guest(house: &House, who: &'static str, pubsub_token: &str) -> Self {
        let mut cable = Cable::guest(house, pubsub_token).await;
        cable.event("presence.update").await;
        let identifier = json!({ "channel": "RoomChannel", "pubsub_token": pubsub_token }).to_string();
        Self {
            who,
            cable,
            identifier,
        }
    }

    /// Event and data of all since the last look. A look ends with what only the one who asks for it is told: the answer
    /// to a sign of life, behind all that was said before.
    pub async fn heard(&mut self) -> Vec<Value> {
        let sign = json!({ "action": "update_presence" });
        self.cable.command("message", &self.identifier, Some(sign)).await;
        let mut messages = Vec::new();
        loop {
            let frame = self.cable.until(|frame| frame["message"].is_object()).await;
            let message = frame["message"].clone();
            let is_answer = message["event"] == "presence.update";
            messages.push(message);
            if is_answer {
                return messages;
            }
        }
    }
}
