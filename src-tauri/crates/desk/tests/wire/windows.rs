//! Reference §6 and §4.4: the reply window, and channels that send outward.

use crate::house::House;
use serde_json::{Value, json};

/// The message once its channel has had its say.
async fn settled(house: &House, conversation: i64, message: &Value) -> Value {
    let mut cable = crate::cable::Cable::person(house, &house.plan.admin).await;
    let path = format!("/conversations/{conversation}/messages");
    loop {
        let (_, json) = house.get(&house.plan.admin, &path).await;
        let messages = json["payload"].as_array().unwrap();
        let found = messages.iter().find(|one| one["id"] == message["id"]).unwrap();
        if found["status"] != "sent" {
            return found.clone();
        }
        cable.event("message.updated").await;
    }
}

#[tokio::test]
async fn whatsapp_closes_after_a_day() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    assert_eq!(house.conversation(id).await["can_reply"], true);
    house.advance(24 * 3600 + 1).await;
    assert_eq!(house.conversation(id).await["can_reply"], false);
    house.guest_writes(id, "still here").await;
    assert_eq!(house.conversation(id).await["can_reply"], true);
    let web = house.guest_starts(house.plan.web, "hi").await;
    house.advance(365 * 24 * 3600).await;
    assert_eq!(house.conversation(web).await["can_reply"], true, "no window here");
}

#[tokio::test]
async fn inside_the_window_free_text_is_delivered() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let (_, sent) = house
        .post(&house.plan.ana, &path, json!({ "content": "Hello" }))
        .await;
    assert_eq!(sent["status"], "sent", "200 is not delivered");
    let settled = settled(&house, id, &sent).await;
    assert_eq!(settled["status"], "delivered");
    assert!(settled["source_id"].is_string());
}

#[tokio::test]
async fn outside_the_window_only_templates_go() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    house.advance(25 * 3600).await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    let (status, sent) = house.post(ana, &path, json!({ "content": "Hello" })).await;
    assert_eq!(status, 200, "the server does not refuse it");
    let failed = settled(&house, id, &sent).await;
    assert_eq!(failed["status"], "failed");
    assert_eq!(
        failed["content_attributes"]["external_error"],
        "Template not found or invalid template name"
    );
    let template = json!({
        "content": "Hello from the hotel",
        "template_params": { "name": "hello", "language": "en", "processed_params": { "body": {} } },
    });
    let (_, sent) = house.post(ana, &path, template).await;
    assert_eq!(settled(&house, id, &sent).await["status"], "delivered");
    let array = json!({ "content": "x", "template_params": { "name": "hello", "processed_params": [] } });
    assert_eq!(house.post(ana, &path, array).await.0, 422);
}
