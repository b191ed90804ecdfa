//! Saved views: kept on the server, ordered on this computer, and never applied by half.

use crate::scene::Scene;
use serde_json::{Value, json};

async fn views(scene: &Scene) -> Vec<Value> {
    let all = scene.core.query("saved_views", Value::Null).await;
    all["views"].as_array().cloned().unwrap_or_default()
}

fn names(views: &[Value]) -> Vec<&str> {
    views.iter().filter_map(|view| view["name"].as_str()).collect()
}

/// The person's own views on the desk.
async fn kept(scene: &Scene) -> Vec<Value> {
    let path = format!("/api/v1/accounts/{}/custom_filters", scene.account_id);
    let token = &scene.desk.login("agent").access_token;
    let kept = scene.desk.get(&path, token).await;
    kept.as_array().cloned().unwrap_or_default()
}

fn leads() -> Value {
    json!({ "view": "all", "period": { "kind": "week" }, "all_properties": false, "filter": {
        "channels": [], "statuses": ["lead"], "topics": [], "labels": ["vip"], "assigned": [],
        "active_from": null, "active_until": null } })
}

async fn save(scene: &Scene, account: &Value, name: &str) -> Value {
    let request = json!({ "account": account, "view": null, "name": name, "filter": leads() });
    scene.core.mutate("save_view", request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn l8_a_view_is_saved_renamed_ordered_and_deleted() {
    let scene = Scene::open().await;
    let property = scene.desk.facts().accounts[0].name.clone();
    let account = json!(scene.core.account(&property).await);
    for name in ["Leads", "  Guests to call  "] {
        assert_eq!(save(&scene, &account, name).await["outcome"], "done");
    }
    assert_eq!(save(&scene, &account, "   ").await["outcome"], "refused");
    let all = views(&scene).await;
    assert_eq!(names(&all), ["Leads", "Guests to call"]);
    assert_eq!(all[0]["filter"], leads());
    // Other clients of the server find their own words.
    let on_desk = kept(&scene).await;
    assert_eq!(names(&on_desk), ["Leads", "Guests to call"]);
    assert_eq!(on_desk[0]["query"]["payload"][1]["values"], json!(["vip"]));

    let rename = json!({ "account": account, "view": all[0]["view"], "name": "New leads", "filter": null });
    assert_eq!(scene.core.mutate("save_view", rename).await["outcome"], "done");
    let turned = json!({ "views": [all[1]["view"], all[0]["view"]] });
    scene.core.mutate("order_views", turned).await;
    let scene = scene.restart_core().await;
    let all = views(&scene).await;
    assert_eq!(names(&all), ["Guests to call", "New leads"]);
    assert_eq!(all[1]["filter"], leads(), "a new name changes no filter");

    scene.core.until_live().await;
    let gone = scene.core.mutate("delete_view", all[0]["view"].clone()).await;
    assert_eq!(gone["outcome"], "done");
    assert_eq!(names(&kept(&scene).await), ["New leads"]);
    assert_eq!(names(&views(&scene).await), ["New leads"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn l8_what_another_client_filters_by_is_named_and_not_applied() {
    let scene = Scene::open().await;
    let clause = |key: &str| json!({ "attribute_key": key, "filter_operator": "equal_to", "values": ["AT"], "query_operator": "and" });
    let view = json!({ "name": "From Austria", "filter_type": "conversation",
        "query": { "payload": [clause("labels"), clause("country_code")] } });
    let path = format!("/api/v1/accounts/{}/custom_filters", scene.account_id);
    let token = scene.desk.login("agent").access_token.clone();
    scene
        .desk
        .post(&path, &json!({ "custom_filter": view }), &token)
        .await;
    let scene = scene.restart_core().await;
    let all = scene
        .core
        .until("the view", async || {
            let all = views(&scene).await;
            (!all.is_empty()).then_some(all)
        })
        .await;
    assert_eq!(names(&all), ["From Austria"]);
    assert_eq!(all[0]["filter"], Value::Null);
    assert_eq!(all[0]["unknown"], json!(["country_code"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn l8_without_a_connection_nothing_is_changed_and_the_views_stay() {
    let mut scene = Scene::open().await;
    let property = scene.desk.facts().accounts[0].name.clone();
    let account = json!(scene.core.account(&property).await);
    assert_eq!(save(&scene, &account, "Leads").await["outcome"], "done");
    scene.desk.kill();
    scene.core.until_offline().await;
    assert_eq!(save(&scene, &account, "Lost").await["outcome"], "offline");
    assert_eq!(names(&views(&scene).await), ["Leads"]);
}
