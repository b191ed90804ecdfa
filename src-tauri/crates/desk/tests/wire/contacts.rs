//! Reference §7.

use crate::house::{House, assert_keys};
use serde_json::{Value, json};

async fn make(house: &House, body: Value) -> Value {
    let (status, json) = house.post(&house.plan.ana, "/contacts", body).await;
    assert_eq!(status, 200, "{json}");
    json["payload"]["contact"].clone()
}

#[tokio::test]
async fn a_contact_is_made_shown_and_refused_twice() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let made = make(&house, json!({ "name": "Gil", "email": "Gil@Example.org" })).await;
    assert_eq!(made["email"], "gil@example.org", "stored lower-case");
    assert_eq!(made["contact_inboxes"], json!([]));
    let (_, shown) = house.get(ana, &format!("/contacts/{}", made["id"])).await;
    assert_eq!(shown["payload"], made);
    let (status, json) = house
        .post(ana, "/contacts", json!({ "email": "gil@example.org" }))
        .await;
    assert_eq!(status, 422);
    let taken = json!({ "message": "Email has already been taken", "attributes": ["email"] });
    assert_eq!(json, taken);
    let (status, _) = house
        .post(ana, "/contacts", json!({ "phone_number": "0151" }))
        .await;
    assert_eq!(status, 422, "phone numbers are E.164");
    assert_eq!(house.get(ana, "/contacts/999").await.0, 404);
}

#[tokio::test]
async fn attributes_are_merged() {
    let house = House::open().await;
    let attributes = json!({ "persona": "Business", "calls": [1] });
    let made = make(&house, json!({ "name": "Gil", "custom_attributes": attributes })).await;
    let path = format!("/contacts/{}", made["id"]);
    let change = json!({ "custom_attributes": { "lead": true, "calls": [2] }, "additional_attributes": { "city": "Bern" } });
    let (status, json) = house.patch(&house.plan.ana, &path, change).await;
    assert_eq!(status, 200);
    let merged = json!({ "persona": "Business", "calls": [2], "lead": true });
    assert_eq!(json["payload"]["custom_attributes"], merged);
    assert_eq!(
        json["payload"]["additional_attributes"],
        json!({ "city": "Bern" })
    );
    assert_eq!(json["payload"]["name"], "Gil");
    let gone = json!({ "custom_attributes": ["calls", "lead"] });
    let (_, json) = house
        .post(
            &house.plan.ana,
            &format!("{path}/destroy_custom_attributes"),
            gone,
        )
        .await;
    assert_eq!(
        json["payload"]["custom_attributes"],
        json!({ "persona": "Business" })
    );
}

#[tokio::test]
async fn the_list_shows_whom_one_could_reach_and_the_search_everybody() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    make(&house, json!({ "name": "Anonymous Guest" })).await;
    for number in 0..17 {
        let email = format!("guest{number}@example.org");
        make(
            &house,
            json!({ "name": format!("Guest {number:02}"), "email": email }),
        )
        .await;
    }
    let (_, first) = house.get(ana, "/contacts?sort=name").await;
    assert_eq!(first["meta"], json!({ "count": 17, "current_page": 1 }));
    assert_eq!(first["payload"].as_array().unwrap().len(), 15);
    assert_eq!(first["payload"][0]["name"], "Guest 00");
    let (_, second) = house.get(ana, "/contacts?sort=-name&page=2").await;
    assert_eq!(second["meta"]["current_page"], "2", "as it was written");
    assert_eq!(second["payload"][1]["name"], "Guest 00");
    let (_, found) = house.get(ana, "/contacts/search?q=GUEST&sort=name").await;
    let meta = json!({ "count": 15, "current_page": 1, "has_more": true });
    assert_eq!(found["meta"], meta, "the count is of this page");
    assert_eq!(found["payload"][0]["name"], "Anonymous Guest");
    let (status, blank) = house.get(ana, "/contacts/search?q=").await;
    assert_eq!((status, &blank["payload"]), (200, &json!([])));
    assert_eq!(blank["meta"]["count"], Value::Null);
}

#[tokio::test]
async fn notes_are_kept_newest_first() {
    let house = House::open().await;
    let made = make(&house, json!({ "name": "Gil" })).await;
    let path = format!("/contacts/{}/notes", made["id"]);
    let ana = &house.plan.ana;
    let (status, first) = house
        .post(ana, &path, json!({ "note": { "content": "Quiet room" } }))
        .await;
    assert_eq!(status, 200);
    assert_keys(
        &first,
        &[
            "id",
            "content",
            "account_id",
            "contact_id",
            "user",
            "created_at",
            "updated_at",
        ],
    );
    assert_eq!(first["account_id"], Value::Null, "as upstream");
    house.post(ana, &path, json!({ "content": "No feathers" })).await;
    let (_, list) = house.get(ana, &path).await;
    assert_eq!(list[0]["content"], "No feathers");
    let one = format!("{path}/{}", first["id"]);
    let (_, changed) = house
        .patch(ana, &one, json!({ "content": "Quietest room" }))
        .await;
    assert_eq!(changed["content"], "Quietest room");
    assert_eq!(house.delete(ana, &one).await, (200, Value::Null));
    assert_eq!(house.get(ana, &one).await.0, 404);
    assert_eq!(house.post(ana, &path, json!({ "content": "" })).await.0, 422);
}

#[tokio::test]
async fn labels_of_a_contact_are_replaced() {
    let house = House::open().await;
    let made = make(&house, json!({ "name": "Gil" })).await;
    let path = format!("/contacts/{}/labels", made["id"]);
    let ana = &house.plan.ana;
    house.post(ana, &path, json!({ "labels": ["regular"] })).await;
    house.post(ana, &path, json!({ "labels": ["vip"] })).await;
    assert_eq!(house.get(ana, &path).await, (200, json!({ "payload": ["vip"] })));
}

#[tokio::test]
async fn conversations_of_a_contact_are_those_one_may_see() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let contact = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let path = format!("/contacts/{contact}/conversations");
    let (_, hers) = house.get(&house.plan.ana, &path).await;
    assert_eq!(hers["payload"][0]["id"], id);
    let (_, his) = house.get(&house.plan.ben, &path).await;
    assert_eq!(his["payload"], json!([]));
}

#[tokio::test]
async fn where_a_conversation_can_be_started() {
    let house = House::open().await;
    let made = make(&house, json!({ "name": "Gil", "phone_number": "+4915112345678" })).await;
    let path = format!("/contacts/{}/contactable_inboxes", made["id"]);
    let (_, json) = house.get(&house.plan.ana, &path).await;
    let named: Vec<(&Value, &Value)> = json["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["inbox"]["name"], &one["source_id"]))
        .collect();
    assert_eq!(named.len(), 3);
    assert_eq!(named[1], (&json!("Phone"), &json!("4915112345678")));
}

#[tokio::test]
async fn deleting_is_for_administrators() {
    let house = House::open().await;
    let made = make(&house, json!({ "name": "Gil" })).await;
    let path = format!("/contacts/{}", made["id"]);
    assert_eq!(house.delete(&house.plan.ana, &path).await.0, 401);
    assert_eq!(house.delete(&house.plan.admin, &path).await, (200, Value::Null));
    assert_eq!(house.get(&house.plan.admin, &path).await.0, 404);
}
