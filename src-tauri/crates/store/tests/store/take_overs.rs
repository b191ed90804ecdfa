//! What is kept of who answered: an answer of the AI that came too late is known by it.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;

fn told_at(mut conversation: Conversation, updated_at: f64) -> Conversation {
    conversation.updated_at = Some(updated_at);
    conversation
}

/// Answered by the AI at the second of its number.
fn answer(id: i64) -> Message {
    Message {
        kind: MessageKind::Outgoing,
        sender: Some(Sender {
            kind: SenderKind::Bot,
            id: 2,
            name: "Assistant".into(),
        }),
        ..message(1, id, "Certainly")
    }
}

async fn late(desk: &Desk) -> Vec<i64> {
    let kept = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    let all = desk.store.messages(desk.at(1), None, 50).await.unwrap();
    let is_late = |message: &&Message| kept.take_overs.iter().any(|taken| taken.is_broken_by(message));
    all.iter().filter(is_late).map(|message| message.id.0).collect()
}

#[tokio::test]
async fn an_answer_after_a_take_over_is_late_until_it_is_handed_back() {
    let desk = Desk::new().await;
    desk.tell(vec![told_at(pending(1), 10.0)]).await;
    desk.tell_messages(vec![answer(11)]).await;
    desk.tell(vec![told_at(held(1, ME), 20.4)]).await;
    desk.tell_messages(vec![answer(20), answer(21), answer(22)]).await;
    assert_eq!(late(&desk).await, [21, 22]);
    desk.tell(vec![told_at(pending(1), 30.0)]).await;
    desk.tell_messages(vec![answer(31)]).await;
    assert_eq!(late(&desk).await, [21, 22], "the AI goes on");
    desk.tell(vec![told_at(held(1, COLLEAGUE), 40.0)]).await;
    desk.tell_messages(vec![answer(41)]).await;
    let desk = desk.restart().await;
    assert_eq!(late(&desk).await, [21, 22, 41], "as known after a restart");
}

#[tokio::test]
async fn what_came_with_the_news_of_a_hand_back_is_not_called_late() {
    let desk = Desk::new().await;
    desk.tell(vec![told_at(held(1, ME), 20.0)]).await;
    desk.tell_messages(vec![answer(21)]).await;
    let absence = Batch {
        conversations: vec![told_at(pending(1), 60.0)],
        messages: vec![answer(21), answer(55)],
        ..Batch::new(desk.account)
    };
    desk.store.apply(absence).await.unwrap();
    assert_eq!(late(&desk).await, [21], "the last one may have been asked for");
}

#[tokio::test]
async fn what_a_person_found_when_taking_over_is_not_late() {
    let desk = Desk::new().await;
    let absence = Batch {
        conversations: vec![told_at(held(1, COLLEAGUE), 60.0)],
        messages: vec![answer(60)],
        ..Batch::new(desk.account)
    };
    desk.store.apply(absence).await.unwrap();
    desk.tell_messages(vec![answer(40)]).await;
    assert_eq!(late(&desk).await, Vec::<i64>::new());
    desk.store
        .apply(Batch {
            removed: vec![ConversationId(1)],
            ..Batch::new(desk.account)
        })
        .await
        .unwrap();
    desk.tell(vec![told_at(pending(1), 70.0)]).await;
    let kept = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    assert_eq!(
        kept.take_overs,
        [],
        "nothing is left of a conversation that is gone"
    );
}
