//! The connection of one account as a visible state, and the one function that moves it.

/// How far the account is in step with its server. Times are epoch seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Connecting,
    /// Subscribed and buffering; reading over REST what the socket never told.
    CatchingUp,
    Live,
    /// The next attempt is at `until`.
    Offline {
        until: i64,
        failures: u32,
    },
    /// The server does not accept the token any more: only a person can go on.
    SignedOut,
}

/// What happened to the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Start an attempt, because the time has come or a person asked.
    Try,
    /// The socket subscription is confirmed, or REST alone must do.
    Subscribed,
    CaughtUp,
    Lost,
    TokenRefused,
}

impl Connection {
    /// The next state. `failures` is how many attempts failed in a row before; `jitter` is 0 to 1 and spreads the
    /// attempts of many desks after a server restart.
    pub fn next(self, step: Step, now: i64, failures: u32, jitter: f64) -> Self {
        match (self, step) {
            (Self::SignedOut, Step::Try) => Self::Connecting,
            (Self::SignedOut, _) => Self::SignedOut,
            (_, Step::TokenRefused) => Self::SignedOut,
            (Self::Connecting, Step::Subscribed) => Self::CatchingUp,
            (Self::CatchingUp, Step::CaughtUp) => Self::Live,
            (Self::Offline { .. }, Step::Try) => Self::Connecting,
            (_, Step::Lost) => {
                let failures = failures.saturating_add(1);
                Self::Offline {
                    until: now + retry_seconds(failures, jitter),
                    failures,
                }
            }
            (same, Step::Try | Step::Subscribed | Step::CaughtUp) => same,
        }
    }
}

/// 1, 2, 4, 8, 16, then at most 30 seconds, of which the last third is jitter.
fn retry_seconds(failures: u32, jitter: f64) -> i64 {
    let full = f64::from(2_u32.saturating_pow(failures.saturating_sub(1).min(5)).min(30));
    let seconds = full * (2.0 + jitter.clamp(0.0, 1.0)) / 3.0;
    // At most 30: the cast cannot lose anything.
    #[allow(clippy::cast_possible_truncation)]
    let whole = seconds.round() as i64;
    whole.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_up_and_down() {
        let live = Connection::Connecting
            .next(Step::Subscribed, 0, 0, 0.0)
            .next(Step::CaughtUp, 0, 0, 0.0);
        assert_eq!(live, Connection::Live);
        assert_eq!(
            live.next(Step::Lost, 100, 0, 1.0),
            Connection::Offline {
                until: 101,
                failures: 1
            }
        );
        assert_eq!(live.next(Step::TokenRefused, 100, 0, 0.0), Connection::SignedOut);
    }

    #[test]
    fn nothing_but_a_try_ends_signed_out() {
        for step in [Step::Subscribed, Step::CaughtUp, Step::Lost, Step::TokenRefused] {
            assert_eq!(
                Connection::SignedOut.next(step, 0, 0, 0.0),
                Connection::SignedOut,
                "{step:?}"
            );
        }
        assert_eq!(
            Connection::SignedOut.next(Step::Try, 0, 0, 0.0),
            Connection::Connecting
        );
    }

    #[test]
    fn waits_grow_to_thirty_seconds_and_no_further() {
        let waits: Vec<i64> = (1..12).map(|failures| retry_seconds(failures, 1.0)).collect();
        assert_eq!(&waits[..6], [1, 2, 4, 8, 16, 30]);
        assert!(waits.iter().all(|wait| *wait <= 30));
    }

    #[test]
    fn an_attempt_that_fails_again_waits_longer() {
        let again = Connection::Connecting.next(Step::Lost, 100, 3, 1.0);
        assert_eq!(
            again,
            Connection::Offline {
                until: 108,
                failures: 4
            }
        );
    }

    #[test]
    fn a_confirmation_that_comes_too_late_changes_nothing() {
        let offline = Connection::Offline {
            until: 9,
            failures: 2,
        };
        assert_eq!(offline.next(Step::Subscribed, 5, 0, 0.0), offline);
        assert_eq!(offline.next(Step::CaughtUp, 5, 0, 0.0), offline);
    }
}
