//! What one conversation adds to the numbers.

use super::read::Active;
use super::{Period, Promptness, Statistics};
use deskbell_domain::{Channel, Figure, Priority, REGULAR_GOAL, Seen, Talk, URGENT_GOAL};

const DAY: i64 = 24 * 3600;

impl Period {
    pub(super) fn holds(&self, at: i64) -> bool {
        (self.from..self.to).contains(&at)
    }
}

pub(super) fn add(
    to: &mut Statistics,
    period: &Period,
    conversation: &Active,
    talk: &Talk,
    channel: Option<Channel>,
) {
    to.coverage.conversations += 1;
    to.coverage.whole += u32::from(conversation.whole);
    waits(to, period, conversation, talk);
    let began = conversation.shown.created_at;
    if !period.holds(began) {
        return;
    }
    let seen = Seen::of(&conversation.shown, conversation.contact.as_ref(), talk);
    for (count, figure) in to.counts.iter_mut().zip(Figure::EVERY) {
        *count += u32::from(figure.counts(&seen));
    }
    *to.channels.entry(channel.unwrap_or(Channel::Other)).or_default() += 1;
    let part = period.parts.partition_point(|start| *start <= began);
    if let Some(part) = part.checked_sub(1).and_then(|at| to.parts.get_mut(at)) {
        match seen.was_handed_over() {
            true => part.person += 1,
            false => part.ai += 1,
        }
    }
}

fn waits(to: &mut Statistics, period: &Period, conversation: &Active, talk: &Talk) {
    let urgent = conversation.shown.priority == Some(Priority::Urgent);
    let day = |at: i64| (at + period.utc_offset).div_euclid(DAY);
    for (since, answered) in talk.waits() {
        if answered < period.from {
            continue;
        }
        let (goal, seconds) = match urgent {
            true => (&mut to.goals.urgent, URGENT_GOAL),
            false => (&mut to.goals.regular, REGULAR_GOAL),
        };
        count(goal, answered - since <= seconds);
        count(&mut to.goals.same_day, day(since) == day(answered));
        to.goals.waited += answered - since;
    }
}

fn count(goal: &mut Promptness, met: bool) {
    match met {
        true => goal.met += 1,
        false => goal.missed += 1,
    }
}
