//! Reference §2 and §8: the account and its lists.

use crate::house::{House, assert_keys};
use serde_json::{Value, json};

#[tokio::test]
async fn the_account_with_its_cache_keys() {
    let house = House::open().await;
    let (status, json) = house.get(&house.plan.ana, "/").await;
    assert_eq!(status, 200);
    assert_eq!(json["name"], "Hotel Adler");
    assert_eq!(json["latest_chatwoot_version"], json!(null));
    let never = json!({ "label": "0000000000", "inbox": "0000000000", "team": "0000000000" });
    assert_eq!(json["cache_keys"], never);
    let (_, json) = house.get(&house.plan.ana, "/cache_keys").await;
    assert_eq!(json, json!({ "cache_keys": never }));
    let label = json!({ "label": { "title": "VIP" } });
    let (status, made) = house.post(&house.plan.admin, "/labels", label).await;
    assert_eq!(status, 200, "creation answers 200");
    assert_keys(&made, &["id", "title", "description", "color", "show_on_sidebar"]);
    assert_eq!(made["title"], "vip", "titles are lower-case");
    assert_eq!(made["color"], "#1f93ff");
    let (_, json) = house.get(&house.plan.ana, "/cache_keys").await;
    assert_eq!(json["cache_keys"]["label"].as_str().unwrap().len(), 10);
    assert_ne!(json["cache_keys"]["label"], "0000000000");
}

#[tokio::test]
async fn writes_of_administrators_are_denied_to_agents_with_401() {
    let house = House::open().await;
    let denied = (
        401,
        json!({ "error": "You are not authorized to do this action" }),
    );
    let ana = &house.plan.ana;
    assert_eq!(
        house.post(ana, "/labels", json!({ "title": "vip" })).await,
        denied
    );
    assert_eq!(house.patch(ana, "", json!({ "name": "Mine" })).await, denied);
    let (_, made) = house
        .post(&house.plan.admin, "/labels", json!({ "title": "vip" }))
        .await;
    let path = format!("/labels/{}", made["id"]);
    assert_eq!(house.get(ana, &path).await, denied, "even showing one label");
    assert_eq!(house.get(&house.plan.admin, &path).await.0, 200);
}

#[tokio::test]
async fn a_taken_label_is_invalid() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    house.post(admin, "/labels", json!({ "title": "vip" })).await;
    let (status, json) = house.post(admin, "/labels", json!({ "title": "Vip" })).await;
    assert_eq!(status, 422);
    assert_eq!(json["attributes"], json!(["title"]));
    assert_eq!(json["message"], "Title has already been taken");
}

#[tokio::test]
async fn agents_are_a_bare_array_by_name() {
    let house = House::open().await;
    let (_, json) = house.get(&house.plan.ana, "/agents").await;
    let names: Vec<&str> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|agent| agent["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Ada", "Ana", "Ben"]);
    assert_keys(
        &json[0],
        &[
            "id",
            "account_id",
            "availability_status",
            "auto_offline",
            "confirmed",
            "custom_role_id",
            "email",
            "provider",
            "available_name",
            "name",
            "role",
            "thumbnail",
        ],
    );
}

