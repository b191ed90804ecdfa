//! Reference §1.3, §2.1, §3.2, §4.6: the smaller calls about oneself and one's account.

use crate::house::{House, Person, Reply, assert_keys, reply};
use reqwest::Method;
use serde_json::{Value, json};

async fn own(house: &House, person: &Person, method: Method, what: &str, body: Value) -> Reply {
    let path = format!("/api/v1/profile{what}");
    reply(house.send(method, &path, &person.access_token, Some(body)).await).await
}

#[tokio::test]
async fn a_new_access_token_ends_the_old_one() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let (status, user) = own(&house, ana, Method::POST, "/reset_access_token", json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(user["id"], ana.id);
    let refused = house.get(ana, "/agents").await;
    assert_eq!(refused, (401, json!({ "error": "Invalid Access Token" })));
    let renewed = Person {
        access_token: user["access_token"].as_str().unwrap().to_owned(),
        ..ana.clone()
    };
    assert_eq!(house.get(&renewed, "/agents").await.0, 200);
    assert_eq!(
        user["pubsub_token"],
        ana.pubsub_token.as_str(),
        "the socket goes on"
    );
}

#[tokio::test]
async fn the_active_account_is_the_one_named_last() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let named = json!({ "profile": { "account_id": house.plan.account } });
    let empty = (200, Value::Null);
    for method in [Method::PUT, Method::POST] {
        assert_eq!(
            own(&house, ana, method, "/set_active_account", named.clone()).await,
            empty
        );
    }
    let (_, user) = own(&house, ana, Method::GET, "", json!({})).await;
    assert_eq!(user["account_id"], house.plan.account);
    assert!(user["accounts"][0]["active_at"].as_str().unwrap().ends_with('Z'));
    let foreign = json!({ "profile": { "account_id": house.plan.other_account } });
    assert_eq!(
        own(&house, ana, Method::PUT, "/set_active_account", foreign)
            .await
            .0,
        500
    );
}

#[tokio::test]
async fn update_active_at_does_the_same_and_checks_who_asks() {
    let house = House::open().await;
    let answer = house.post(&house.plan.ana, "/update_active_at", json!({})).await;
    assert_eq!(answer, (200, Value::Null));
    let (_, user) = own(&house, &house.plan.ana, Method::GET, "", json!({})).await;
    assert!(user["accounts"][0]["active_at"].is_string());
    let stranger = house
        .post(&house.plan.stranger, "/update_active_at", json!({}))
        .await;
    assert_eq!(stranger.0, 401);
}

#[tokio::test]
async fn auto_offline_is_off_when_nothing_is_said() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    for (sent, kept) in [
        (json!(true), true),
        (json!(false), false),
        (json!(true), true),
        (Value::Null, false),
    ] {
        let body = json!({ "profile": { "account_id": house.plan.account, "auto_offline": sent } });
        let (status, user) = own(&house, ana, Method::POST, "/auto_offline", body).await;
        assert_eq!(status, 200);
        assert_eq!(user["accounts"][0]["auto_offline"], kept, "{sent}");
    }
    let foreign = json!({ "profile": { "account_id": house.plan.other_account, "auto_offline": true } });
    assert_eq!(
        own(&house, ana, Method::POST, "/auto_offline", foreign).await.0,
        404
    );
}

#[tokio::test]
async fn what_this_desk_has_none_of_is_listed_empty() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    assert_eq!(house.get(ana, "/dashboard_apps").await, (200, json!([])));
    assert_eq!(
        house.get(ana, "/integrations/apps").await,
        (200, json!({ "payload": [] }))
    );
    let (status, portals) = house.get(ana, "/portals").await;
    assert_eq!((status, &portals["payload"]), (200, &json!([])));
    assert_keys(&portals, &["payload", "meta"]);
}

#[tokio::test]
async fn unread_counts_are_a_feature_that_is_off() {
    let house = House::open().await;
    let (status, json) = house.get(&house.plan.ana, "/conversations/unread_counts").await;
    assert_eq!(status, 403);
    assert!(json["error"].is_string());
}

#[tokio::test]
async fn cache_keys_may_be_kept_for_ten_seconds() {
    let house = House::open().await;
    let path = house.of_account("/cache_keys");
    let answer = house
        .send(Method::GET, &path, &house.plan.ana.access_token, None)
        .await;
    assert_eq!(
        answer.headers()["cache-control"],
        "max-age=10, private, stale-while-revalidate=300"
    );
}

