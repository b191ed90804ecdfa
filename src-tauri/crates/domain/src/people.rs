//! The people of the desk and what they share: teams, templates, tags.

use crate::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Whether somebody is at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    Online,
    Busy,
    Offline,
}

impl Availability {
    /// Reads the wire's word; anything unknown is offline.
    pub fn parse(word: &str) -> Self {
        match word {
            "online" => Self::Online,
            "busy" => Self::Busy,
            _ => Self::Offline,
        }
    }
}

/// What somebody may do in an account. Custom roles are agents with fewer rights; the server enforces them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Agent,
}

/// One person of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub role: Option<Role>,
    pub availability: Availability,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

/// A group of people that conversations can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub is_member: bool,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

/// A template: a text the desk writes often. The wire calls it a canned response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedResponse {
    pub id: i64,
    pub short_code: String,
    pub content: String,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

/// A tag. `color` is the wire's `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub id: i64,
    pub title: String,
    pub color: String,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}
