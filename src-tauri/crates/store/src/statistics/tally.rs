//! What one conversation adds to the numbers.

use super::read::Active;
use super::talk::{Talk, Voice};
use super::{Period, Promptness, Statistics};
use deskbell_domain::{Priority, REGULAR_GOAL, Status, Topic, URGENT_GOAL};

/// An answer this soon is one at once (seconds).
const AT_ONCE: i64 = 5;
const DAY: i64 = 24 * 3600;

pub(super) fn add(to: &mut Statistics, period: &Period, conversation: &Active, talk: &Talk) {
    to.coverage.conversations += 1;
    to.coverage.whole += u32::from(conversation.whole);
    waits(to, period, conversation, talk);
    if (period.from..period.to).contains(&conversation.shown.created_at) {
        service(to, conversation, talk);
        results(to, conversation);
    }
}

fn service(to: &mut Statistics, conversation: &Active, talk: &Talk) {
    let shown = &conversation.shown;
    let by_person = talk.has(Voice::Person);
    let service = &mut to.service;
    service.asked += u32::from(talk.has(Voice::Guest));
    service.answered_at_once += u32::from(talk.ai_answered_after().is_some_and(|after| after < AT_ONCE));
    if shown.topic() == Some(Topic::Faq) {
        service.faqs += 1;
        service.faqs_by_ai += u32::from(shown.status == Status::Resolved && !by_person);
    }
    service.transfers += u32::from(by_person || shown.escalation_reason().is_some());
    if conversation.is_lead {
        service.leads += 1;
        service.leads_booked += u32::from(led_to(conversation, "booking"));
    }
}

fn results(to: &mut Statistics, conversation: &Active) {
    let results = &mut to.results;
    results.conversations += 1;
    results.bookings += u32::from(led_to(conversation, "booking"));
    results.customers += u32::from(led_to(conversation, "customer"));
    results.tours += u32::from(led_to(conversation, "tour"));
    results.contracts += u32::from(led_to(conversation, "contract"));
}

fn led_to(conversation: &Active, kind: &str) -> bool {
    let conversions = conversation.shown.conversions();
    conversions.iter().any(|conversion| conversion.kind == kind)
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
    }
}

fn count(goal: &mut Promptness, met: bool) {
    match met {
        true => goal.met += 1,
        false => goal.missed += 1,
    }
}
