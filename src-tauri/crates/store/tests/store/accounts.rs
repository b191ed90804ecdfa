//! Logins, settings and alerts.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;
use serde_json::json;

#[tokio::test]
async fn the_same_person_again_keeps_accounts_and_their_work() {
    let desk = Desk::new().await;
    desk.press(1, reply("waits")).await;
    let mut again = login(&[1, 2]);
    (again.server, again.token) = ("https://desk.example".into(), "new".into());
    let keys = desk.store.save_login(again).await.unwrap();
    assert_eq!(keys[0], desk.account);
    let accounts = desk.store.accounts().await.unwrap();
    assert_eq!(accounts.len(), 2);
    assert_eq!(
        (accounts[0].token.as_str(), accounts[0].me, accounts[0].color),
        ("new", ME, 0)
    );
    assert_eq!(
        (accounts[1].name.as_str(), accounts[1].color),
        ("Hotel 2", 1),
        "each property has its colour"
    );
    assert_eq!(desk.store.unsent_count().await.unwrap(), 1);
}

#[tokio::test]
async fn what_a_role_may_see_is_kept_and_told_when_it_changes() {
    let desk = Desk::new().await;
    let of_account = async || desk.store.accounts().await.unwrap()[0].access.clone();
    assert_eq!(of_account().await, Access::plain(Role::Agent));
    let staff = Access {
        name: Some("Staff".into()),
        permissions: vec!["conversation_participating_manage".into(), "custom_role".into()],
        ..Access::plain(Role::Agent)
    };
    let mut changes = desk.store.changes();
    desk.store.keep_access(desk.account, staff.clone()).await.unwrap();
    assert_eq!(changes.recv().await.unwrap(), [Change::Accounts]);
    assert_eq!(of_account().await, staff);
    desk.store.keep_access(desk.account, staff.clone()).await.unwrap();
    assert!(changes.try_recv().is_err(), "the same again is no news");
    desk.store.save_login(login(&[1])).await.unwrap();
    assert_eq!(
        of_account().await,
        Access::plain(Role::Agent),
        "signing in tells it too"
    );
}

#[tokio::test]
async fn an_account_the_server_no_longer_names_goes_unless_work_waits_there() {
    let desk = Desk::new().await;
    desk.store.save_login(login(&[1, 2, 3])).await.unwrap();
    desk.press(1, reply("waits")).await;
    desk.store.save_login(login(&[2])).await.unwrap();
    let left: Vec<i64> = desk
        .store
        .accounts()
        .await
        .unwrap()
        .iter()
        .map(|account| account.account_id)
        .collect();
    assert_eq!(left, [1, 2]);
}

#[tokio::test]
async fn the_built_in_desk_is_itself_at_every_address() {
    let desk = Desk::new().await;
    let mut built_in = login(&[1]);
    (built_in.built_in, built_in.server) = (true, "http://127.0.0.1:4001".into());
    let keys = desk.store.save_login(built_in.clone()).await.unwrap();
    assert_ne!(keys, [desk.account]);
    built_in.server = "http://127.0.0.1:4002".into();
    assert_eq!(desk.store.save_login(built_in).await.unwrap(), keys);
    desk.store
        .update_built_in_server("http://127.0.0.1:4003/")
        .await
        .unwrap();
    let servers: Vec<String> = desk
        .store
        .accounts()
        .await
        .unwrap()
        .into_iter()
        .map(|account| account.server)
        .collect();
    assert_eq!(servers, ["https://desk.example", "http://127.0.0.1:4003"]);
}

#[tokio::test]
async fn a_session_that_is_not_to_be_kept_ends_with_the_program() {
    let desk = Desk::new().await;
    desk.store
        .save_login(NewLogin {
            stay: false,
            ..login(&[1])
        })
        .await
        .unwrap();
    assert_eq!(desk.store.accounts().await.unwrap()[0].token, "token-of-mara");
    let desk = desk.restart().await;
    let account = desk.store.accounts().await.unwrap().remove(0);
    assert_eq!((account.token.as_str(), account.pubsub_token.as_str()), ("", ""));
    assert_eq!(account.name, "Hotel 1", "what is unsent there is not lost");
}

#[tokio::test]
async fn signing_out_forgets_everything_of_the_login() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    desk.tell_messages(vec![message(1, 5, "Zauberberg")]).await;
    desk.press(1, Job::TakeOver).await;
    desk.store.save_draft(desk.at(1), "text", false, 5).await.unwrap();
    desk.store.raise_alert(desk.at(1), 1, None, 2).await.unwrap();
    let login = desk.store.accounts().await.unwrap()[0].login;
    desk.store.remove_login(login).await.unwrap();
    assert!(desk.store.accounts().await.unwrap().is_empty());
    assert_eq!(desk.store.counts(&[]).await.unwrap(), Counts::default());
    assert!(
        desk.store
            .search(&SearchQuery::new("Zauberberg", 10))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(desk.store.unsent_count().await.unwrap(), 0);
    assert_eq!(desk.store.draft(desk.at(1)).await.unwrap(), None);
    assert!(desk.store.open_alerts().await.unwrap().is_empty());
    let keys = desk.store.save_login(crate::common::login(&[1])).await.unwrap();
    assert_ne!(keys, [desk.account], "a key is never given twice");
}

#[tokio::test]
async fn settings_are_kept_by_name() {
    let desk = Desk::new().await;
    assert_eq!(desk.store.setting("view").await.unwrap(), None);
    desk.store
        .set_setting("view", json!({"theme": "dark"}))
        .await
        .unwrap();
    desk.store
        .set_setting("view", json!({"theme": "light"}))
        .await
        .unwrap();
    let desk = desk.restart().await;
    assert_eq!(
        desk.store.setting("view").await.unwrap(),
        Some(json!({"theme": "light"}))
    );
}

#[tokio::test]
async fn an_escalation_is_raised_once_and_stays_until_settled() {
    let desk = Desk::new().await;
    let (here, store) = (desk.at(1), &desk.store);
    assert!(
        store
            .raise_alert(here, 100, Some("Payment".into()), 101)
            .await
            .unwrap()
    );
    assert!(
        !store.raise_alert(here, 100, None, 102).await.unwrap(),
        "the socket and catching up find the same one"
    );
    assert!(store.acknowledge_alert(here, 103).await.unwrap());
    assert!(!store.acknowledge_alert(here, 104).await.unwrap());
    assert!(
        !store.raise_alert(here, 100, None, 105).await.unwrap(),
        "opened, it does not ring again"
    );
    let desk = desk.restart().await;
    let (here, store) = (desk.at(1), &desk.store);
    assert!(
        !store.raise_alert(here, 100, None, 106).await.unwrap(),
        "nor after a restart"
    );
    let alert = store.open_alerts().await.unwrap().remove(0);
    assert_eq!(
        (alert.since, alert.reason.as_deref(), alert.acknowledged_at),
        (100, Some("Payment"), Some(103))
    );
    assert!(
        store.raise_alert(here, 200, None, 201).await.unwrap(),
        "another wait is another escalation"
    );
    assert_eq!(store.open_alerts().await.unwrap()[0].acknowledged_at, None);
    assert!(
        !store.raise_alert(here, 150, None, 202).await.unwrap(),
        "one from before it is old news"
    );
    assert!(store.settle_alerts(here).await.unwrap());
    assert!(!store.settle_alerts(here).await.unwrap());
    assert!(store.open_alerts().await.unwrap().is_empty());
    assert!(
        store.raise_alert(here, 200, None, 203).await.unwrap(),
        "let go by whoever took it, it rings again"
    );
}
