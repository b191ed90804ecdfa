//! The demo as a desk finds it.

use super::*;
use crate::desk::DeskSetup;
use std::path::Path;

fn desk(folder: &Path) -> Desk {
    let setup = DeskSetup {
        sends_privately: false,
        data: folder,
        url: "http://127.0.0.1:1".to_owned(),
        llm: None,
    };
    let desk = Desk::open(setup).unwrap();
    desk.clock().set(1_763_719_200); // Friday 21 November 2025, 10:00 UTC
    desk
}

async fn number(desk: &Desk, sql: &'static str) -> i64 {
    desk.read(move |view| Ok(view.query_row(sql, [], |row| row.get(0))?))
        .await
        .unwrap()
}

#[tokio::test]
async fn the_demo_is_believable() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    fill(&desk).await.unwrap();

    let waiting = "SELECT count(*) FROM conversation WHERE status = 'open' AND assignee_id IS NULL";
    assert_eq!(number(&desk, waiting).await, 5, "a handful waits for a person");
    let unexplained = "SELECT count(*) FROM conversation WHERE status = 'open' AND assignee_id IS NULL
        AND (custom_attributes ->> 'escalation_reason' IS NULL OR custom_attributes ->> 'handoff_brief' IS NULL)";
    assert_eq!(number(&desk, unexplained).await, 0, "each of them says why");
    assert!(number(&desk, "SELECT count(*) FROM conversation").await > 300);
    for status in ["open", "pending", "snoozed", "resolved"] {
        let found = desk
            .read(move |view| {
                Ok(view.query_row(
                    "SELECT count(*) FROM conversation WHERE status = ?1",
                    [status],
                    |row| row.get::<_, i64>(0),
                )?)
            })
            .await
            .unwrap();
        assert!(found > 1, "{status}: {found}");
    }
    let future = "SELECT count(*) FROM message WHERE created_at > 1763719201000";
    assert_eq!(number(&desk, future).await, 0, "nobody writes from the future");
    let disorder = "SELECT count(*) FROM message AS one JOIN message AS other ON other.conversation_id = one.conversation_id
        AND other.id > one.id AND other.created_at < one.created_at AND one.message_type <> 2 AND other.message_type <> 2";
    assert_eq!(number(&desk, disorder).await, 0, "lines come in order");
    assert!(
        number(&desk, "SELECT count(*) FROM message WHERE content LIKE '%{%}%'").await == 0,
        "no blank is left open"
    );
    assert!(
        number(
            &desk,
            "SELECT count(DISTINCT channel_type) FROM inbox JOIN conversation ON inbox_id = inbox.id"
        )
        .await
            >= 6
    );
}

#[tokio::test]
async fn the_assistant_owes_nobody_an_answer_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    fill(&desk).await.unwrap();
    let owed = "SELECT count(*) FROM conversation JOIN contact ON contact.id = contact_id WHERE status = 'pending'
        AND contact.custom_attributes ->> 'opted_out_at' IS NULL AND (SELECT message_type FROM message
        WHERE conversation_id = conversation.id AND private = 0 AND message_type <> 2 ORDER BY created_at DESC, id DESC LIMIT 1) = 0";
    assert_eq!(number(&desk, owed).await, 0);
}

#[tokio::test]
async fn guests_have_names_and_messages_their_words_alone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    fill(&desk).await.unwrap();
    let labels = "SELECT count(*) FROM contact WHERE name GLOB '[a-z]*'";
    assert_eq!(number(&desk, labels).await, 0, "labels of stories are no names");
    let marks = "SELECT count(*) FROM message WHERE content LIKE '%]: %'";
    assert_eq!(
        number(&desk, marks).await,
        0,
        "what was looked up is no part of the words"
    );
}

#[tokio::test]
async fn logins_and_links_are_told_and_times_repeat() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (desk(one.path()), desk(other.path()));
    one.clock().set(1_763_719_200);
    fill(&one).await.unwrap();
    other.clock().set(1_763_719_200);
    fill(&other).await.unwrap();
    assert_eq!(logins(&one).await.unwrap()[0]["email"], "nadia@aurora.example");
    let links = guest_links(&one).await.unwrap();
    assert_eq!(links.len(), 6);
    for link in &links {
        assert!(link["starts_at"].as_i64().unwrap() > 1_763_719_200, "ahead of us");
        assert!(
            link["url"].as_str().unwrap().len() > 80,
            "the token cannot be guessed"
        );
    }
    let story = "SELECT sum(length(content) * (conversation_id + 1)) FROM message";
    assert_eq!(
        number(&one, story).await,
        number(&other, story).await,
        "the same start tells the same story"
    );
}

#[tokio::test]
async fn staff_of_the_demo_have_customers_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    fill(&desk).await.unwrap();
    let counted = desk.read(|view| {
        let user = people::user_by_email(view, "lilla@mira.example")?.unwrap();
        let [membership] = &people::memberships(view, user.id)?[..] else {
            panic!("she works in the salon only");
        };
        let member = people::membership(view, membership.account_id, user.id)?.unwrap();
        let sight = crate::db::sight::Sight::of(&member);
        let count = |table: &str, seen: crate::db::condition::Condition| {
            let sql = format!(
                "SELECT count(*) FROM {table} c WHERE c.account_id = 2 AND {}",
                seen.sql
            );
            crate::db::rows::count(view, &sql, rusqlite::params_from_iter(seen.values))
        };
        Ok((
            count("conversation", sight.listed("c"))?,
            count("contact", sight.guests("c"))?,
            count("conversation", crate::db::condition::Condition::new("1", []))?,
        ))
    });
    let (conversations, guests, all) = counted.await.unwrap();
    assert!(conversations >= 2, "{conversations} conversations");
    assert!(guests >= 3, "{guests} guests");
    assert!(conversations < all / 4, "{conversations} of {all}");
}
