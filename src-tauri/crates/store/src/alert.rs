//! Escalations that were told to a person, until nobody is needed any more.

use deskbell_domain::ConversationRef;

/// A conversation that needs a person. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub conversation: ConversationRef,
    /// Since when it waits: with the conversation this names the escalation.
    pub since: i64,
    pub reason: Option<String>,
    pub raised_at: i64,
    /// When somebody here opened it; `None` = nobody has.
    pub acknowledged_at: Option<i64>,
}
