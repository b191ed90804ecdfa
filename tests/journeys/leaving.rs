//! Leaving with unsent work, coming back to it, and work whose conversation is gone.

use crate::scene::Scene;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_asks_about_what_was_not_sent() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    scene.send(conversation, "Not sent yet").await;
    for request in [
        json!({ "discard_unsent": false }),
        json!({ "discard_unsent": false, "account": conversation.account }),
    ] {
        let asked = scene.core.mutate("sign_out", request).await;
        assert_eq!(asked, json!({ "outcome": "has_unsent", "count": 1 }));
    }
    assert_eq!(
        scene.core.timeline(conversation).await["pending"][0]["text"],
        "Not sent yet"
    );
    let left = scene
        .core
        .mutate("sign_out", json!({ "discard_unsent": true }))
        .await;
    assert_eq!(left, json!({ "outcome": "signed_out" }));
    let session = scene.core.query("session", Value::Null).await;
    assert_eq!(session["phase"]["phase"], "signed_out");
    assert_eq!(session["unsent"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_ended_keeps_its_work_until_the_same_person_is_back() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let login = scene.desk.login("agent").clone();
    // Another machine asked for a new token: this one's is no longer good.
    scene
        .desk
        .post(
            "/api/v1/profile/reset_access_token",
            &json!({}),
            &login.access_token,
        )
        .await;
    scene.send(conversation, "Still mine").await;
    scene
        .core
        .until("the login to have ended", async || {
            let session = scene.core.query("session", Value::Null).await;
            let accounts = session["accounts"].as_array()?.clone();
            let mine = accounts
                .iter()
                .find(|account| account["key"] == conversation.account.0)?;
            (mine["connection"]["state"] == "signed_out").then_some(())
        })
        .await;
    assert_eq!(scene.unsent().await.len(), 1, "nothing is lost with the token");
    let back = scene
        .core
        .sign_in(scene.desk.url(), &login.email, &login.password)
        .await;
    assert_eq!(back["outcome"], "signed_in", "{back}");
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, ["Still mine"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_for_a_conversation_that_is_gone_is_kept_and_holds_nobody_up() {
    let mut scene = Scene::open().await;
    let gone = scene.mine().await;
    let (looked_at, other) = (scene.mine().await, scene.mine().await);
    scene.desk.kill();
    scene.core.until_offline().await;
    scene.send(gone, "First").await;
    scene.send(gone, "Second").await;
    scene.send(other, "Elsewhere").await;
    scene.core.mutate("mark_unread", json!(looked_at)).await;
    assert_eq!(scene.unsent().await.len(), 4);
    let paths = [gone, looked_at].map(|one| scene.path(&format!("conversations/{}", one.id)));
    scene
        .desk
        .restart_with(async |desk| {
            let token = desk.login("administrator").access_token.clone();
            for path in paths {
                desk.delete(&path, &token).await;
            }
        })
        .await;
    scene.core.until_live().await;
    let stuck = scene
        .core
        .until("only both replies to be left, stuck", async || {
            let unsent = scene.unsent().await;
            let is_stuck = |item: &Value| item["state"] == json!({ "state": "stuck", "reason": "missing" });
            (unsent.len() == 2 && unsent.iter().all(is_stuck)).then_some(unsent)
        })
        .await;
    assert_eq!(stuck[0]["text"], "First", "what was written can still be read");
    assert_eq!(scene.arrived(other).await, ["Elsewhere"]);
    for item in stuck {
        scene
            .core
            .mutate("discard_item", json!({ "item": item["item"] }))
            .await;
    }
    scene.until_nothing_is_unsent().await;
}
