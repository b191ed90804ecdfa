//! Which of two things the server told was said later, where the things themselves do not tell.
//!
//! An answer may have been written before a frame that was applied meanwhile. `updated_at` orders most of it, but old
//! servers have none, and reading moves no version (reference §10.4, §10.6).

use deskbell_domain::ConversationId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// When something was asked, among everything that was asked or heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked(u64);

#[derive(Default)]
pub(crate) struct Order {
    inner: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    last: u64,
    /// The newest word on each conversation.
    newest: HashMap<ConversationId, (u64, Option<f64>)>,
    /// Conversations that were not there when asked for.
    gone: HashMap<ConversationId, u64>,
}

impl Order {
    /// Notes that a question leaves now, or that a frame came: it shows the server at this moment or later.
    pub fn ask(&self) -> Asked {
        let mut told = self.told();
        told.last += 1;
        Asked(told.last)
    }

    /// Whether to believe what was `asked` for of a conversation: unless something asked or heard later is known, and
    /// is as new by its own version. What is believed counts as known.
    pub fn believe(&self, asked: Asked, conversation: ConversationId, updated_at: Option<f64>) -> bool {
        let mut told = self.told();
        if told.gone.get(&conversation).is_some_and(|gone| *gone >= asked.0) {
            return false;
        }
        told.gone.remove(&conversation);
        let (heard, known) = told.newest.get(&conversation).copied().unwrap_or_default();
        if heard > asked.0 && !is_newer(updated_at, known) {
            return false;
        }
        told.newest.insert(conversation, (asked.0, updated_at.or(known)));
        true
    }

    /// Notes that a conversation was not there when `asked` for.
    pub fn gone(&self, asked: Asked, conversation: ConversationId) {
        self.told().gone.insert(conversation, asked.0);
    }

    /// Whether a conversation was not there when last asked for. A frame about it may have been under way ever since.
    pub fn is_gone(&self, conversation: ConversationId) -> bool {
        self.told().gone.contains_key(&conversation)
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_newer(told: Option<f64>, known: Option<f64>) -> bool {
    matches!((told, known), (Some(told), Some(known)) if told > known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: ConversationId = ConversationId(1);

    #[test]
    fn an_answer_asked_for_before_a_frame_is_not_believed() {
        let order = Order::default();
        let asked = order.ask();
        assert!(order.believe(order.ask(), ONE, Some(5.0)), "the frame");
        assert!(!order.believe(asked, ONE, Some(5.0)));
        assert!(order.believe(asked, ONE, Some(6.0)), "newer by its own word");
        assert!(
            order.believe(asked, ConversationId(2), None),
            "nothing was heard of it"
        );
    }

    #[test]
    fn what_is_gone_comes_back_only_by_a_later_answer() {
        let order = Order::default();
        let (before, asked) = (order.ask(), order.ask());
        order.gone(asked, ONE);
        assert!(!order.believe(before, ONE, Some(9.0)));
        assert!(order.is_gone(ONE));
        assert!(order.believe(order.ask(), ONE, Some(9.0)), "one may see it again");
        assert!(!order.is_gone(ONE));
    }

    #[test]
    fn without_versions_the_later_question_wins() {
        let order = Order::default();
        let (first, second) = (order.ask(), order.ask());
        assert!(order.believe(second, ONE, None));
        assert!(!order.believe(first, ONE, None));
        assert!(order.believe(order.ask(), ONE, None));
    }
}
