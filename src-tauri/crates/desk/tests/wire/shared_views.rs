//! Views shared with the team: this desk's own addition to the wire.

use crate::cable::Cable;
use crate::house::{House, Person, assert_keys};
use serde_json::{Value, json};

fn open_ones() -> Value {
    json!({ "payload": [{ "attribute_key": "status", "filter_operator": "equal_to", "values": ["open"] }] })
}

async fn share(house: &House, person: &Person, name: &str) -> Value {
    let body = json!({ "shared_view": { "name": name, "query": open_ones() } });
    let (status, made) = house.post(person, "/shared_views", body).await;
    assert_eq!(status, 200, "{made}");
    made
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter().map(|view| view["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_one_shares_everybody_of_the_property_lists_and_runs() {
    let house = House::open().await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let id = house.guest_starts(house.plan.web, "hi").await;
    let made = share(&house, ana, "Open").await;
    assert_keys(
        &made,
        &[
            "id",
            "name",
            "filter_type",
            "query",
            "position",
            "created_by",
            "created_at",
            "updated_at",
        ],
    );
    assert_eq!(made["filter_type"], "conversation", "the default");
    assert_eq!(made["created_by"], json!({ "id": ana.id, "name": "Ana" }));
    let listed = house.get(ben, "/shared_views").await;
    assert_eq!(listed, (200, json!([made])));
    let path = format!("/shared_views/{}", made["id"]);
    assert_eq!(house.get(ben, &path).await, (200, made.clone()));
    let (_, found) = house
        .post(ben, "/conversations/filter", made["query"].clone())
        .await;
    assert_eq!(found["payload"][0]["id"], id);
    let (_, contacts) = house.get(ben, "/shared_views?filter_type=contact").await;
    assert_eq!(contacts, json!([]));
    assert_eq!(
        house.get(ben, "/custom_filters").await.1,
        json!([]),
        "nobody's own"
    );
}

#[tokio::test]
async fn only_who_made_it_and_administrators_change_and_delete_it() {
    let house = House::open().await;
    let (ana, ben, admin) = (&house.plan.ana, &house.plan.ben, &house.plan.admin);
    let path = format!("/shared_views/{}", share(&house, ana, "Open").await["id"]);
    let denied = (
        401,
        json!({ "error": "You are not authorized to do this action" }),
    );
    let rename = |name: &str| json!({ "shared_view": { "name": name } });
    assert_eq!(house.patch(ben, &path, rename("Ben's")).await, denied);
    assert_eq!(house.delete(ben, &path).await, denied);
    let (status, renamed) = house.patch(ana, &path, rename("Needs us")).await;
    assert_eq!((status, &renamed["name"]), (200, &json!("Needs us")));
    assert_eq!(renamed["query"], open_ones(), "what is not named stays");
    let changed = house
        .patch(admin, &path, json!({ "query": { "payload": [] } }))
        .await;
    assert_eq!(changed.1["query"], json!({ "payload": [] }));
    assert_eq!(changed.1["created_by"]["id"], ana.id);
    assert_eq!(house.delete(admin, &path).await, (204, Value::Null));
    assert_eq!(house.get(ana, &path).await.0, 404);
    assert_eq!(house.patch(ana, &path, rename("x")).await.0, 404);
}

#[tokio::test]
async fn administrators_order_them_and_unnamed_ones_follow() {
    let house = House::open().await;
    let (ana, admin) = (&house.plan.ana, &house.plan.admin);
    let mut ids = Vec::new();
    for name in ["one", "two", "three", "four"] {
        ids.push(share(&house, ana, name).await["id"].as_i64().unwrap());
    }
    let wanted = json!({ "ids": [ids[2], 999_999, ids[0]] });
    assert_eq!(
        house.post(ana, "/shared_views/order", wanted.clone()).await.0,
        401
    );
    let (status, ordered) = house.post(admin, "/shared_views/order", wanted).await;
    assert_eq!(status, 200);
    assert_eq!(names(&ordered), ["three", "one", "two", "four"]);
    assert_eq!(house.get(ana, "/shared_views").await.1, ordered);
    share(&house, ana, "five").await;
    let (_, listed) = house.get(ana, "/shared_views").await;
    assert_eq!(names(&listed), ["three", "one", "two", "four", "five"]);
    assert_eq!(house.post(admin, "/shared_views/order", json!({})).await.0, 422);
}

#[tokio::test]
async fn everybody_of_the_property_hears_of_every_change_and_nobody_else() {
    let house = House::open().await;
    let (ana, ben, admin) = (&house.plan.ana, &house.plan.ben, &house.plan.admin);
    let mut ear = Cable::person(&house, ben).await;
    let made = share(&house, ana, "Open").await;
    let told = ear.event("shared_view.created").await;
    assert_eq!(told["account_id"], house.plan.account);
    assert_eq!(told["performer"]["id"], ana.id);
    for (key, value) in made.as_object().unwrap() {
        assert_eq!(&told[key], value, "{key}");
    }
    let path = format!("/shared_views/{}", made["id"]);
    house.patch(ana, &path, json!({ "name": "Needs us" })).await;
    assert_eq!(ear.event("shared_view.updated").await["name"], "Needs us");
    let order = json!({ "ids": [made["id"]] });
    house.post(admin, "/shared_views/order", order).await;
    let ordered = ear.event("shared_view.ordered").await;
    assert_eq!(ordered["ids"], json!([made["id"]]));
    assert_eq!(ordered["filter_type"], "conversation");
    house.delete(ana, &path).await;
    assert_eq!(ear.event("shared_view.deleted").await["id"], made["id"]);
}

#[tokio::test]
async fn other_properties_neither_see_nor_change_them() {
    let house = House::open().await;
    let made = share(&house, &house.plan.ana, "Open").await;
    let foreign = format!("/api/v1/accounts/{}/shared_views", house.plan.other_account);
    let token = &house.plan.stranger.access_token;
    let listed = house.send(reqwest::Method::GET, &foreign, token, None).await;
    assert_eq!(listed.json::<Value>().await.unwrap(), json!([]));
    let one = format!("{foreign}/{}", made["id"]);
    for method in [
        reqwest::Method::GET,
        reqwest::Method::PATCH,
        reqwest::Method::DELETE,
    ] {
        let answer = house
            .send(method.clone(), &one, token, Some(json!({ "name": "x" })))
            .await;
        assert_eq!(answer.status(), 404, "{method}");
    }
}

#[tokio::test]
async fn names_types_and_sizes_are_checked() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let query = json!({ "payload": [{ "values": ["x".repeat(20_000)] }] });
    for (body, attribute) in [
        (json!({ "query": {} }), "name"),
        (json!({ "name": "  " }), "name"),
        (json!({ "name": "x".repeat(256) }), "name"),
        (json!({ "name": "x", "filter_type": "smell" }), "filter_type"),
        (json!({ "name": "x", "query": query }), "query"),
    ] {
        let (status, json) = house.post(ana, "/shared_views", body).await;
        assert_eq!(
            (status, &json["attributes"]),
            (422, &json!([attribute])),
            "{json}"
        );
    }
    for number in 0..100 {
        share(&house, ana, &format!("View {number}")).await;
    }
    let (status, json) = house.post(ana, "/shared_views", json!({ "name": "101" })).await;
    assert_eq!((status, &json["attributes"]), (422, &json!(["account_id"])));
    let of_contacts = json!({ "name": "other type", "filter_type": "contact" });
    assert_eq!(house.post(ana, "/shared_views", of_contacts).await.0, 200);
}

#[tokio::test]
async fn a_view_outlives_who_made_it() {
    let house = House::open().await;
    let (ana, admin) = (&house.plan.ana, &house.plan.admin);
    let made = share(&house, ana, "Open").await;
    let leaver = ana.id;
    let gone = house.running.desk().write(move |change| {
        deskbell_desk::db::rows::execute(change, "DELETE FROM account_user WHERE user_id = ?1", [leaver])
    });
    assert_eq!(gone.await.unwrap(), 1);
    let (_, listed) = house.get(admin, "/shared_views").await;
    assert_eq!(listed[0]["id"], made["id"]);
    assert_eq!(listed[0]["created_by"], Value::Null);
}
