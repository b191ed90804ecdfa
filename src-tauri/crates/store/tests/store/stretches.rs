//! Stretches of a long thread.

use crate::common::*;
use deskbell_domain::*;

async fn long() -> Desk {
    let desk = Desk::new().await;
    desk.tell(vec![pending(1)]).await;
    let thread = (1..=300).map(|id| message(1, id, "Hello")).collect();
    desk.tell_messages(thread).await;
    // Of another conversation, in between.
    desk.tell_messages(vec![Message {
        created_at: 100,
        ..message(2, 900, "Elsewhere")
    }])
    .await;
    desk
}

async fn ids(desk: &Desk, part: ThreadPart, limit: u32) -> (Vec<i64>, bool, bool) {
    let found = desk.store.stretch(desk.at(1), part, limit).await.unwrap();
    let ids = found.messages.iter().map(|message| message.id.0).collect();
    (ids, found.has_older, found.has_newer)
}

#[tokio::test]
async fn a_message_far_back_comes_with_what_surrounds_it() {
    let desk = long().await;
    let around = |id| ThreadPart::Around(MessageId(id));
    assert_eq!(
        ids(&desk, around(100), 4).await,
        (vec![98, 99, 100, 101], true, true)
    );
    assert_eq!(ids(&desk, around(1), 4).await, (vec![1, 2], false, true));
    assert_eq!(
        ids(&desk, around(300), 4).await,
        (vec![298, 299, 300], true, false)
    );
    assert_eq!(
        ids(&desk, around(299), 4).await,
        (vec![297, 298, 299, 300], true, false)
    );
    let elsewhere = ids(&desk, around(900), 2).await;
    assert_eq!(
        elsewhere,
        (vec![299, 300], true, false),
        "of another conversation: the newest"
    );
}

#[tokio::test]
async fn it_is_read_on_to_either_side_until_its_ends() {
    let desk = long().await;
    let (before, after) = (
        |id| ThreadPart::Before(MessageId(id)),
        |id| ThreadPart::After(MessageId(id)),
    );
    assert_eq!(ids(&desk, before(98), 2).await, (vec![96, 97], true, true));
    assert_eq!(ids(&desk, before(3), 2).await, (vec![1, 2], false, true));
    assert_eq!(ids(&desk, after(101), 2).await, (vec![102, 103], true, true));
    assert_eq!(ids(&desk, after(298), 2).await, (vec![299, 300], true, false));
    assert_eq!(ids(&desk, after(900), 2).await, (vec![], true, false));
    assert_eq!(
        ids(&desk, ThreadPart::Newest, 2).await,
        (vec![299, 300], true, false)
    );
}
