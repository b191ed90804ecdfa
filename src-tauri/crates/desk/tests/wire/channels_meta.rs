//! WhatsApp, Messenger and Instagram, both ways, in Meta's form.

use crate::house::House;
use crate::provider::{Line, SECRET, Say, TOKEN, VERIFY, post_events, says, until_status, whatsapp};
use crate::signed;
use serde_json::{Value, json};

const GUEST: &str = "4915112345678";

fn from_page(sender: &str, event: Value) -> Value {
    let mut event = event;
    event["sender"] = json!({ "id": sender });
    json!({ "object": "page", "entry": [{ "id": "77", "messaging": [event] }] })
}

#[tokio::test]
async fn the_webhook_is_verified_by_its_word() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let ask = async |word: &str, mode: &str| {
        let query = format!("hub.mode={mode}&hub.verify_token={word}&hub.challenge=42");
        let answer = reqwest::get(house.url(&format!("/webhooks/meta/{}?{query}", line.id)))
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(ask(VERIFY, "subscribe").await, (200, "42".to_owned()));
    assert_eq!(ask("wrong", "subscribe").await.0, 401);
    assert_eq!(ask("", "subscribe").await.0, 401);
    assert_eq!(ask(VERIFY, "unsubscribe").await.0, 401);
}

#[tokio::test]
async fn a_guest_writes_on_whatsapp_and_the_answer_is_delivered_and_read() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let message = json!({ "id": "wamid.in", "from": GUEST, "type": "text", "text": { "body": "Hello" } });
    let contact = json!({ "wa_id": GUEST, "profile": { "name": "Ida Berg" } });
    let events = whatsapp(json!({ "contacts": [contact], "messages": [message] }));
    for _ in 0..2 {
        assert_eq!(line.events(&house, &events).await, 200);
    }
    let id = line.conversation(&house).await;
    assert_eq!(house.lines(id).await, ["Hello"], "brought twice, there once");
    let sender = house.conversation(id).await["meta"]["sender"].clone();
    assert_eq!(sender["name"], "Ida Berg");
    assert_eq!(sender["phone_number"], format!("+{GUEST}"));
    let sent = says(&house, id, json!({ "content": "Welcome" })).await;
    let came = line.provider.next().await;
    assert_eq!(came.path, "/77/messages");
    assert_eq!(came.header("authorization"), format!("Bearer {TOKEN}"));
    let json = came.json();
    assert_eq!(json["to"], GUEST);
    assert_eq!(json["text"]["body"], "Welcome");
    let named = json["biz_opaque_callback_data"].clone();
    for status in ["delivered", "read", "delivered", "failed"] {
        let error = json!([{ "code": 131_026, "title": "Message undeliverable" }]);
        let one = json!({
            "id": "wamid.1", "status": status, "recipient_id": GUEST, "errors": error,
            "biz_opaque_callback_data": named,
        });
        assert_eq!(
            line.events(&house, &whatsapp(json!({ "statuses": [one] }))).await,
            200
        );
    }
    let read = until_status(&house, id, &sent, "read").await;
    assert!(
        read["content_attributes"].get("external_error").is_none(),
        "never backwards"
    );
    let (_, json) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
        .await;
    assert_eq!(json["payload"][1]["status"], "read");
}

#[tokio::test]
async fn undeliverable_it_fails_with_metas_words() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    line.whatsapped(&house, "wamid.in", GUEST, "Hello").await;
    let id = line.conversation(&house).await;
    let sent = says(&house, id, json!({ "content": "Welcome" })).await;
    line.provider.next().await;
    until_source(&house, id, &sent).await;
    let error = json!([{ "code": 131_026, "title": "Message undeliverable" }]);
    let one = json!({ "id": "wamid.1", "status": "failed", "errors": error });
    line.events(&house, &whatsapp(json!({ "statuses": [one] }))).await;
    let failed = until_status(&house, id, &sent, "failed").await;
    let error = &failed["content_attributes"]["external_error"];
    assert_eq!(error, "131026: Message undeliverable");
    let refusal = json!({ "error": { "code": 190, "message": "Access token expired" } });
    line.provider.say(Say::Status(401, refusal));
    let sent = says(&house, id, json!({ "content": "Again" })).await;
    let failed = until_status(&house, id, &sent, "failed").await;
    assert_eq!(
        failed["content_attributes"]["external_error"],
        "190: Access token expired"
    );
}

/// The provider's answer was read.
async fn until_source(house: &House, conversation: i64, message: &Value) {
    let mut cable = crate::cable::Cable::person(house, &house.plan.admin).await;
    loop {
        let (_, json) = house
            .get(
                &house.plan.admin,
                &format!("/conversations/{conversation}/messages"),
            )
            .await;
        let all = json["payload"].as_array().unwrap();
        if all
            .iter()
            .any(|one| one["id"] == message["id"] && one["source_id"].is_string())
        {
            return;
        }
        cable.event("message.updated").await;
    }
}

