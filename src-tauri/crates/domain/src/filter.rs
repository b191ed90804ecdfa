//! What a list or a search is narrowed to, beside its view.

use crate::{Channel, Topic};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Filters combine: each list is "any of these", all lists must hold. Empty lists and `None` filter nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ListFilter {
    pub channels: Vec<Channel>,
    pub statuses: Vec<StatusFilter>,
    /// What the AI found the talk to be about.
    pub topics: Vec<Topic>,
    pub labels: Vec<String>,
    pub assigned: Vec<AssignedFilter>,
    /// Epoch seconds, included: the first moment of activity that is shown.
    pub active_from: Option<i64>,
    /// Epoch seconds, excluded.
    pub active_until: Option<i64>,
}

impl ListFilter {
    /// True when everything is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The marks a row can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Nobody has looked at it yet.
    New,
    /// The guest wrote something nobody has seen.
    Unread,
    /// Neither put off nor closed.
    Active,
    Escalated,
    /// The channel takes no free text until the guest writes.
    Expired,
    Snoozed,
    /// The guest is marked as a lead.
    Lead,
    OptedOut,
    /// Widens the All view, which leaves closed ones out.
    Closed,
}

impl StatusFilter {
    pub const EVERY: [Self; 9] = [
        Self::New,
        Self::Unread,
        Self::Active,
        Self::Escalated,
        Self::Expired,
        Self::Snoozed,
        Self::Lead,
        Self::OptedOut,
        Self::Closed,
    ];
}

/// Whom a conversation is given to, seen from the signed-in person. Bots are nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AssignedFilter {
    Me,
    Nobody,
    Others,
}
