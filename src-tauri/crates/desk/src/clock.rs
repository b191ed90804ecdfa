//! The desk's only clock. A test may move or hold it; nothing else in the crate asks the system for the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Not held: the clock runs.
const RUNS: i64 = i64::MIN;

/// The system's clock plus an offset, or a moment it is held at.
#[derive(Clone)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
    held_ms: Arc<AtomicI64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            offset_ms: Arc::default(),
            held_ms: Arc::new(AtomicI64::new(RUNS)),
        }
    }
}

impl Clock {
    /// Epoch milliseconds.
    pub fn now_ms(&self) -> i64 {
        let held = self.held_ms.load(Ordering::Relaxed);
        if held != RUNS {
            return held;
        }
        system_ms().saturating_add(self.offset_ms.load(Ordering::Relaxed))
    }

    /// Moves the clock by so many seconds from where it stands; negative goes back.
    pub fn advance(&self, seconds: i64) {
        self.offset_ms
            .fetch_add(seconds.saturating_mul(1000), Ordering::Relaxed);
    }

    /// Stops the clock at this epoch millisecond until it is held at another: for tests whose time is not the system's.
    pub fn hold(&self, epoch_ms: i64) {
        self.held_ms.store(epoch_ms, Ordering::Relaxed);
    }

    /// Sets the clock to an epoch second; it runs on from there.
    pub fn set(&self, epoch_seconds: i64) {
        let offset = epoch_seconds.saturating_mul(1000).saturating_sub(system_ms());
        self.offset_ms.store(offset, Ordering::Relaxed);
    }
}

fn system_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_can_be_set_and_moved() {
        let clock = Clock::default();
        clock.set(1_700_000_000);
        assert!((1_700_000_000_000..1_700_000_005_000).contains(&clock.now_ms()));
        clock.advance(86_400);
        assert!((1_700_086_400_000..1_700_086_405_000).contains(&clock.now_ms()));
        clock.advance(-86_400);
        assert!((1_700_000_000_000..1_700_000_005_000).contains(&clock.now_ms()));
    }

    #[test]
    fn held_it_stands_still() {
        let clock = Clock::default();
        clock.hold(1_700_000_000_123);
        assert_eq!(clock.clone().now_ms(), 1_700_000_000_123);
        clock.hold(1_700_000_000_999);
        assert_eq!(clock.now_ms(), 1_700_000_000_999);
    }
}
