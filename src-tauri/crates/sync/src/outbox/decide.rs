//! The outbox state machine: one pure function from (item, outcome, now) to the next state.

use deskbell_domain::{HoldReason, MessageId, OutboxItem, OutboxState, StuckReason};

/// After a lost answer the server, or a proxy before it, may still be working, and nothing says for how long: a message
/// that is absent may arrive minutes later. So it is never sent again by itself; looked for this long, then the person is
/// asked, and looked for further until they have decided.
pub const ASK_AFTER_SECONDS: i64 = 30;

/// The longest pause between two attempts.
pub const LONGEST_WAIT_SECONDS: i64 = 120;

/// A transient failure is retried for a day, then a person decides.
const GIVE_UP_AFTER_SECONDS: i64 = 24 * 3600;

/// What became of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The attempt begins.
    Started,
    Accepted {
        message_id: Option<MessageId>,
    },
    /// It never left this computer.
    NotSent,
    /// It left, and the answer was lost.
    Lost,
    /// The server itself says that it failed and works on it no more (500). Whether it is there must be read back.
    Failed,
    /// Nothing happened: 429, 5xx on a change that may be repeated, or a failed message that was read back and is absent.
    TryLater,
    Refused,
    NotAllowed,
    Missing,
    /// The token ended: nothing was done, and nothing is until somebody signs in.
    SignedOut,
    /// Read back: the server has it.
    Found {
        message_id: MessageId,
    },
    /// Read back: it is not there.
    Absent,
    /// Read back: more than one message could be it.
    Ambiguous,
    /// The world changed while it was queued.
    Hold(HoldReason),
    /// A person pressed Try again.
    Retried,
}

/// What to store after an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub state: OutboxState,
    pub attempts: u32,
}

/// The next state of `item` after `outcome` at `now` (epoch seconds).
pub fn decide(item: &OutboxItem, outcome: Outcome, now: i64) -> Verdict {
    let stuck = |reason| OutboxState::Stuck { reason };
    let mut attempts = item.attempts;
    let state = match outcome {
        Outcome::Started => OutboxState::Sending,
        Outcome::Accepted { message_id } => OutboxState::Sent { message_id },
        Outcome::Found { message_id } => OutboxState::Sent {
            message_id: Some(message_id),
        },
        Outcome::NotSent | Outcome::SignedOut => OutboxState::Queued,
        Outcome::Lost | Outcome::Failed if item.job.is_message() => OutboxState::Unsure { since: now },
        Outcome::Lost | Outcome::Failed | Outcome::TryLater => {
            attempts += 1;
            later(item, attempts, now)
        }
        Outcome::Absent => absent(item, now),
        Outcome::Ambiguous => stuck(StuckReason::Unknown),
        Outcome::Refused => stuck(StuckReason::Refused),
        Outcome::NotAllowed => stuck(StuckReason::NotAllowed),
        Outcome::Missing => stuck(StuckReason::Missing),
        Outcome::Hold(reason) => OutboxState::Held { reason },
        Outcome::Retried => {
            attempts = 0;
            OutboxState::Queued
        }
    };
    Verdict { state, attempts }
}

fn later(item: &OutboxItem, attempts: u32, now: i64) -> OutboxState {
    if now - item.created_at > GIVE_UP_AFTER_SECONDS {
        return OutboxState::Stuck {
            reason: StuckReason::GaveUp,
        };
    }
    let wait = 2_i64.saturating_pow(attempts.min(7)).min(LONGEST_WAIT_SECONDS);
    OutboxState::Waiting { until: now + wait }
}

