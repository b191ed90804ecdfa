//! Reference §2.1 and §2.2: channels made and changed by administrators.

use crate::cable::Cable;
use crate::house::House;
use crate::provider::{Line, TOKEN};
use reqwest::Method;
use serde_json::{Value, json};

const DENIED: &str = "You are not authorized to do this action";

async fn made(house: &House, body: Value) -> Value {
    let (status, made) = house.post(&house.plan.admin, "/inboxes", body).await;
    assert_eq!(status, 200, "{made}");
    made
}

#[tokio::test]
async fn an_api_channel_is_made_and_takes_guests_at_once() {
    let house = House::open().await;
    let mut cable = Cable::person(&house, &house.plan.admin).await;
    let body = json!({
        "name": " Garden ", "greeting_enabled": true, "greeting_message": "Welcome", "csat_survey_enabled": true,
        "lock_to_single_conversation": true, "timezone": "Europe/Berlin",
        "channel": { "type": "api", "webhook_url": "https://example.org/hook" },
    });
    let inbox = made(&house, body).await;
    assert_eq!(inbox["name"], "Garden");
    assert_eq!(inbox["channel_type"], "Channel::Api");
    assert_eq!(inbox["webhook_url"], "https://example.org/hook");
    assert_eq!(inbox["greeting_message"], "Welcome");
    assert_eq!(inbox["lock_to_single_conversation"], true);
    assert_eq!(inbox["timezone"], "Europe/Berlin");
    for key in ["secret", "hmac_token"] {
        assert!(inbox[key].as_str().unwrap().len() > 20, "{key}");
    }
    let told = cable.event("account.cache_invalidated").await;
    assert_ne!(told["cache_keys"]["inbox"], "0000000000");
    let identifier = inbox["inbox_identifier"].as_str().unwrap();
    let path = format!("/public/api/v1/inboxes/{identifier}/contacts");
    let (status, guest) = house.plain(Method::POST, &path, json!({ "name": "Nora" })).await;
    assert_eq!(status, 200, "{guest}");
}

#[tokio::test]
async fn a_new_channel_has_no_members_and_no_bot() {
    let house = House::open().await;
    let inbox = made(&house, json!({ "name": "Garden", "channel": { "type": "api" } })).await;
    let path = format!("/inboxes/{}", inbox["id"]);
    let admin = &house.plan.admin;
    assert_eq!(house.get(&house.plan.ana, &path).await.0, 401);
    assert_eq!(house.get(admin, &path).await, (200, inbox.clone()));
    let members = house.get(admin, &format!("/inbox_members/{}", inbox["id"])).await;
    assert_eq!(members, (200, json!({ "payload": [] })));
    assert_eq!(
        house.get(admin, &format!("{path}/agent_bot")).await,
        (200, json!({}))
    );
    let body = json!({ "inbox_id": inbox["id"], "user_ids": [house.plan.ana.id] });
    house.post(admin, "/inbox_members", body).await;
    let (status, shown) = house.get(&house.plan.ana, &path).await;
    assert_eq!(status, 200);
    assert!(
        shown.get("secret").is_none() && shown.get("hmac_token").is_none(),
        "administrators only"
    );
}

#[tokio::test]
async fn a_whatsapp_channel_shows_its_numbers_and_never_its_secrets() {
    let house = House::open().await;
    let config = json!({
        "api_key": "key-of-the-provider", "phone_number_id": "1077", "business_account_id": "2088",
        "webhook_verify_token": "word-of-the-webhook", "app_secret": "secret-of-the-app",
    });
    let channel = json!({ "type": "whatsapp", "phone_number": "+4930999", "provider_config": config });
    let inbox = made(&house, json!({ "name": "WhatsApp", "channel": channel })).await;
    assert_eq!(inbox["channel_type"], "Channel::Whatsapp");
    assert_eq!(inbox["phone_number"], "+4930999");
    assert_eq!(inbox["message_templates"], json!([]));
    let shown = json!({ "phone_number_id": "1077", "business_account_id": "2088" });
    assert_eq!(inbox["provider_config"], shown);
    for secret in ["key-of-the-provider", "word-of-the-webhook", "secret-of-the-app"] {
        assert!(!inbox.to_string().contains(secret), "{secret}");
    }
    let verify = |word: &str| {
        format!(
            "/webhooks/meta/{}?hub.mode=subscribe&hub.challenge=77&hub.verify_token={word}",
            inbox["id"]
        )
    };
    let answer = house
        .plain(Method::GET, &verify("word-of-the-webhook"), Value::Null)
        .await;
    assert_eq!(
        answer,
        (200, json!(77)),
        "the provider can be pointed here at once"
    );
    // What is not named stays; what is named changes.
    let path = format!("/inboxes/{}", inbox["id"]);
    let body = json!({ "channel": { "provider_config": { "webhook_verify_token": "another-word" } } });
    let (status, changed) = house.patch(&house.plan.admin, &path, body).await;
    assert_eq!((status, &changed["provider_config"]), (200, &shown));
    let old = house
        .plain(Method::GET, &verify("word-of-the-webhook"), Value::Null)
        .await;
    assert_eq!(old.0, 401);
    let new = house
        .plain(Method::GET, &verify("another-word"), Value::Null)
        .await;
    assert_eq!(new.0, 200);
}

