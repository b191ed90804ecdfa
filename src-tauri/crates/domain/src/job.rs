//! What a person can press, as data: the payload of the outbox.

use crate::{AgentId, AttributeChange, ContactEdit, MessageExtras, MessageId, Priority, TeamId};
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

/// One change to one conversation or one customer. All but [`Job::Send`] and [`Job::AddContactNote`] set a state and may
/// be repeated without harm; a message may not, because the server never de-duplicates (reference §4.5).
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
        /// Files, the message it answers, a template.
        #[serde(default)]
        extras: MessageExtras,
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
    /// Merged into the server's set at the moment of sending, as labels are.
    ChangeAttributes {
        change: AttributeChange,
    },
    /// Muting closes the conversation and blocks the guest (reference §3.4); unmuting only unblocks.
    SetMuted {
        muted: bool,
    },
    /// Takes a message's text back; the row stays. It is not recalled from the guest's phone (reference §4.6).
    DeleteMessage {
        message_id: MessageId,
    },
    /// Only the fields somebody touched.
    EditContact {
        edit: ContactEdit,
    },
    /// As [`Job::ChangeLabels`], of the customer.
    ChangeContactLabels {
        add: Vec<String>,
        remove: Vec<String>,
    },
    /// A note about the customer. The server keeps no key of ours with it.
    AddContactNote {
        text: String,
    },
    /// Another text for a note, where it still says what it said (`was`) when somebody began to change it.
    EditContactNote {
        note_id: i64,
        text: String,
        was: String,
    },
    DeleteContactNote {
        note_id: i64,
    },
}

impl Job {
    /// A public reply in plain text.
    pub fn reply(text: impl Into<String>) -> Self {
        Self::Send {
            text: text.into(),
            private: false,
            take_over: false,
            extras: MessageExtras::default(),
        }
    }

    /// A note for the team in plain text.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Send {
            text: text.into(),
            private: true,
            take_over: false,
            extras: MessageExtras::default(),
        }
    }

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
                | Self::SetMuted { .. }
        )
    }

    /// True when sending it twice would be seen by somebody.
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Send { .. } | Self::AddContactNote { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_an_earlier_release_is_read_as_it_was_meant() {
        let kept = r#"{"job":"send","text":"Hello","private":false}"#;
        let read: Job = serde_json::from_str(kept).unwrap();
        assert_eq!(read, Job::reply("Hello"));
    }
}
