//! Reference §6, line by line.

use crate::house::House;
use crate::provider::{Line, TOKEN, says, until_status};
use serde_json::{Value, json};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A channel whose letters are only recorded, with a conversation a guest began.
async fn begun(house: &House, channel_type: &'static str, own: Value) -> (Line, i64) {
    let line = Line::logged(house, channel_type, own, "twilio").await;
    let wanted = json!({
        "account_id": house.plan.account, "inbox_id": line.id, "content": "hi",
        "email": format!("ida.{}@mail.example", line.id),
    });
    let made = house.control("/test/guest_message", wanted).await;
    (line, made["conversation_id"].as_i64().unwrap())
}

async fn can_reply(house: &House, id: i64) -> Value {
    house.conversation(id).await["can_reply"].clone()
}

/// Open until `seconds` after the guest's message, then closed, then opened by the guest.
async fn closes_after(channel_type: &'static str, own: Value, seconds: i64) {
    let house = House::open().await;
    let (_, id) = begun(&house, channel_type, own).await;
    house.advance(seconds - 60).await;
    assert_eq!(can_reply(&house, id).await, true, "{channel_type}");
    house.advance(61).await;
    assert_eq!(can_reply(&house, id).await, false, "{channel_type}");
    house.guest_writes(id, "still here").await;
    assert_eq!(can_reply(&house, id).await, true, "{channel_type}");
}

#[tokio::test]
async fn whatsapp_has_24_hours() {
    closes_after("Channel::Whatsapp", json!({}), DAY).await;
}

#[tokio::test]
async fn twilio_with_medium_whatsapp_has_24_hours() {
    closes_after("Channel::TwilioSms", json!({ "medium": "whatsapp" }), DAY).await;
}

#[tokio::test]
async fn facebook_page_and_instagram_have_24_hours() {
    closes_after("Channel::FacebookPage", json!({}), DAY).await;
    closes_after("Channel::Instagram", json!({}), DAY).await;
}

#[tokio::test]
async fn facebook_page_and_instagram_have_7_days_with_the_human_agent_tag() {
    closes_after("Channel::FacebookPage", json!({ "human_agent": true }), 7 * DAY).await;
    closes_after("Channel::Instagram", json!({ "human_agent": true }), 7 * DAY).await;
}

#[tokio::test]
async fn after_the_first_day_the_human_agent_tag_is_sent() {
    let house = House::open().await;
    let own = json!({ "page_id": "77", "human_agent": true });
    let line = Line::with(&house, "Channel::FacebookPage", own, "page", TOKEN, None).await;
    let id = house.guest_starts(line.id, "hi").await;
    house.advance(2 * DAY).await;
    says(&house, id, json!({ "content": "Here we are" })).await;
    let json = line.provider.next().await.json();
    assert_eq!(
        (&json["messaging_type"], &json["tag"]),
        (&json!("MESSAGE_TAG"), &json!("HUMAN_AGENT"))
    );
}

#[tokio::test]
async fn tiktok_has_48_hours() {
    closes_after("Channel::Tiktok", json!({}), 2 * DAY).await;
}

#[tokio::test]
async fn api_has_the_hours_of_its_attributes() {
    let own = json!({ "additional_attributes": { "agent_reply_time_window": 5 } });
    closes_after("Channel::Api", own, 5 * HOUR).await;
}

#[tokio::test]
async fn api_without_hours_or_with_none_above_zero_has_no_window() {
    let house = House::open().await;
    for hours in [Value::Null, json!(0), json!(-3)] {
        let own = json!({ "additional_attributes": { "agent_reply_time_window": hours } });
        let (_, id) = begun(&house, "Channel::Api", own).await;
        house.advance(365 * DAY).await;
        assert_eq!(can_reply(&house, id).await, true);
    }
}

#[tokio::test]
async fn others_are_always_open() {
    let house = House::open().await;
    for (channel_type, own) in [
        ("Channel::TwilioSms", json!({ "medium": "sms" })),
        ("Channel::Sms", json!({})),
        ("Channel::Email", json!({ "email": "desk@adler.example" })),
        ("Channel::WebWidget", json!({})),
        ("Channel::Line", json!({})),
        ("Channel::Telegram", json!({})),
    ] {
        let (_, id) = begun(&house, channel_type, own).await;
        house.advance(365 * DAY).await;
        assert_eq!(can_reply(&house, id).await, true, "{channel_type}");
    }
}

#[tokio::test]
async fn without_an_incoming_message_a_window_is_closed() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let ana = &house.plan.ana;
    let guest = json!({ "name": "Ida", "phone_number": "+4915112345678" });
    let (_, made) = house.post(ana, "/contacts", guest).await;
    let start = json!({ "inbox_id": line.id, "contact_id": made["payload"]["contact"]["id"] });
    let (_, conversation) = house.post(ana, "/conversations", start).await;
    assert_eq!(conversation["can_reply"], false);
}

#[tokio::test]
async fn the_post_is_not_refused_and_on_api_the_message_stays_sent() {
    let house = House::open().await;
    let own = json!({ "additional_attributes": { "agent_reply_time_window": 1 } });
    let (_, id) = begun(&house, "Channel::Api", own).await;
    house.advance(DAY).await;
    let sent = says(&house, id, json!({ "content": "late" })).await;
    house.advance(DAY).await;
    let (_, json) = house
        .get(&house.plan.admin, &format!("/conversations/{id}/messages"))
        .await;
    let all = json["payload"].as_array().unwrap();
    let kept = all.iter().find(|one| one["id"] == sent["id"]).unwrap();
    assert_eq!(kept["status"], "sent");
}

