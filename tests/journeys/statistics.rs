//! The numbers of a period, from what the demo properties really did.

use crate::scene::Scene;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_was_taken_over_counts_as_such_and_the_coverage_is_said() {
    let scene = Scene::open().await;
    // Nothing the demo made up lies in this period.
    let from = now() + 1;
    while now() < from {
        tokio::task::yield_now().await;
    }
    let conversation = scene.mine().await;
    scene.send(conversation, "Here I am").await;
    let numbers = scene
        .core
        .until("the answer to be counted", async || {
            let numbers = numbers_since(&scene, from).await;
            (numbers["transfers"] == 1).then_some(numbers)
        })
        .await;
    for name in ["asked", "conversations", "known"] {
        assert_eq!(numbers[name], 1, "{name}: {numbers}");
    }
    assert_eq!(numbers["regular"], json!({ "met": 1, "missed": 0 }));
    assert_eq!(numbers["bookings"], 0);
}

fn now() -> u64 {
    let elapsed = std::time::UNIX_EPOCH.elapsed();
    elapsed.expect("the clock is after 1970").as_secs()
}

async fn numbers_since(scene: &Scene, from: u64) -> Value {
    let name = &scene.desk.facts().accounts[0].name;
    let account = scene.core.account(name).await;
    let request = json!({ "account": account, "from": from, "to": from + 3600, "utc_offset": 0 });
    scene.core.query("statistics", request).await
}
