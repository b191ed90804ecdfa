//! Reference §4.

use crate::house::{House, assert_keys, reply};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

fn contents(json: &Value) -> Vec<&str> {
    let messages = json["payload"].as_array().unwrap();
    messages
        .iter()
        .map(|message| message["content"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_message_has_the_shape_of_the_reference_and_echoes_once() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let sent = json!({
        "content": "Welcome", "echo_id": "echo-1", "private": false,
        "content_attributes": { "client_ref": "0198-abc" },
    });
    let (status, json) = house.post(&house.plan.ana, &path, sent).await;
    assert_eq!(status, 200);
    assert_keys(
        &json,
        &[
            "id",
            "content",
            "inbox_id",
            "echo_id",
            "conversation_id",
            "message_type",
            "content_type",
            "status",
            "content_attributes",
            "created_at",
            "private",
            "source_id",
            "sender",
        ],
    );
    assert_eq!(json["echo_id"], "echo-1");
    assert_eq!(json["conversation_id"], id);
    assert_eq!(json["message_type"], 1);
    assert_eq!(json["status"], "sent");
    assert_eq!(json["content_attributes"], json!({ "client_ref": "0198-abc" }));
    assert_keys(
        &json["sender"],
        &[
            "id",
            "name",
            "available_name",
            "avatar_url",
            "type",
            "availability_status",
            "thumbnail",
        ],
    );
    let (_, list) = house.get(&house.plan.ana, &path).await;
    let last = list["payload"].as_array().unwrap().last().unwrap();
    assert_eq!(last["content_attributes"]["client_ref"], "0198-abc", "kept");
    assert!(last.get("echo_id").is_none(), "never again");
    assert_keys(
        &list["meta"],
        &[
            "labels",
            "additional_attributes",
            "contact",
            "agent_last_seen_at",
            "assignee_last_seen_at",
        ],
    );
}

#[tokio::test]
async fn the_server_never_removes_duplicates() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let sent = json!({ "content": "Twice", "echo_id": "same" });
    house.post(&house.plan.ana, &path, sent.clone()).await;
    house.post(&house.plan.ana, &path, sent).await;
    let (_, ledger) = house.plain(Method::GET, "/test/ledger", json!(null)).await;
    let mine: Vec<&Value> = ledger["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|message| message["echo_id"] == "same")
        .collect();
    assert_eq!(mine.len(), 2);
    assert_eq!(mine[0]["echo_count"], 2);
}

#[tokio::test]
async fn pages_go_back_and_forth() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "0").await;
    for number in 1..130 {
        house.guest_writes(id, &number.to_string()).await;
    }
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    let (_, newest) = house.get(ana, &path).await;
    assert_eq!(contents(&newest).len(), 20);
    assert_eq!((contents(&newest)[0], contents(&newest)[19]), ("110", "129"));
    let first = newest["payload"][0]["id"].as_i64().unwrap();
    let (_, older) = house.get(ana, &format!("{path}?before={first}")).await;
    assert_eq!((contents(&older)[0], contents(&older)[19]), ("90", "109"));
    let zero = first - 110;
    let (_, after) = house.get(ana, &format!("{path}?after={zero}")).await;
    assert_eq!(contents(&after).len(), 100, "at most 100");
    assert_eq!(contents(&after)[0], "1", "oldest first");
    let (_, between) = house
        .get(ana, &format!("{path}?after={zero}&before={}", zero + 3))
        .await;
    assert_eq!(contents(&between), ["0", "1", "2"], "from A on, before B");
    let (_, past) = house.get(ana, &format!("{path}?after={}", first + 19)).await;
    assert!(contents(&past).is_empty());
}

#[tokio::test]
async fn internal_messages_can_be_left_out() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}");
    let ana = &house.plan.ana;
    house
        .post(
            ana,
            &format!("{path}/messages"),
            json!({ "content": "note", "private": true }),
        )
        .await;
    house
        .post(ana, &format!("{path}/labels"), json!({ "labels": ["vip"] }))
        .await;
    let (_, all) = house.get(ana, &format!("{path}/messages")).await;
    assert_eq!(contents(&all), ["hi", "note", "Ana added vip"]);
    let (_, public) = house
        .get(ana, &format!("{path}/messages?filter_internal_messages=true"))
        .await;
    assert_eq!(contents(&public), ["hi"]);
}

#[tokio::test]
async fn kinds_of_messages_are_checked() {
    let house = House::open().await;
    let web = house.guest_starts(house.plan.web, "hi").await;
    let phone = house.guest_starts(house.plan.phone, "hi").await;
    let ana = &house.plan.ana;
    let path = |id: i64| format!("/conversations/{id}/messages");
    let incoming = json!({ "content": "from me", "message_type": "incoming" });
    let (status, json) = house.post(ana, &path(web), incoming.clone()).await;
    assert_eq!(status, 200);
    assert_eq!(json["sender"]["type"], "contact");
    let error = "Incoming messages are only allowed in Api inboxes";
    assert_eq!(
        house.post(ana, &path(phone), incoming).await,
        (422, json!({ "error": error }))
    );
    let nonsense = json!({ "content": "x", "message_type": "shout" });
    assert_eq!(
        house.post(ana, &path(web), nonsense).await,
        (422, json!({ "error": "'shout' is not a valid message_type" }))
    );
    let long = json!({ "content": "x".repeat(150_001) });
    let (status, json) = house.post(ana, &path(web), long).await;
    assert_eq!(status, 422);
    assert!(json["error"].as_str().unwrap().starts_with("Validation failed: "));
}

