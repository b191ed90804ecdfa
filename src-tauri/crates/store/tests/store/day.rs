//! What the day's screens are made of.

use crate::common::{COLLEAGUE, Desk, ME, answer, closed, held, message, pending, waiting};
use deskbell_domain::*;
use serde_json::json;

/// An answer of the AI, written at its number.
fn by_ai(conversation: i64, id: i64) -> Message {
    let mut answer = answer(conversation, id, "Certainly", ME);
    answer.sender = answer.sender.map(|sender| Sender {
        kind: SenderKind::Bot,
        ..sender
    });
    answer
}

fn note(conversation: i64, id: i64, text: &str) -> Message {
    Message {
        private: true,
        ..answer(conversation, id, text, COLLEAGUE)
    }
}

fn active_at(mut conversation: Conversation, at: i64) -> Conversation {
    conversation.last_activity_at = at;
    conversation
}

fn ids<'a>(rows: impl IntoIterator<Item = &'a deskbell_store::Row>) -> Vec<i64> {
    rows.into_iter().map(|row| row.shown.id.0).collect()
}

#[tokio::test]
async fn the_night_is_what_the_ai_answered_since() {
    let desk = Desk::new().await;
    let all = [(1, 500), (2, 700), (3, 600), (4, 800), (5, 900)];
    let told = all.map(|(id, at)| active_at(pending(id), at)).to_vec();
    desk.tell(told).await;
    desk.tell_messages(vec![
        by_ai(1, 399), // before
        by_ai(2, 400), // at its first second
        by_ai(2, 700),
        by_ai(3, 600),
        answer(4, 800, "I am here", ME), // a person
        Message {
            private: true,
            ..by_ai(5, 900) // nobody but the team reads it
        },
        note(2, 650, "Seen"),
    ])
    .await;
    let night = desk.store.night(vec![desk.account], 400, 10).await.unwrap();
    assert_eq!(night.answered, 2);
    assert_eq!(ids(night.rows.iter().map(|(row, _)| row)), [2, 3], "newest first");
    let answers: Vec<i64> = night.rows[0].1.iter().map(|answer| answer.id.0).collect();
    assert_eq!(answers, [700, 400]);
    let cut = desk.store.night(vec![desk.account], 400, 1).await.unwrap();
    assert_eq!(
        (cut.answered, cut.rows.len()),
        (2, 1),
        "all are counted, some are told"
    );
    let elsewhere = desk.store.night(vec![AccountKey(99)], 0, 10).await.unwrap();
    assert_eq!(elsewhere.answered, 0);
}

#[tokio::test]
async fn held_are_the_open_ones_people_answer_in_mine_first() {
    let desk = Desk::new().await;
    let snoozed = Conversation {
        status: Status::Snoozed,
        ..held(5, ME)
    };
    let assigned_to_ai = Conversation {
        assignee: Some(Assignee::Agent(COLLEAGUE)),
        ..pending(6)
    };
    desk.tell(vec![
        waiting(1),
        held(2, COLLEAGUE),
        held(3, ME),
        pending(4),
        snoozed,
        assigned_to_ai,
        closed(7),
        active_at(held(8, ME), 100),
    ])
    .await;
    let accounts = [desk.account];
    assert_eq!(ids(&desk.store.held(&accounts, 10).await.unwrap()), [8, 3, 2]);
    assert_eq!(ids(&desk.store.held(&accounts, 1).await.unwrap()), [8]);
}

#[tokio::test]
async fn a_promise_is_found_until_its_conversation_is_closed() {
    let desk = Desk::new().await;
    let brief =
        |promised: serde_json::Value| json!({ "handoff_brief": { "wants": "", "promised": promised } });
    let promise = brief(json!([{ "text": "A call by ten" }]));
    let with = |mut conversation: Conversation, attributes: &serde_json::Value| {
        conversation.custom_attributes = attributes.as_object().cloned().unwrap();
        conversation
    };
    desk.tell(vec![
        with(held(1, COLLEAGUE), &promise),
        with(pending(2), &promise),
        with(waiting(7), &promise),
        with(closed(3), &promise),
        with(pending(4), &brief(json!([]))),
        with(pending(5), &brief(json!("call them"))),
        held(6, ME),
    ])
    .await;
    assert_eq!(
        ids(&desk.store.promised(&[desk.account], 10).await.unwrap()),
        [2, 1]
    );
    // What was pressed here counts at once.
    desk.press(1, Job::Close).await;
    assert_eq!(ids(&desk.store.promised(&[desk.account], 10).await.unwrap()), [2]);
}

#[tokio::test]
async fn newest_words_of_guests_and_notes_since_are_told_by_conversation() {
    let desk = Desk::new().await;
    desk.tell(vec![held(1, ME), held(2, ME)]).await;
    desk.tell_messages(vec![
        message(1, 10, "Hello"),
        message(1, 20, "Thanks"),
        answer(1, 30, "Gladly", ME),
        note(1, 5, "Of yesterday"),
        note(1, 40, "Call the boiler man"),
        note(1, 41, "He comes at eight"),
    ])
    .await;
    let both = vec![desk.at(1), desk.at(2)];
    let words = desk.store.words_of_guests(both.clone()).await.unwrap();
    assert_eq!(words.len(), 1);
    assert_eq!(words[&desk.at(1)].content, "Thanks");
    let notes = desk.store.notes_since(both, 10).await.unwrap();
    let texts: Vec<&str> = notes.iter().map(|(_, note)| note.content.as_str()).collect();
    assert_eq!(texts, ["He comes at eight", "Call the boiler man"]);
}
