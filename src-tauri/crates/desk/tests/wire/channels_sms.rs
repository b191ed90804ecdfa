//! Text messages, both ways, in Twilio's form.

use crate::house::House;
use crate::provider::{Line, SECRET, Say, TOKEN, says, until_status};
use crate::signed::{self, post_form};
use reqwest::Method;
use serde_json::{Value, json};

const GUEST: &str = "+4915112345678";

#[tokio::test]
async fn a_guest_texts_and_is_answered() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    assert_eq!(
        line.texted(&house, "SM-in-1", GUEST, "Is breakfast included?")
            .await,
        200
    );
    let id = line.conversation(&house).await;
    assert_eq!(house.lines(id).await, ["Is breakfast included?"]);
    let about = house.conversation(id).await;
    assert_eq!(about["meta"]["sender"]["phone_number"], GUEST);
    let sent = says(&house, id, json!({ "content": "It is." })).await;
    let came = line.provider.next().await;
    assert_eq!(came.path, "/2010-04-01/Accounts/77/Messages.json");
    let basic = deskbell_desk::base64::encode(format!("77:{TOKEN}").as_bytes());
    assert_eq!(came.header("authorization"), format!("Basic {basic}"));
    for (name, value) in [("To", GUEST), ("From", "+4930123456"), ("Body", "It is.")] {
        assert_eq!(came.form(name), value);
    }
    let callback = came.form("StatusCallback");
    let receipts = format!("/webhooks/twilio/{}/status", line.id);
    assert!(callback.starts_with(&house.url(&receipts)), "{callback}");
    let rest = callback
        .strip_prefix(&house.url(&format!("/webhooks/twilio/{}", line.id)))
        .unwrap();
    let status = async |word: &str| {
        line.form(&house, rest, &[("MessageSid", "SM1"), ("MessageStatus", word)])
            .await
    };
    assert_eq!(status("delivered").await, 200);
    let delivered = until_status(&house, id, &sent, "delivered").await;
    assert_eq!(delivered["source_id"], "SM1");
    assert_eq!(status("sent").await, 200);
    assert_eq!(status("undelivered").await, 200);
    let kept = until_status(&house, id, &sent, "delivered").await;
    assert!(
        kept["content_attributes"].get("external_error").is_none(),
        "never backwards"
    );
}

#[tokio::test]
async fn what_is_not_signed_is_refused_and_not_kept() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    let url = house.url(&format!("/webhooks/twilio/{}", line.id));
    let pairs = [("MessageSid", "SM-in-1"), ("From", GUEST), ("Body", "hi")];
    let right = signed::twilio(SECRET, &url, &pairs);
    let other_text = [("MessageSid", "SM-in-1"), ("From", GUEST), ("Body", "ho")];
    for (pairs, signature) in [
        (&pairs, String::new()),
        (&pairs, signed::twilio("another", &url, &pairs)),
        (&pairs, signed::twilio(SECRET, &house.url("/elsewhere"), &pairs)),
        (&other_text, right.clone()),
    ] {
        assert_eq!(post_form(&url, pairs, &signature).await, 401);
    }
    assert_eq!(line.conversations(&house).await, Vec::<i64>::new());
    let nowhere = house.url("/webhooks/twilio/99999");
    let signature = signed::twilio(SECRET, &nowhere, &pairs);
    assert_eq!(post_form(&nowhere, &pairs, &signature).await, 401);
    let unset = house.url(&format!("/webhooks/twilio/{}", house.plan.web));
    let signature = signed::twilio("", &unset, &pairs);
    assert_eq!(post_form(&unset, &pairs, &signature).await, 401);
    assert_eq!(post_form(&url, &pairs, &right).await, 200);
}

