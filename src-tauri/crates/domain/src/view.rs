//! The five views of the rail, and which conversations each shows.

use crate::{AgentId, Conversation, Status};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One of the five views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Open, held by nobody, unanswered.
    NeedsPerson,
    /// Open and mine.
    Mine,
    /// Pending: the AI answers.
    Ai,
    /// Everything but closed.
    All,
    /// Resolved.
    Closed,
}

impl View {
    /// All views in the order of the rail.
    pub const EVERY: [View; 5] = [View::NeedsPerson, View::Mine, View::Ai, View::All, View::Closed];

    /// Whether `conversation` shows here for the person `me`.
    pub fn shows(self, conversation: &Conversation, me: AgentId) -> bool {
        match self {
            Self::NeedsPerson => {
                conversation.status == Status::Open
                    && conversation.agent().is_none()
                    && conversation.asks_for_a_person()
            }
            Self::Mine => conversation.status == Status::Open && conversation.agent() == Some(me),
            Self::Ai => conversation.status == Status::Pending,
            Self::All => conversation.status != Status::Resolved,
            Self::Closed => conversation.status == Status::Resolved,
        }
    }
}
