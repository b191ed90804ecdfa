//! Search: as people type, in what this computer has.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;
use proptest::prelude::*;

async fn searched(desk: &Desk, text: &str) -> Vec<i64> {
    let hits = desk.store.search(&SearchQuery::new(text, 50)).await.unwrap();
    hits.iter().map(|hit| hit.row.shown.id.0).collect()
}

async fn desk_with_guests() -> Desk {
    let desk = Desk::new().await;
    let mut told = Batch::new(desk.account);
    for (id, name, phone) in [
        (1, "Émilie Dubois", "+33 6 12 34 56 78"),
        (2, "Jürgen Groß", "+491719876543"),
    ] {
        let mut guest = contact(id, name);
        guest.phone_number = Some(phone.into());
        guest.email = Some(format!("guest{id}@mail.example"));
        told.contacts.push(guest);
        let mut conversation = waiting(id);
        (conversation.contact_id, conversation.last_activity_at) = (Some(ContactId(id)), 100 + id);
        told.conversations.push(conversation);
    }
    told.conversations[1]
        .additional_attributes
        .insert("mail_subject".into(), "Réservation août".into());
    told.messages = vec![
        message(1, 201, "Is the swimming pool heated in March?"),
        message(2, 202, "The Pool closes at nine, \"sharp\" OR later"),
        message(2, 203, "Un café, s'il vous plaît"),
        Message {
            kind: MessageKind::Activity,
            ..message(1, 204, "Mara was assigned")
        },
    ];
    desk.store.apply(told).await.unwrap();
    desk
}

#[tokio::test]
async fn words_match_without_accents_and_from_their_beginning() {
    let desk = desk_with_guests().await;
    assert_eq!(searched(&desk, "emilie").await, [1]);
    assert_eq!(searched(&desk, "ÉMI").await, [1]);
    assert_eq!(searched(&desk, "cafe plait").await, [2]);
    assert_eq!(searched(&desk, "reserv aout").await, [2], "subjects, too");
    assert_eq!(searched(&desk, "guest1@mail").await, [1]);
    assert_eq!(
        searched(&desk, "assigned").await,
        Vec::<i64>::new(),
        "activity lines are not searched"
    );
}

#[tokio::test]
async fn every_word_has_to_match_and_the_newest_comes_first() {
    let desk = desk_with_guests().await;
    assert_eq!(searched(&desk, "pool").await, [2, 1]);
    assert_eq!(searched(&desk, "pool mar").await, [1]);
    assert_eq!(searched(&desk, "pool zebra").await, Vec::<i64>::new());
    let hit = desk
        .store
        .search(&SearchQuery::new("SWIMMING poo", 5))
        .await
        .unwrap()
        .remove(0);
    let found = hit.message.unwrap();
    assert_eq!((found.id, found.at), (MessageId(201), 201));
    assert_eq!(
        found.parts,
        ["Is the ", "swimming", " ", "pool", " heated in March?"]
    );
}

#[tokio::test]
async fn words_of_the_guest_and_of_a_message_go_together() {
    let desk = desk_with_guests().await;
    assert_eq!(searched(&desk, "dubois pool").await, [1]);
    assert_eq!(searched(&desk, "pool jurgen gro").await, [2]);
    assert_eq!(
        searched(&desk, "dubois nine").await,
        Vec::<i64>::new(),
        "another guest's message"
    );
    let hit = desk
        .store
        .search(&SearchQuery::new("dubois pool", 5))
        .await
        .unwrap()
        .remove(0);
    assert_eq!(hit.message.unwrap().parts[1], "pool");
}

#[tokio::test]
async fn operators_and_quotes_are_plain_text() {
    let desk = desk_with_guests().await;
    assert_eq!(searched(&desk, "\"sharp\" OR").await, [2]);
    assert_eq!(
        searched(&desk, "pool NOT heated").await,
        Vec::<i64>::new(),
        "NOT is a word nobody wrote"
    );
    for odd in [
        "\"",
        "*",
        "^",
        "NEAR(",
        "text:pool",
        "a\"b",
        "-",
        "(",
        "{}",
        "pool*\"",
        "\0pool",
        "''; --",
    ] {
        desk.store.search(&SearchQuery::new(odd, 5)).await.unwrap();
    }
}

#[tokio::test]
async fn any_run_of_digits_finds_a_number() {
    let desk = desk_with_guests().await;
    assert_eq!(searched(&desk, "1234").await, [1]);
    assert_eq!(searched(&desk, "34 56-78").await, [1]);
    assert_eq!(searched(&desk, "987").await, [2]);
    assert_eq!(searched(&desk, "0171 987").await, [2], "as it is dialled at home");
    assert_eq!(searched(&desk, "+49 171").await, [2]);
    assert_eq!(searched(&desk, "99").await, Vec::<i64>::new());
}