#[tokio::test]
async fn brought_twice_it_is_there_once() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    for _ in 0..3 {
        assert_eq!(line.texted(&house, "SM-in-1", GUEST, "hi").await, 200);
    }
    let (one, other) = tokio::join!(
        line.texted(&house, "SM-in-2", GUEST, "again"),
        line.texted(&house, "SM-in-2", GUEST, "again")
    );
    assert_eq!((one, other), (200, 200));
    let id = line.conversation(&house).await;
    assert_eq!(house.lines(id).await, ["hi", "again"]);
}

#[tokio::test]
async fn a_receipt_faster_than_the_answer_and_one_for_a_lost_answer_count() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    line.provider.say(Say::HangUp);
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    let came = line.provider.next().await;
    let callback = came.form("StatusCallback");
    let rest = callback
        .strip_prefix(&house.url(&format!("/webhooks/twilio/{}", line.id)))
        .unwrap();
    line.form(
        &house,
        rest,
        &[("MessageSid", "SM-x"), ("MessageStatus", "delivered")],
    )
    .await;
    let delivered = until_status(&house, id, &sent, "delivered").await;
    assert_eq!(delivered["source_id"], "SM-x");
    assert_eq!(line.provider.count(), 1, "an answer was lost, not the message");
}

#[tokio::test]
async fn without_a_receipt_a_lost_answer_is_told_to_people() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    line.provider.say(Say::HangUp);
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    line.provider.next().await;
    let failed = loop {
        // The clock moves as soon as the lost answer was noticed.
        house.advance(121).await;
        let (_, json) = house
            .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
            .await;
        let found = json["payload"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["id"] == sent["id"]);
        let found = found.unwrap().clone();
        if found["status"] == "failed" {
            break found;
        }
    };
    let error = failed["content_attributes"]["external_error"].as_str().unwrap();
    assert!(error.contains("not known"), "{error}");
    assert_eq!(line.provider.count(), 1, "nobody sends on a guess");
    let retry = format!("/conversations/{id}/messages/{}/retry", sent["id"]);
    house.post(&house.plan.ana, &retry, json!({})).await;
    line.provider.next().await;
    assert_eq!(line.provider.count(), 2, "a person chose to");
}

#[tokio::test]
async fn refused_it_fails_with_the_reason_and_can_be_sent_again() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    let refusal = json!({ "code": 21211, "message": "Invalid 'To' Phone Number", "status": 400 });
    line.provider.say(Say::Status(400, refusal));
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    let failed = until_status(&house, id, &sent, "failed").await;
    let error = &failed["content_attributes"]["external_error"];
    assert_eq!(error, "21211: Invalid 'To' Phone Number");
    let retry = format!("/conversations/{id}/messages/{}/retry", sent["id"]);
    let (status, again) = house.post(&house.plan.ana, &retry, json!({})).await;
    assert_eq!((status, &again["status"]), (200, &json!("sent")));
    line.provider.next().await;
    let second = line.provider.next().await;
    assert_eq!(second.form("Body"), "Hello");
    let (_, third) = house.post(&house.plan.ana, &retry, json!({})).await;
    assert_eq!(third["status"], "sent");
    says(&house, id, json!({ "content": "Next" })).await;
    assert_eq!(
        line.provider.next().await.form("Body"),
        "Next",
        "taken once it is never sent twice"
    );
}

#[tokio::test]
async fn too_often_is_no_answer_and_the_order_stays() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    line.provider.say(Say::Status(
        429,
        json!({ "code": 20429, "message": "Too Many Requests" }),
    ));
    says(&house, id, json!({ "content": "first" })).await;
    says(&house, id, json!({ "content": "second" })).await;
    assert_eq!(line.provider.next().await.form("Body"), "first");
    let mut bodies = Vec::new();
    while bodies.len() < 2 {
        house.advance(3).await;
        tokio::select! {
            came = line.provider.next() => bodies.push(came.form("Body")),
            () = tokio::task::yield_now() => {}
        }
    }
    assert_eq!(bodies, ["first", "second"]);
}

