//! When the assistant speaks and when it is silent, without the worker: one step at a time on a demo desk.

use super::case;
use super::deliver::{self, Prepared};
use super::engine::turn::Reply;
use crate::db::{contact, conversation, inbox, message, rows};
use crate::demo;
use crate::desk::{Actor, Change, Desk, DeskSetup};
use crate::error::ApiError;
use crate::service::conversation::{Start, set_status_in, start_in};
use crate::service::message::{NewMessage, create_in};
use serde_json::json;
use tempfile::TempDir;

/// A pending conversation of a guest with a booking at the hotel.
struct Scene {
    desk: Desk,
    conversation: i64,
    _folder: TempDir,
}

impl Scene {
    async fn with(question: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let setup = DeskSetup {
            sends_privately: false,
            data: folder.path(),
            url: "http://127.0.0.1:1".to_owned(),
            llm: None,
        };
        let desk = Desk::open(setup).unwrap();
        desk.clock().set(1_763_719_200);
        demo::fill(&desk).await.unwrap();
        let start = move |change: &mut Change<'_>| {
            let link = rows::value::<i64>(change, "SELECT min(contact_inbox_id) FROM guest_link", [])?;
            let link = contact::link_by_id(change, link.unwrap_or(0))?.ok_or(ApiError::NotFound)?;
            let started = start_in(change, &link, Start::default())?;
            create_in(change, NewMessage::incoming(started.id, question))?;
            Ok(started.id)
        };
        let conversation = desk.write(start).await.unwrap();
        Self {
            desk,
            conversation,
            _folder: folder,
        }
    }

    async fn change(&self, work: impl FnOnce(&mut Change<'_>, i64) -> Result<(), ApiError> + Send + 'static) {
        let id = self.conversation;
        self.desk.write(move |change| work(change, id)).await.unwrap();
    }

    async fn is_the_assistants(&self) -> bool {
        let id = self.conversation;
        self.desk
            .read(move |view| Ok(case::read(view, view.now_ms, id)?.is_some()))
            .await
            .unwrap()
    }

    async fn answer(&self, prepared: Option<Prepared>) {
        let id = self.conversation;
        self.desk
            .act(Actor::Bot(1), move |change| deliver::answer(change, id, prepared))
            .await
            .unwrap();
    }

    /// What was said last, and by whom.
    async fn last(&self) -> (String, String) {
        let id = self.conversation;
        let newest = self
            .desk
            .read(move |view| message::newest_spoken(view, id, false))
            .await
            .unwrap()
            .unwrap();
        (
            newest.sender_type.unwrap_or_default(),
            newest.content.unwrap_or_default(),
        )
    }
}

#[tokio::test]
async fn it_answers_a_pending_conversation() {
    let scene = Scene::with("Where can I park?").await;
    assert!(scene.is_the_assistants().await);
    scene.answer(None).await;
    let (who, said) = scene.last().await;
    assert_eq!(who, "AgentBot");
    assert!(said.contains("18 euros"), "{said}");
    assert!(!scene.is_the_assistants().await, "one question gets one answer");
}

#[tokio::test]
async fn nothing_slips_in_after_a_person_took_over() {
    let scene = Scene::with("Where can I park?").await;
    let id = scene.conversation;
    let case = scene
        .desk
        .read(move |view| case::read(view, view.now_ms, id))
        .await
        .unwrap()
        .unwrap();
    let reply = Reply {
        text: "thought out before".to_owned(),
        ..Reply::default()
    };
    let prepared = Prepared {
        newest: case.newest(),
        reply,
    };
    scene
        .change(|change, id| set_status_in(change, id, "open", None).map(drop))
        .await;
    scene.answer(Some(prepared)).await;
    assert_eq!(
        scene.last().await.0,
        "Contact",
        "the guest had the last word and keeps it"
    );
}

#[tokio::test]
async fn a_prepared_answer_to_an_older_message_is_thought_over() {
    let scene = Scene::with("Where can I park?").await;
    let id = scene.conversation;
    let case = scene
        .desk
        .read(move |view| case::read(view, view.now_ms, id))
        .await
        .unwrap()
        .unwrap();
    let reply = Reply {
        text: "thought out before".to_owned(),
        ..Reply::default()
    };
    scene
        .change(|change, id| {
            create_in(
                change,
                NewMessage::incoming(id, "I mean for bikes: do you rent bicycles?"),
            )
            .map(drop)
        })
        .await;
    scene
        .answer(Some(Prepared {
            newest: case.newest(),
            reply,
        }))
        .await;
    assert!(
        scene.last().await.1.contains("bicycles"),
        "it answers what is asked now"
    );
}

#[tokio::test]
async fn a_deed_needs_the_row_as_it_was() {
    let scene = Scene::with("Please cancel my booking").await;
    scene.answer(None).await;
    assert!(scene.last().await.1.contains("Shall I cancel it?"));
    scene
        .change(|change, id| {
            rows::execute(change, "UPDATE booking SET status = 'cancelled'", [])?;
            create_in(change, NewMessage::incoming(id, "yes")).map(drop)
        })
        .await;
    scene.answer(None).await;
    assert!(
        scene.last().await.1.contains("cannot find a booking"),
        "somebody else cancelled it meanwhile"
    );
}

#[tokio::test]
async fn it_is_silent_where_it_is_not_its_turn() {
    let scene = Scene::with("Where can I park?").await;
    let opted_out = |since| {
        move |change: &mut Change<'_>, id| {
            let found = conversation::find(change, id)?.ok_or(ApiError::NotFound)?;
            let mut guest = contact::find(change, found.contact_id)?.ok_or(ApiError::NotFound)?;
            guest.custom_attributes.insert("opted_out_at".to_owned(), since);
            contact::update(change, &guest)
        }
    };
    scene.change(opted_out(json!(1_763_000_000))).await;
    assert!(!scene.is_the_assistants().await, "the guest opted out");
    scene.change(opted_out(json!(null))).await;
    assert!(scene.is_the_assistants().await, "the guest is back");

    let bot = |bot_id| {
        move |change: &mut Change<'_>, id| {
            let found = conversation::find(change, id)?.ok_or(ApiError::NotFound)?;
            inbox::set_bot(change, found.inbox_id, bot_id)
        }
    };
    scene.change(bot(None)).await;
    assert!(!scene.is_the_assistants().await, "the channel's AI is off");
    scene.change(bot(Some(1))).await;
    scene
        .change(|change, _| {
            rows::execute(
                change,
                "UPDATE agent_bot SET outgoing_url = 'https://bot.example'",
                [],
            )
            .map(drop)
        })
        .await;
    assert!(!scene.is_the_assistants().await, "another program is the bot");
    scene
        .change(|change, _| rows::execute(change, "UPDATE agent_bot SET outgoing_url = ''", []).map(drop))
        .await;

    for status in ["open", "snoozed", "resolved"] {
        scene
            .change(move |change, id| set_status_in(change, id, status, None).map(drop))
            .await;
        assert!(!scene.is_the_assistants().await, "{status}");
    }
    scene
        .change(|change, id| set_status_in(change, id, "pending", None).map(drop))
        .await;
    assert!(
        scene.is_the_assistants().await,
        "handed back with the question still open"
    );
}
