//! What sync tells the program above it, beside the store's own changes.

use crate::Connection;
use deskbell_domain::{AccountKey, AgentId, ConversationRef, Doing, Someone};

/// How far an account is in step, for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountStatus {
    pub connection: Connection,
    /// When everything was last known to be in step (epoch seconds).
    pub as_of: Option<i64>,
    pub offline_since: Option<i64>,
}

impl AccountStatus {
    /// True when a pressed change reaches the server now.
    pub fn is_online(&self) -> bool {
        matches!(self.connection, Connection::Live)
    }
}

/// What there is to tell of a conversation that does not ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Somebody else gave it to the signed-in person.
    Assigned,
    /// It was closed, and the guest wrote again.
    CameBack,
}

/// Something the program above acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncEvent {
    /// [`AccountStatus`] changed.
    Status(AccountKey),
    /// These conversations began to wait for a person, each told once. `fresh` is false for those found at the first
    /// look after a start: they are raised, not struck one by one.
    Rang {
        conversations: Vec<ConversationRef>,
        fresh: bool,
    },
    /// Nobody is needed there any more, or somebody has taken it.
    Withdrawn(ConversationRef),
    /// Worth a look, though nobody waits there.
    Noticed {
        conversation: ConversationRef,
        notice: Notice,
    },
    /// Somebody else begins something in a conversation, or stops. Renewed while it lasts; lost without harm.
    Sign {
        conversation: ConversationRef,
        who: Someone,
        name: String,
        doing: Doing,
        on: bool,
    },
    /// These colleagues have the conversation before them, and no others.
    Lookers {
        conversation: ConversationRef,
        people: Vec<(AgentId, String)>,
    },
    /// So many replies and notes that had waited went out.
    SentAfterWaiting { account: AccountKey, count: u32 },
    /// An item is held or stuck and needs a decision.
    NotSent {
        conversation: ConversationRef,
        /// A reply or note; otherwise something else that was pressed.
        message: bool,
    },
}
