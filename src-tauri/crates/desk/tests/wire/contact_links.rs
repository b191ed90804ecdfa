//! Reference §7: merging guests, their links to channels, who is online, their files.

use crate::cable::Cable;
use crate::house::{House, assert_keys};
use serde_json::{Value, json};

async fn make(house: &House, body: Value) -> i64 {
    let (status, json) = house.post(&house.plan.ana, "/contacts", body).await;
    assert_eq!(status, 200, "{json}");
    json["payload"]["contact"]["id"].as_i64().unwrap()
}

#[tokio::test]
async fn contact_merge_keeps_the_base_and_moves_everything_to_it() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let attributes = json!({ "persona": "Business", "pets": { "dog": 1 } });
    let base = make(
        &house,
        json!({ "name": "Gil", "email": "gil@example.org", "custom_attributes": attributes }),
    )
    .await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mergee = house.conversation(id).await["meta"]["sender"]["id"]
        .as_i64()
        .unwrap();
    let change = json!({
        "email": "other@example.org", "identifier": "G-2",
        "custom_attributes": { "persona": "Leisure", "pets": { "cat": 2 } },
    });
    house.patch(ana, &format!("/contacts/{mergee}"), change).await;
    house
        .post(
            ana,
            &format!("/contacts/{mergee}/notes"),
            json!({ "content": "Quiet room" }),
        )
        .await;
    let (_, old) = house.get(ana, &format!("/contacts/{mergee}")).await;
    let mut socket = Cable::person(&house, ana).await;
    let pair = json!({ "base_contact_id": base, "mergee_contact_id": mergee });
    let (status, merged) = house.post(ana, "/actions/contact_merge", pair).await;
    assert_eq!(status, 200);
    assert_eq!(merged["id"], base);
    assert_eq!(merged["email"], "gil@example.org", "the base wins");
    assert_eq!(merged["identifier"], "G-2");
    assert_eq!(merged["phone_number"], old["payload"]["phone_number"]);
    let united = json!({ "persona": "Business", "pets": { "dog": 1, "cat": 2 } });
    assert_eq!(merged["custom_attributes"], united);
    assert_eq!(merged["contact_inboxes"].as_array().unwrap().len(), 1);
    assert_eq!(house.get(ana, &format!("/contacts/{mergee}")).await.0, 404);
    assert_eq!(house.conversation(id).await["meta"]["sender"]["id"], base);
    let (_, notes) = house.get(ana, &format!("/contacts/{base}/notes")).await;
    assert_eq!(notes[0]["content"], "Quiet room");
    let (_, messages) = house.get(ana, &format!("/conversations/{id}/messages")).await;
    assert_eq!(messages["payload"][0]["sender"]["id"], base);
    let gone = socket.event("contact.deleted").await;
    assert_eq!(gone["id"], mergee);
    assert_eq!(gone["account_id"], house.plan.account);
    assert_eq!(socket.event("contact.merged").await["id"], base);
    assert_eq!(socket.event("conversation.contact_changed").await["id"], id);
}

#[tokio::test]
async fn contact_merge_of_one_with_itself_changes_nothing() {
    let house = House::open().await;
    let id = make(&house, json!({ "name": "Gil" })).await;
    let ana = &house.plan.ana;
    let same = json!({ "base_contact_id": id, "mergee_contact_id": id });
    let (status, json) = house.post(ana, "/actions/contact_merge", same).await;
    assert_eq!((status, &json["id"]), (200, &json!(id)));
    let missing = (404, json!({ "error": "Resource could not be found" }));
    for pair in [
        json!({ "base_contact_id": id, "mergee_contact_id": 999 }),
        json!({ "base_contact_id": 999, "mergee_contact_id": id }),
        json!({ "base_contact_id": id }),
        json!({}),
    ] {
        let reply = house.post(ana, "/actions/contact_merge", pair.clone()).await;
        assert_eq!(reply, missing, "{pair}");
    }
    assert_eq!(house.get(ana, &format!("/contacts/{id}")).await.0, 200);
}

#[tokio::test]
async fn contact_inboxes_links_once() {
    let house = House::open().await;
    let id = make(&house, json!({ "name": "Gil", "phone_number": "+49301" })).await;
    let path = format!("/contacts/{id}/contact_inboxes");
    let ana = &house.plan.ana;
    let wanted = json!({ "inbox_id": house.plan.phone });
    let (status, first) = house.post(ana, &path, wanted.clone()).await;
    assert_eq!(status, 200);
    assert_keys(&first, &["source_id", "inbox"]);
    assert_eq!(first["source_id"], "49301", "without the plus");
    let slim = [
        "id",
        "avatar_url",
        "channel_id",
        "name",
        "channel_type",
        "provider",
    ];
    assert_keys(&first["inbox"], &slim);
    assert_eq!(
        house.post(ana, &path, wanted.clone()).await,
        (200, first),
        "the link there is"
    );
    assert_eq!(house.post(&house.plan.ben, &path, wanted).await.0, 401);
    assert_eq!(house.post(ana, &path, json!({ "inbox_id": 999 })).await.0, 404);
}