#[tokio::test]
async fn inboxes_are_those_one_may_see() {
    let house = House::open().await;
    let names = |json: &Value| -> Vec<String> {
        let inboxes = json["payload"].as_array().unwrap();
        inboxes
            .iter()
            .map(|inbox| inbox["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let (_, all) = house.get(&house.plan.admin, "/inboxes").await;
    assert_eq!(names(&all), ["AI chat", "Phone", "Web chat"]);
    let (_, his) = house.get(&house.plan.ben, "/inboxes").await;
    assert_eq!(names(&his), ["Web chat"]);
    assert_eq!(
        his["payload"][0]["inbox_identifier"],
        house.plan.web_identifier.as_str()
    );
    assert!(
        his["payload"][0]["phone_number"].is_null(),
        "present on every inbox"
    );
    let phone = format!("/inboxes/{}", house.plan.phone);
    assert_eq!(house.get(&house.plan.ben, &phone).await.0, 401);
    let (_, shown) = house.get(&house.plan.ana, &phone).await;
    assert_eq!(shown["phone_number"], "+4930123456");
    assert!(shown.get("provider_config").is_none(), "administrators only");
    let (_, shown) = house.get(&house.plan.admin, &phone).await;
    assert!(shown.get("provider_config").is_some());
    assert_eq!(house.get(&house.plan.admin, "/inboxes/999").await.0, 404);
}

#[tokio::test]
async fn the_bot_of_an_inbox_shows_its_token_as_a_record_to_administrators() {
    let house = House::open().await;
    let path = |id: i64| format!("/inboxes/{id}/agent_bot");
    let (_, none) = house.get(&house.plan.ana, &path(house.plan.web)).await;
    assert_eq!(none, json!({}));
    let (_, bot) = house.get(&house.plan.admin, &path(house.plan.ai)).await;
    assert_eq!(bot["agent_bot"]["name"], "Concierge");
    assert_eq!(
        bot["agent_bot"]["access_token"]["token"],
        house.plan.bot_token.as_str()
    );
    let (_, bots) = house.get(&house.plan.admin, "/agent_bots").await;
    assert_eq!(bots[0]["access_token"], house.plan.bot_token.as_str());
}

#[tokio::test]
async fn assignable_are_common_members_and_administrators() {
    let house = House::open().await;
    let path = format!(
        "/assignable_agents?inbox_ids[]={}&inbox_ids[]={}",
        house.plan.web, house.plan.phone
    );
    let (_, json) = house.get(&house.plan.ana, &path).await;
    let ids: Vec<i64> = json["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|agent| agent["id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [house.plan.admin.id, house.plan.ana.id]);
    assert_eq!(house.get(&house.plan.ana, "/assignable_agents").await.0, 404);
    assert_eq!(house.get(&house.plan.ben, &path).await.0, 401);
    let unknown = "/assignable_agents?inbox_ids[]=999";
    assert_eq!(house.get(&house.plan.ana, unknown).await.0, 404);
}

#[tokio::test]
async fn teams_say_whether_one_is_in_them() {
    let house = House::open().await;
    let (_, json) = house.get(&house.plan.ana, "/teams").await;
    assert_keys(
        &json[0],
        &[
            "id",
            "name",
            "description",
            "allow_auto_assign",
            "account_id",
            "is_member",
        ],
    );
    assert_eq!(json[0]["name"], "front office");
    assert_eq!(json[0]["is_member"], false);
    let path = format!("/teams/{}/team_members", house.plan.team);
    assert_eq!(house.get(&house.plan.ana, &path).await, (200, json!([])));
}

#[tokio::test]
async fn canned_responses_are_written_by_agents_and_found_in_order() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    for (short_code, content) in [
        ("bye", "See you"),
        ("hi", "Hello"),
        ("oh-hi", "Well"),
        ("x", "say hi"),
    ] {
        let body = json!({ "canned_response": { "short_code": short_code, "content": content } });
        let (status, made) = house.post(ana, "/canned_responses", body).await;
        assert_eq!(status, 200);
        assert!(made["created_at"].as_str().unwrap().ends_with('Z'));
    }
    let (_, found) = house.get(ana, "/canned_responses?search=hi").await;
    let codes: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["short_code"])
        .collect();
    assert_eq!(codes, ["hi", "oh-hi", "x"]);
    let taken = json!({ "short_code": "hi", "content": "again" });
    let (status, json) = house.post(ana, "/canned_responses", taken).await;
    assert_eq!(status, 422);
    assert_eq!(json["message"], "Short code has already been taken");
    let path = format!("/canned_responses/{}", found[0]["id"]);
    let (_, changed) = house.patch(ana, &path, json!({ "content": "Good day" })).await;
    assert_eq!(changed["content"], "Good day");
    assert_eq!(changed["short_code"], "hi");
    assert_eq!(house.delete(ana, &path).await, (200, Value::Null));
    assert_eq!(house.delete(ana, &path).await.0, 404);
}

#[tokio::test]
async fn saved_views_belong_to_one_person() {
    let house = House::open().await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let view = json!({ "custom_filter": { "name": "Mine", "filter_type": "conversation", "query": { "payload": [] } } });
    let (status, made) = house.post(ana, "/custom_filters", view).await;
    assert_eq!(status, 200);
    let path = format!("/custom_filters/{}", made["id"]);
    assert_eq!(house.get(ben, "/custom_filters").await, (200, json!([])));
    assert_eq!(house.get(ben, &path).await.0, 404);
    let (_, list) = house.get(ana, "/custom_filters?filter_type=conversation").await;
    assert_eq!(list[0]["name"], "Mine");
    assert_eq!(
        house.get(ana, "/custom_filters?filter_type=contact").await.1,
        json!([])
    );
    assert_eq!(house.delete(ana, &path).await.0, 204);
}

#[tokio::test]
async fn lists_without_anything_in_them_are_there() {
    let house = House::open().await;
    for path in ["/custom_attribute_definitions", "/dashboard_apps"] {
        assert_eq!(house.get(&house.plan.ana, path).await, (200, json!([])), "{path}");
    }
}
