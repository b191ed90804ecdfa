//! A customer, and the notes about them.

use crate::{AgentId, ContactId, merge_more, plain};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One contact. Times are epoch seconds; `None` = the server did not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub email: Option<String>,
    /// E.164, with the plus.
    pub phone_number: Option<String>,
    pub identifier: Option<String>,
    pub thumbnail: String,
    pub blocked: Option<bool>,
    pub created_at: Option<i64>,
    pub last_activity_at: Option<i64>,
    pub custom_attributes: Map<String, Value>,
    pub additional_attributes: Map<String, Value>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Contact {
    /// What to call them: name, else phone, e-mail or identifier, as [`plain`] text; empty for a complete stranger.
    pub fn display_name(&self) -> String {
        [
            Some(self.name.as_str()),
            self.phone_number.as_deref(),
            self.email.as_deref(),
            self.identifier.as_deref(),
        ]
        .into_iter()
        .flatten()
        .map(plain)
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default()
    }

    /// When they said STOP (epoch seconds); `None` = they did not.
    pub fn opted_out_at(&self) -> Option<i64> {
        self.custom_attributes.get("opted_out_at")?.as_i64()
    }

    /// True once somebody marked them as a lead.
    pub fn is_lead(&self) -> bool {
        self.custom_attributes
            .get("lead")
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// The desk can reach them again: they left an e-mail address or a phone number, or somebody marked them as a lead.
    pub fn was_captured(&self) -> bool {
        let left = |address: &Option<String>| address.as_deref().is_some_and(|text| !text.trim().is_empty());
        left(&self.email) || left(&self.phone_number) || self.is_lead()
    }

    /// A text attribute, unless absent, empty or of another type.
    pub fn text_attribute(&self, key: &str) -> Option<&str> {
        self.custom_attributes
            .get(key)?
            .as_str()
            .filter(|text| !text.is_empty())
    }

    /// The calls their attributes tell of, in the server's order; what cannot be read is left out.
    pub fn calls(&self) -> Vec<Call> {
        self.listed("calls")
    }

    /// The items of a list attribute that can be read.
    pub fn listed<T: serde::de::DeserializeOwned>(&self, key: &str) -> Vec<T> {
        let items = self.custom_attributes.get(key).and_then(Value::as_array);
        items
            .into_iter()
            .flatten()
            .filter_map(|item| serde_json::from_value(item.clone()).ok())
            .collect()
    }

    /// Takes over what `newer` says and keeps what it leaves out (socket frames leave out the times).
    pub fn merge(&mut self, newer: &Contact) {
        let kept = std::mem::replace(self, newer.clone());
        self.more = merge_more(&kept.more, &self.more);
        self.blocked = self.blocked.or(kept.blocked);
        self.created_at = self.created_at.or(kept.created_at);
        self.last_activity_at = self.last_activity_at.max(kept.last_activity_at);
    }
}

/// A telephone call with a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Epoch seconds.
    pub at: i64,
    /// Seconds; 0 = nobody took it.
    #[serde(default)]
    pub duration_s: i64,
    #[serde(default)]
    pub recording_url: Option<String>,
    /// What it was about.
    #[serde(default)]
    pub summary: Option<String>,
}

/// A note about a customer. No key of ours comes back with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactNote {
    pub id: i64,
    pub content: String,
    pub author: Option<AgentId>,
    /// Epoch seconds.
    pub created_at: i64,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}