#[tokio::test]
async fn contact_inboxes_takes_an_address_from_its_old_holder_on_the_phone_only() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let old = make(&house, json!({ "name": "Old" })).await;
    let new = make(&house, json!({ "name": "New" })).await;
    let wanted = json!({ "inbox_id": house.plan.phone, "source_id": "49301" });
    for id in [old, new] {
        let (status, link) = house
            .post(ana, &format!("/contacts/{id}/contact_inboxes"), wanted.clone())
            .await;
        assert_eq!((status, &link["source_id"]), (200, &json!("49301")));
    }
    let (_, holder) = house.post(ana, "/contact_inboxes/filter", wanted).await;
    assert_eq!(holder["id"], new);
    let web = json!({ "inbox_id": house.plan.web, "source_id": "mine" });
    house
        .post(ana, &format!("/contacts/{old}/contact_inboxes"), web.clone())
        .await;
    let (status, json) = house
        .post(ana, &format!("/contacts/{new}/contact_inboxes"), web)
        .await;
    assert_eq!(
        (status, json),
        (422, json!({ "error": "source_id should be unique" }))
    );
}

#[tokio::test]
async fn contact_inboxes_filter_answers_the_bare_contact_or_an_empty_404() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = make(
        &house,
        json!({ "name": "Gil", "inbox_id": house.plan.web, "source_id": "abc" }),
    )
    .await;
    let wanted = json!({ "inbox_id": house.plan.web, "source_id": "abc" });
    let (status, json) = house.post(ana, "/contact_inboxes/filter", wanted).await;
    assert_eq!((status, &json["id"]), (200, &json!(id)));
    for wanted in [
        json!({ "inbox_id": house.plan.web, "source_id": "nobody" }),
        json!({ "inbox_id": 999, "source_id": "abc" }),
        json!({}),
    ] {
        let reply = house.post(ana, "/contact_inboxes/filter", wanted).await;
        assert_eq!(reply, (404, Value::Null));
    }
}

#[tokio::test]
async fn contacts_active_lists_who_is_online() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    make(&house, json!({ "name": "Away", "email": "away@example.org" })).await;
    let (_, none) = house.get(ana, "/contacts/active").await;
    assert_eq!(
        none,
        json!({ "meta": { "count": 0, "current_page": 1 }, "payload": [] })
    );
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let there = json!({ "name": "There", "email": "there@example.org" });
    let (_, guest) = house.plain(reqwest::Method::POST, &base, there).await;
    let _socket = Cable::guest(&house, guest["pubsub_token"].as_str().unwrap()).await;
    let (status, json) = house.get(ana, "/contacts/active?page=1").await;
    assert_eq!(status, 200);
    assert_eq!(json["meta"], json!({ "count": 1, "current_page": "1" }));
    assert_eq!(json["payload"][0]["name"], "There");
    assert_eq!(json["payload"][0]["availability_status"], "online");
}

#[tokio::test]
async fn contact_attachments_name_their_conversation() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let guest = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let path = format!("/contacts/{guest}/attachments");
    let empty = json!({ "meta": { "total_count": 0 }, "payload": [] });
    assert_eq!(house.get(&house.plan.ana, &path).await, (200, empty.clone()));
    let file = reqwest::multipart::Part::bytes(b"%PDF".to_vec()).file_name("bill.pdf");
    let form =
        reqwest::multipart::Form::new().part("attachments[]", file.mime_str("application/pdf").unwrap());
    let sent = reqwest::Client::new()
        .post(house.url(&house.of_account(&format!("/conversations/{id}/messages"))))
        .header("api_access_token", &house.plan.ana.access_token)
        .multipart(form)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 200);
    let (_, json) = house.get(&house.plan.ana, &path).await;
    assert_eq!(json["meta"], json!({ "total_count": 1 }));
    assert_keys(
        &json["payload"][0],
        &[
            "id",
            "message_id",
            "thumb_url",
            "data_url",
            "file_size",
            "file_type",
            "extension",
            "width",
            "height",
            "created_at",
            "sender",
            "conversation_id",
        ],
    );
    assert_eq!(json["payload"][0]["conversation_id"], id);
    assert!(json["payload"][0]["created_at"].is_i64());
    assert_eq!(
        house.get(&house.plan.ben, &path).await,
        (200, empty),
        "not of channels one may not see"
    );
}

#[tokio::test]
async fn a_contacts_avatar_is_deleted() {
    let house = House::open().await;
    let id = make(&house, json!({ "name": "Gil" })).await;
    let (status, json) = house
        .delete(&house.plan.ana, &format!("/contacts/{id}/avatar"))
        .await;
    assert_eq!(status, 200);
    assert_eq!(json["payload"]["id"], id);
    assert_eq!(json["payload"]["thumbnail"], "");
}

#[tokio::test]
async fn a_deleted_contact_is_told_to_the_whole_account() {
    let house = House::open().await;
    let id = make(&house, json!({ "name": "Gil" })).await;
    let mut socket = Cable::person(&house, &house.plan.ben).await;
    let path = format!("/contacts/{id}");
    assert_eq!(house.delete(&house.plan.admin, &path).await, (200, Value::Null));
    assert_eq!(socket.event("contact.deleted").await["id"], id);
}
