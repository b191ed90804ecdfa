//! Filters, against a plain reading of what each says, over desks made at random.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

const NOW: i64 = 200_000;
const WINDOW: i64 = 86_400;
const TAGS: [&str; 3] = ["vip", "late", "spa"];
const TOPICS: [Topic; 4] = [Topic::Booking, Topic::Lead, Topic::Faq, Topic::Mixed];

fn one_in(random: &mut StdRng, many: u32) -> bool {
    random.random_range(0..many) == 0
}

fn conversation(random: &mut StdRng, id: i64) -> Conversation {
    let mut one = Conversation::blank(ConversationId(id), InboxId(random.random_range(3..6)), 1);
    one.status =
        [Status::Open, Status::Pending, Status::Snoozed, Status::Resolved][random.random_range(0..4)];
    one.assignee = [
        None,
        Some(Assignee::Agent(ME)),
        Some(Assignee::Agent(COLLEAGUE)),
        Some(Assignee::Bot(4)),
    ][random.random_range(0..4)];
    one.contact_id = Some(ContactId(random.random_range(1..8)));
    one.last_activity_at = NOW - random.random_range(0..4 * WINDOW);
    one.unread_count = random.random_range(0..3);
    one.can_reply = random.random();
    one.agent_last_seen_at = one_in(random, 2).then_some(5);
    one.first_reply_created_at = one_in(random, 2).then_some(6);
    one.waiting_since = one_in(random, 2).then_some(7);
    one.priority = one_in(random, 4).then_some(Priority::Urgent);
    one.labels = TAGS
        .iter()
        .filter(|_| one_in(random, 3))
        .map(|tag| (*tag).to_owned())
        .collect();
    let mut attributes = serde_json::Map::new();
    if one_in(random, 2) {
        attributes.insert("topic".into(), json!(TOPICS[random.random_range(0..4)]));
    }
    if one_in(random, 4) {
        attributes.insert("escalation_reason".into(), json!("They asked for a person"));
    }
    one.custom_attributes = attributes;
    one
}

fn guest(random: &mut StdRng, id: i64) -> Contact {
    let mut guest = contact(id, &format!("Guest {id}"));
    if one_in(random, 2) {
        guest.custom_attributes.insert("lead".into(), json!(true));
    }
    if one_in(random, 3) {
        guest.custom_attributes.insert("opted_out_at".into(), json!(100));
    }
    guest
}

/// Guests come before their conversations or after them, and change later.
async fn desk_of(random: &mut StdRng) -> Desk {
    let desk = Desk::new().await;
    let inbox = |id, channel, has_bot, window: Option<i64>| Inbox {
        has_bot,
        reply_window_seconds: window,
        ..inbox(id, channel)
    };
    let inboxes = vec![
        inbox(3, Channel::Web, Some(true), None),
        inbox(4, Channel::Whatsapp, Some(false), Some(WINDOW)),
        inbox(5, Channel::Messenger, None, Some(WINDOW)),
    ];
    desk.store.replace_inboxes(desk.account, inboxes).await.unwrap();
    for early in [true, false] {
        let mut told = Batch::new(desk.account);
        if early {
            told.conversations = (1..60).map(|id| conversation(random, id)).collect();
            let said = (1..60).filter(|_| one_in(random, 2)).collect::<Vec<i64>>();
            told.messages = said
                .into_iter()
                .map(|id| Message {
                    created_at: NOW - random.random_range(0..2 * WINDOW),
                    ..message(id, 100 + id, "Hello")
                })
                .collect();
        }
        told.contacts = (1..8).map(|id| guest(random, id)).collect();
        desk.store.apply(told).await.unwrap();
    }
    desk
}

fn chosen<T: Copy>(random: &mut StdRng, all: &[T]) -> Vec<T> {
    if one_in(random, 2) {
        return Vec::new();
    }
    all.iter().copied().filter(|_| one_in(random, 3)).collect()
}

