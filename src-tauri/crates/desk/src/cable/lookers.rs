//! Who has which conversation before them: for half a minute after they last said so. Kept in memory only, because after
//! a restart everybody who still looks says so again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long a sign counts, in seconds.
pub const SECONDS: i64 = 30;

/// Last signs by (conversation, person), epoch milliseconds. Ids are the database's.
#[derive(Default)]
pub struct Lookers(Mutex<HashMap<(i64, i64), i64>>);

impl Lookers {
    /// A person looks, or still does.
    pub fn look(&self, conversation_id: i64, user_id: i64, now_ms: i64) {
        let mut signs = self.signs();
        signs.retain(|_, at| is_fresh(*at, now_ms));
        signs.insert((conversation_id, user_id), now_ms);
    }

    /// A person looks elsewhere. True when they were known to look.
    pub fn leave(&self, conversation_id: i64, user_id: i64) -> bool {
        self.signs().remove(&(conversation_id, user_id)).is_some()
    }

    /// Everybody else who looks, in the order of their ids.
    pub fn others(&self, conversation_id: i64, user_id: i64, now_ms: i64) -> Vec<i64> {
        let signs = self.signs();
        let others = signs.iter().filter(|((conversation, person), at)| {
            *conversation == conversation_id && *person != user_id && is_fresh(**at, now_ms)
        });
        let mut others: Vec<i64> = others.map(|((_, person), _)| *person).collect();
        others.sort_unstable();
        others
    }

    fn signs(&self) -> std::sync::MutexGuard<'_, HashMap<(i64, i64), i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(at: i64, now_ms: i64) -> bool {
    now_ms - at < SECONDS * 1000
}