/// Absent proves nothing while the server may still be working: it is never reason enough to send again.
fn absent(item: &OutboxItem, now: i64) -> OutboxState {
    match item.state {
        // Before `since` only where the clock was set back.
        OutboxState::Unsure { since } if !(0..ASK_AFTER_SECONDS).contains(&(now - since)) => {
            OutboxState::Stuck {
                reason: StuckReason::Unknown,
            }
        }
        ref state => state.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId, ConversationRef, Job};
    use proptest::prelude::*;

    fn item(job: Job, state: OutboxState) -> OutboxItem {
        OutboxItem {
            id: 1,
            subject: ConversationRef::new(AccountKey(1), ConversationId(1)).into(),
            job,
            state,
            client_ref: "r".into(),
            created_at: 1_000,
            attempts: 0,
            after_message: None,
            queued_offline: false,
            refusal: None,
        }
    }

    fn reply(state: OutboxState) -> OutboxItem {
        item(Job::reply("Hello"), state)
    }

    #[test]
    fn a_lost_answer_makes_a_message_unsure_and_repeats_anything_else() {
        assert_eq!(
            decide(&reply(OutboxState::Sending), Outcome::Lost, 1_005).state,
            OutboxState::Unsure { since: 1_005 }
        );
        let close = decide(&item(Job::Close, OutboxState::Sending), Outcome::Lost, 1_005);
        assert_eq!(
            close,
            Verdict {
                state: OutboxState::Waiting { until: 1_007 },
                attempts: 1
            }
        );
    }

    #[test]
    fn absent_makes_a_person_decide_and_never_sends_again() {
        let unsure = reply(OutboxState::Unsure { since: 1_005 });
        assert_eq!(
            decide(&unsure, Outcome::Absent, 1_010).state,
            OutboxState::Unsure { since: 1_005 }
        );
        let asked = OutboxState::Stuck {
            reason: StuckReason::Unknown,
        };
        for now in [1_005 + ASK_AFTER_SECONDS, 1_004] {
            assert_eq!(decide(&unsure, Outcome::Absent, now).state, asked, "at {now}");
        }
        assert_eq!(
            decide(&reply(asked.clone()), Outcome::Absent, 90_000).state,
            asked,
            "looked for further, and still asked"
        );
    }

    #[test]
    fn what_turns_up_late_ends_the_question() {
        let asked = reply(OutboxState::Stuck {
            reason: StuckReason::Unknown,
        });
        let message_id = MessageId(4);
        assert_eq!(
            decide(&asked, Outcome::Found { message_id }, 90_000).state,
            OutboxState::Sent {
                message_id: Some(message_id)
            }
        );
    }

    #[test]
    fn a_missing_network_costs_no_attempt() {
        let verdict = decide(&reply(OutboxState::Sending), Outcome::NotSent, 90_000_000);
        assert_eq!(
            verdict,
            Verdict {
                state: OutboxState::Queued,
                attempts: 0
            }
        );
    }

    #[test]
    fn a_day_of_later_ends_with_a_person() {
        let verdict = decide(
            &item(Job::Close, OutboxState::Sending),
            Outcome::TryLater,
            1_000 + 86_401,
        );
        assert_eq!(
            verdict.state,
            OutboxState::Stuck {
                reason: StuckReason::GaveUp
            }
        );
    }

    #[test]
    fn when_it_cannot_be_known_a_person_is_asked() {
        let verdict = decide(&reply(OutboxState::Unsure { since: 0 }), Outcome::Ambiguous, 9);
        assert_eq!(
            verdict.state,
            OutboxState::Stuck {
                reason: StuckReason::Unknown
            }
        );
    }

    proptest! {
        /// The heart of "never twice": nothing but a person leads from an unknown fate to another attempt.
        #[test]
        fn an_unknown_fate_is_never_queued_by_itself(since in 0_i64..10_000, waits in prop::collection::vec(0_i64..500, 1..20)) {
            let mut item = reply(decide(&reply(OutboxState::Sending), Outcome::Lost, since).state);
            prop_assert_eq!(&item.state, &OutboxState::Unsure { since });
            let mut now = since;
            for wait in waits {
                now += wait;
                item.state = decide(&item, Outcome::Absent, now).state;
                let still = matches!(item.state, OutboxState::Unsure { .. } | OutboxState::Stuck { reason: StuckReason::Unknown });
                prop_assert!(still);
            }
        }
    }
}
