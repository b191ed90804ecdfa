//! What the server tells, in any order and any number of times.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;

fn told_at(mut conversation: Conversation, updated_at: f64) -> Conversation {
    conversation.updated_at = Some(updated_at);
    conversation
}

#[tokio::test]
async fn telling_it_again_changes_nothing() {
    let desk = Desk::new().await;
    let mut batch = Batch::new(desk.account);
    batch.conversations.push(waiting(1));
    batch.contacts.push(contact(1, "Priya"));
    batch.messages.push(message(1, 10, "Hello"));
    let first = desk.store.apply(batch.clone()).await.unwrap();
    assert_eq!(first.changed, [desk.at(1)]);
    assert_eq!(first.new_messages, [(ConversationId(1), MessageId(10))]);
    let mut changes = desk.store.changes();
    let second = desk.store.apply(batch).await.unwrap();
    assert_eq!(second, Applied::default());
    assert!(
        changes.try_recv().is_err(),
        "nothing changed, nothing is announced"
    );
}

#[tokio::test]
async fn a_late_frame_moves_nothing_back() {
    let desk = Desk::new().await;
    desk.tell(vec![told_at(held(1, ME), 20.0)]).await;
    let late = desk.tell(vec![told_at(closed(1), 10.0)]).await;
    assert_eq!(late, Applied::default());
    assert_eq!(desk.ids(View::Mine).await, [1]);
}

#[tokio::test]
async fn a_frame_keeps_what_it_leaves_out() {
    let desk = Desk::new().await;
    let mut full = told_at(waiting(1), 20.0);
    (full.uuid, full.contact_id) = (Some("u".into()), Some(ContactId(4)));
    let mut guest = contact(4, "Priya");
    guest.created_at = Some(5);
    let batch = Batch {
        conversations: vec![full],
        contacts: vec![guest],
        ..Batch::new(desk.account)
    };
    desk.store.apply(batch).await.unwrap();
    let frame = Batch {
        conversations: vec![told_at(pending(1), 21.0)],
        contacts: vec![contact(4, "Priya R.")],
        ..Batch::new(desk.account)
    };
    desk.store.apply(frame).await.unwrap();
    let kept = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    assert_eq!(
        (kept.server.uuid.as_deref(), kept.server.status),
        (Some("u"), Status::Pending)
    );
    let guest = kept.contact.unwrap();
    assert_eq!((guest.name.as_str(), guest.created_at), ("Priya R.", Some(5)));
}

#[tokio::test]
async fn a_new_message_moves_its_conversation_up() {
    let desk = Desk::new().await;
    desk.tell(vec![closed(1), closed(2)]).await;
    assert_eq!(desk.ids(View::Closed).await, [2, 1]);
    desk.tell_messages(vec![message(1, 50, "One more thing")]).await;
    assert_eq!(desk.ids(View::Closed).await, [1, 2]);
}

#[tokio::test]
async fn delivery_goes_forward_and_a_deleted_text_stays_deleted() {
    let desk = Desk::new().await;
    desk.tell_messages(vec![Message {
        delivery: Delivery::Read,
        ..answer(1, 10, "Hi", ME)
    }])
    .await;
    desk.tell_messages(vec![Message {
        delivery: Delivery::Delivered,
        ..answer(1, 10, "Hi", ME)
    }])
    .await;
    let kept = desk
        .store
        .message(desk.at(1), MessageId(10))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.delivery, Delivery::Read);
    let mut deleted = answer(1, 10, "", ME);
    deleted.content_attributes.insert("deleted".into(), true.into());
    desk.tell_messages(vec![deleted]).await;
    desk.tell_messages(vec![answer(1, 10, "Hi", ME)]).await;
    let kept = desk
        .store
        .message(desk.at(1), MessageId(10))
        .await
        .unwrap()
        .unwrap();
    assert!(kept.is_deleted() && kept.content.is_empty());
}

#[tokio::test]
async fn a_thread_is_read_page_by_page() {
    let desk = Desk::new().await;
    let mut messages: Vec<Message> = (1..=30).map(|id| message(1, id, &format!("no {id}"))).collect();
    // The same second: the number decides.
    messages[10].created_at = 10;
    messages.reverse();
    desk.tell_messages(messages).await;
    let ids = |page: Vec<Message>| page.iter().map(|message| message.id.0).collect::<Vec<_>>();
    let newest = desk.store.messages(desk.at(1), None, 10).await.unwrap();
    assert_eq!(ids(newest), (21..=30).collect::<Vec<_>>());
    let older = desk
        .store
        .messages(desk.at(1), Some(MessageId(11)), 3)
        .await
        .unwrap();
    assert_eq!(ids(older), [8, 9, 10]);
    let newer = desk
        .store
        .messages_after(desk.at(1), Some(MessageId(28)), 10)
        .await
        .unwrap();
    assert_eq!(ids(newer), [29, 30]);
    assert_eq!(
        desk.store.newest_message_id(desk.at(1)).await.unwrap(),
        Some(MessageId(30))
    );
    assert_eq!(desk.store.newest_message_id(desk.at(2)).await.unwrap(), None);
    assert_eq!(desk.store.messages(desk.at(2), None, 10).await.unwrap(), []);
}

