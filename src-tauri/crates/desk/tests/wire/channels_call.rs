//! What follows a call: a message, an entry with the guest, an answer by text.

use crate::house::House;
use crate::provider::{Line, SECRET, TOKEN, says};
use crate::signed;
use serde_json::{Value, json};

async fn tell(house: &House, line: &Line, call: &Value, secret: &str) -> u16 {
    let (body, at) = (call.to_string(), "1700000000");
    let signature = signed::sha256(secret, &format!("{at}.{body}"));
    let request = reqwest::Client::new()
        .post(house.url(&format!("/webhooks/call/{}", line.id)))
        .header("content-type", "application/json")
        .header("x-chatwoot-timestamp", at)
        .header("x-chatwoot-signature", signature)
        .body(body);
    request.send().await.unwrap().status().as_u16()
}

fn call(id: &str) -> Value {
    json!({
        "id": id, "caller": "+4915112345678", "name": "Ida Berg", "at": 1_700_000_000, "duration_s": 185,
        "recording_url": "https://calls.example/1.mp3", "summary": "Wants a late check-out.",
    })
}

async fn line(house: &House) -> Line {
    let own = json!({ "phone_number": "+4930123456", "medium": "sms", "voice_enabled": true });
    Line::with(house, "Channel::TwilioSms", own, "twilio", TOKEN, None).await
}

#[tokio::test]
async fn a_call_is_followed_up_by_text() {
    let house = House::open().await;
    let line = line(&house).await;
    for _ in 0..2 {
        assert_eq!(tell(&house, &line, &call("c1"), SECRET).await, 200);
    }
    let id = line.conversation(&house).await;
    assert_eq!(
        house.lines(id).await,
        ["Call of 3 min 5 s: Wants a late check-out."]
    );
    let mut missed = call("c2");
    missed["duration_s"] = json!(0);
    missed["summary"] = Value::Null;
    assert_eq!(tell(&house, &line, &missed, SECRET).await, 200);
    assert_eq!(house.lines(id).await[1], "Missed call");
    let sender = house.conversation(id).await["meta"]["sender"].clone();
    assert_eq!(sender["name"], "Ida Berg");
    let calls = sender["custom_attributes"]["calls"].as_array().unwrap().clone();
    assert_eq!(calls.len(), 2, "told twice, kept once");
    let expected = json!({
        "at": 1_700_000_000, "duration_s": 185, "recording_url": "https://calls.example/1.mp3",
        "summary": "Wants a late check-out.",
    });
    assert_eq!(calls[1], expected);
    says(&house, id, json!({ "content": "Until noon, gladly" })).await;
    let came = line.provider.next().await;
    assert_eq!(came.form("To"), "+4915112345678");
    assert_eq!(line.texted(&house, "SM-1", "+4915112345678", "Thanks").await, 200);
    assert_eq!(line.conversation(&house).await, id, "one talk, by voice and text");
}

#[tokio::test]
async fn a_form_nobody_signed_or_that_makes_no_sense_is_refused() {
    let house = House::open().await;
    let line = line(&house).await;
    assert_eq!(tell(&house, &line, &call("c1"), "another").await, 401);
    let changed = |key: &str, value: Value| {
        let mut call = call("c1");
        call[key] = value;
        call
    };
    assert_eq!(
        tell(&house, &line, &changed("caller", json!("unknown")), SECRET).await,
        422
    );
    assert_eq!(
        tell(&house, &line, &changed("duration_s", json!(-1)), SECRET).await,
        422
    );
    assert_eq!(tell(&house, &line, &changed("id", json!(" ")), SECRET).await, 422);
    assert_eq!(tell(&house, &line, &json!({}), SECRET).await, 400);
    assert_eq!(line.conversations(&house).await, Vec::<i64>::new());
    let script = changed("recording_url", json!("javascript:alert(1)"));
    assert_eq!(tell(&house, &line, &script, SECRET).await, 200);
    let id = line.conversation(&house).await;
    let sender = house.conversation(id).await["meta"]["sender"].clone();
    assert!(
        sender["custom_attributes"]["calls"][0]
            .get("recording_url")
            .is_none()
    );
}
