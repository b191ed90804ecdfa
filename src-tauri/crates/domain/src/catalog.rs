//! What an account keeps for its people besides texts and tags: macros, saved views, definitions of attributes.

use crate::AgentId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Several steps a person runs at once on a conversation. The server runs them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Macro {
    pub id: i64,
    pub name: String,
    /// The wire's word: `personal` or `global`.
    pub visibility: String,
    /// The steps in their order.
    pub actions: Vec<MacroAction>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

/// One step of a macro.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MacroAction {
    /// The wire's `action_name`: `send_message`, `add_label`, …
    pub name: String,
    /// The wire's `action_params`: texts, numbers or words such as `self`.
    pub params: Vec<Value>,
}

/// A filter somebody saved under a name: their own, or shared with everybody of the account where the server does that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedView {
    /// Own and shared views count apart.
    pub id: i64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// Who shared it; `None` for one's own, and where that person left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<AgentId>,
    pub name: String,
    /// The wire's `filter_type`: `conversation` or `contact`.
    pub filter_type: String,
    /// The filter as it is posted to run it (reference §3.3).
    pub query: Map<String, Value>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

/// What a custom attribute is called and what it may hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeDefinition {
    pub id: i64,
    /// The key in `custom_attributes`.
    pub key: String,
    pub display_name: String,
    /// The wire's word: `text`, `number`, `list`, …
    pub display_type: String,
    /// Whose attribute it is, the wire's word: `conversation_attribute`, `contact_attribute`, …
    pub model: String,
    /// What a `list` offers.
    pub values: Vec<String>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}
