//! Numbers of a period, each counted by hand.

use crate::common::{Desk, ME, message, waiting};
use deskbell_domain::*;
use deskbell_store::{Batch, Coverage, HistoryMark, Period, Promptness, Statistics};
use serde_json::json;

const DAY: i64 = 24 * 3600;

fn day(desk: &Desk, number: i64) -> Period {
    Period {
        accounts: vec![desk.account],
        from: number * DAY,
        to: (number + 1) * DAY,
        utc_offset: 0,
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
    let service = found.service;
    assert_eq!((service.asked, service.answered_at_once), (3, 1));
    assert_eq!((service.faqs, service.faqs_by_ai, service.transfers), (2, 1, 2));
    let results = found.results;
    assert_eq!(
        (results.conversations, results.bookings, results.tours),
        (3, 1, 1)
    );
    assert_eq!((results.customers, results.contracts), (0, 0));
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
    let service = numbers(&desk, day(&desk, 10)).await.service;
    assert_eq!((service.leads, service.leads_booked), (2, 1));
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
    assert_eq!(numbers(&desk, day(&desk, 20)).await, Statistics::default());
    let elsewhere = Period {
        accounts: vec![AccountKey(99)],
        ..day(&desk, 10)
    };
    assert_eq!(numbers(&desk, elsewhere).await, Statistics::default());
}
