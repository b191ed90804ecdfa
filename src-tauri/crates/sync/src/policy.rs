//! What decisions of every account share: settings, and whether a person is at work.

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// So long after the last thing a person did they are still at it.
const AT_WORK: Duration = Duration::from_secs(2);

/// How far the offline copy reaches back. What is active is always kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Days of older history.
    pub days: u32,
    /// Size of the copy (million bytes) from which on nothing older is added.
    pub megabytes: u32,
}

impl Default for Depth {
    /// A quarter of a year; a reception with a hundred conversations a day needs about 150 MB for it.
    fn default() -> Self {
        Self {
            days: 90,
            megabytes: 500,
        }
    }
}

pub(crate) struct Policy {
    pub ring_without_ai: AtomicBool,
    depth: watch::Sender<Depth>,
    acted_at: Mutex<Option<Instant>>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            ring_without_ai: AtomicBool::new(true),
            depth: watch::Sender::default(),
            acted_at: Mutex::default(),
        }
    }
}

impl Policy {
    pub fn set_depth(&self, depth: Depth) {
        self.depth.send_if_modified(|kept| {
            let changes = *kept != depth;
            *kept = depth;
            changes
        });
    }

    /// The depth now and whenever it is changed.
    pub fn depth(&self) -> watch::Receiver<Depth> {
        self.depth.subscribe()
    }

    pub fn person_acts(&self) {
        *self.acted_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Returns once nobody did anything for a moment.
    pub async fn nobody_acts(&self) {
        loop {
            let acted_at = *self.acted_at.lock().unwrap_or_else(PoisonError::into_inner);
            match acted_at.map(|at| at + AT_WORK) {
                Some(until) if until > Instant::now() => tokio::time::sleep_until(until).await,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_for_nobody_waits_until_the_person_rests() {
        let policy = Policy::default();
        let begin = Instant::now();
        policy.nobody_acts().await;
        assert_eq!(begin.elapsed(), Duration::ZERO);
        policy.person_acts();
        let goes_on = async {
            tokio::time::sleep(Duration::from_millis(1_500)).await;
            policy.person_acts();
        };
        tokio::join!(policy.nobody_acts(), goes_on);
        assert!(
            begin.elapsed() >= Duration::from_millis(3_500),
            "{:?}",
            begin.elapsed()
        );
    }
}