#[tokio::test]
async fn gaps_are_remembered_until_they_are_loaded() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    let history = async || {
        desk.store
            .conversation(desk.at(1))
            .await
            .unwrap()
            .unwrap()
            .history
    };
    assert_eq!(history().await, History::default());
    let gap = Gap {
        after: MessageId(10),
        before: MessageId(40),
    };
    desk.store
        .mark_history(
            desk.at(1),
            HistoryMark::Gap {
                after: gap.after,
                before: gap.before,
            },
        )
        .await
        .unwrap();
    desk.store
        .mark_history(desk.at(1), HistoryMark::AtStart)
        .await
        .unwrap();
    desk.tell(vec![told_at(waiting(1), 9.0)]).await;
    assert_eq!(
        history().await,
        History {
            at_start: true,
            gaps: vec![gap]
        }
    );
    let loaded = HistoryMark::Loaded {
        from: MessageId(10),
        to: MessageId(40),
    };
    desk.store.mark_history(desk.at(1), loaded).await.unwrap();
    assert_eq!(history().await.complete_from(), None);
}

#[tokio::test]
async fn a_conversation_the_server_lost_is_gone_with_its_thread() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    desk.tell_messages(vec![message(1, 10, "Zauberberg")]).await;
    let batch = Batch {
        removed: vec![ConversationId(1)],
        ..Batch::new(desk.account)
    };
    desk.store.apply(batch).await.unwrap();
    assert_eq!(desk.store.conversation(desk.at(1)).await.unwrap(), None);
    assert!(
        desk.store
            .search(&SearchQuery::new("Zauberberg", 10))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn catalogs_keep_the_servers_order_and_are_told_only_when_they_change() {
    let desk = Desk::new().await;
    let agent = |id: i64, name: &str| Agent {
        id: AgentId(id),
        name: name.into(),
        email: format!("{name}@desk.example"),
        role: Some(Role::Agent),
        availability: Availability::Offline,
        more: Default::default(),
    };
    let mut changes = desk.store.changes();
    desk.store
        .replace_agents(desk.account, vec![agent(9, "Zoe"), agent(7, "Mara")])
        .await
        .unwrap();
    assert_eq!(changes.try_recv().unwrap(), [Change::Catalog(desk.account)]);
    desk.store
        .set_agent_presence(desk.account, vec![(AgentId(7), Availability::Busy)])
        .await
        .unwrap();
    assert!(changes.try_recv().is_ok());
    desk.store
        .set_agent_presence(desk.account, vec![(AgentId(7), Availability::Busy)])
        .await
        .unwrap();
    assert!(changes.try_recv().is_err());
    let agents = desk.store.agents(desk.account).await.unwrap();
    let seen: Vec<_> = agents
        .iter()
        .map(|agent| (agent.name.as_str(), agent.availability))
        .collect();
    assert_eq!(
        seen,
        [("Zoe", Availability::Offline), ("Mara", Availability::Busy)]
    );
    let unknown = Inbox {
        has_bot: None,
        bot_name: None,
        ..inbox(INBOX.0, Channel::Web)
    };
    desk.store
        .replace_inboxes(desk.account, vec![unknown])
        .await
        .unwrap();
    let inboxes = desk.store.inboxes(desk.account).await.unwrap();
    assert_eq!(
        inboxes[0].has_bot,
        Some(true),
        "what was asked inbox by inbox is kept"
    );
    let hello = CannedResponse {
        id: 1,
        short_code: "hi".into(),
        content: "Hello".into(),
        more: Default::default(),
    };
    desk.store
        .replace_canned(desk.account, vec![hello.clone()])
        .await
        .unwrap();
    assert_eq!(desk.store.canned(desk.account).await.unwrap(), [hello]);
    desk.store.replace_labels(desk.account, Vec::new()).await.unwrap();
    desk.store.replace_teams(desk.account, Vec::new()).await.unwrap();
    assert!(desk.store.teams(desk.account).await.unwrap().is_empty());
    assert!(desk.store.labels(desk.account).await.unwrap().is_empty());
}

#[tokio::test]
async fn sync_state_outlives_the_program() {
    let desk = Desk::new().await;
    let state = SyncState {
        as_of: Some(7),
        bootstrapped: true,
        ..SyncState::default()
    };
    let told = state.clone();
    desk.store
        .change_sync_state(desk.account, |kept| *kept = told)
        .await
        .unwrap();
    let desk = desk.restart().await;
    assert_eq!(desk.store.sync_state(desk.account).await.unwrap(), state);
}

#[tokio::test]
async fn changes_are_announced_after_the_commit_in_one_batch() {
    let desk = Desk::new().await;
    let mut changes = desk.store.changes();
    desk.tell(vec![waiting(1), waiting(2)]).await;
    let told = changes.recv().await.unwrap();
    assert_eq!(
        told,
        [
            Change::Conversation(desk.at(1)),
            Change::Conversation(desk.at(2)),
            Change::List
        ]
    );
    desk.press(1, reply("Hello")).await;
    let told = changes.recv().await.unwrap();
    assert_eq!(
        told,
        [Change::Conversation(desk.at(1)), Change::Outbox(desk.at(1))]
    );
    let item = desk.store.outbox(desk.at(1)).await.unwrap().remove(0);
    desk.store
        .finish_item(item.id, Some(answer(1, 90, "Hello", ME)))
        .await
        .unwrap();
    let told = changes.recv().await.unwrap();
    assert!(told.contains(&Change::Thread(desk.at(1))) && told.contains(&Change::Outbox(desk.at(1))));
}