#[tokio::test]
async fn what_is_not_signed_is_refused_and_not_kept() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let url = house.url(&format!("/webhooks/meta/{}", line.id));
    let message = json!({ "id": "wamid.in", "from": GUEST, "type": "text", "text": { "body": "Hello" } });
    let body = whatsapp(json!({ "messages": [message] })).to_string();
    for signature in [
        String::new(),
        "sha256=00".to_owned(),
        signed::sha256("another", &body),
        signed::sha256(SECRET, "{}"),
    ] {
        assert_eq!(post_events(&url, body.clone(), &signature).await, 401);
    }
    assert_eq!(line.conversations(&house).await, Vec::<i64>::new());
    let garbled = "{";
    assert_eq!(
        post_events(&url, garbled.to_owned(), &signed::sha256(SECRET, garbled)).await,
        400
    );
}

#[tokio::test]
async fn a_picture_is_fetched_through_its_id() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let url = line.provider.keep("/media/bytes", "image/png", b"picture");
    line.provider
        .tell("/m1", json!({ "url": url, "mime_type": "image/png" }));
    let message = json!({
        "id": "wamid.in", "from": GUEST, "type": "image",
        "image": { "id": "m1", "mime_type": "image/png", "caption": "The leak" },
    });
    assert_eq!(
        line.events(&house, &whatsapp(json!({ "messages": [message] })))
            .await,
        200
    );
    let id = line.conversation(&house).await;
    let (_, json) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
        .await;
    let message = &json["payload"][0];
    assert_eq!(message["content"], "The leak");
    assert_eq!(message["attachments"][0]["file_type"], "image");
    let bytes = reqwest::get(message["attachments"][0]["data_url"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), b"picture".as_slice());
}

#[tokio::test]
async fn a_page_is_written_to_and_answers() {
    let house = House::open().await;
    let line = Line::messenger(&house).await;
    line.provider
        .tell("/5001", json!({ "id": "5001", "name": "Ole Lund" }));
    let picture = line.provider.keep("/open/1", "image/jpeg", b"picture");
    let event = json!({ "message": {
        "mid": "m_1", "text": "Is this yours?",
        "attachments": [{ "type": "image", "payload": { "url": picture } }],
    } });
    assert_eq!(line.events(&house, &from_page("5001", event)).await, 200);
    let echo = json!({ "message": { "mid": "m_2", "text": "typed elsewhere", "is_echo": true } });
    assert_eq!(line.events(&house, &from_page("77", echo)).await, 200);
    let id = line.conversation(&house).await;
    assert_eq!(house.lines(id).await, ["Is this yours?"]);
    assert_eq!(house.conversation(id).await["meta"]["sender"]["name"], "Ole Lund");
    let sent = says(&house, id, json!({ "content": "It is" })).await;
    let json = line.provider.next().await.json();
    assert_eq!(json["recipient"]["id"], "5001");
    assert_eq!(json["message"]["text"], "It is");
    assert_eq!(json["messaging_type"], "RESPONSE");
    until_source(&house, id, &sent).await;
    let watermark = house.running.desk().now_ms() + 1000;
    let read = json!({ "read": { "watermark": watermark } });
    assert_eq!(line.events(&house, &from_page("5001", read)).await, 200);
    until_status(&house, id, &sent, "read").await;
}

#[tokio::test]
async fn instagram_tells_of_reading_by_name() {
    let house = House::open().await;
    let own = json!({ "instagram_id": "77" });
    let line = Line::with(&house, "Channel::Instagram", own, "page", TOKEN, None).await;
    let event = json!({ "message": { "mid": "ig_1", "text": "Hi" } });
    line.events(&house, &from_page("6001", event)).await;
    let id = line.conversation(&house).await;
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    line.provider.next().await;
    until_source(&house, id, &sent).await;
    let read = json!({ "read": { "mid": "wamid.1" } });
    line.events(&house, &from_page("6001", read)).await;
    until_status(&house, id, &sent, "read").await;
}

#[tokio::test]
async fn text_and_files_are_parts_and_only_what_failed_goes_again() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    line.whatsapped(&house, "wamid.in", GUEST, "The map please").await;
    let id = line.conversation(&house).await;
    let form = reqwest::multipart::Form::new()
        .text("content", "Here it is")
        .part(
            "attachments[]",
            reqwest::multipart::Part::bytes(b"map".to_vec())
                .file_name("map.png")
                .mime_str("image/png")
                .unwrap(),
        );
    let path = house.url(&house.of_account(&format!("/conversations/{id}/messages")));
    let refusal = json!({ "error": { "code": 131_053, "message": "Media upload error" } });
    let post = reqwest::Client::new()
        .post(path)
        .header("api_access_token", &house.plan.ana.access_token)
        .multipart(form);
    line.provider
        .say(Say::Status(200, json!({ "messages": [{ "id": "wamid.text" }] })));
    line.provider.say(Say::Status(400, refusal));
    let sent: Value = post.send().await.unwrap().json().await.unwrap();
    assert_eq!(line.provider.next().await.json()["text"]["body"], "Here it is");
    let link = line.provider.next().await.json()["image"]["link"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(link.starts_with(&house.url("/files/")), "{link}");
    let failed = until_status(&house, id, &sent, "failed").await;
    assert_eq!(
        failed["content_attributes"]["external_error"],
        "131053: Media upload error"
    );
    let retry = format!("/conversations/{id}/messages/{}/retry", sent["id"]);
    house.post(&house.plan.ana, &retry, json!({})).await;
    let again = line.provider.next().await.json();
    assert_eq!(again["type"], "image", "the text was taken");
    assert_eq!(line.provider.count(), 3);
}

