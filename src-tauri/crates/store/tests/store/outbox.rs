//! Nothing pressed is lost, and it shows at once.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;

async fn states(desk: &Desk, id: i64) -> Vec<OutboxState> {
    desk.store
        .outbox(desk.at(id))
        .await
        .unwrap()
        .into_iter()
        .map(|item| item.state)
        .collect()
}

#[tokio::test]
async fn items_keep_their_order_and_only_the_first_of_each_conversation_may_go() {
    let desk = Desk::new().await;
    let first = desk.press(1, reply("one")).await;
    let second = desk.press(1, reply("two")).await;
    let other = desk.press(2, Job::Close).await;
    let heads = desk.store.outbox_heads(desk.account).await.unwrap();
    assert_eq!(
        heads.iter().map(|item| item.id).collect::<Vec<_>>(),
        [first.id, other.id]
    );
    let sent = OutboxState::Sent {
        message_id: Some(MessageId(50)),
    };
    desk.store.set_item(first.id, sent, 0).await.unwrap();
    let heads = desk.store.outbox_heads(desk.account).await.unwrap();
    assert_eq!(
        heads.iter().map(|item| item.id).collect::<Vec<_>>(),
        [second.id, other.id]
    );
    let desk = desk.restart().await;
    let kept: Vec<i64> = desk
        .store
        .outbox_all(desk.account)
        .await
        .unwrap()
        .iter()
        .map(|item| item.id)
        .collect();
    assert_eq!(
        kept,
        [first.id, second.id, other.id],
        "the order outlives the program"
    );
    desk.store.finish_item(first.id, None).await.unwrap();
    let third = desk.press(1, reply("three")).await;
    assert!(third.id > other.id, "numbers are never used again");
}

#[tokio::test]
async fn all_of_a_press_is_kept_or_nothing() {
    let desk = Desk::new().await;
    let good = desk.item(1, reply("one"));
    let mut stranger = desk.item(1, reply("two"));
    stranger.subject = ConversationRef::new(AccountKey(99), ConversationId(1)).into();
    let refused = desk.store.enqueue(vec![good, stranger]).await;
    assert!(matches!(refused, Err(StoreError::Failed { .. })));
    assert_eq!(desk.store.unsent_count().await.unwrap(), 0);
}

#[tokio::test]
async fn a_sent_text_leaves_the_draft_in_the_same_commit() {
    let desk = Desk::new().await;
    desk.store
        .save_draft(desk.at(1), "Good morning", true, 5)
        .await
        .unwrap();
    desk.store
        .enqueue_clearing_draft(vec![desk.item(1, reply("Good morning"))])
        .await
        .unwrap();
    assert_eq!(desk.store.draft(desk.at(1)).await.unwrap(), None);
    let desk = desk.restart().await;
    assert_eq!(desk.store.draft(desk.at(1)).await.unwrap(), None);
    assert_eq!(desk.store.unsent_count().await.unwrap(), 1);
}

#[tokio::test]
async fn after_a_crash_a_message_is_unsure_and_the_rest_goes_again() {
    let desk = Desk::new().await;
    let message = desk.press(1, reply("one")).await;
    let close = desk.press(2, Job::Close).await;
    let accepted = desk.press(3, reply("there")).await;
    let held = desk.press(4, reply("held")).await;
    let reason = HoldReason::OptedOut;
    desk.store
        .set_item(message.id, OutboxState::Sending, 1)
        .await
        .unwrap();
    desk.store
        .set_item(close.id, OutboxState::Sending, 0)
        .await
        .unwrap();
    desk.store
        .set_item(accepted.id, OutboxState::Sent { message_id: None }, 0)
        .await
        .unwrap();
    desk.store
        .set_item(held.id, OutboxState::Held { reason }, 0)
        .await
        .unwrap();
    let desk = desk.restart().await;
    desk.store.recover_sending(2_000).await.unwrap();
    assert_eq!(states(&desk, 1).await, [OutboxState::Unsure { since: 2_000 }]);
    assert_eq!(states(&desk, 2).await, [OutboxState::Queued]);
    assert_eq!(
        states(&desk, 3).await,
        [],
        "the server has it; catching up brings it"
    );
    assert_eq!(states(&desk, 4).await, [OutboxState::Held { reason }]);
    assert_eq!(desk.store.outbox(desk.at(1)).await.unwrap()[0].attempts, 1);
}

