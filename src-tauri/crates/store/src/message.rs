//! Threads: pages of messages, and what is known to be missing in them.

use deskbell_domain::MessageId;

/// Something learned about how complete a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMark {
    /// The oldest message kept here is the conversation's first.
    AtStart,
    /// Messages may be missing between `after` and `before`, both kept here: a page did not reach back to what was known.
    Gap { after: MessageId, before: MessageId },
    /// Every message from `from` to `to` is kept here now: what was missing between them is not any more.
    Loaded { from: MessageId, to: MessageId },
}

/// A stretch that was not loaded: something may be missing between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub after: MessageId,
    pub before: MessageId,
}

/// How complete a thread is. Without a gap everything from the oldest kept message to the newest is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Nothing older than the oldest kept message exists.
    pub at_start: bool,
    /// Oldest first.
    pub gaps: Vec<Gap>,
}

impl History {
    /// The oldest message from which on nothing is missing; `None` = the oldest kept one.
    pub fn complete_from(&self) -> Option<MessageId> {
        self.gaps.last().map(|gap| gap.before)
    }
}