#[tokio::test]
async fn stop_on_whatsapp_silences_what_is_automatic_and_lets_people_write() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    line.whatsapped(&house, "w1", GUEST, "stop").await;
    let confirmed = line.provider.next().await.json();
    assert!(
        confirmed["text"]["body"]
            .as_str()
            .unwrap()
            .contains("unsubscribed")
    );
    let id = line.conversation(&house).await;
    says(&house, id, json!({ "content": "You left your coat here" })).await;
    let came = line.provider.next().await.json();
    assert_eq!(came["text"]["body"], "You left your coat here");
    line.whatsapped(&house, "w2", GUEST, "cancel").await;
    line.whatsapped(&house, "w3", GUEST, "START").await;
    assert!(
        line.provider.next().await.json()["text"]["body"]
            .as_str()
            .unwrap()
            .contains("again")
    );
}

#[tokio::test]
async fn without_a_token_it_is_recorded_delivered_and_read_a_moment_later() {
    let house = House::open().await;
    let own = json!({ "phone_number": "+4930123456", "provider": "whatsapp_cloud" });
    let line = Line::logged(&house, "Channel::Whatsapp", own, "whatsapp").await;
    line.whatsapped(&house, "w1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    let delivered = until_status(&house, id, &sent, "delivered").await;
    assert!(delivered["source_id"].is_string());
    house.advance(6).await;
    until_status(&house, id, &sent, "read").await;
    assert_eq!(line.provider.count(), 0);
}

fn choices(titles: &[&str]) -> Value {
    let items: Vec<Value> = titles
        .iter()
        .map(|title| json!({ "title": title, "value": title.to_lowercase() }))
        .collect();
    json!({ "content": "Which room?", "content_type": "input_select", "content_attributes": { "items": items } })
}

#[tokio::test]
async fn choices_are_buttons_a_list_or_words_on_whatsapp() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    line.whatsapped(&house, "wamid.a", "4915112345678", "hi").await;
    let id = line.conversation(&house).await;
    let offered = async |titles: &[&str]| {
        says(&house, id, choices(titles)).await;
        line.provider.next().await.json()
    };
    let few = offered(&["Sea", "Garden"]).await;
    assert_eq!(
        (&few["type"], &few["interactive"]["type"]),
        (&json!("interactive"), &json!("button"))
    );
    assert_eq!(few["interactive"]["body"]["text"], "Which room?");
    assert_eq!(
        few["interactive"]["action"]["buttons"][1],
        json!({ "type": "reply", "reply": { "id": "garden", "title": "Garden" } })
    );
    let more = offered(&["Sea", "Garden", "Court", "Roof"]).await;
    assert_eq!(more["interactive"]["type"], "list");
    assert_eq!(
        more["interactive"]["action"]["sections"][0]["rows"][3],
        json!({ "id": "roof", "title": "Roof" })
    );
    let long = offered(&["A room with a view of the whole harbour"]).await;
    assert_eq!(
        long["text"]["body"],
        "Which room?\n- A room with a view of the whole harbour"
    );
    let chosen = json!({
        "id": "wamid.b", "from": "4915112345678", "type": "interactive",
        "interactive": { "type": "button_reply", "button_reply": { "id": "garden", "title": "Garden" } },
    });
    line.events(&house, &whatsapp(json!({ "messages": [chosen] })))
        .await;
    assert_eq!(house.lines(id).await.last().unwrap(), "Garden");
}

#[tokio::test]
async fn choices_are_quick_replies_on_a_page() {
    let house = House::open().await;
    let line = Line::messenger(&house).await;
    let event = |mid: &str, message: Value| {
        let mut message = message;
        message["mid"] = json!(mid);
        json!({ "object": "page", "entry": [{ "id": "77", "messaging": [{ "sender": { "id": "5" }, "message": message }] }] })
    };
    line.events(&house, &event("m.a", json!({ "text": "hi" }))).await;
    let id = line.conversation(&house).await;
    says(&house, id, choices(&["Sea", "Garden"])).await;
    let letter = line.provider.next().await.json();
    assert_eq!(letter["message"]["text"], "Which room?");
    assert_eq!(
        letter["message"]["quick_replies"],
        json!([
            { "content_type": "text", "title": "Sea", "payload": "sea" },
            { "content_type": "text", "title": "Garden", "payload": "garden" },
        ])
    );
    let chosen = json!({ "text": "Sea", "quick_reply": { "payload": "sea" } });
    line.events(&house, &event("m.b", chosen)).await;
    assert_eq!(house.lines(id).await.last().unwrap(), "Sea");
}