#[tokio::test]
async fn a_renamed_guest_and_a_changed_text_are_found_by_their_new_words_only() {
    let desk = desk_with_guests().await;
    let mut batch = Batch::new(desk.account);
    batch.contacts.push(contact(1, "Amélie Moreau"));
    batch.messages.push(message(1, 201, "Is the sauna heated?"));
    desk.store.apply(batch).await.unwrap();
    assert_eq!(searched(&desk, "amelie").await, [1]);
    assert_eq!(searched(&desk, "sauna").await, [1]);
    for gone in ["emilie", "swimming", "3361", "guest1"] {
        assert_eq!(searched(&desk, gone).await, Vec::<i64>::new(), "{gone}");
    }
}

#[tokio::test]
async fn search_is_bounded_and_can_be_of_one_property() {
    let desk = desk_with_guests().await;
    assert_eq!(
        desk.store
            .search(&SearchQuery::new("pool", 1))
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.store
            .search(&SearchQuery {
                accounts: vec![AccountKey(99)],
                ..SearchQuery::new("pool", 9)
            })
            .await
            .unwrap()
            .len(),
        0
    );
    assert_eq!(
        desk.store
            .search(&SearchQuery {
                accounts: vec![desk.account],
                ..SearchQuery::new("pool", 9)
            })
            .await
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn no_text_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let desk = runtime.block_on(desk_with_guests());
    proptest!(ProptestConfig::with_cases(300), |(text in "(\\PC|[\"*^():{}+\\-\\x00]){0,40}")| {
        let hits = runtime.block_on(desk.store.search(&SearchQuery::new(&text, 20)));
        prop_assert!(hits.is_ok(), "{hits:?}");
        for hit in hits.unwrap() {
            if let Some(message) = hit.message {
                prop_assert!(message.parts.len() % 2 == 1, "plain, marked, …, plain");
            }
        }
    });
}

async fn narrowed(desk: &Desk, text: &str, filter: ListFilter) -> Vec<i64> {
    let query = SearchQuery {
        filter,
        ..SearchQuery::new(text, 50)
    };
    let hits = desk.store.search(&query).await.unwrap();
    hits.iter().map(|hit| hit.row.shown.id.0).collect()
}

#[tokio::test]
async fn hits_are_narrowed_by_the_filters_of_the_lists() {
    let desk = desk_with_guests().await;
    let mut taken = held(2, ME);
    (taken.updated_at, taken.contact_id) = (Some(5.0), Some(ContactId(2)));
    taken
        .additional_attributes
        .insert("mail_subject".into(), "Réservation août".into());
    desk.tell(vec![taken]).await;
    let mine = ListFilter {
        assigned: vec![AssignedFilter::Me],
        ..ListFilter::default()
    };
    for (text, all) in [
        ("pool", vec![1, 2]),
        ("guest", vec![1, 2]),
        ("reservation", vec![2]),
        ("9876", vec![2]),
    ] {
        let mut found = searched(&desk, text).await;
        found.sort_unstable();
        assert_eq!(found, all);
        assert_eq!(narrowed(&desk, text, mine.clone()).await, [2], "{text}");
    }
    let nobodys = ListFilter {
        assigned: vec![AssignedFilter::Nobody],
        ..ListFilter::default()
    };
    assert_eq!(narrowed(&desk, "dubois pool", nobodys.clone()).await, [1]);
    assert_eq!(
        narrowed(&desk, "dubois pool", mine.clone()).await,
        Vec::<i64>::new()
    );
    let query = SearchQuery {
        filter: mine,
        ..SearchQuery::new("pool", 5)
    };
    let hit = desk
        .store
        .search(&query)
        .await
        .unwrap()
        .remove(0)
        .message
        .unwrap();
    assert_eq!(hit.parts[1], "Pool", "the hit is marked: {:?}", hit.parts);
}

/// "What did they say about the pool in March": the message's own time, not the conversation's newest.
#[tokio::test]
async fn a_period_is_that_of_the_words() {
    let desk = Desk::new().await;
    let mut told = Batch::new(desk.account);
    for (id, at) in [(1, 1_000), (2, 2_000), (3, 3_000)] {
        told.conversations.push(Conversation {
            last_activity_at: 9_000,
            ..waiting(id)
        });
        told.messages.push(Message {
            created_at: at,
            ..message(id, 10 + id, "The pool")
        });
        told.messages.push(Message {
            created_at: 9_000,
            ..message(id, 20 + id, "Thanks")
        });
    }
    desk.store.apply(told).await.unwrap();
    let between = |from, until| ListFilter {
        active_from: from,
        active_until: until,
        ..ListFilter::default()
    };
    assert_eq!(narrowed(&desk, "pool", between(Some(2_000), None)).await, [3, 2]);
    assert_eq!(narrowed(&desk, "pool", between(None, Some(2_000))).await, [1]);
    assert_eq!(
        narrowed(&desk, "pool", between(Some(2_000), Some(3_000))).await,
        [2]
    );
    assert_eq!(
        narrowed(&desk, "thanks", between(None, Some(2_000))).await,
        Vec::<i64>::new()
    );
}