fn filter(random: &mut StdRng) -> ListFilter {
    let mut bound = || one_in(random, 4).then(|| NOW - random.random_range(0..4 * WINDOW));
    let (active_from, active_until) = (bound(), bound());
    ListFilter {
        channels: chosen(random, &[Channel::Web, Channel::Whatsapp, Channel::Messenger]),
        statuses: chosen(random, &StatusFilter::EVERY),
        topics: chosen(random, &TOPICS),
        labels: chosen(random, &TAGS).into_iter().map(str::to_owned).collect(),
        assigned: chosen(
            random,
            &[AssignedFilter::Me, AssignedFilter::Nobody, AssignedFilter::Others],
        ),
        active_from,
        active_until,
    }
}

fn has_status(row: &Row, status: StatusFilter) -> bool {
    let (shown, contact) = (&row.shown, row.contact.as_ref().unwrap());
    let inbox = row.inbox.as_ref().unwrap();
    let who = WhoAnswers::of(shown, inbox.has_bot);
    match status {
        StatusFilter::New => shown.is_new(),
        StatusFilter::Unread => shown.unread_count > 0,
        StatusFilter::Active => matches!(shown.status, Status::Open | Status::Pending),
        StatusFilter::Escalated => {
            let asked = shown.escalation_reason().is_some() || shown.priority == Some(Priority::Urgent);
            let handed_over = who == WhoAnswers::Waiting && inbox.has_bot != Some(false);
            shown.status == Status::Open && (asked || handed_over)
        }
        StatusFilter::Expired => match (inbox.reply_window_seconds, row.last_incoming_at) {
            (Some(window), Some(at)) => at + window <= NOW,
            (Some(_), None) => !shown.can_reply,
            (None, _) => false,
        },
        StatusFilter::Snoozed => shown.status == Status::Snoozed,
        StatusFilter::Lead => contact.is_lead(),
        StatusFilter::OptedOut => contact.opted_out_at().is_some(),
        StatusFilter::Closed => shown.status == Status::Resolved,
    }
}

fn shows(filter: &ListFilter, row: &Row) -> bool {
    let shown = &row.shown;
    let assigned = match shown.agent() {
        Some(ME) => AssignedFilter::Me,
        Some(_) => AssignedFilter::Others,
        None => AssignedFilter::Nobody,
    };
    let at = shown.last_activity_at;
    (filter.channels.is_empty() || filter.channels.contains(&row.inbox.as_ref().unwrap().channel))
        && (filter.statuses.is_empty() || filter.statuses.iter().any(|status| has_status(row, *status)))
        && (filter.topics.is_empty() || shown.topic().is_some_and(|topic| filter.topics.contains(&topic)))
        && (filter.labels.is_empty() || filter.labels.iter().any(|label| shown.labels.contains(label)))
        && (filter.assigned.is_empty() || filter.assigned.contains(&assigned))
        && filter.active_from.is_none_or(|from| at >= from)
        && filter.active_until.is_none_or(|until| at < until)
}

async fn rows(desk: &Desk, view: View, filter: ListFilter) -> Vec<Row> {
    let query = WindowQuery {
        filter,
        now: NOW,
        limit: 200,
        ..query(view)
    };
    let window = desk.store.window(&query).await.unwrap();
    assert_eq!(
        window.total as usize,
        window.rows.len(),
        "the groups count what is shown"
    );
    window.rows
}

#[tokio::test]
async fn every_combination_shows_what_it_says() {
    let mut shown = 0;
    for seed in 0..6 {
        let mut random = StdRng::seed_from_u64(seed);
        let desk = desk_of(&mut random).await;
        let mut everything = rows(&desk, View::All, ListFilter::default()).await;
        everything.extend(rows(&desk, View::Closed, ListFilter::default()).await);
        assert_eq!(everything.len(), 59);
        for _ in 0..150 {
            let filter = filter(&mut random);
            for view in View::EVERY {
                let with_closed = view == View::All && filter.statuses.contains(&StatusFilter::Closed);
                let mut expected: Vec<i64> = everything
                    .iter()
                    .filter(|row| with_closed || view.shows(&row.shown, ME))
                    .filter(|row| shows(&filter, row))
                    .map(|row| row.shown.id.0)
                    .collect();
                let found = rows(&desk, view, filter.clone()).await;
                let mut found: Vec<i64> = found.iter().map(|row| row.shown.id.0).collect();
                expected.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, expected, "seed {seed}, {view:?}, {filter:?}");
                shown += found.len();
            }
        }
    }
    assert!(shown > 1_000, "filters that leave nothing show nothing: {shown}");
}
