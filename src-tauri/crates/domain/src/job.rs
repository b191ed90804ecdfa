//! What a person can press, as data: the payload of the outbox.

use crate::{AgentId, Priority, TeamId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whom a conversation is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum AssignTarget {
    Agent(AgentId),
    Team(TeamId),
    Nobody,
}

/// One change to one conversation. All but [`Job::Send`] set a state and may be repeated without harm; a message may
/// not, because the server never de-duplicates (reference §4.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// A reply, or with `private` a note for the team. With `take_over` the conversation is opened and assigned to me
    /// first, so that the AI is silent before the words arrive.
    Send {
        text: String,
        private: bool,
        #[serde(default)]
        take_over: bool,
    },
    /// Open and assigned to me; the AI is silent from then on.
    TakeOver,
    /// Pending and assigned to nobody; the AI goes on.
    HandBack,
    /// Open, urgent and assigned to nobody: it rings. The server assigns an agent who opens (reference §3.4), which is
    /// taken back, because whoever presses Escalate asks for somebody else.
    Escalate,
    /// Given to somebody; who answers stays as it was.
    Assign {
        to: AssignTarget,
    },
    /// Closed. The guest's next message opens it.
    Close,
    /// Put off; `until` in epoch seconds, `None` = until the guest writes.
    Snooze {
        until: Option<i64>,
    },
    SetPriority {
        priority: Option<Priority>,
    },
    /// Merged into the server's set at the moment of sending, because the wire replaces the whole set.
    ChangeLabels {
        add: Vec<String>,
        remove: Vec<String>,
    },
    MarkSeen,
    MarkUnread,
}

impl Job {
    /// True for what may wait for the network. The rest needs the server's word now, because the AI goes on answering
    /// without this computer.
    pub fn may_queue_offline(&self) -> bool {
        !matches!(
            self,
            Self::TakeOver
                | Self::HandBack
                | Self::Escalate
                | Self::Assign { .. }
                | Self::Close
                | Self::Snooze { .. }
        )
    }

    /// True when sending it twice would be seen by somebody.
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Send { .. })
    }
}
