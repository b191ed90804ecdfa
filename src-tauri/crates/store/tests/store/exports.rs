//! What goes into a file for a spreadsheet.

use crate::common::{Desk, message, waiting};
use deskbell_domain::*;
use deskbell_store::{ExportQuery, HistoryMark};

fn began(id: i64, at: i64, active: i64) -> Conversation {
    let mut conversation = waiting(id);
    (conversation.created_at, conversation.last_activity_at) = (at, active);
    conversation
}

fn said(conversation: i64, id: i64, at: i64) -> Message {
    let mut message = message(conversation, id, "words");
    message.created_at = at;
    message
}

async fn found(desk: &Desk, filter: ListFilter) -> Vec<i64> {
    let query = ExportQuery {
        accounts: vec![desk.account],
        filter,
        from: 1_000,
        to: 2_000,
        now: 3_000,
    };
    let found = desk.store.to_export(query).await.unwrap();
    assert!(!found.is_cut);
    found.conversations.iter().map(|one| one.id.0).collect()
}

#[tokio::test]
async fn what_went_on_in_the_period_goes_in_wherever_it_stands() {
    let desk = Desk::new().await;
    let mut closed = began(3, 1_500, 1_600);
    closed.status = Status::Resolved;
    closed.labels = vec!["vip".into()];
    desk.tell(vec![
        began(1, 100, 999),
        began(2, 100, 1_000),
        closed,
        began(4, 1_999, 5_000),
        began(5, 2_000, 5_000),
    ])
    .await;
    assert_eq!(
        found(&desk, ListFilter::default()).await,
        [4, 3, 2],
        "neither what ended before nor what began after"
    );
    let vip = ListFilter {
        labels: vec!["vip".into()],
        ..ListFilter::default()
    };
    assert_eq!(found(&desk, vip).await, [3]);
    let waiting = ListFilter {
        statuses: vec![StatusFilter::Active],
        // The list's own days are another question.
        active_from: Some(9_000),
        ..ListFilter::default()
    };
    assert_eq!(found(&desk, waiting).await, [4, 2]);
}

#[tokio::test]
async fn with_each_goes_what_was_said_then_and_whether_that_is_all() {
    let desk = Desk::new().await;
    desk.tell(vec![began(1, 100, 5_000), began(2, 1_000, 5_000)])
        .await;
    let mut activity = said(1, 13, 1_200);
    activity.kind = MessageKind::Activity;
    let mut note = said(1, 14, 1_300);
    note.private = true;
    desk.tell_messages(vec![
        said(1, 11, 999),
        said(1, 12, 1_000),
        activity,
        note,
        said(1, 15, 2_000),
        said(2, 21, 1_500),
    ])
    .await;
    let refs = vec![desk.at(1), desk.at(2), desk.at(99)];
    let read = async || desk.store.exported(refs.clone(), 1_000, 2_000).await.unwrap();
    let all = read().await;
    let ids = |at: usize| all[at].messages.iter().map(|one| one.id.0).collect::<Vec<_>>();
    assert_eq!((all.len(), ids(0), ids(1)), (2, vec![12, 14], vec![21]));
    assert_eq!(
        (all[0].whole, all[1].whole),
        (true, false),
        "of the second nobody knows what was said before"
    );
    desk.store
        .mark_history(desk.at(2), HistoryMark::AtStart)
        .await
        .unwrap();
    assert!(read().await[1].whole);
}