#[tokio::test]
async fn what_can_be_pressed_elsewhere_is_listed() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    let items = json!([{ "title": "Sea", "value": "sea" }, { "title": "Garden", "value": "garden" }]);
    let select = json!({
        "content": "Which room?", "content_type": "input_select", "content_attributes": { "items": items },
    });
    says(&house, id, select).await;
    assert_eq!(
        line.provider.next().await.form("Body"),
        "Which room?\n- Sea\n- Garden"
    );
}

#[tokio::test]
async fn a_file_of_the_desk_goes_with_the_text() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "The map please").await;
    let id = line.conversation(&house).await;
    let file = reqwest::multipart::Part::bytes(b"map".to_vec()).file_name("map.png");
    let form = reqwest::multipart::Form::new()
        .text("content", "Here it is")
        .part("attachments[]", file.mime_str("image/png").unwrap());
    let path = house.url(&house.of_account(&format!("/conversations/{id}/messages")));
    let post = reqwest::Client::new()
        .post(path)
        .header("api_access_token", &house.plan.ana.access_token)
        .multipart(form);
    assert_eq!(post.send().await.unwrap().status(), 200);
    let came = line.provider.next().await;
    assert_eq!(came.form("Body"), "Here it is");
    let bytes = reqwest::get(came.form("MediaUrl")).await.unwrap();
    assert_eq!(
        bytes.bytes().await.unwrap(),
        b"map".as_slice(),
        "whoever gets the address may fetch it"
    );
}

#[tokio::test]
async fn a_picture_of_the_guest_is_fetched_and_shown() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    let url = line.provider.keep("/media/1", "image/jpeg", b"picture");
    let gone = format!("{}/media/2", line.provider.url);
    let status = line
        .form(
            &house,
            "",
            &[
                ("MessageSid", "MM1"),
                ("From", GUEST),
                ("Body", ""),
                ("NumMedia", "2"),
                ("MediaUrl0", &url),
                ("MediaContentType0", "image/jpeg"),
                ("MediaUrl1", &gone),
            ],
        )
        .await;
    assert_eq!(status, 200);
    let id = line.conversation(&house).await;
    let (_, json) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
        .await;
    let message = &json["payload"][0];
    assert_eq!(message["content_attributes"]["missing_files"], 1);
    let file = &message["attachments"][0];
    assert_eq!(file["file_type"], "image");
    assert_eq!(file["extension"], "jpg");
    let bytes = reqwest::get(file["data_url"].as_str().unwrap()).await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), b"picture".as_slice());
}

#[tokio::test]
async fn stop_is_obeyed_and_confirmed_once_and_start_ends_it() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    line.texted(&house, "SM-in-1", GUEST, "hi").await;
    let id = line.conversation(&house).await;
    for (sid, word) in [("SM-in-2", " Stop. "), ("SM-in-3", "STOP")] {
        assert_eq!(line.texted(&house, sid, GUEST, word).await, 200);
    }
    let confirmed = line.provider.next().await.form("Body");
    assert!(
        confirmed.starts_with("Hotel Adler: you are unsubscribed"),
        "{confirmed}"
    );
    let since =
        async || house.conversation(id).await["meta"]["sender"]["custom_attributes"]["opted_out_at"].clone();
    assert!(since().await.is_i64());
    let sent = says(&house, id, json!({ "content": "Your room is ready" })).await;
    let failed = until_status(&house, id, &sent, "failed").await;
    let error = &failed["content_attributes"]["external_error"];
    assert_eq!(error, "21610: Attempt to send to unsubscribed recipient");
    line.texted(&house, "SM-in-4", GUEST, "help").await;
    let help = line.provider.next().await.form("Body");
    assert!(
        help.contains("Hotel Adler") && help.contains("+4930123456"),
        "{help}"
    );
    line.texted(&house, "SM-in-5", GUEST, "start").await;
    let back = line.provider.next().await.form("Body");
    assert!(back.contains("again"), "{back}");
    assert_eq!(since().await, Value::Null);
    says(&house, id, json!({ "content": "Welcome back" })).await;
    assert_eq!(line.provider.next().await.form("Body"), "Welcome back");
    assert_eq!(
        line.provider.count(),
        4,
        "one confirmation, and no message to who opted out"
    );
}

