//! The five views: order, groups, filters and places.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;

fn active(mut conversation: Conversation, at: i64) -> Conversation {
    conversation.last_activity_at = at;
    conversation
}

async fn full_desk() -> Desk {
    let desk = Desk::new().await;
    let mut snoozed = active(waiting(60), 900);
    snoozed.status = Status::Snoozed;
    desk.tell(vec![
        active(waiting(30), 500),
        active(waiting(20), 700),
        active(held(40, ME), 600),
        active(held(41, ME), 650),
        active(held(50, COLLEAGUE), 800),
        active(pending(51), 750),
        snoozed,
        active(closed(70), 100),
        active(closed(71), 200),
    ])
    .await;
    desk
}

#[tokio::test]
async fn each_view_has_its_conversations_in_its_order() {
    let desk = full_desk().await;
    assert_eq!(
        desk.ids(View::NeedsPerson).await,
        [20, 30],
        "who is to be answered soonest comes first"
    );
    assert_eq!(desk.ids(View::Mine).await, [41, 40], "newest activity first");
    assert_eq!(desk.ids(View::Ai).await, [51]);
    assert_eq!(desk.ids(View::Closed).await, [71, 70]);
    assert_eq!(desk.ids(View::All).await, [20, 30, 41, 40, 60, 50, 51]);
    let counts = desk.store.counts(&[desk.account]).await.unwrap();
    assert_eq!(
        counts,
        Counts {
            needs_person: 2,
            mine: 2,
            ai: 1,
            all: 7,
            closed: 2
        }
    );
    let window = desk.store.window(&query(View::All)).await.unwrap();
    assert_eq!(
        window.groups,
        [(Group::NeedsPerson, 2), (Group::Mine, 2), (Group::Rest, 3)]
    );
    assert_eq!(window.total, 7);
    let closed = desk.store.window(&query(View::Closed)).await.unwrap();
    assert_eq!(closed.groups, [(Group::Everything, 2)]);
}

