//! When the bell is struck: at once, and again while nobody comes.

use deskbell_domain::ConversationRef;
use std::collections::HashMap;
use std::time::{Duration, Instant};

const AGAIN_AFTER: Duration = Duration::from_secs(30);
const STRIKES: u32 = 3;

/// The alerts that are open and may still be struck.
#[derive(Default)]
pub struct Schedule {
    alerts: HashMap<ConversationRef, Alert>,
}

struct Alert {
    volume: f64,
    left: u32,
    due: Instant,
}

impl Schedule {
    /// A ring begins, or begins anew.
    pub fn open(&mut self, conversation: ConversationRef, volume: f64, now: Instant) {
        let alert = Alert {
            volume: volume.clamp(0.0, 1.0),
            left: STRIKES,
            due: now,
        };
        self.alerts.insert(conversation, alert);
    }

    /// Nothing more for this one.
    pub fn close(&mut self, conversation: ConversationRef) {
        self.alerts.remove(&conversation);
    }

    /// When to look again.
    pub fn next(&self) -> Option<Instant> {
        self.alerts.values().map(|alert| alert.due).min()
    }

    /// The volume of the strike that is due: one for all, as loud as the loudest.
    pub fn due(&mut self, now: Instant) -> Option<f64> {
        let mut loudest = None;
        for alert in self.alerts.values_mut().filter(|alert| alert.due <= now) {
            loudest = Some(alert.volume.max(loudest.unwrap_or(0.0)));
            alert.left -= 1;
            alert.due = now + AGAIN_AFTER;
        }
        self.alerts.retain(|_, alert| alert.left > 0);
        loudest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId};

    fn conversation(id: i64) -> ConversationRef {
        ConversationRef::new(AccountKey(1), ConversationId(id))
    }

    #[test]
    fn three_strikes_half_a_minute_apart_and_no_more() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        schedule.open(conversation(1), 0.7, start);
        assert_eq!(schedule.due(start), Some(0.7));
        assert_eq!(schedule.due(start + Duration::from_secs(29)), None);
        assert_eq!(schedule.next(), Some(start + AGAIN_AFTER));
        assert_eq!(schedule.due(start + AGAIN_AFTER), Some(0.7));
        assert_eq!(schedule.due(start + 2 * AGAIN_AFTER), Some(0.7));
        assert_eq!(schedule.next(), None);
    }

    #[test]
    fn silence_when_somebody_came() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        schedule.open(conversation(1), 0.7, start);
        schedule.due(start);
        schedule.close(conversation(1));
        assert_eq!(schedule.due(start + AGAIN_AFTER), None);
    }

    #[test]
    fn several_at_once_are_one_strike() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        schedule.open(conversation(1), 0.2, start);
        schedule.open(conversation(2), 4.0, start);
        assert_eq!(schedule.due(start), Some(1.0));
        assert_eq!(schedule.due(start), None);
    }

    #[test]
    fn ringing_anew_starts_over() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        schedule.open(conversation(1), 0.5, start);
        schedule.due(start);
        schedule.open(conversation(1), 0.6, start + Duration::from_secs(1));
        assert_eq!(schedule.due(start + Duration::from_secs(1)), Some(0.6));
    }
}
