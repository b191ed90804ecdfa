//! A disk that is full or may not be written: a typed error, nothing acknowledged is lost, and work goes on as soon as
//! there is space, without opening anything again.

use crate::{Batch, Key, NewAccount, NewItem, NewLogin, Store, StoreError};
use deskbell_domain::{
    Access, AccountKey, Conversation, ConversationId, ConversationRef, InboxId, Job, Role,
};

/// Runs a pragma on the writers of both files. `max_page_count` makes SQLite answer what a full disk makes it answer, at
/// the same place; `query_only` does so for one that may not be written.
async fn set(store: &Store, pragma: &'static str) {
    for file in [&store.inner.durable, &store.inner.cache] {
        file.on_writer(pragma).await.unwrap().unwrap();
    }
}

async fn store(dir: &std::path::Path, key: &Key) -> (Store, AccountKey) {
    let store = Store::open(dir, key).unwrap();
    let login = NewLogin {
        server: "https://desk.example".into(),
        built_in: false,
        email: "mara@desk.example".into(),
        user_id: 7,
        user_name: "Mara".into(),
        token: "token".into(),
        pubsub_token: "pubsub".into(),
        stay: true,
        accounts: vec![NewAccount {
            account_id: 1,
            name: "Hotel".into(),
            access: Access::plain(Role::Agent),
        }],
    };
    let account = store.save_login(login).await.unwrap()[0];
    (store, account)
}

async fn press(store: &Store, account: AccountKey, number: i64) -> crate::Result<()> {
    let item = NewItem {
        subject: ConversationRef::new(account, ConversationId(1)).into(),
        job: Job::reply("long ".repeat(400)),
        client_ref: format!("reply {number}"),
        created_at: number,
        after_message: None,
        queued_offline: true,
        not_before: None,
    };
    store.enqueue(vec![item]).await.map(|_| ())
}

async fn tell(store: &Store, account: AccountKey, number: i64) -> crate::Result<()> {
    let mut told = Batch::new(account);
    let mut one = Conversation::blank(ConversationId(number), InboxId(1), number);
    one.labels = vec!["label ".repeat(300)];
    told.conversations.push(one);
    store.apply(told).await.map(|_| ())
}

async fn refs(store: &Store, account: AccountKey) -> Vec<String> {
    let items = store.outbox_all(account).await.unwrap();
    items.into_iter().map(|item| item.client_ref).collect()
}

async fn refuses_and_recovers(forbid: &'static str, allow: &'static str) {
    let (dir, key) = (tempfile::tempdir().unwrap(), Key::random().unwrap());
    let (open, account) = store(dir.path(), &key).await;
    press(&open, account, 1).await.unwrap();
    set(&open, forbid).await;
    let mut acknowledged = vec!["reply 1".to_owned()];
    let (mut refused, mut refused_by_cache) = (0, 0);
    for number in 2..60 {
        match press(&open, account, number).await {
            Ok(()) => acknowledged.push(format!("reply {number}")),
            Err(error) => {
                assert!(
                    matches!(error, StoreError::Disk) && error.is_transient(),
                    "{error:?}"
                );
                refused += 1;
            }
        }
        if let Err(error) = tell(&open, account, number).await {
            assert!(matches!(error, StoreError::Disk), "{error:?}");
            refused_by_cache += 1;
        }
    }
    assert!(
        refused > 0 && refused_by_cache > 0,
        "it was full: {refused}, {refused_by_cache}"
    );
    assert_eq!(
        refs(&open, account).await,
        acknowledged,
        "what was refused is not shown"
    );
    set(&open, allow).await;
    press(&open, account, 99).await.unwrap();
    tell(&open, account, 99).await.unwrap();
    acknowledged.push("reply 99".to_owned());
    assert_eq!(open.damage().await.unwrap(), Vec::<String>::new());
    open.close().await;
    let open = Store::open(dir.path(), &key).unwrap();
    assert_eq!(refs(&open, account).await, acknowledged, "and after a restart");
    open.close().await;
}

#[tokio::test]
async fn a_full_disk_loses_nothing_acknowledged() {
    refuses_and_recovers("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000").await;
}

#[tokio::test]
async fn a_read_only_disk_loses_nothing_acknowledged() {
    refuses_and_recovers("PRAGMA query_only = 1", "PRAGMA query_only = 0").await;
}