#[tokio::test]
async fn two_hundred_messages_a_minute_are_enough() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    for number in 0..199 {
        house.guest_writes(id, &number.to_string()).await;
    }
    let path = format!("/conversations/{id}/messages");
    let refused = house
        .post(&house.plan.ana, &path, json!({ "content": "x" }))
        .await;
    assert_eq!(
        refused,
        (422, json!({ "error": "Validation failed: Too many messages" }))
    );
    house.advance(61).await;
    assert_eq!(
        house
            .post(&house.plan.ana, &path, json!({ "content": "x" }))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn naming_the_answered_message_fills_both_ids() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    let target = json!({ "content": "a", "source_id": "ext-1" });
    let (_, target) = house.post(ana, &path, target).await;
    let answers = async |attributes: Value| {
        let sent = json!({ "content": "b", "content_attributes": attributes });
        house.post(ana, &path, sent).await.1["content_attributes"].clone()
    };
    let both = json!({ "in_reply_to": target["id"], "in_reply_to_external_id": "ext-1" });
    assert_eq!(answers(json!({ "in_reply_to": target["id"] })).await, both);
    assert_eq!(answers(json!({ "in_reply_to_external_id": "ext-1" })).await, both);
    let neither = json!({ "in_reply_to": null, "in_reply_to_external_id": null });
    assert_eq!(answers(json!({ "in_reply_to": 999_999 })).await, neither);
}

#[tokio::test]
async fn variables_in_outgoing_text_are_filled_in() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "{{contact.name}}").await;
    let path = format!("/conversations/{id}/messages");
    let sent = json!({ "content": "Dear {{contact.first_name}}, `{{x}}` {{agent.name}}{{unknown}}" });
    let (_, json) = house.post(&house.plan.ana, &path, sent).await;
    assert_eq!(json["content"], "Dear Test, `{{x}}` Ana");
    assert_eq!(
        house.lines(id).await[0],
        "{{contact.name}}",
        "incoming text is left alone"
    );
}

#[tokio::test]
async fn a_deleted_message_keeps_its_row() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    let (_, sent) = house
        .post(
            ana,
            &path,
            json!({ "content": "oops", "content_attributes": { "client_ref": "r" } }),
        )
        .await;
    let one = format!("{path}/{}", sent["id"]);
    let (status, json) = house.delete(ana, &one).await;
    assert_eq!(status, 200);
    assert_eq!(json["content"], "This message was deleted");
    assert_eq!(json["content_attributes"], json!({ "deleted": true }));
    assert_eq!(house.delete(ana, &format!("{path}/999999")).await.0, 404);
    let retry = house.post(ana, &format!("{path}/999999/retry"), json!({})).await;
    assert_eq!(retry.0, 422, "not 404");
}

#[tokio::test]
async fn the_delivery_status_is_changed_on_api_inboxes_only() {
    let house = House::open().await;
    let web = house.guest_starts(house.plan.web, "hi").await;
    let phone = house.guest_starts(house.plan.phone, "hi").await;
    let ana = &house.plan.ana;
    let send = async |id: i64| {
        let path = format!("/conversations/{id}/messages");
        let (_, sent) = house.post(ana, &path, json!({ "content": "a" })).await;
        format!("{path}/{}", sent["id"])
    };
    let one = send(web).await;
    let (_, json) = house
        .patch(
            ana,
            &one,
            json!({ "status": "failed", "external_error": "no route" }),
        )
        .await;
    assert_eq!(json["status"], "failed");
    assert_eq!(json["content_attributes"]["external_error"], "no route");
    let (_, json) = house.patch(ana, &one, json!({ "status": "read" })).await;
    assert_eq!(json["status"], "read");
    assert!(json["content_attributes"].get("external_error").is_none());
    for unchanged in ["delivered", "nonsense"] {
        let (status, json) = house.patch(ana, &one, json!({ "status": unchanged })).await;
        assert_eq!((status, &json["status"]), (200, &json!("read")), "{unchanged}");
    }
    let error = "Message status update is only allowed for API inboxes";
    let refused = house
        .patch(ana, &send(phone).await, json!({ "status": "read" }))
        .await;
    assert_eq!(refused, (403, json!({ "error": error })));
}

#[tokio::test]
async fn files_travel_with_a_message() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let picture = Part::bytes(vec![137, 80, 78, 71]).file_name("view.png");
    let page = Part::bytes(b"<script>alert(1)</script>".to_vec()).file_name("page.html");
    let form = Form::new()
        .text("content", "Your room")
        .text("content_attributes", r#"{"client_ref":"r-1"}"#)
        .part("attachments[]", picture.mime_str("image/png").unwrap())
        .part("attachments[]", page.mime_str("text/html").unwrap());
    let client = reqwest::Client::new();
    let path = house.of_account(&format!("/conversations/{id}/messages"));
    let response = client
        .post(house.url(&path))
        .header("api_access_token", &house.plan.ana.access_token)
        .multipart(form)
        .send()
        .await
        .unwrap();
    let (status, json) = reply(response).await;
    assert_eq!(status, 200, "{json}");
    assert_eq!(json["content_attributes"], json!({ "client_ref": "r-1" }));
    let files = json["attachments"].as_array().unwrap();
    assert_eq!(files[0]["file_type"], "image");
    assert_eq!(files[0]["extension"], "png");
    assert_eq!(files[0]["file_size"], 4);
    assert_eq!(files[1]["file_type"], "file");
    let fetched = client
        .get(files[0]["data_url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(fetched.headers()["content-type"], "image/png");
    assert_eq!(fetched.bytes().await.unwrap().as_ref(), [137, 80, 78, 71]);
    let fetched = client
        .get(files[1]["data_url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(
        fetched.headers()["content-disposition"],
        "attachment",
        "no upload runs as a page"
    );
    let (_, list) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/attachments"))
        .await;
    assert_eq!(list["meta"], json!({ "total_count": 2 }));
    assert_eq!(list["payload"][0]["message_id"], json["id"]);
}