#[tokio::test]
async fn without_an_integration_a_translation_is_nothing() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "Guten Tag").await;
    let ana = &house.plan.ana;
    let (_, messages) = house.get(ana, &format!("/conversations/{id}/messages")).await;
    let path = |message: &Value| format!("/conversations/{id}/messages/{message}/translate");
    let wanted = json!({ "target_language": "en" });
    let answer = house
        .post(ana, &path(&messages["payload"][0]["id"]), wanted.clone())
        .await;
    assert_eq!(answer, (200, json!({ "content": null })));
    assert_eq!(house.post(ana, &path(&json!(999)), wanted).await.0, 404);
}

#[tokio::test]
async fn health_is_told_to_anybody() {
    let house = House::open().await;
    let answer = house.plain(Method::GET, "/health", Value::Null).await;
    assert_eq!(answer, (200, json!({ "status": "woot" })));
}

#[tokio::test]
async fn one_bot_is_shown_as_in_the_list() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let (_, bots) = house.get(admin, "/agent_bots").await;
    let one = house.get(admin, &format!("/agent_bots/{}", house.plan.bot)).await;
    assert_eq!(one, (200, bots[0].clone()));
    let (_, seen) = house
        .get(&house.plan.ana, &format!("/agent_bots/{}", house.plan.bot))
        .await;
    assert!(
        seen.get("access_token").is_none() && seen.get("secret").is_none(),
        "administrators only"
    );
    assert_eq!(house.get(admin, "/agent_bots/999").await.0, 404);
}

#[tokio::test]
async fn labels_are_listed_by_title() {
    let house = House::open().await;
    for title in ["vip", "late"] {
        house
            .post(&house.plan.admin, "/labels", json!({ "title": title }))
            .await;
    }
    let (status, json) = house.get(&house.plan.ana, "/labels").await;
    let titles: Vec<&Value> = json["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["title"])
        .collect();
    assert_eq!((status, titles), (200, vec![&json!("late"), &json!("vip")]));
}

#[tokio::test]
async fn assignable_agents_of_one_inbox_are_those_of_the_list() {
    let house = House::open().await;
    let path = format!("/inboxes/{}/assignable_agents", house.plan.phone);
    let list = format!("/assignable_agents?inbox_ids[]={}", house.plan.phone);
    let (_, wanted) = house.get(&house.plan.ana, &list).await;
    assert_eq!(house.get(&house.plan.ana, &path).await, (200, wanted));
    assert_eq!(house.get(&house.plan.ben, &path).await.0, 401);
}

#[tokio::test]
async fn participants_are_listed_and_taken_out() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let path = format!("/conversations/{id}/participants");
    let both = json!({ "user_ids": [ana.id, ben.id] });
    assert_eq!(house.post(ana, &path, both).await.0, 200);
    let ids = |json: &Value| -> Vec<i64> {
        let people = json.as_array().unwrap().iter();
        people.map(|one| one["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(ids(&house.get(ana, &path).await.1), [ana.id, ben.id]);
    let gone = house
        .delete_with(ana, &path, json!({ "user_ids": [ben.id] }))
        .await;
    assert_eq!(gone, (200, Value::Null));
    assert_eq!(ids(&house.get(ana, &path).await.1), [ana.id]);
}

#[tokio::test]
async fn a_notification_is_unread_again_and_deleted() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    let assignment = json!({ "assignee_id": ana.id });
    house
        .post(
            &house.plan.admin,
            &format!("/conversations/{id}/assignments"),
            assignment,
        )
        .await;
    let (_, json) = house.get(ana, "/notifications").await;
    let path = format!("/notifications/{}", json["data"]["payload"][0]["id"]);
    assert!(house.patch(ana, &path, json!({})).await.1["read_at"].is_string());
    let (status, record) = house.post(ana, &format!("{path}/unread"), json!({})).await;
    assert_eq!((status, &record["read_at"]), (200, &Value::Null));
    assert_eq!(house.delete(&house.plan.ben, &path).await.0, 404, "nobody else's");
    assert_eq!(house.delete(ana, &path).await, (200, Value::Null));
    assert_eq!(
        house.get(ana, "/notifications/unread_count").await,
        (200, json!(0))
    );
}

#[tokio::test]
async fn a_guests_conversations_are_listed_bare_and_shown_one_by_one() {
    let house = House::open().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (_, me) = house.plain(Method::POST, &base, json!({ "name": "Wanda" })).await;
    let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
    let (_, made) = house.plain(Method::POST, &chats, json!({})).await;
    let (status, list) = house.plain(Method::GET, &chats, Value::Null).await;
    assert_eq!((status, list.as_array().unwrap().len()), (200, 1));
    let (status, one) = house
        .plain(Method::GET, &format!("{chats}/{}", made["id"]), Value::Null)
        .await;
    assert_eq!((status, &one), (200, &list[0]));
    let keys = [
        "id",
        "uuid",
        "inbox_id",
        "contact_last_seen_at",
        "status",
        "agent_last_seen_at",
        "messages",
        "contact",
    ];
    assert_keys(&one, &keys);
}
