//! The numbers of a period, from what the demo properties really did.

use crate::scene::Scene;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_handed_over_guest_counts_as_such_and_the_coverage_is_said() {
    let scene = Scene::open().await;
    let before = today(&scene).await;
    let conversation = scene.mine().await;
    scene.send(conversation, "Here I am").await;
    let count = |numbers: &Value, name: &str| numbers[name].as_i64().unwrap_or(-1);
    let after = scene
        .core
        .until("the answer to be counted", async || {
            let now = today(&scene).await;
            (count(&now, "transfers") > count(&before, "transfers")).then_some(now)
        })
        .await;
    for name in ["asked", "conversations", "known"] {
        assert_eq!(count(&after, name), count(&before, name) + 1, "{name}");
    }
    let met = |numbers: &Value| numbers["regular"]["met"].as_i64();
    assert_eq!(met(&after), met(&before).map(|met| met + 1), "{after}");
    assert!(count(&after, "whole") <= count(&after, "known"));
}

/// The first property's last hour: what the demo made up lies further back.
async fn today(scene: &Scene) -> Value {
    let name = &scene.desk.facts().accounts[0].name;
    let account = scene.core.account(name).await;
    let now = std::time::UNIX_EPOCH
        .elapsed()
        .expect("the clock is after 1970")
        .as_secs();
    let request = json!({ "account": account, "from": now - 3600, "to": now + 60, "utc_offset": 0 });
    scene.core.query("statistics", request).await
}