#[tokio::test]
async fn what_is_being_sent_can_neither_be_edited_nor_thrown_away() {
    let desk = Desk::new().await;
    let item = desk.press(1, reply("Helo")).await;
    assert!(desk.store.edit_item(item.id, "Hello").await.unwrap());
    let sending = desk
        .store
        .set_item(item.id, OutboxState::Sending, 0)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        sending.job,
        reply("Hello"),
        "the sender gets the text as it is at that moment"
    );
    assert!(!desk.store.edit_item(item.id, "Bye").await.unwrap());
    assert!(!desk.store.discard_item(item.id).await.unwrap());
    let stuck = OutboxState::Stuck {
        reason: StuckReason::Refused,
    };
    desk.store.set_item(item.id, stuck, 1).await.unwrap();
    assert!(desk.store.discard_item(item.id).await.unwrap());
    assert!(!desk.store.discard_item(item.id).await.unwrap(), "gone is gone");
    assert_eq!(
        desk.store
            .set_item(item.id, OutboxState::Sending, 0)
            .await
            .unwrap(),
        None
    );
    let close = desk.press(1, Job::Close).await;
    assert!(
        !desk.store.edit_item(close.id, "text").await.unwrap(),
        "only messages have a text"
    );
}

#[tokio::test]
async fn a_press_shows_at_once_in_lists_and_counts_and_goes_with_its_item() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1), pending(2)]).await;
    assert_eq!(desk.ids(View::NeedsPerson).await, [1]);
    let take = desk.press(1, Job::TakeOver).await;
    assert_eq!(desk.ids(View::NeedsPerson).await, Vec::<i64>::new());
    assert_eq!(desk.ids(View::Mine).await, [1]);
    let counts = desk.store.counts(&[]).await.unwrap();
    assert_eq!(
        counts,
        Counts {
            needs_person: 0,
            mine: 1,
            ai: 1,
            all: 2,
            closed: 0
        }
    );
    let both = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    assert_eq!((both.server.agent(), both.shown.agent()), (None, Some(ME)));

    let desk = desk.restart().await;
    assert_eq!(
        desk.ids(View::Mine).await,
        [1],
        "still on its way after a restart"
    );
    assert!(desk.store.discard_item(take.id).await.unwrap());
    assert_eq!(desk.ids(View::NeedsPerson).await, [1], "taken back");
}

#[tokio::test]
async fn news_from_the_server_do_not_undo_what_is_on_its_way() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    let close = desk.press(1, Job::Close).await;
    let mut later = waiting(1);
    (later.updated_at, later.priority) = (Some(2.0), Some(Priority::High));
    desk.tell(vec![later]).await;
    assert_eq!(desk.ids(View::Closed).await, [1]);
    let stuck = OutboxState::Stuck {
        reason: StuckReason::NotAllowed,
    };
    desk.store.set_item(close.id, stuck, 1).await.unwrap();
    assert_eq!(
        desk.ids(View::NeedsPerson).await,
        [1],
        "the list never claims what will not happen"
    );
    let row = desk
        .store
        .window(&query(View::NeedsPerson))
        .await
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(
        (row.queued, row.stuck, row.shown.priority),
        (0, 1, Some(Priority::High))
    );
}

#[tokio::test]
async fn a_finished_reply_is_replaced_by_the_servers_copy() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    let item = desk.press(1, reply("Good morning")).await;
    assert_eq!(
        desk.store.window(&query(View::All)).await.unwrap().rows[0].queued,
        1
    );
    let mut copy = answer(1, 90, "Good morning", ME);
    copy.content_attributes
        .insert("client_ref".into(), item.client_ref.clone().into());
    desk.store.finish_item(item.id, Some(copy.clone())).await.unwrap();
    assert_eq!(desk.store.outbox(desk.at(1)).await.unwrap(), []);
    assert_eq!(
        desk.store.messages(desk.at(1), None, 10).await.unwrap(),
        [copy.clone()]
    );
    let found = desk
        .store
        .find_client_ref(desk.at(1), &item.client_ref)
        .await
        .unwrap();
    assert_eq!(found, Some(MessageId(90)));
    let echo = desk.tell_messages(vec![copy]).await;
    assert_eq!(
        echo.new_messages,
        [],
        "the socket's copy of it is no second message"
    );
    let row = desk.store.window(&query(View::All)).await.unwrap().rows.remove(0);
    assert_eq!((row.queued, row.last_message.unwrap().id), (0, MessageId(90)));
}

