//! Two properties in one program.

use crate::scene::Scene;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn counts_of_every_view_equal_the_servers_in_each_property() {
    let scene = Scene::open().await;
    let token = scene.desk.login("agent").access_token.clone();
    for property in scene.desk.facts().accounts.clone() {
        let key = scene.core.account(&property.name).await;
        let counts = scene.core.query("counts", json!({ "account": key })).await;
        let told = async |query: &str, count: &str| {
            let path = format!("/api/v1/accounts/{}/conversations/meta?{query}", property.id);
            scene.desk.get(&path, &token).await["meta"][count].clone()
        };
        assert_eq!(
            counts["mine"],
            told("status=open", "mine_count").await,
            "{}: mine",
            property.name
        );
        assert_eq!(
            counts["ai"],
            told("status=pending", "all_count").await,
            "{}: AI handling",
            property.name
        );
        let closed = told("status=resolved", "all_count").await;
        scene
            .core
            .until(
                "older closed conversations to follow in the background",
                async || {
                    let counts = scene.core.query("counts", json!({ "account": key })).await;
                    (counts["closed"] == closed).then_some(())
                },
            )
            .await;
        let unattended = told("status=open&conversation_type=unattended", "unassigned_count").await;
        assert_eq!(
            counts["needs_person"], unattended,
            "{}: needs a person",
            property.name
        );
        let mut all = 0;
        for status in ["open", "pending", "snoozed"] {
            all += told(&format!("status={status}"), "all_count")
                .await
                .as_i64()
                .unwrap_or(0);
        }
        assert_eq!(counts["all"], all, "{}: all", property.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_properties_stay_in_step_at_once() {
    let scene = Scene::open().await;
    for property in scene.desk.facts().accounts.clone() {
        let id = scene.desk.guest_starts(property.id, "Good morning").await;
        let key = scene.core.account(&property.name).await;
        let conversation = deskbell_domain::ConversationRef::new(key, id.into());
        let view = scene
            .core
            .until("the message to arrive", async || {
                scene
                    .core
                    .try_query("conversation", json!(conversation))
                    .await
                    .ok()
            })
            .await;
        assert_eq!(
            view["property"],
            Value::from(property.name),
            "never under the other name"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_found_and_open_without_the_server() {
    let mut scene = Scene::open().await;
    let conversation = scene
        .guest_starts("Do you have a quiet room with a balcony?")
        .await;
    scene.core.mutate("opened", json!(conversation)).await;
    scene.desk.kill();
    scene.core.until_offline().await;
    let timeline = scene.core.timeline(conversation).await;
    assert_eq!(
        timeline["messages"][0]["text"],
        "Do you have a quiet room with a balcony?"
    );
    let found = scene
        .core
        .query(
            "search",
            json!({ "text": "balcon", "account": null, "limit": 20 }),
        )
        .await;
    let hits = found["hits"].as_array().cloned().unwrap_or_default();
    assert!(
        hits.iter().any(|hit| hit["row"]["id"] == conversation.id.0),
        "found by the start of a word: {found}"
    );
    let session = scene.core.query("session", Value::Null).await;
    assert!(
        session["accounts"][0]["connection"]["as_of"].is_i64(),
        "and it says as of when"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn n3_a_template_is_that_of_the_conversations_property() {
    let scene = Scene::open().await;
    let token = scene.desk.login("agent").access_token.clone();
    let words = |property: &str| format!("This is where one parks at {property}");
    for property in &scene.desk.facts().accounts {
        let canned = json!({ "short_code": "where_to_park", "content": words(&property.name) });
        let path = format!("/api/v1/accounts/{}/canned_responses", property.id);
        scene.desk.post(&path, &canned, &token).await;
    }
    // Templates are read at each start.
    let scene = scene.restart_core().await;
    for property in scene.desk.facts().accounts.clone() {
        let id = scene.desk.guest_starts(property.id, "Where can I park?").await;
        let key = scene.core.account(&property.name).await;
        let conversation = deskbell_domain::ConversationRef::new(key, id.into());
        let request = json!({ "conversation": conversation, "text": "where_to_park" });
        let found = scene
            .core
            .until("the conversation and its template", async || {
                scene
                    .core
                    .try_query("conversation", json!(conversation))
                    .await
                    .ok()?;
                let found = scene.core.try_query("templates", request.clone()).await.ok()?;
                found.as_array().filter(|found| !found.is_empty()).cloned()
            })
            .await;
        let contents: Vec<&Value> = found.iter().map(|one| &one["content"]).collect();
        assert_eq!(contents, [&Value::from(words(&property.name))]);
    }
}
