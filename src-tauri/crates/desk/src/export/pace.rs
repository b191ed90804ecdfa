//! When to ask again: pure, the waiting itself is the client's.

use std::time::Duration;

/// How fast an export may go.
#[derive(Clone, Copy)]
pub struct Pace {
    /// From one request to the next.
    pub between: Duration,
    /// How long a server may still work on a request whose answer was lost.
    pub settle: Duration,
}

/// How often a server that cannot answer is asked again.
pub const ATTEMPTS: u32 = 8;
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60);
/// No server means more than this by `Retry-After`.
const MOST_ASKED: Duration = Duration::from_secs(3600);

/// Before the try after the given one, counted from 0: doubling up to a minute.
pub fn before_retry(attempt: u32) -> Duration {
    FIRST.saturating_mul(1 << attempt.min(16)).min(LONGEST)
}

/// How long a server that has had too many requests wants to be left alone. Chatwoot itself says nothing (reference
/// §1.4), a proxy before it may: whole seconds; a date is left to the doubling wait.
pub fn after_too_many(retry_after: Option<&str>, attempt: u32) -> Duration {
    let asked = retry_after.and_then(|value| value.trim().parse().ok());
    asked.map_or_else(
        || before_retry(attempt),
        |seconds| Duration::from_secs(seconds).min(MOST_ASKED),
    )
}

/// When to look for something whose answer was lost, each wait after the last look: at once, then further apart, all
/// together as long as the server may still work on it.
pub fn looks(settle: Duration) -> [Duration; 4] {
    [Duration::ZERO, settle / 8, settle / 8 * 2, settle / 8 * 5]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute() {
        let waits: Vec<u64> = (0..8).map(|attempt| before_retry(attempt).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn what_the_server_asks_for_comes_first() {
        assert_eq!(after_too_many(Some("7"), 0), Duration::from_secs(7));
        assert_eq!(after_too_many(Some("999999"), 0), MOST_ASKED);
        assert_eq!(
            after_too_many(Some("Wed, 21 Oct 2026 07:28:00 GMT"), 1),
            Duration::from_secs(2)
        );
        assert_eq!(after_too_many(None, 2), Duration::from_secs(4));
    }

    #[test]
    fn the_last_look_is_when_nothing_can_come_any_more() {
        let settle = Duration::from_secs(32);
        assert_eq!(looks(settle).iter().sum::<Duration>(), settle);
        assert_eq!(looks(settle)[0], Duration::ZERO);
    }
}
