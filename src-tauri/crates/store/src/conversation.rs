//! One conversation with what its header needs.

use crate::History;
use deskbell_domain::{AgentId, Contact, Conversation, Inbox};

/// The newest public answer of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HumanReply {
    pub agent: AgentId,
    pub name: String,
    /// Epoch seconds.
    pub at: i64,
}

/// One conversation as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredConversation {
    /// As the server last told it.
    pub server: Conversation,
    /// With the unsent changes laid over it.
    pub shown: Conversation,
    pub contact: Option<Contact>,
    pub inbox: Option<Inbox>,
    /// Epoch seconds of the guest's newest known message.
    pub last_incoming_at: Option<i64>,
    pub last_human_reply: Option<HumanReply>,
    pub history: History,
}
