//! The states of a change on its way to the server. The transition function lives in `sync`.

use crate::{ConversationRef, Job, MessageId, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why an item waits for the person: the world changed while it was queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// The channel takes no free text any more.
    WindowClosed,
    OptedOut,
    /// A colleague answered after it was written.
    AnsweredByColleague,
    /// A colleague holds the conversation now.
    TakenByColleague,
    /// The guest wrote after it was queued offline.
    GuestWroteAgain,
    /// It was closed meanwhile.
    Closed,
    /// Somebody else changed the same words meanwhile.
    ChangedByColleague,
}

/// Why an item cannot go on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StuckReason {
    /// The server says no (422 and its like).
    Refused,
    /// This person may not do that here.
    NotAllowed,
    /// The conversation or the customer is gone.
    Missing,
    /// It could not be known whether the message went out: a person decides.
    Unknown,
    /// Tried for a day.
    GaveUp,
}

/// Where an item is. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OutboxState {
    Queued,
    Sending,
    /// Not before `until`: it failed for now, or, never attempted, it may still be taken back.
    Waiting {
        until: i64,
    },
    /// The answer was lost: it may or may not have arrived.
    Unsure {
        since: i64,
    },
    Held {
        reason: HoldReason,
    },
    Stuck {
        reason: StuckReason,
    },
    /// The server has it. Kept until its own copy is in the cache.
    Sent {
        message_id: Option<MessageId>,
    },
}

/// One change, durable from the moment it was pressed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// Grows with every item and is never reused: the order within its subject.
    pub id: i64,
    pub subject: Subject,
    pub job: Job,
    pub state: OutboxState,
    /// Deskbell's own key (UUIDv7): `echo_id` and `content_attributes.client_ref` of a message.
    pub client_ref: String,
    pub created_at: i64,
    /// Failures so far that say something about the request; a missing network does not count.
    pub attempts: u32,
    /// The newest message known when it was written: reading back after a lost answer starts there.
    pub after_message: Option<MessageId>,
    /// True when it was pressed without a connection: then a changed conversation asks before it goes.
    pub queued_offline: bool,
    /// What the server's validation said when it refused it, for the screen.
    pub refusal: Option<String>,
}

impl OutboxItem {
    /// The conversation it belongs to; `None` = it is about a customer.
    pub fn conversation(&self) -> Option<ConversationRef> {
        self.subject.conversation()
    }

    /// True when no attempt at it can have had an effect: it may be replaced or taken back without a trace.
    pub fn is_untried(&self) -> bool {
        self.attempts == 0 && matches!(self.state, OutboxState::Queued | OutboxState::Waiting { .. })
    }

    /// True when a person may still change it without a race against the sender.
    pub fn rests(&self) -> bool {
        matches!(
            self.state,
            OutboxState::Queued
                | OutboxState::Waiting { .. }
                | OutboxState::Held { .. }
                | OutboxState::Stuck { .. }
        )
    }
}
