//! How soon a guest who waits for a person is to be answered. Seconds.

use crate::{Conversation, Priority};

/// What is urgent: a quarter of an hour.
pub const URGENT_GOAL: i64 = 15 * 60;
/// Everything else: two hours.
pub const REGULAR_GOAL: i64 = 2 * 60 * 60;

/// Until when a person is to answer: epoch seconds. For a conversation that waits for one.
pub fn answer_due(conversation: &Conversation) -> i64 {
    let since = conversation.waiting_since.unwrap_or(conversation.created_at);
    let goal = match conversation.priority {
        Some(Priority::Urgent) => URGENT_GOAL,
        _ => REGULAR_GOAL,
    };
    since.saturating_add(goal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ConversationId, InboxId};

    #[test]
    fn what_is_urgent_is_due_before_what_has_waited_longer() {
        let mut regular = Conversation::blank(ConversationId(1), InboxId(1), 0);
        regular.waiting_since = Some(1_000);
        let mut urgent = regular.clone();
        urgent.waiting_since = Some(4_000);
        urgent.priority = Some(Priority::Urgent);
        assert_eq!((answer_due(&regular), answer_due(&urgent)), (8_200, 4_900));
        regular.waiting_since = None;
        assert_eq!(answer_due(&regular), 7_200, "since it was made");
    }
}
