//! Pressed changes, until the server has them.

use deskbell_domain::{ConversationRef, Job, MessageId};

/// A change somebody just pressed; it becomes a queued item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    pub conversation: ConversationRef,
    pub job: Job,
    /// Deskbell's own key (UUIDv7).
    pub client_ref: String,
    /// Epoch seconds.
    pub created_at: i64,
    pub after_message: Option<MessageId>,
    pub queued_offline: bool,
}
