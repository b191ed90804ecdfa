//! Numbers of a period, each counted by hand.

use crate::common::{Desk, ME, message, waiting};
use deskbell_domain::*;
use deskbell_store::{Batch, Behind, Coverage, HistoryMark, Part, Period, Promptness, Statistics};
use serde_json::json;

const DAY: i64 = 24 * 3600;

fn day(desk: &Desk, number: i64) -> Period {
    Period {
        accounts: vec![desk.account],
        from: number * DAY,
        to: (number + 1) * DAY,
        now: (number + 1) * DAY,
        ..Period::default()
    }
}

/// A conversation that began at `at`, with what the AI wrote about it.
fn began(id: i64, at: i64, attributes: serde_json::Value) -> Conversation {
    let mut conversation = waiting(id);
    (conversation.created_at, conversation.last_activity_at) = (at, at);
    conversation.custom_attributes = attributes.as_object().cloned().unwrap();
    conversation
}

fn by(kind: SenderKind, conversation: i64, id: i64, at: i64) -> Message {
    let mut message = message(conversation, id, "words");
    message.created_at = at;
    message.kind = match kind {
        SenderKind::Contact => MessageKind::Incoming,
        _ => MessageKind::Outgoing,
    };
    message.sender = Some(Sender {
        kind,
        id: ME.0,
        name: "somebody".into(),
    });
    message
}

async fn numbers(desk: &Desk, period: Period) -> Statistics {
    desk.store.statistics(period).await.unwrap()
}

#[tokio::test]
async fn each_number_counts_what_it_says() {
    use SenderKind::{Bot, Contact as Guest, User};
    let desk = Desk::new().await;
    let morning = 10 * DAY + 8 * 3600;
    let mut closed = began(1, morning, json!({ "topic": "faq" }));
    closed.status = Status::Resolved;
    let mut urgent = began(
        2,
        morning,
        json!({ "topic": "faq", "escalation_reason": "Complaint" }),
    );
    urgent.priority = Some(Priority::Urgent);
    let booked = json!({ "conversions": [
        { "kind": "booking", "label": "R-1" }, { "kind": "booking", "label": "R-2" }, { "kind": "tour", "label": "T" },
    ] });
    let before = began(4, morning - DAY, json!({}));
    desk.tell(vec![closed, urgent, began(3, morning, booked), before])
        .await;
    desk.tell_messages(vec![
        // Answered at once, and by nobody else.
        by(Guest, 1, 11, morning),
        by(Bot, 1, 12, morning + 4),
        // Handed over: a person came after 20 minutes, too late for an urgent one.
        by(Guest, 2, 21, morning),
        by(Bot, 2, 22, morning + 6),
        by(User, 2, 23, morning + 1_200),
        // A person answered within two hours, over midnight of the day before.
        by(Guest, 3, 31, morning),
        by(User, 3, 32, morning + 3_600),
        by(Guest, 4, 41, 10 * DAY - 60),
        by(User, 4, 42, 10 * DAY + 60),
    ])
    .await;
    for id in 1..=3 {
        desk.store
            .mark_history(desk.at(id), HistoryMark::AtStart)
            .await
            .unwrap();
    }
    let found = numbers(&desk, day(&desk, 10)).await;
    let counts = |figures: &[Figure]| figures.iter().map(|one| found.count(*one)).collect::<Vec<_>>();
    assert_eq!(
        counts(&[
            Figure::Asked,
            Figure::AnsweredAtOnce,
            Figure::FaqsByAi,
            Figure::Transfers
        ]),
        [3, 1, 1, 2]
    );
    assert_eq!(
        counts(&[Figure::Conversations, Figure::Bookings, Figure::Tours]),
        [3, 1, 1]
    );
    assert_eq!(counts(&[Figure::Customers, Figure::Contracts]), [0, 0]);
    assert_eq!(found.active, 3, "the fourth began the day before");
    assert_eq!(found.channels.get(&Channel::Web), Some(&3));
    assert_eq!(found.goals.waited, 1_200 + 3_600 + 120);
    assert_eq!(found.goals.urgent, Promptness { met: 0, missed: 1 });
    assert_eq!(found.goals.regular, Promptness { met: 2, missed: 0 });
    assert_eq!(
        found.goals.same_day,
        Promptness { met: 2, missed: 1 },
        "the fourth waited over midnight"
    );
    assert_eq!(
        found.coverage,
        Coverage {
            conversations: 4,
            whole: 4
        }
    );
}

