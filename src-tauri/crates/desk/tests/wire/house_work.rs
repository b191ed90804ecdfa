//! Reference §2.1 and §3.4: uploads, drafts, bulk actions, transcripts, the assistant of an inbox.

use crate::house::{House, Person, assert_keys, reply};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// Uploads a small file; answers what the server said.
pub async fn upload(house: &House, person: &Person, name: &str) -> Value {
    let part = Part::bytes(b"%PDF-1.7".to_vec()).file_name(name.to_owned());
    let form = Form::new().part("attachment", part.mime_str("application/pdf").unwrap());
    let sent = reqwest::Client::new()
        .post(house.url(&house.of_account("/upload")))
        .header("api_access_token", &person.access_token)
        .multipart(form);
    let (status, json) = reply(sent.send().await.unwrap()).await;
    assert_eq!(status, 200, "{json}");
    json
}

#[tokio::test]
async fn upload_answers_an_address_and_an_id_for_messages() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let uploaded = upload(&house, ana, "bill.pdf").await;
    assert_keys(&uploaded, &["file_url", "blob_id"]);
    let fetched = reqwest::get(uploaded["file_url"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(fetched.bytes().await.unwrap().as_ref(), b"%PDF-1.7");
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let body = json!({ "content": "Your bill", "attachments": [uploaded["blob_id"]] });
    let (status, sent) = house.post(ana, &path, body).await;
    assert_eq!(status, 200, "{sent}");
    assert_eq!(sent["attachments"][0]["extension"], "pdf");
    let unknown = json!({ "attachments": ["unknown"] });
    assert_eq!(house.post(ana, &path, unknown).await.0, 422);
    let (status, json) = house.post(ana, "/upload", json!({})).await;
    assert_eq!(status, 422);
    assert!(json["error"].is_string());
}

#[tokio::test]
async fn draft_messages_are_one_per_conversation_and_shared() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/draft_messages");
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let none = (200, json!({ "has_draft": false }));
    assert_eq!(house.get(ana, &path).await, none);
    let draft = json!({ "draft_message": { "message": "Dear guest" } });
    assert_eq!(house.patch(ana, &path, draft).await, (200, Value::Null));
    let kept = (200, json!({ "has_draft": true, "message": "Dear guest" }));
    assert_eq!(house.get(ben, &path).await, kept);
    assert_eq!(house.delete(ben, &path).await, (200, Value::Null));
    assert_eq!(house.get(ana, &path).await, none);
    let hidden = house.guest_starts(house.plan.phone, "hi").await;
    let path = format!("/conversations/{hidden}/draft_messages");
    assert_eq!(house.get(ben, &path).await.0, 401);
}

#[tokio::test]
async fn bulk_actions_change_the_conversations_the_list_shows() {
    let house = House::open().await;
    let ben = &house.plan.ben;
    let seen = house.guest_starts(house.plan.web, "one").await;
    let unseen = house.guest_starts(house.plan.phone, "two").await;
    house
        .post(
            ben,
            &format!("/conversations/{seen}/labels"),
            json!({ "labels": ["late"] }),
        )
        .await;
    let until = house.running.desk().now() + 3600;
    let body = json!({
        "type": "Conversation", "ids": [seen, unseen, 999],
        "fields": { "status": "snoozed", "assignee_id": ben.id },
        "labels": { "add": ["vip"], "remove": ["late"] }, "snoozed_until": until,
    });
    assert_eq!(house.post(ben, "/bulk_actions", body).await, (200, Value::Null));
    let json = house.conversation(seen).await;
    assert_eq!(json["status"], "snoozed");
    assert!(json["snoozed_until"].is_string());
    assert_eq!(json["labels"], json!(["vip"]));
    assert_eq!(json["meta"]["assignee"]["id"], ben.id);
    assert_eq!(house.conversation(unseen).await["status"], "open");
    let clear =
        json!({ "type": "Conversation", "ids": [seen], "fields": { "status": null, "assignee_id": null } });
    house.post(ben, "/bulk_actions", clear).await;
    let json = house.conversation(seen).await;
    assert_eq!(json["status"], "snoozed", "a null status is skipped");
    assert!(json["meta"].get("assignee").is_none());
}

#[tokio::test]
async fn bulk_actions_label_and_delete_contacts() {
    let house = House::open().await;
    let (ana, admin) = (&house.plan.ana, &house.plan.admin);
    let (_, made) = house.post(ana, "/contacts", json!({ "name": "Gil" })).await;
    let id = &made["payload"]["contact"]["id"];
    let add = json!({ "type": "Contact", "ids": [id], "labels": { "add": ["vip"] } });
    assert_eq!(house.post(ana, "/bulk_actions", add).await, (200, Value::Null));
    let labels = format!("/contacts/{id}/labels");
    assert_eq!(house.get(ana, &labels).await.1, json!({ "payload": ["vip"] }));
    let remove = json!({ "type": "Contact", "ids": [id], "labels": { "remove": ["vip"] } });
    house.post(ana, "/bulk_actions", remove).await;
    assert_eq!(house.get(ana, &labels).await.1, json!({ "payload": [] }));
    let delete = json!({ "type": "Contact", "ids": [id], "action_name": "delete" });
    assert_eq!(house.post(ana, "/bulk_actions", delete.clone()).await.0, 401);
    assert_eq!(
        house.post(admin, "/bulk_actions", delete).await,
        (200, Value::Null)
    );
    assert_eq!(house.get(ana, &format!("/contacts/{id}")).await.0, 404);
}

#[tokio::test]
async fn bulk_actions_of_another_type_do_not_succeed() {
    let house = House::open().await;
    for body in [json!({ "type": "Account", "ids": [1] }), json!({})] {
        let reply = house.post(&house.plan.ana, "/bulk_actions", body).await;
        assert_eq!(reply, (422, json!({ "success": false })));
    }
}

#[tokio::test]
async fn transcript_wants_an_address_and_then_a_plan() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/transcript");
    let ana = &house.plan.ana;
    let missing = (422, json!({ "error": "email param missing" }));
    assert_eq!(house.post(ana, &path, json!({})).await, missing);
    let plan = json!({ "error": "Email transcript is not available on your plan" });
    let reply = house
        .post(ana, &path, json!({ "email": "guest@example.org" }))
        .await;
    assert_eq!(
        reply,
        (402, plan),
        "the desk sends no mail and does not pretend to"
    );
}

#[tokio::test]
async fn inbox_assistant_is_nobody_here() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/inbox_assistant");
    let reply = house.get(&house.plan.ana, &path).await;
    assert_eq!(reply, (200, json!({ "assistant": null })));
}