#[tokio::test]
async fn where_the_carrier_answers_stop_the_desk_does_not() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    let stop = [
        ("MessageSid", "SM-in-1"),
        ("From", GUEST),
        ("Body", "STOP"),
        ("OptOutType", "STOP"),
    ];
    assert_eq!(line.form(&house, "", &stop).await, 200);
    let id = line.conversation(&house).await;
    assert_eq!(house.lines(id).await, ["STOP"]);
}

#[tokio::test]
async fn to_a_guest_who_opted_out_nothing_goes_by_itself() {
    let house = House::open().await;
    let own = json!({ "phone_number": "+4930123456", "medium": "sms" });
    let line = Line::logged(&house, "Channel::TwilioSms", own, "twilio").await;
    let inbox = line.id;
    let change = move |change: &mut deskbell_desk::Change<'_>| {
        let sql =
            "UPDATE inbox SET greeting_enabled = 1, greeting_message = 'Welcome!', csat_survey_enabled = 1
                   WHERE id = ?1";
        deskbell_desk::db::rows::execute(change, sql, [inbox])
    };
    house.running.desk().write(change).await.unwrap();
    line.texted(&house, "SM-in-1", GUEST, "stop").await;
    let id = line.conversation(&house).await;
    line.texted(&house, "SM-in-2", GUEST, "and yet I write").await;
    let status = json!({ "status": "resolved" });
    house
        .post(
            &house.plan.ana,
            &format!("/conversations/{id}/toggle_status"),
            status,
        )
        .await;
    let lines = house.lines(id).await;
    assert!(
        !lines
            .iter()
            .any(|line| line == "Welcome!" || line.contains("rate")),
        "{lines:?}"
    );
}

#[tokio::test]
async fn proactive_messages_are_conversations_and_are_sent() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    let ana = &house.plan.ana;
    let contact = json!({ "name": "Ida Berg", "phone_number": GUEST });
    let (_, made) = house.post(ana, "/contacts", contact).await;
    let contact_id = made["payload"]["contact"]["id"].clone();
    let start = json!({
        "inbox_id": line.id, "contact_id": contact_id,
        "message": { "content": "Your table is free at seven." },
    });
    let (status, conversation) = house.post(ana, "/conversations", start).await;
    assert_eq!(status, 200, "{conversation}");
    let came = line.provider.next().await;
    assert_eq!(came.form("To"), GUEST);
    assert_eq!(came.form("Body"), "Your table is free at seven.");
    line.texted(&house, "SM-in-1", GUEST, "We take it").await;
    let id = line.conversation(&house).await;
    assert_eq!(id, conversation["id"]);
    assert_eq!(
        house.lines(id).await,
        ["Your table is free at seven.", "We take it"],
        "the answer is in the same conversation"
    );
}

#[tokio::test]
async fn chats_of_a_members_portal_are_conversations() {
    let house = House::open().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let member =
        json!({ "identifier": "member-12", "name": "Ida", "custom_attributes": { "source": "portal" } });
    let (_, me) = house.plain(Method::POST, &base, member).await;
    let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
    let (_, chat) = house.plain(Method::POST, &chats, json!({})).await;
    let messages = format!("{chats}/{}/messages", chat["id"]);
    house
        .plain(Method::POST, &messages, json!({ "content": "From the portal" }))
        .await;
    let id = chat["id"].as_i64().unwrap();
    assert_eq!(house.lines(id).await, ["From the portal"]);
    let sender = house.conversation(id).await["meta"]["sender"].clone();
    assert_eq!(sender["identifier"], "member-12");
    assert_eq!(sender["custom_attributes"]["source"], "portal");
}
