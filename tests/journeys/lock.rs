//! The lock screen: what is hidden while the desk goes on, and that neither a restart nor guessing opens it.

use crate::scene::Scene;
use deskbell_app::AttachmentProblem;
use deskbell_app::schema::ErrorCode;
use deskbell_tests::core::Core;
use serde_json::{Value, json};

const PIN: &str = "4711";

async fn choose_pin(core: &Core) {
    let chosen = core.mutate("set_pin", json!({ "pin": PIN })).await;
    assert_eq!(chosen["outcome"], "done", "{chosen}");
}

async fn lock(core: &Core) {
    let locked = core.mutate("lock", Value::Null).await;
    assert_eq!(locked["outcome"], "locked", "{locked}");
}

async fn enter(core: &Core, pin: &str) -> Value {
    core.mutate("enter_pin", json!({ "pin": pin })).await
}

async fn phase(core: &Core) -> Value {
    core.query("session", Value::Null).await["phase"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_locked_nothing_is_shown_and_guests_ring_without_names() {
    let scene = Scene::open().await;
    let core = &scene.core;
    let conversation = scene.mine().await;
    let mut settings = core.query("session", Value::Null).await["settings"].clone();
    settings["names_in_notifications"] = json!(true);
    core.mutate("save_settings", settings).await;
    assert_eq!(core.mutate("lock", Value::Null).await["outcome"], "needs_pin");
    for bad in ["123", "12a4", "123456789"] {
        let refused = core.mutate("set_pin", json!({ "pin": bad })).await;
        assert_eq!(refused["outcome"], "not_a_pin", "{bad}");
    }
    choose_pin(core).await;
    let named = scene
        .guest_starts("I want my money back, the room was dirty")
        .await;
    core.until("a ring with a name", async || {
        let rings = core.rings();
        let rang = rings
            .iter()
            .any(|ring| ring.conversation == named && ring.title.contains("Wanda"));
        rang.then_some(())
    })
    .await;
    lock(core).await;
    assert!(
        core.withdrawn().contains(&named),
        "no name is left on the desktop"
    );
    let rings = core.rings();
    let listed = rings.iter().rfind(|ring| ring.conversation == named);
    assert!(
        listed.is_some_and(|ring| !ring.fresh && !ring.title.contains("Wanda")),
        "the tray lists the guest without a name: {listed:?}"
    );

    let session = core.query("session", Value::Null).await;
    assert_eq!(session["phase"]["phase"], "locked");
    assert_eq!(session["accounts"], json!([]));
    let all = json!({ "view": "all", "account": null, "filter": {}, "offset": 0, "limit": 5 });
    for (name, request) in [
        ("conversation", json!(conversation)),
        ("window", all.clone()),
        ("outbox", Value::Null),
        ("left_behind", Value::Null),
        ("counts", json!({ "account": null, "filter": {} })),
    ] {
        let error = core.try_query(name, request).await.expect_err(name);
        assert_eq!(error.code, ErrorCode::Locked, "{name}");
    }
    let words = json!({ "conversation": conversation, "text": "Hello", "private": false, "confirmed": [] });
    for (name, request) in [
        ("send", words),
        ("opened", json!(conversation)),
        ("set_pin", json!({ "pin": "0000", "current": PIN })),
    ] {
        let error = core.try_mutate(name, request).await.expect_err(name);
        assert_eq!(error.code, ErrorCode::Locked, "{name}");
    }
    assert!(matches!(
        core.file("1/1/1/1/file").await,
        Err(AttachmentProblem::NotNow)
    ));

    let (rings, told) = (core.rings().len(), core.events().len());
    let before = session["phase"]["locked"]["waiting"].as_u64();
    scene
        .desk
        .guest_starts(scene.account_id, "I want my money back, the room was dirty")
        .await;
    let ring = core
        .until("the ring", async || core.rings().into_iter().nth(rings))
        .await;
    let said = format!("{} {}", ring.title, ring.body);
    assert!(!said.contains("Wanda") && !said.contains("money"), "{said}");
    core.until("the lock page to count the guest", async || {
        let now = phase(core).await["locked"]["waiting"].as_u64();
        (now == before.map(|count| count + 1)).then_some(())
    })
    .await;
    let told = core.events().split_off(told);
    let named = told.iter().find(|event| event["event"] != "session");
    assert!(named.is_none(), "the screen learns nothing of it: {named:?}");

    assert_eq!(
        enter(core, "0000").await,
        json!({ "outcome": "wrong", "retry_at": null })
    );
    assert_eq!(phase(core).await["phase"], "locked");
    let hidden = core.events().len();
    assert_eq!(enter(core, PIN).await["outcome"], "unlocked");
    core.query("conversation", json!(conversation)).await;
    let told = core.events().split_off(hidden);
    assert!(
        told.iter().any(|event| event["event"] == "reload"),
        "what was kept from the screen is asked for: {told:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_neither_opens_it_nor_makes_guessing_cheaper() {
    let scene = Scene::open().await;
    choose_pin(&scene.core).await;
    lock(&scene.core).await;
    let scene = scene.restart_core().await;
    assert_eq!(phase(&scene.core).await["phase"], "locked");
    let mut last = Value::Null;
    for wrong in ["0000", "1111", "2222"] {
        last = enter(&scene.core, wrong).await;
    }
    assert!(last["retry_at"].is_i64(), "{last}");
    let scene = scene.restart_core().await;
    let refused = enter(&scene.core, PIN).await;
    assert_eq!(
        (&refused["outcome"], &refused["retry_at"]),
        (&json!("wrong"), &last["retry_at"])
    );
    assert_eq!(phase(&scene.core).await["locked"]["retry_at"], last["retry_at"]);
    scene.core.pass(11).await;
    assert_eq!(enter(&scene.core, PIN).await["outcome"], "unlocked");

    // Another PIN takes the one there is.
    let other = json!({ "pin": "0815", "current": "0000" });
    assert_eq!(scene.core.mutate("set_pin", other).await["outcome"], "wrong");
    let other = json!({ "pin": "0815", "current": PIN });
    assert_eq!(scene.core.mutate("set_pin", other).await["outcome"], "done");
    lock(&scene.core).await;
    assert_eq!(enter(&scene.core, PIN).await["outcome"], "wrong");
    assert_eq!(enter(&scene.core, "0815").await["outcome"], "unlocked");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_locks_by_itself_when_nobody_is_there_and_signing_out_takes_the_pin_away() {
    let scene = Scene::open().await;
    let core = &scene.core;
    let mut settings = core.query("session", Value::Null).await["settings"].clone();
    settings["lock_after_minutes"] = json!(5);
    core.mutate("save_settings", settings).await;
    core.pass(400).await;
    assert_eq!(
        phase(core).await["phase"],
        "ready",
        "without a PIN nobody could open it"
    );
    choose_pin(core).await;
    core.pass(200).await;
    // Whatever is pressed says that somebody is there.
    core.mutate("opened", json!({ "account": 1, "id": 1 })).await;
    core.pass(200).await;
    assert_eq!(phase(core).await["phase"], "ready", "somebody was there");
    core.pass(101).await;
    assert_eq!(phase(core).await["phase"], "locked");

    let left = core.mutate("sign_out", json!({ "discard_unsent": false })).await;
    assert_eq!(left["outcome"], "signed_out", "{left}");
    let session = core.query("session", Value::Null).await;
    assert_eq!(
        (&session["phase"]["phase"], &session["has_pin"]),
        (&json!("signed_out"), &json!(false))
    );
}