#[tokio::test]
async fn a_held_reply_pressed_again_is_as_if_pressed_now() {
    let desk = Desk::new().await;
    let mut offline = desk.item(1, reply("Hello"));
    offline.queued_offline = true;
    let item = desk.store.enqueue(vec![offline]).await.unwrap().remove(0);
    let held = OutboxState::Held {
        reason: HoldReason::GuestWroteAgain,
    };
    desk.store.set_item(item.id, held, 0).await.unwrap();
    assert!(
        desk.store
            .press_again(item.id, 2_000, Some(MessageId(77)))
            .await
            .unwrap()
    );
    let desk = desk.restart().await;
    let again = desk.store.outbox_item(item.id).await.unwrap().unwrap();
    assert_eq!(again.state, OutboxState::Queued);
    assert_eq!(
        (again.created_at, again.after_message),
        (2_000, Some(MessageId(77)))
    );
    assert!(!again.queued_offline);
    desk.store
        .set_item(item.id, OutboxState::Sending, 0)
        .await
        .unwrap();
    assert!(!desk.store.press_again(item.id, 3_000, None).await.unwrap());
}

#[tokio::test]
async fn looking_is_no_unsent_work() {
    let desk = Desk::new().await;
    desk.press(1, Job::MarkSeen).await;
    assert_eq!(desk.store.unsent_count().await.unwrap(), 0);
    desk.press(1, Job::Close).await;
    assert_eq!(desk.store.unsent_count().await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_missing_goes_by_the_servers_word() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1), pending(2), closed(3)]).await;
    desk.press(1, Job::Close).await;
    let open = desk
        .store
        .ids_with_status(desk.account, Status::Open)
        .await
        .unwrap();
    assert_eq!(
        open,
        [ConversationId(1)],
        "an unsent close is no word of the server"
    );
    let thin = desk.store.threads_to_load(desk.account, 9).await.unwrap();
    assert_eq!(
        thin,
        [ConversationId(2), ConversationId(1)],
        "newest activity first, closed ones not at all"
    );
    desk.store
        .mark_history(desk.at(2), HistoryMark::AtStart)
        .await
        .unwrap();
    desk.tell_messages((10..20).map(|id| message(1, id, "text")).collect())
        .await;
    assert_eq!(desk.store.threads_to_load(desk.account, 9).await.unwrap(), []);
    assert_eq!(
        desk.store.oldest_message_id(desk.at(1)).await.unwrap(),
        Some(MessageId(10))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_comes_first_what_is_shown_is_the_servers_word_with_the_unsent_over_it() {
    let desk = std::sync::Arc::new(Desk::new().await);
    desk.tell(vec![waiting(1)]).await;
    let news = tokio::spawn({
        let desk = std::sync::Arc::clone(&desk);
        async move {
            for version in 2_u32..60 {
                let mut told = if version % 2 == 0 { pending(1) } else { waiting(1) };
                told.updated_at = Some(f64::from(version));
                desk.tell(vec![told]).await;
            }
        }
    });
    let presses = tokio::spawn({
        let desk = std::sync::Arc::clone(&desk);
        async move {
            for _ in 0..20 {
                let item = desk.press(1, Job::TakeOver).await;
                desk.press(1, Job::Close).await;
                desk.store.discard_item(item.id).await.unwrap();
            }
        }
    });
    news.await.unwrap();
    presses.await.unwrap();
    let kept = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    let items = desk.store.outbox(desk.at(1)).await.unwrap();
    assert_eq!(kept.server.updated_at, Some(59.0));
    assert_eq!(kept.shown, overlay::overlay(&kept.server, &items, ME));
    assert_eq!(desk.ids(View::Closed).await, [1]);
}
