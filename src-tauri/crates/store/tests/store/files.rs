//! The files themselves: encrypted, guarded, refused or rebuilt.

use crate::common::*;
use deskbell_domain::View;
use deskbell_store::*;
use std::future::Future as _;
use std::io::{Seek as _, SeekFrom, Write as _};

const SECRETS: [&str; 6] = [
    "Zauberberg",
    "Settembrini",
    "Forgotten draft",
    "A queued reply",
    "token-of-mara",
    "Hotel 1",
];

async fn desk_with_secrets() -> Desk {
    let desk = Desk::new().await;
    let mut told = Batch::new(desk.account);
    told.conversations.push(waiting(1));
    told.contacts.push(contact(1, "Settembrini"));
    told.messages.push(message(1, 10, "On the way to Zauberberg"));
    desk.store.apply(told).await.unwrap();
    desk.store
        .save_draft(desk.at(1), "Forgotten draft", false, 5)
        .await
        .unwrap();
    desk.press(1, reply("A queued reply")).await;
    desk
}

#[tokio::test]
async fn no_file_of_the_folder_shows_anything() {
    let desk = desk_with_secrets().await;
    let open = files(desk.dir.path());
    assert!(
        open.contains_key("durable.db-wal"),
        "the log beside the file is looked at, too"
    );
    let dir = desk.dir;
    desk.store.close().await;
    for files in [open, files(dir.path())] {
        for (name, bytes) in &files {
            assert!(
                !holds(bytes, "SQLite format 3"),
                "{name} starts like a plain database"
            );
            for secret in SECRETS {
                assert!(!holds(bytes, secret), "{name} shows {secret}");
            }
        }
    }
}

#[tokio::test]
async fn everything_is_there_again_with_the_key() {
    let desk = desk_with_secrets().await.restart().await;
    assert_eq!(desk.ids(View::All).await, [1]);
    let thread = desk.store.messages(desk.at(1), None, 10).await.unwrap();
    assert_eq!(thread[0].content, "On the way to Zauberberg");
    assert_eq!(
        desk.store.draft(desk.at(1)).await.unwrap().unwrap().text,
        "Forgotten draft"
    );
    assert_eq!(desk.store.outbox(desk.at(1)).await.unwrap().len(), 1);
    assert_eq!(desk.store.accounts().await.unwrap()[0].token, "token-of-mara");
}

#[tokio::test]
async fn another_key_opens_nothing_and_touches_nothing() {
    let desk = desk_with_secrets().await;
    desk.store.close().await;
    let before = files(desk.dir.path());
    let refused = open(desk.dir.path(), &Key::random().unwrap()).await;
    assert!(matches!(
        refused,
        Err(StoreError::WrongKey { file: "durable.db" })
    ));
    assert_eq!(files(desk.dir.path()), before);
}

#[tokio::test]
async fn a_second_program_is_kept_out_until_the_first_has_closed() {
    let desk = Desk::new().await;
    let second = open(desk.dir.path(), &desk.key).await;
    assert!(matches!(second, Err(StoreError::InUse)));
    let clone = desk.store.clone();
    desk.store.close().await;
    assert!(matches!(clone.accounts().await, Err(StoreError::Closed)));
    open(desk.dir.path(), &desk.key).await.unwrap();
}

#[tokio::test]
async fn dropping_the_last_handle_finishes_what_was_begun() {
    let desk = Desk::new().await;
    let store = desk.store.clone();
    let item = desk.item(1, reply("Hello"));
    let mut pressed = Box::pin(store.enqueue(vec![item]));
    // Begun, and nobody waits for the answer.
    let begun =
        std::future::poll_fn(|context| std::task::Poll::Ready(pressed.as_mut().poll(context).is_pending()));
    begun.await;
    drop(pressed);
    drop((store, desk.store));
    let reopened = open(desk.dir.path(), &desk.key).await.unwrap();
    assert_eq!(reopened.unsent_count().await.unwrap(), 1);
}

async fn with_spoiled(name: &str, spoil: impl FnOnce(&std::path::Path)) -> (Desk, Result<Store>) {
    let desk = desk_with_secrets().await;
    desk.store.clone().close().await;
    spoil(&desk.dir.path().join(name));
    let reopened = open(desk.dir.path(), &desk.key).await;
    (desk, reopened)
}