#[tokio::test]
async fn elsewhere_free_text_fails_with_the_providers_words_and_reaches_nobody() {
    let house = House::open().await;
    for (channel_type, own, kind, words) in [
        (
            "Channel::Whatsapp",
            json!({}),
            "whatsapp",
            "Template not found or invalid template name",
        ),
        (
            "Channel::TwilioSms",
            json!({ "medium": "whatsapp" }),
            "twilio",
            "63016",
        ),
        (
            "Channel::FacebookPage",
            json!({}),
            "page",
            "outside of allowed window",
        ),
        (
            "Channel::Instagram",
            json!({}),
            "page",
            "outside of allowed window",
        ),
        ("Channel::Tiktok", json!({}), "page", "closed"),
    ] {
        let line = Line::with(&house, channel_type, own, kind, TOKEN, None).await;
        let id = house.guest_starts(line.id, "hi").await;
        house.advance(3 * DAY).await;
        let sent = says(&house, id, json!({ "content": "late" })).await;
        assert_eq!(sent["status"], "sent", "created all the same");
        let failed = until_status(&house, id, &sent, "failed").await;
        let error = failed["content_attributes"]["external_error"].as_str().unwrap();
        assert!(error.contains(words), "{channel_type}: {error}");
        assert_eq!(line.provider.count(), 0);
    }
}

#[tokio::test]
async fn private_notes_are_always_fine() {
    let house = House::open().await;
    let (line, id) = begun(&house, "Channel::Whatsapp", json!({})).await;
    house.advance(2 * DAY).await;
    let note = says(&house, id, json!({ "content": "for us", "private": true })).await;
    let later = says(&house, id, json!({ "content": "late" })).await;
    until_status(&house, id, &later, "failed").await;
    let (_, json) = house
        .get(&house.plan.admin, &format!("/conversations/{id}/messages"))
        .await;
    let all = json["payload"].as_array().unwrap();
    let kept = all.iter().find(|one| one["id"] == note["id"]).unwrap();
    assert_eq!(kept["status"], "sent");
    assert_eq!(line.provider.count(), 0);
}

#[tokio::test]
async fn a_guests_message_opens_it_again() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    line.whatsapped(&house, "w1", "4915112345678", "hi").await;
    let id = line.conversation(&house).await;
    house.advance(2 * DAY).await;
    assert_eq!(can_reply(&house, id).await, false);
    line.whatsapped(&house, "w2", "4915112345678", "back again").await;
    assert_eq!(line.conversation(&house).await, id, "with all that was said");
    assert_eq!(can_reply(&house, id).await, true);
    says(&house, id, json!({ "content": "Welcome back" })).await;
    assert_eq!(line.provider.next().await.json()["text"]["body"], "Welcome back");
}

#[tokio::test]
async fn an_approved_template_goes_inside_and_outside_and_no_other_does() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    line.whatsapped(&house, "w1", "4915112345678", "hi").await;
    let id = line.conversation(&house).await;
    let template = |name: &str| {
        json!({
            "content": "Hello Ida",
            "template_params": {
                "name": name, "language": "en", "category": "UTILITY",
                "processed_params": { "body": { "1": "Ida" } },
            },
        })
    };
    for days in [0, 3] {
        house.advance(days * DAY).await;
        says(&house, id, template("hello")).await;
        let sent = line.provider.next().await.json()["template"].clone();
        assert_eq!(sent["name"], "hello");
        assert_eq!(sent["language"]["code"], "en");
        assert_eq!(sent["components"][0]["parameters"][0]["text"], "Ida");
        for name in ["spring", "nobody knows it"] {
            let refused = says(&house, id, template(name)).await;
            let failed = until_status(&house, id, &refused, "failed").await;
            let error = &failed["content_attributes"]["external_error"];
            assert_eq!(error, "Template not found or invalid template name");
        }
    }
    assert_eq!(line.provider.count(), 2);
}

#[tokio::test]
async fn a_proactive_template_begins_a_conversation() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let ana = &house.plan.ana;
    let guest = json!({ "name": "Ida", "phone_number": "+4915112345678" });
    let (_, made) = house.post(ana, "/contacts", guest).await;
    let start = json!({
        "inbox_id": line.id, "contact_id": made["payload"]["contact"]["id"],
        "message": { "content": "Hello", "template_params": { "name": "hello", "language": "en" } },
    });
    let (status, json) = house.post(ana, "/conversations", start).await;
    assert_eq!(status, 200, "{json}");
    assert_eq!(line.provider.next().await.json()["to"], "4915112345678");
}

#[tokio::test]
async fn template_params_have_a_name_texts_and_an_object() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let path = format!("/conversations/{id}/messages");
    for wrong in [
        json!({ "language": "en" }),
        json!({ "name": "" }),
        json!({ "name": "hello", "language": 5 }),
        json!({ "name": "hello", "category": [] }),
        json!({ "name": "hello", "processed_params": [] }),
    ] {
        let body = json!({ "content": "x", "template_params": wrong });
        assert_eq!(house.post(&house.plan.ana, &path, body).await.0, 422);
    }
}
