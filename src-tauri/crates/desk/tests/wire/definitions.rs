//! Reference §8: attribute definitions, saved views, labels of the account.

use crate::cable::Cable;
use crate::house::{House, assert_keys};
use serde_json::{Value, json};

fn definition(key: &str) -> Value {
    json!({
        "attribute_display_name": "Room", "attribute_display_type": "list", "attribute_key": key,
        "attribute_model": "conversation_attribute", "attribute_values": ["single", "double"],
        "regex_pattern": "^[a-z]+$", "regex_cue": "letters",
    })
}

#[tokio::test]
async fn custom_attribute_definitions_create_show_update_and_destroy() {
    let house = House::open().await;
    let (admin, ana) = (&house.plan.admin, &house.plan.ana);
    let base = "/custom_attribute_definitions";
    let (status, made) = house.post(admin, base, definition("room")).await;
    assert_eq!(status, 200, "{made}");
    assert_keys(
        &made,
        &[
            "id",
            "attribute_display_name",
            "attribute_display_type",
            "attribute_description",
            "attribute_key",
            "regex_pattern",
            "regex_cue",
            "attribute_values",
            "attribute_model",
            "default_value",
            "created_at",
            "updated_at",
        ],
    );
    assert_eq!(made["attribute_values"], json!(["single", "double"]));
    assert_eq!(made["regex_pattern"], "^[a-z]+$");
    assert!(made["created_at"].as_str().unwrap().ends_with('Z'));
    let path = format!("{base}/{}", made["id"]);
    assert_eq!(house.get(ana, &path).await, (200, made.clone()), "bare");
    let wrapped = json!({ "custom_attribute_definition": { "attribute_display_name": "Rooms" } });
    let (_, changed) = house.patch(admin, &path, wrapped).await;
    assert_eq!(changed["attribute_display_name"], "Rooms");
    assert_eq!(changed["attribute_key"], "room");
    assert_eq!(house.patch(ana, &path, definition("x")).await.0, 401);
    assert_eq!(house.delete(ana, &path).await.0, 401);
    assert_eq!(house.delete(admin, &path).await, (204, Value::Null));
    assert_eq!(house.get(ana, &path).await.0, 404);
}

#[tokio::test]
async fn custom_attribute_definitions_index_goes_by_model() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let base = "/custom_attribute_definitions";
    house.post(admin, base, definition("room")).await;
    let mut of_contacts = definition("room");
    of_contacts["attribute_model"] = json!("contact_attribute");
    assert_eq!(
        house.post(admin, base, of_contacts).await.0,
        200,
        "unique per model"
    );
    let count = |json: &Value| json.as_array().unwrap().len();
    assert_eq!(count(&house.get(admin, base).await.1), 2);
    let one = format!("{base}?attribute_model=contact_attribute");
    assert_eq!(count(&house.get(admin, &one).await.1), 1);
}

#[tokio::test]
async fn custom_attribute_definitions_refuse_bad_keys() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let base = "/custom_attribute_definitions";
    house.post(admin, base, definition("room")).await;
    let conflict =
        "Attribute key The provided key is not allowed as it might conflict with default attributes.";
    for (key, message) in [
        ("room", "Attribute key has already been taken"),
        ("status", conflict),
        ("two words", "Attribute key is invalid"),
        ("a\"b", "Attribute key is invalid"),
        ("", "Attribute key can't be blank"),
    ] {
        let refused = json!({ "message": message, "attributes": ["attribute_key"] });
        assert_eq!(
            house.post(admin, base, definition(key)).await,
            (422, refused),
            "{key}"
        );
    }
    let mut strange = definition("other");
    strange["attribute_display_type"] = json!("smell");
    assert_eq!(house.post(admin, base, strange).await.0, 422);
}

#[tokio::test]
async fn custom_filters_are_updated_and_run() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let clause = json!({ "attribute_key": "status", "filter_operator": "equal_to", "values": ["open"] });
    let query = json!({ "payload": [clause] });
    let body = json!({ "custom_filter": { "name": "Open", "query": query } });
    let (_, made) = house.post(ana, "/custom_filters", body).await;
    assert_keys(
        &made,
        &["id", "name", "filter_type", "query", "created_at", "updated_at"],
    );
    assert_eq!(made["filter_type"], "conversation", "the default");
    let path = format!("/custom_filters/{}", made["id"]);
    let (status, json) = house
        .patch(ana, &path, json!({ "custom_filter": { "name": "New" } }))
        .await;
    assert_eq!((status, &json["name"]), (200, &json!("New")));
    assert_eq!(json["query"], query);
    let (_, found) = house
        .post(ana, "/conversations/filter", json["query"].clone())
        .await;
    assert_eq!(found["payload"][0]["id"], id);
    let long = json!({ "custom_filter": { "name": "x".repeat(256) } });
    let message = "Name is too long (maximum is 255 characters)";
    let refused = (422, json!({ "message": message, "attributes": ["name"] }));
    assert_eq!(house.patch(ana, &path, long.clone()).await, refused);
    assert_eq!(house.post(ana, "/custom_filters", long).await, refused);
}

#[tokio::test]
async fn custom_filters_are_a_thousand_at_most() {
    let house = House::open().await;
    let (account_id, user_id) = (house.plan.account, house.plan.ana.id);
    let fill = move |change: &mut deskbell_desk::Change<'_>| {
        deskbell_desk::db::rows::execute(
            change,
            "INSERT INTO custom_filter (account_id, user_id, name, filter_type, created_at, updated_at)
             SELECT ?1, ?2, 'x', 'report', 0, 0 FROM json_each('[' || substr(replace(hex(zeroblob(500)), '0', '0,'), 1, 1999) || ']')",
            [account_id, user_id],
        )
    };
    assert_eq!(house.running.desk().write(fill).await.unwrap(), 1000);
    let body = json!({ "custom_filter": { "name": "One more" } });
    let (status, json) = house.post(&house.plan.ana, "/custom_filters", body.clone()).await;
    assert_eq!(status, 422);
    assert!(json["message"].as_str().unwrap().contains("1000"));
    assert!(json["attributes"].is_array());
    assert_eq!(
        house.post(&house.plan.ben, "/custom_filters", body).await.0,
        200,
        "per user"
    );
}

#[tokio::test]
async fn a_renamed_label_is_carried_over_and_a_deleted_one_taken_off() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let guest = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let (_, label) = house.post(admin, "/labels", json!({ "title": "late" })).await;
    let of_conversation = format!("/conversations/{id}/labels");
    let of_contact = format!("/contacts/{guest}/labels");
    for path in [&of_conversation, &of_contact] {
        house
            .post(admin, path, json!({ "labels": ["late", "vip"] }))
            .await;
    }
    let mut socket = Cable::person(&house, admin).await;
    let path = format!("/labels/{}", label["id"]);
    house.patch(admin, &path, json!({ "title": "Arrival" })).await;
    for path in [&of_conversation, &of_contact] {
        assert_eq!(
            house.get(admin, path).await.1,
            json!({ "payload": ["arrival", "vip"] })
        );
    }
    let names = socket.names_until("account.cache_invalidated").await;
    assert_eq!(
        names,
        ["contact.updated", "account.cache_invalidated"],
        "conversations change silently"
    );
    assert_eq!(house.delete(admin, &path).await, (200, Value::Null));
    for path in [&of_conversation, &of_contact] {
        assert_eq!(house.get(admin, path).await.1, json!({ "payload": ["vip"] }));
    }
}