#[tokio::test]
async fn an_email_channel_has_an_address_of_its_own() {
    let house = House::open().await;
    let body = |address: &str| json!({ "name": "Mail", "channel": { "type": "email", "email": address } });
    let inbox = made(&house, body("Desk@Adler.Example")).await;
    assert_eq!(inbox["channel_type"], "Channel::Email");
    assert_eq!(inbox["email"], "desk@adler.example");
    assert_eq!(inbox["forwarding_enabled"], false);
    let (status, json) = house
        .post(&house.plan.admin, "/inboxes", body("desk@adler.example"))
        .await;
    assert_eq!((status, &json["attributes"]), (422, &json!(["email"])));
    assert_eq!(json["message"], "Email has already been taken");
}

#[tokio::test]
async fn channels_that_cannot_be_are_refused() {
    let house = House::open().await;
    let api = json!({ "type": "api" });
    let whatsapp = |number: &str, config: Value| json!({ "type": "whatsapp", "phone_number": number, "provider_config": config });
    for (body, attribute) in [
        (json!({ "channel": api }), "name"),
        (json!({ "name": "  ", "channel": api }), "name"),
        (json!({ "name": "x".repeat(256), "channel": api }), "name"),
        (
            json!({ "name": "A", "channel": { "type": "api", "webhook_url": "ftp://example.org" } }),
            "webhook_url",
        ),
        (
            json!({ "name": "A", "timezone": "Europe/Nowhere", "channel": api }),
            "timezone",
        ),
        (
            json!({ "name": "A", "channel": { "type": "email", "email": "nobody" } }),
            "email",
        ),
        (
            json!({ "name": "A", "channel": whatsapp("0301", json!({})) }),
            "phone_number",
        ),
        (
            json!({ "name": "A", "channel": whatsapp("+4930123456", json!({})) }),
            "phone_number",
        ),
        (
            json!({ "name": "A", "channel": whatsapp("+49307", json!({ "api_key": "k" })) }),
            "provider_config",
        ),
        (
            json!({ "name": "A", "channel": whatsapp("+49307", json!({ "business_account_id": "../1" })) }),
            "provider_config",
        ),
        (
            json!({ "name": "A", "channel": { "type": "api", "additional_attributes": { "agent_reply_time_window": 0 } } }),
            "agent_reply_time_window",
        ),
    ] {
        let (status, json) = house.post(&house.plan.admin, "/inboxes", body.clone()).await;
        assert_eq!(
            (status, &json["attributes"]),
            (422, &json!([attribute])),
            "{body}: {json}"
        );
    }
    for channel in [json!({ "type": "telegram" }), json!({}), json!("api")] {
        let body = json!({ "name": "A", "channel": channel });
        let (status, json) = house.post(&house.plan.admin, "/inboxes", body).await;
        assert!(status == 422 && json["error"].is_string(), "{json}");
    }
    let (_, all) = house.get(&house.plan.admin, "/inboxes").await;
    assert_eq!(
        all["payload"].as_array().unwrap().len(),
        3,
        "nothing stays of them"
    );
}

#[tokio::test]
async fn only_administrators_make_and_change_channels() {
    let house = House::open().await;
    let path = format!("/inboxes/{}", house.plan.web);
    let denied = (401, json!({ "error": DENIED }));
    let ana = &house.plan.ana;
    let body = json!({ "name": "Mine", "channel": { "type": "api" } });
    assert_eq!(house.post(ana, "/inboxes", body.clone()).await, denied);
    assert_eq!(house.patch(ana, &path, body.clone()).await, denied);
    let sync = format!("{path}/sync_templates");
    assert_eq!(house.post(ana, &sync, json!({})).await, denied);
    let stranger = house.patch(&house.plan.stranger, &path, body.clone()).await;
    assert_eq!(stranger.0, 401, "not of this account");
    let (status, json) = house.bot(Method::PATCH, &path, body).await;
    assert_eq!(status, 401, "{json}");
    let (_, shown) = house.get(&house.plan.admin, &path).await;
    assert_eq!(shown["name"], "Web chat");
}