async fn assert_cache_begun_anew(desk: &Desk, store: &Store) {
    let counts = store.counts(&[]).await.unwrap();
    assert_eq!(counts, Counts::default(), "the cache is empty again");
    assert_eq!(
        store.sync_state(desk.account).await.unwrap(),
        SyncState::default(),
        "and will be filled again"
    );
    assert_eq!(
        store.outbox(desk.at(1)).await.unwrap().len(),
        1,
        "unsent work is untouched"
    );
    assert_eq!(
        store.draft(desk.at(1)).await.unwrap().unwrap().text,
        "Forgotten draft"
    );
    assert!(desk.dir.path().join("cache.db.set-aside").exists());
}

#[tokio::test]
async fn a_damaged_cache_is_set_aside_and_begun_anew() {
    let (desk, reopened) = with_spoiled("cache.db", |path| std::fs::write(path, [9; 8192]).unwrap()).await;
    assert_cache_begun_anew(&desk, &reopened.unwrap()).await;
}

#[tokio::test]
async fn a_foreign_plain_cache_is_set_aside() {
    let (desk, reopened) = with_spoiled("cache.db", |path| {
        std::fs::remove_file(path).unwrap();
        let plain = rusqlite::Connection::open(path).unwrap();
        plain.execute_batch("CREATE TABLE theirs (x INTEGER);").unwrap();
    })
    .await;
    assert_cache_begun_anew(&desk, &reopened.unwrap()).await;
}

#[tokio::test]
async fn a_cache_of_another_key_is_set_aside() {
    let other = desk_with_secrets().await;
    other.store.close().await;
    let theirs = other.dir.path().join("cache.db");
    let (desk, reopened) = with_spoiled("cache.db", |path| {
        std::fs::copy(theirs, path).unwrap();
    })
    .await;
    assert_cache_begun_anew(&desk, &reopened.unwrap()).await;
}

#[tokio::test]
async fn damage_met_on_the_way_has_the_cache_begun_anew_at_the_next_start() {
    let desk = Desk::new().await;
    let long = "lost ".repeat(2_000);
    let messages = (1..60).map(|id| message(1, id, &long)).collect();
    desk.tell(vec![waiting(1)]).await;
    desk.tell_messages(messages).await;
    desk.press(1, reply("A queued reply")).await;
    desk.store
        .save_draft(desk.at(1), "Forgotten draft", false, 5)
        .await
        .unwrap();
    desk.store.clone().close().await;
    let path = desk.dir.path().join("cache.db");
    let length = std::fs::metadata(&path).unwrap().len();
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(length / 2)).unwrap();
    file.write_all(&vec![1; usize::try_from(length / 4).unwrap()])
        .unwrap();
    drop(file);
    let store = open(desk.dir.path(), &desk.key).await.unwrap();
    let met = store.messages(desk.at(1), None, 500).await;
    assert!(
        matches!(met, Err(StoreError::Damaged { file: "cache.db" })),
        "{met:?}"
    );
    store.close().await;
    let store = open(desk.dir.path(), &desk.key).await.unwrap();
    assert_cache_begun_anew(&desk, &store).await;
}

#[tokio::test]
async fn a_damaged_durable_file_is_an_error_and_stays() {
    let (desk, reopened) = with_spoiled("durable.db", |path| std::fs::write(path, [9; 8192]).unwrap()).await;
    assert!(matches!(
        reopened,
        Err(StoreError::WrongKey { file: "durable.db" })
    ));
    assert_eq!(
        std::fs::read(desk.dir.path().join("durable.db")).unwrap(),
        [9; 8192]
    );
    let (desk, reopened) = with_spoiled("durable.db", |path| {
        std::fs::remove_file(path).unwrap();
        rusqlite::Connection::open(path)
            .unwrap()
            .execute_batch("CREATE TABLE theirs (x INTEGER);")
            .unwrap();
    })
    .await;
    assert!(matches!(
        reopened,
        Err(StoreError::Damaged { file: "durable.db" })
    ));
    assert!(desk.dir.path().join("durable.db").exists());
}

#[tokio::test]
async fn an_unreadable_folder_is_a_disk_error() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let refused = open(&file.join("profile"), &Key::random().unwrap()).await;
    assert!(matches!(&refused, Err(error @ StoreError::Disk) if error.is_transient()));
}
