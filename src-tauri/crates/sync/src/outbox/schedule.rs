//! When an item may be worked on.

use super::decide::LONGEST_WAIT_SECONDS;
use deskbell_domain::{OutboxItem, OutboxState, StuckReason};
use std::collections::{HashMap, HashSet};

/// A lost message is looked for this often at first,
const LOOK_EVERY: i64 = 3;
/// and from this age on more seldom.
const FRESH_SECONDS: i64 = 30;
const LOOK_SELDOM: i64 = 15;
/// While the person is asked, the pauses grow from the one to the other.
const SHORTEST_PAUSE: i64 = 30;
const LONGEST_PAUSE: i64 = 1_800;

/// When lost messages are looked for again. Not durable: a start looks at once.
#[derive(Default)]
pub(super) struct Schedule {
    /// Time of the next look and the pause before it, by item.
    next: HashMap<i64, (i64, i64)>,
    /// Something here says that these have arrived.
    found: HashSet<i64>,
}

impl Schedule {
    /// These are looked at now.
    pub fn found(&mut self, items: impl IntoIterator<Item = i64>) {
        self.found.extend(items);
    }

    /// When the head of a conversation may be worked on (epoch seconds); `None` = a person must decide first.
    pub fn due_at(&self, item: &OutboxItem, now: i64) -> Option<i64> {
        match item.state {
            OutboxState::Queued | OutboxState::Sending => Some(now),
            // Written before somebody set the clock back.
            OutboxState::Waiting { until } if until - now > LONGEST_WAIT_SECONDS => Some(now),
            OutboxState::Waiting { until } => Some(until),
            OutboxState::Unsure { .. }
            | OutboxState::Stuck {
                reason: StuckReason::Unknown,
            } => Some(self.look_at(item.id, now)),
            OutboxState::Held { .. } | OutboxState::Stuck { .. } | OutboxState::Sent { .. } => None,
        }
    }

    /// Work on `item` begins at `now`.
    pub fn begun(&mut self, item: &OutboxItem, now: i64) {
        self.found.remove(&item.id);
        let before = self.next.get(&item.id).map(|(_, pause)| *pause);
        let pause = match item.state {
            OutboxState::Unsure { since } if now - since < FRESH_SECONDS => LOOK_EVERY,
            OutboxState::Unsure { .. } => LOOK_SELDOM,
            OutboxState::Stuck { .. } => {
                let doubled = before.map_or(SHORTEST_PAUSE, |pause| pause * 2);
                doubled.clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
            }
            _ => {
                self.next.remove(&item.id);
                return;
            }
        };
        self.next.insert(item.id, (now + pause, pause));
    }

    fn look_at(&self, item: i64, now: i64) -> i64 {
        let next = self.next.get(&item).filter(|_| !self.found.contains(&item));
        next.map_or(now, |(at, pause)| if at - now > *pause { now } else { *at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId, ConversationRef, Job};

    fn item(state: OutboxState) -> OutboxItem {
        OutboxItem {
            id: 1,
            subject: ConversationRef::new(AccountKey(1), ConversationId(1)).into(),
            job: Job::MarkSeen,
            state,
            client_ref: String::new(),
            created_at: 0,
            attempts: 0,
            after_message: None,
            queued_offline: false,
            refusal: None,
        }
    }

    #[test]
    fn a_lost_message_is_looked_for_at_once_then_regularly_however_late_one_wakes() {
        let unsure = item(OutboxState::Unsure { since: 100 });
        let mut schedule = Schedule::default();
        assert_eq!(schedule.due_at(&unsure, 100), Some(100));
        schedule.begun(&unsure, 100);
        assert_eq!(
            schedule.due_at(&unsure, 104),
            Some(103),
            "a second late is not a turn missed"
        );
        schedule.begun(&unsure, 131);
        assert_eq!(schedule.due_at(&unsure, 131), Some(146));
        schedule.found([1]);
        assert_eq!(schedule.due_at(&unsure, 132), Some(132), "it was heard of");
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nothing_up() {
        let waiting = item(OutboxState::Waiting { until: 10_060 });
        let mut schedule = Schedule::default();
        assert_eq!(schedule.due_at(&waiting, 10_000), Some(10_060));
        assert_eq!(schedule.due_at(&waiting, 5_000), Some(5_000));
        let unsure = item(OutboxState::Unsure { since: 10_000 });
        schedule.begun(&unsure, 10_000);
        assert_eq!(schedule.due_at(&unsure, 5_000), Some(5_000));
    }

    #[test]
    fn while_the_person_is_asked_the_pauses_grow() {
        let unknown = item(OutboxState::Stuck {
            reason: StuckReason::Unknown,
        });
        let mut schedule = Schedule::default();
        let mut now = 1_000;
        let mut pauses = Vec::new();
        for _ in 0..9 {
            assert_eq!(schedule.due_at(&unknown, now), Some(now));
            schedule.begun(&unknown, now);
            let next = schedule.due_at(&unknown, now).unwrap();
            pauses.push(next - now);
            now = next;
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800]);
    }

    #[test]
    fn what_a_person_must_decide_is_never_due() {
        let refused = item(OutboxState::Stuck {
            reason: StuckReason::Refused,
        });
        assert_eq!(Schedule::default().due_at(&refused, i64::MAX), None);
    }
}
