//! A guest needs a person: it rings once, however it was learned, and stops when somebody takes it.

use crate::scene::Scene;
use serde_json::json;

const COMPLAINT: &str = "I want my money back, the room was dirty";

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_rings_once_with_its_reason_and_taking_over_stops_it() {
    let scene = Scene::open().await;
    let waiting = scene.core.status().waiting;
    let conversation = scene.guest_starts(COMPLAINT).await;
    let row = scene
        .core
        .until("the row to say that a person is needed", async || {
            scene.core.row("needs_person", conversation).await
        })
        .await;
    assert_eq!(row["escalated"], true);
    assert!(
        row["reason"].as_str().is_some_and(|reason| !reason.is_empty()),
        "the row says why: {row}"
    );
    // Those who waited before may be rung for meanwhile.
    let rings = async || {
        let mut rings = scene.core.rings();
        rings.retain(|ring| ring.conversation == conversation);
        (!rings.is_empty()).then_some(rings)
    };
    let rang = scene.core.until("the bell", rings).await;
    assert_eq!(rang.len(), 1, "one notification for one escalation");
    assert!(
        !rang[0].body.contains("money"),
        "names and words stay off a shared screen"
    );
    let with_it = scene
        .core
        .until("the tray", async || {
            Some(scene.core.status().waiting).filter(|now| *now > waiting)
        })
        .await;
    let outcome = scene.core.mutate("take_over", json!(conversation)).await;
    assert_eq!(outcome["outcome"], "done");
    scene
        .core
        .until("the alert to be taken down", async || {
            scene.core.withdrawn().contains(&conversation).then_some(())
        })
        .await;
    scene
        .core
        .until("the tray", async || {
            (scene.core.status().waiting < with_it).then_some(())
        })
        .await;
    assert_eq!(
        rings().await.map(|rang| rang.len()),
        Some(1),
        "and it never rang again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_escalation_while_away_rings_after_the_return_and_once() {
    let mut scene = Scene::open().await;
    let conversation = scene.guest_starts("Hello, when is breakfast?").await;
    let before = scene.core.rings().len();
    scene.desk.kill();
    scene.core.until_offline().await;
    scene
        .desk
        .restart_with(async |desk| desk.guest_writes(conversation.id.0, COMPLAINT).await)
        .await;
    scene.core.until_live().await;
    let rang = scene
        .core
        .until("the bell", async || {
            let rings = scene.core.rings();
            rings[before..]
                .iter()
                .any(|ring| ring.conversation == conversation)
                .then_some(rings)
        })
        .await;
    assert_eq!(
        rang[before..]
            .iter()
            .filter(|ring| ring.conversation == conversation)
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_seen_before_a_restart_does_not_ring_again() {
    let scene = Scene::open().await;
    let conversation = scene.guest_starts(COMPLAINT).await;
    scene
        .core
        .until("the bell", async || {
            scene
                .core
                .rings()
                .iter()
                .any(|ring| ring.conversation == conversation)
                .then_some(())
        })
        .await;
    let scene = scene.restart_core().await;
    scene.core.until_live().await;
    assert!(
        scene.core.row("needs_person", conversation).await.is_some(),
        "it still waits"
    );
    assert!(
        scene
            .core
            .rings()
            .iter()
            .all(|ring| ring.conversation != conversation),
        "but was told already"
    );
}