#[tokio::test]
async fn a_window_is_a_stretch_and_position_finds_its_rows() {
    let desk = full_desk().await;
    for accounts in [vec![], vec![desk.account]] {
        for view in View::EVERY {
            let all = WindowQuery {
                accounts: accounts.clone(),
                ..query(view)
            };
            let rows = desk.store.window(&all).await.unwrap().rows;
            for (place, row) in rows.iter().enumerate() {
                let offset = u32::try_from(place).unwrap();
                let one = WindowQuery {
                    offset,
                    limit: 1,
                    ..all.clone()
                };
                let window = desk.store.window(&one).await.unwrap();
                assert_eq!(window.rows[0].shown.id, row.shown.id);
                let position = desk.store.position(&all, row.conversation()).await.unwrap();
                assert_eq!(position, Some(offset), "{view:?}");
            }
        }
    }
    assert_eq!(
        desk.store
            .position(&query(View::Mine), desk.at(70))
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn filters_combine() {
    let desk = full_desk().await;
    desk.store
        .replace_inboxes(
            desk.account,
            vec![inbox(3, Channel::Web), inbox(4, Channel::Whatsapp)],
        )
        .await
        .unwrap();
    let mut tagged = waiting(30);
    (tagged.updated_at, tagged.labels, tagged.unread_count) =
        (Some(2.0), vec!["vip".into(), "late".into()], 3);
    let mut phone = waiting(80);
    (phone.inbox_id, phone.labels) = (InboxId(4), vec!["late".into()]);
    desk.tell(vec![tagged, phone]).await;
    let ids = async |filter: WindowQuery| -> Vec<i64> {
        let window = desk.store.window(&filter).await.unwrap();
        assert_eq!(window.total as usize, window.rows.len());
        window.rows.iter().map(|row| row.shown.id.0).collect()
    };
    let of = |view, filter: &ListFilter| WindowQuery {
        filter: filter.clone(),
        ..query(view)
    };
    let late = ListFilter {
        labels: vec!["late".into()],
        ..ListFilter::default()
    };
    assert_eq!(ids(of(View::All, &late)).await, [30, 80]);
    let phone = ListFilter {
        channels: vec![Channel::Whatsapp],
        ..late.clone()
    };
    assert_eq!(ids(of(View::All, &phone)).await, [80]);
    let unread = ListFilter {
        statuses: vec![StatusFilter::Unread],
        ..late.clone()
    };
    assert_eq!(ids(of(View::All, &unread)).await, [30]);
    let vip = ListFilter {
        labels: vec!["vip".into()],
        ..ListFilter::default()
    };
    assert_eq!(ids(of(View::All, &vip)).await, [30]);
    desk.press(80, Job::Close).await;
    let closed = of(View::Closed, &late);
    assert_eq!(
        ids(closed.clone()).await,
        [80],
        "a tag moves with its conversation"
    );
    let both = ListFilter {
        labels: vec!["late".into(), "vip".into()],
        ..ListFilter::default()
    };
    assert_eq!(ids(of(View::All, &both)).await, [30]);
    let position = desk.store.position(&closed, desk.at(80)).await;
    assert_eq!(position.unwrap(), Some(0));
    let mut untagged = waiting(30);
    untagged.updated_at = Some(3.0);
    desk.tell(vec![untagged]).await;
    assert_eq!(ids(of(View::All, &vip)).await, Vec::<i64>::new());
}

#[tokio::test]
async fn properties_are_listed_together_or_alone() {
    let desk = full_desk().await;
    let other = desk.store.save_login(login(&[1, 2])).await.unwrap()[1];
    let batch = Batch {
        conversations: vec![waiting(25), closed(9)],
        ..Batch::new(other)
    };
    desk.store.apply(batch).await.unwrap();
    assert_eq!(desk.ids(View::NeedsPerson).await, [20, 25, 30]);
    let alone = WindowQuery {
        accounts: vec![other],
        ..query(View::NeedsPerson)
    };
    assert_eq!(desk.store.window(&alone).await.unwrap().total, 1);
    let named = WindowQuery {
        accounts: vec![desk.account, other],
        ..query(View::NeedsPerson)
    };
    assert_eq!(desk.store.window(&named).await.unwrap().total, 3);
    assert_eq!(desk.store.counts(&[other]).await.unwrap().closed, 1);
    assert_eq!(desk.store.counts(&[]).await.unwrap().closed, 3);
    let here = ConversationRef::new(other, ConversationId(25));
    assert_eq!(
        desk.store.position(&query(View::All), here).await.unwrap(),
        Some(1)
    );
}

#[tokio::test]
async fn a_row_has_what_it_shows() {
    let desk = Desk::new().await;
    let mut told = Batch::new(desk.account);
    told.contacts.push(contact(1, "Priya"));
    told.conversations.push(Conversation {
        contact_id: Some(ContactId(1)),
        ..held(1, COLLEAGUE)
    });
    told.agents.push(Agent {
        id: COLLEAGUE,
        name: "Jonas".into(),
        email: String::new(),
        role: None,
        availability: Availability::Online,
        more: Default::default(),
    });
    told.messages = vec![
        message(1, 10, "Hello?"),
        answer(1, 11, "Hello", COLLEAGUE),
        message(1, 12, "Thanks"),
    ];
    told.messages.push(Message {
        kind: MessageKind::Activity,
        ..message(1, 13, "Jonas took it")
    });
    desk.store.apply(told).await.unwrap();
    desk.store
        .save_draft(desk.at(1), "You are", false, 20)
        .await
        .unwrap();
    desk.press(1, reply("Welcome")).await;
    let row = desk.store.window(&query(View::All)).await.unwrap().rows.remove(0);
    assert_eq!(row.contact.as_ref().unwrap().name, "Priya");
    assert_eq!(row.inbox.as_ref().unwrap().id, INBOX);
    assert_eq!(row.agent_name.as_deref(), Some("Jonas"));
    assert_eq!(
        row.last_message.as_ref().unwrap().content,
        "Thanks",
        "activity lines are no preview"
    );
    assert_eq!(row.last_incoming_at, Some(12));
    assert_eq!(row.last_human_reply.as_ref().unwrap().at, 11);
    assert_eq!(
        (row.draft.unwrap().text.as_str(), row.queued, row.stuck),
        ("You are", 1, 0)
    );
    let load = desk.store.open_load(desk.account).await.unwrap();
    assert_eq!(load, [(COLLEAGUE, 1)]);
    let previous = desk
        .store
        .contact_conversations(desk.account, ContactId(1))
        .await
        .unwrap();
    assert_eq!(previous.len(), 1);
}

#[tokio::test]
async fn ten_thousand_conversations_are_a_window_like_any() {
    let desk = Desk::new().await;
    let all = (1..=10_000).map(|id| match id % 4 {
        0 => waiting(id),
        1 => held(id, ME),
        2 => pending(id),
        _ => closed(id),
    });
    desk.tell(all.collect()).await;
    let counts = desk.store.counts(&[]).await.unwrap();
    assert_eq!(
        counts,
        Counts {
            needs_person: 2500,
            mine: 2500,
            ai: 2500,
            all: 7500,
            closed: 2500
        }
    );
    let far = WindowQuery {
        offset: 7_400,
        limit: 200,
        ..query(View::All)
    };
    let window = desk.store.window(&far).await.unwrap();
    assert_eq!((window.total, window.rows.len()), (7_500, 100));
    assert_eq!(
        window.rows[99].shown.id,
        ConversationId(2),
        "the oldest of the rest stands last"
    );
}