#[tokio::test]
async fn a_lead_counts_by_its_guest_and_its_booking() {
    let desk = Desk::new().await;
    let at = 10 * DAY;
    for (id, attributes) in [
        (1, json!({ "conversions": [{ "kind": "booking", "label": "R" }] })),
        (2, json!({})),
    ] {
        let mut conversation = began(id, at, attributes);
        conversation.contact_id = Some(ContactId(id));
        let mut lead = crate::common::contact(id, "Lead");
        lead.custom_attributes.insert("lead".into(), json!(true));
        let told = Batch {
            contacts: vec![lead],
            conversations: vec![conversation],
            ..Batch::new(desk.account)
        };
        desk.store.apply(told).await.unwrap();
    }
    let found = numbers(&desk, day(&desk, 10)).await;
    assert_eq!(
        (found.count(Figure::Leads), found.count(Figure::LeadsBooked)),
        (2, 1)
    );
}

#[tokio::test]
async fn what_began_is_counted_into_the_part_it_began_in() {
    use SenderKind::{Contact as Guest, User};
    let desk = Desk::new().await;
    let noon = 10 * DAY + DAY / 2;
    desk.tell(vec![
        began(1, 10 * DAY, json!({})),
        began(2, noon - 1, json!({})),
        began(3, noon, json!({})),
    ])
    .await;
    desk.tell_messages(vec![by(Guest, 2, 21, noon - 1), by(User, 2, 22, noon + 60)])
        .await;
    let period = Period {
        parts: vec![10 * DAY, noon],
        ..day(&desk, 10)
    };
    let found = numbers(&desk, period).await;
    let [morning, afternoon] = found.parts[..] else {
        panic!("{:?}", found.parts);
    };
    assert_eq!(morning, Part { ai: 1, person: 1 });
    assert_eq!(afternoon, Part { ai: 1, person: 0 });
}

#[tokio::test]
async fn behind_each_number_stand_just_the_conversations_it_counts() {
    let desk = Desk::new().await;
    let tour = json!({ "conversions": [{ "kind": "tour", "label": "T" }] });
    let all = (1..=7).map(|id| {
        let attributes = if id % 2 == 0 { tour.clone() } else { json!({}) };
        began(id, 10 * DAY + id, attributes)
    });
    desk.tell(all.collect()).await;
    let page = async |number, offset, limit| {
        let page = desk.store.behind(number, day(&desk, 10), offset, limit).await;
        let page = page.unwrap();
        let ids: Vec<i64> = page.rows.iter().map(|row| row.shown.id.0).collect();
        (page.total, ids)
    };
    let tours = Behind::Figure(Figure::Tours);
    assert_eq!(page(tours, 0, 50).await, (3, vec![6, 4, 2]), "the newest first");
    assert_eq!(page(tours, 1, 1).await, (3, vec![4]));
    assert_eq!(page(Behind::Figure(Figure::Bookings), 0, 50).await, (0, vec![]));
    let found = numbers(&desk, day(&desk, 10)).await;
    for figure in Figure::EVERY {
        let (total, _) = page(Behind::Figure(figure), 0, 50).await;
        assert_eq!(total, found.count(figure), "{figure:?}");
    }
}

#[tokio::test]
async fn who_waits_beyond_the_goal_is_late_whenever_it_began() {
    let desk = Desk::new().await;
    let now = 11 * DAY;
    let waits_since = |id, since, priority| {
        let mut conversation = waiting(id);
        (conversation.waiting_since, conversation.priority) = (Some(since), priority);
        conversation
    };
    let urgent = Some(Priority::Urgent);
    desk.tell(vec![
        waits_since(1, now - REGULAR_GOAL, None),
        waits_since(2, now - REGULAR_GOAL + 1, None),
        waits_since(3, now - URGENT_GOAL - 60, urgent),
        waits_since(4, now - URGENT_GOAL + 60, urgent),
    ])
    .await;
    assert_eq!(numbers(&desk, day(&desk, 10)).await.late, 2);
    let page = desk
        .store
        .behind(Behind::Late, day(&desk, 10), 0, 50)
        .await
        .unwrap();
    let ids: Vec<i64> = page.rows.iter().map(|row| row.shown.id.0).collect();
    assert_eq!((page.total, ids), (2, vec![3, 1]), "the longest overdue first");
}

#[tokio::test]
async fn what_is_not_kept_whole_is_said_and_other_days_and_properties_are_left_out() {
    let desk = Desk::new().await;
    desk.tell(vec![began(1, 10 * DAY, json!({})), began(2, 12 * DAY, json!({}))])
        .await;
    let found = numbers(&desk, day(&desk, 10)).await;
    assert_eq!(
        found.coverage.conversations, 1,
        "the second begins after the period"
    );
    assert_eq!(found.coverage.whole, 0, "its beginning was never loaded");
    let mut nothing_but_late = Statistics::default();
    nothing_but_late.late = 2;
    assert_eq!(numbers(&desk, day(&desk, 20)).await, nothing_but_late);
    let elsewhere = Period {
        accounts: vec![AccountKey(99)],
        ..day(&desk, 10)
    };
    assert_eq!(numbers(&desk, elsewhere).await, Statistics::default());
}
