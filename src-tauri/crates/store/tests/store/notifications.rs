//! What the server told the signed-in person to look at, as far as it still stands.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;
use serde_json::json;

fn told(id: i64, at: i64) -> Notification {
    Notification {
        id,
        kind: "assigned_conversation_new_message".into(),
        title: format!("A new message in conversation (#{id})"),
        body: format!("Ines: {id}"),
        conversation: Some(ConversationId(id)),
        message: None,
        created_at: Some(at),
        last_activity_at: at,
        read_at: None,
        snoozed_until: None,
        more: Default::default(),
    }
}

fn read(id: i64, at: i64) -> Notification {
    Notification {
        read_at: Some(at),
        ..told(id, at)
    }
}

async fn kept(desk: &Desk) -> (Vec<i64>, u32) {
    let (kept, unread) = desk.store.notifications(desk.account, 1_000).await.unwrap();
    (kept.iter().map(|kept| kept.id).collect(), unread)
}

async fn take(desk: &Desk, items: Vec<Notification>, unread_count: u32, is_all: bool) {
    let newest = NewestNotifications {
        items,
        unread_count,
        is_all,
    };
    desk.store.take_notifications(desk.account, newest).await.unwrap();
}

async fn save(desk: &Desk, told: Notification) {
    desk.store.save_notification(desk.account, told).await.unwrap();
}

#[tokio::test]
async fn they_are_kept_newest_first_and_once() {
    let desk = Desk::new().await;
    save(&desk, told(1, 10)).await;
    save(&desk, told(2, 30)).await;
    save(&desk, read(3, 20)).await;
    assert_eq!(kept(&desk).await, (vec![2, 3, 1], 2));
    let mut again = told(1, 40);
    again.more.insert("meta".into(), json!({ "last_snoozed_at": 5 }));
    save(&desk, again.clone()).await;
    let mut changes = desk.store.changes();
    save(&desk, again.clone()).await;
    assert!(changes.try_recv().is_err(), "told twice it is no news");
    let desk = desk.restart().await;
    assert_eq!(kept(&desk).await, (vec![1, 2, 3], 2));
    let (newest, _) = desk.store.notifications(desk.account, 1).await.unwrap();
    assert_eq!(newest, [again]);
    desk.store.remove_notification(desk.account, 1).await.unwrap();
    assert_eq!(kept(&desk).await, (vec![2, 3], 1));
}

#[tokio::test]
async fn a_frame_takes_no_title_away() {
    let desk = Desk::new().await;
    take(&desk, vec![told(1, 10)], 1, true).await;
    let mut frame = read(1, 10);
    frame.title.clone_from(&frame.body);
    save(&desk, frame).await;
    let (newest, unread) = desk.store.notifications(desk.account, 5).await.unwrap();
    assert_eq!(
        (newest[0].title.as_str(), unread),
        (told(1, 10).title.as_str(), 0)
    );
}

#[tokio::test]
async fn what_was_taken_back_unheard_goes_with_the_next_look() {
    let desk = Desk::new().await;
    take(
        &desk,
        vec![told(4, 40), read(3, 30), told(2, 20), read(1, 10)],
        2,
        true,
    )
    .await;
    take(&desk, vec![told(5, 50), read(3, 30)], 2, false).await;
    assert_eq!(kept(&desk).await, (vec![5, 3, 2, 1], 2), "4 would be among them");
    take(&desk, vec![told(5, 50), read(3, 30)], 1, false).await;
    assert_eq!(kept(&desk).await, (vec![5, 3, 1], 1), "2 was read elsewhere");
    take(&desk, Vec::new(), 0, true).await;
    assert_eq!(kept(&desk).await, (Vec::new(), 0));
}

#[tokio::test]
async fn only_the_newest_five_hundred_are_kept() {
    let desk = Desk::new().await;
    take(&desk, (1..=503).map(|id| told(id, id)).collect(), 503, false).await;
    let (ids, unread) = kept(&desk).await;
    assert_eq!((ids.len(), ids[0], ids[499], unread), (500, 503, 4, 500));
}

#[tokio::test]
async fn those_of_an_account_go_with_it() {
    let desk = Desk::new().await;
    save(&desk, told(1, 10)).await;
    assert_eq!(
        desk.store.notifications(AccountKey(99), 10).await.unwrap(),
        (Vec::new(), 0)
    );
}