#[tokio::test]
async fn a_change_leaves_what_it_does_not_name() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let path = format!("/inboxes/{}", house.plan.ai);
    let (_, before) = house.get(admin, &path).await;
    let body = json!({
        "name": "Night chat", "enable_auto_assignment": true, "working_hours_enabled": true,
        "out_of_office_message": "Back at nine", "greeting_message": null,
        "channel": { "additional_attributes": { "agent_reply_time_window": 24 } },
    });
    let (status, after) = house.patch(admin, &path, body).await;
    assert_eq!(status, 200);
    assert_eq!(after["name"], "Night chat");
    assert_eq!(after["out_of_office_message"], "Back at nine");
    assert_eq!(after["additional_attributes"]["agent_reply_time_window"], 24);
    for same in [
        "id",
        "inbox_identifier",
        "csat_survey_enabled",
        "timezone",
        "allow_messages_after_resolved",
    ] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert_eq!(house.get(admin, &path).await, (200, after));
    let (_, bot) = house.get(admin, &format!("{path}/agent_bot")).await;
    assert_eq!(bot["agent_bot"]["id"], house.plan.bot, "the bot stays");
    assert_eq!(house.patch(admin, "/inboxes/999", json!({})).await.0, 404);
}

#[tokio::test]
async fn working_hours_change_by_the_day() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let path = format!("/inboxes/{}", house.plan.web);
    let open = |day: u64, from: u64| {
        json!({
            "day_of_week": day, "closed_all_day": false, "open_all_day": false,
            "open_hour": from, "open_minutes": 0, "close_hour": 17, "close_minutes": 0,
        })
    };
    let (status, json) = house
        .patch(admin, &path, json!({ "working_hours": [open(1, 9), open(2, 9)] }))
        .await;
    assert_eq!(status, 200, "{json}");
    let (_, json) = house
        .patch(admin, &path, json!({ "working_hours": [open(2, 10)] }))
        .await;
    assert_eq!(json["working_hours"], json!([open(1, 9), open(2, 10)]));
    let (status, json) = house
        .patch(admin, &path, json!({ "working_hours": [open(2, 18)] }))
        .await;
    assert_eq!((status, &json["attributes"]), (422, &json!(["working_hours"])));
}

#[tokio::test]
async fn the_window_of_an_api_channel_ends_what_may_be_replied() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hello").await;
    let body = json!({ "channel": { "additional_attributes": { "agent_reply_time_window": 2 } } });
    let path = format!("/inboxes/{}", house.plan.web);
    assert_eq!(house.patch(&house.plan.admin, &path, body).await.0, 200);
    house.advance(2 * 3600 - 60).await;
    assert_eq!(house.conversation(id).await["can_reply"], true);
    house.advance(120).await;
    assert_eq!(house.conversation(id).await["can_reply"], false);
}

#[tokio::test]
async fn templates_are_read_from_the_provider_page_by_page() {
    let house = House::open().await;
    let line = Line::whatsapp(&house).await;
    let admin = &house.plan.admin;
    let path = format!("/inboxes/{}", line.id);
    let sync = format!("{path}/sync_templates");
    let initiated = (200, json!({ "message": "Template sync initiated successfully" }));
    let (_, before) = house.get(admin, &path).await;
    assert_eq!(house.post(admin, &sync, json!({})).await, initiated);
    let (_, same) = house.get(admin, &path).await;
    assert_eq!(
        same["message_templates"], before["message_templates"],
        "no business was named"
    );
    let config = json!({ "channel": { "provider_config": { "business_account_id": "2088" } } });
    assert_eq!(house.patch(admin, &path, config).await.0, 200);
    assert_eq!(house.post(admin, &sync, json!({})).await, initiated);
    let (_, same) = house.get(admin, &path).await;
    assert_eq!(
        same["message_templates"], before["message_templates"],
        "the provider had no answer"
    );

    let template =
        |name: &str| json!({ "name": name, "status": "APPROVED", "language": "de", "components": [] });
    let next = json!({ "cursors": { "after": "p2" }, "next": "https://elsewhere.example/" });
    let first = json!({ "data": [template("a"), { "id": "no template" }], "paging": next });
    let last = json!({ "data": [template("b")], "paging": { "cursors": { "after": "p3" } } });
    let place = "/2088/message_templates?limit=250";
    // Kept as files are: only for who brings the token.
    line.provider
        .keep(place, "application/json", first.to_string().as_bytes());
    line.provider.keep(
        &format!("{place}&after=p2"),
        "application/json",
        last.to_string().as_bytes(),
    );
    let mut cable = Cable::person(&house, admin).await;
    assert_eq!(house.post(admin, &sync, json!({})).await, initiated);
    cable.event("account.cache_invalidated").await;
    let (_, after) = house.get(admin, &path).await;
    assert_eq!(after["message_templates"], json!([template("a"), template("b")]));
    assert!(!after.to_string().contains(TOKEN));
    let (status, json) = house
        .post(
            admin,
            &format!("/inboxes/{}/sync_templates", house.plan.web),
            json!({}),
        )
        .await;
    assert!(status == 422 && json["error"].is_string(), "{json}");
    assert_eq!(
        house
            .post(admin, "/inboxes/999/sync_templates", json!({}))
            .await
            .0,
        404
    );
}
