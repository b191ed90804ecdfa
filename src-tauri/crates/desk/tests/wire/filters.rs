//! Reference §3.3 and §7: `POST conversations/filter` and `POST contacts/filter`.

use crate::house::{House, Person, assert_keys};
use deskbell_desk::Change;
use deskbell_desk::db::custom_attribute_definition::{self as definitions, CustomAttributeDefinition};
use serde_json::{Value, json};

fn clause(key: &str, operator: &str, values: Value) -> Value {
    json!({ "attribute_key": key, "filter_operator": operator, "values": values, "query_operator": null })
}

fn joined(mut clause: Value, operator: &str) -> Value {
    clause["query_operator"] = json!(operator);
    clause
}

async fn filter(house: &House, person: &Person, payload: Value) -> (u16, Value) {
    let body = json!({ "payload": payload });
    house.post(person, "/conversations/filter", body).await
}

/// The numbers of what a filter finds for the administrator.
async fn found(house: &House, payload: Value) -> Vec<i64> {
    let (status, json) = filter(house, &house.plan.admin, payload.clone()).await;
    assert_eq!(status, 200, "{payload}: {json}");
    let found = json["payload"].as_array().unwrap().iter();
    let mut ids: Vec<i64> = found.map(|one| one["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids
}

async fn define(house: &House, model: &'static str, key: &'static str, kind: &'static str) {
    let account_id = house.plan.account;
    let insert = move |change: &mut Change<'_>| {
        let new = CustomAttributeDefinition {
            id: 0,
            account_id,
            attribute_display_name: key.to_owned(),
            attribute_display_type: kind.to_owned(),
            attribute_description: None,
            attribute_key: key.to_owned(),
            attribute_values: json!([]),
            attribute_model: model.to_owned(),
            regex_pattern: None,
            regex_cue: None,
            default_value: None,
            created_at: change.now_ms,
            updated_at: change.now_ms,
        };
        definitions::insert(change, &new)
    };
    house.running.desk().write(insert).await.unwrap();
}

#[tokio::test]
async fn conversations_filter_answers_counts_and_conversations_without_a_data_wrapper() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let mine = house.guest_starts(house.plan.web, "one").await;
    house.guest_starts(house.plan.web, "two").await;
    let path = format!("/conversations/{mine}/assignments");
    house.post(ana, &path, json!({ "assignee_id": ana.id })).await;
    let (status, json) = filter(&house, ana, json!([])).await;
    assert_eq!(status, 200);
    assert_keys(&json, &["meta", "payload"]);
    let counts = json!({ "mine_count": 1, "unassigned_count": 1, "all_count": 2 });
    assert_eq!(json["meta"], counts, "there is no assigned_count");
    assert_eq!(
        json["payload"].as_array().unwrap().len(),
        2,
        "no clause: everything"
    );
    let (_, shown) = house.get(ana, &format!("/conversations/{mine}")).await;
    assert_eq!(
        json["payload"][0], shown,
        "newest activity first, whole conversations"
    );
}

#[tokio::test]
async fn a_filter_has_pages_of_25_and_counts_over_all_of_them() {
    let house = House::open().await;
    let bulk = json!({ "account_id": house.plan.account, "conversations": 30, "messages_each": 1 });
    house.control("/test/bulk", bulk).await;
    let body = json!({ "payload": [clause("status", "equal_to", json!(["all"]))] });
    let mut seen = Vec::new();
    for (page, count) in [("", 25), ("?page=2", 5), ("?page=3", 0)] {
        let path = format!("/conversations/filter{page}");
        let (_, json) = house.post(&house.plan.admin, &path, body.clone()).await;
        assert_eq!(json["payload"].as_array().unwrap().len(), count, "{page}");
        assert_eq!(json["meta"]["all_count"], 30);
        seen.extend(
            json["payload"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["id"].as_i64()),
        );
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 30);
}

#[tokio::test]
async fn a_filter_shows_nobody_more_than_the_list() {
    let house = House::open().await;
    house.guest_starts(house.plan.phone, "hidden").await;
    let (_, json) = filter(&house, &house.plan.ben, json!([])).await;
    assert_eq!(json["payload"], json!([]));
    assert_eq!(json["meta"]["all_count"], 0);
    let either = json!([
        joined(clause("status", "equal_to", json!(["open"])), "or"),
        clause("inbox_id", "is_present", json!([])),
    ]);
    let (_, json) = filter(&house, &house.plan.ben, either).await;
    assert_eq!(json["payload"], json!([]), "an or opens no door");
}

#[tokio::test]
async fn status_and_priority_go_by_name_and_any_of() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let open = house.guest_starts(house.plan.web, "open").await;
    let resolved = house.guest_starts(house.plan.web, "resolved").await;
    let path = format!("/conversations/{resolved}");
    house
        .post(
            admin,
            &format!("{path}/toggle_status"),
            json!({ "status": "resolved" }),
        )
        .await;
    house
        .post(
            admin,
            &format!("{path}/toggle_priority"),
            json!({ "priority": "high" }),
        )
        .await;
    for (payload, expected) in [
        (clause("status", "equal_to", json!(["open"])), vec![open]),
        (
            clause("status", "EQUAL_TO", json!(["open", "resolved"])),
            vec![open, resolved],
        ),
        (clause("status", "equal_to", json!(["all"])), vec![open, resolved]),
        (clause("status", "not_equal_to", json!(["all"])), vec![]),
        (clause("status", "not_equal_to", json!(["open"])), vec![resolved]),
        (clause("status", "equal_to", json!(["unheard-of"])), vec![]),
        (
            clause("priority", "equal_to", json!(["high", "low"])),
            vec![resolved],
        ),
        (clause("priority", "not_equal_to", json!(["low"])), vec![resolved]),
    ] {
        assert_eq!(found(&house, json!([payload])).await, expected, "{payload}");
    }
}

#[tokio::test]
async fn ids_may_be_equal_or_present_and_the_empty_is_not_unequal() {
    let house = House::open().await;
    let (web, phone) = (house.plan.web, house.plan.phone);
    let held = house.guest_starts(web, "held").await;
    let free = house.guest_starts(phone, "free").await;
    let ana = &house.plan.ana;
    let path = format!("/conversations/{held}/assignments");
    house.post(ana, &path, json!({ "assignee_id": ana.id })).await;
    let guest = house.conversation(free).await["meta"]["sender"]["id"].clone();
    for (payload, expected) in [
        (clause("assignee_id", "equal_to", json!([ana.id])), vec![held]),
        (
            clause("assignee_id", "equal_to", json!([ana.id.to_string()])),
            vec![held],
        ),
        (clause("assignee_id", "not_equal_to", json!([0])), vec![held]),
        (clause("assignee_id", "is_present", Value::Null), vec![held]),
        (clause("assignee_id", "is_not_present", json!([])), vec![free]),
        (
            clause("inbox_id", "equal_to", json!([web, phone])),
            vec![held, free],
        ),
        (clause("inbox_id", "not_equal_to", json!([web])), vec![free]),
        (clause("team_id", "is_not_present", json!([])), vec![held, free]),
        (clause("campaign_id", "is_present", json!([])), vec![]),
        (clause("contact_id", "equal_to", json!([guest])), vec![free]),
        (clause("display_id", "equal_to", json!([held])), vec![held]),
    ] {
        assert_eq!(found(&house, json!([payload])).await, expected, "{payload}");
    }
}

#[tokio::test]
async fn labels_are_any_of_and_none_of() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let vip = house.guest_starts(house.plan.web, "vip").await;
    let both = house.guest_starts(house.plan.web, "both").await;
    let none = house.guest_starts(house.plan.web, "none").await;
    for (id, labels) in [(vip, json!(["vip"])), (both, json!(["vip", "late"]))] {
        let path = format!("/conversations/{id}/labels");
        house.post(admin, &path, json!({ "labels": labels })).await;
    }
    for (payload, expected) in [
        (
            clause("labels", "equal_to", json!(["late", "unknown"])),
            vec![both],
        ),
        (clause("labels", "equal_to", json!(["vip"])), vec![vip, both]),
        (clause("labels", "not_equal_to", json!(["late"])), vec![vip, none]),
        (clause("labels", "is_present", json!([])), vec![vip, both]),
        (clause("labels", "is_not_present", json!([])), vec![none]),
    ] {
        assert_eq!(found(&house, json!([payload])).await, expected, "{payload}");
    }
}

/// A conversation with additional attributes.
async fn with_attributes(house: &House, attributes: Value) -> i64 {
    let first = house.guest_starts(house.plan.web, "first").await;
    let guest = house.conversation(first).await["meta"]["sender"]["id"].clone();
    house
        .delete(&house.plan.admin, &format!("/conversations/{first}"))
        .await;
    let body = json!({
        "inbox_id": house.plan.web, "contact_id": guest,
        "additional_attributes": attributes["additional"], "custom_attributes": attributes["custom"],
    });
    let (status, made) = house.post(&house.plan.admin, "/conversations", body).await;
    assert_eq!(status, 200, "{made}");
    made["id"].as_i64().unwrap()
}

#[tokio::test]
async fn additional_attributes_are_text() {
    let house = House::open().await;
    let german =
        json!({ "browser_language": "de", "referer": "https://Example.org/rooms", "mail_subject": "Room 7" });
    let german = with_attributes(&house, json!({ "additional": german })).await;
    let other = with_attributes(&house, json!({ "additional": { "browser_language": "en" } })).await;
    for (payload, expected) in [
        (
            clause("browser_language", "equal_to", json!(["de", "fr"])),
            vec![german],
        ),
        (clause("browser_language", "equal_to", json!(["DE"])), vec![]),
        (
            clause("browser_language", "not_equal_to", json!(["de"])),
            vec![other],
        ),
        (
            clause("referer", "contains", json!(["nothing", "  EXAMPLE.org "])),
            vec![german],
        ),
        (
            clause("referer", "does_not_contain", json!(["salon"])),
            vec![german],
        ),
        (clause("mail_subject", "contains", json!(["100%"])), vec![]),
        (
            clause("mail_subject", "equal_to", json!(["Room 7"])),
            vec![german],
        ),
        (clause("conversation_language", "equal_to", json!(["de"])), vec![]),
    ] {
        assert_eq!(found(&house, json!([payload])).await, expected, "{payload}");
    }
}

#[tokio::test]
async fn dates_compare_by_their_day_and_use_the_first_value() {
    let house = House::open().await;
    house
        .control("/test/clock", json!({ "now": 1_773_144_000 }))
        .await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    for (operator, value, expected) in [
        ("is_greater_than", json!(["2026-03-09", "2030-01-01"]), vec![id]),
        ("is_greater_than", json!(["2026-03-10"]), vec![]),
        ("is_less_than", json!(["2026-03-10T23:00:00.000Z"]), vec![]),
        ("is_less_than", json!(["2026-03-11"]), vec![id]),
        ("days_before", json!([0]), vec![]),
        ("days_before", json!(["1"]), vec![]),
    ] {
        for key in ["created_at", "last_activity_at"] {
            let payload = json!([clause(key, operator, value.clone())]);
            assert_eq!(found(&house, payload).await, expected, "{key} {operator} {value}");
        }
    }
    house.advance(3 * 24 * 3600).await;
    assert_eq!(
        found(&house, json!([clause("created_at", "days_before", json!([2]))])).await,
        [id]
    );
    assert!(
        found(&house, json!([clause("created_at", "days_before", json!([3]))]))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn custom_attributes_compare_by_their_definition() {
    let house = House::open().await;
    for (key, kind) in [
        ("room_type", "list"),
        ("nights", "number"),
        ("arrival", "date"),
        ("paid", "checkbox"),
    ] {
        define(&house, "conversation_attribute", key, kind).await;
    }
    define(&house, "contact_attribute", "persona", "text").await;
    let attributes = json!({ "room_type": "Suite", "nights": 3, "arrival": "2026-05-02", "paid": true });
    let full = with_attributes(&house, json!({ "custom": attributes })).await;
    let empty = with_attributes(&house, json!({ "custom": {} })).await;
    for (payload, expected) in [
        (
            clause("room_type", "equal_to", json!(["suite", "single"])),
            vec![full],
        ),
        (
            clause("room_type", "equal_to", json!(["single", "suite"])),
            vec![],
        ),
        (
            clause("room_type", "not_equal_to", json!(["single"])),
            vec![full, empty],
        ),
        (clause("room_type", "contains", json!(["UIT"])), vec![full]),
        (clause("nights", "is_greater_than", json!([2])), vec![full]),
        (clause("nights", "is_less_than", json!(["3"])), vec![]),
        (clause("nights", "equal_to", json!(["3.0"])), vec![full]),
        (clause("nights", "not_equal_to", json!([3])), vec![empty]),
        (
            clause("arrival", "is_less_than", json!(["2026-05-03"])),
            vec![full],
        ),
        (
            clause("arrival", "not_equal_to", json!(["2026-05-02"])),
            vec![empty],
        ),
        (clause("paid", "equal_to", json!([true])), vec![full]),
        (clause("paid", "equal_to", json!(["false"])), vec![]),
        (clause("nights", "is_present", json!([])), vec![full]),
        (clause("nights", "is_not_present", json!([])), vec![empty]),
    ] {
        assert_eq!(found(&house, json!([payload])).await, expected, "{payload}");
    }
    let foreign = json!([clause("persona", "equal_to", json!(["x"]))]);
    let (status, _) = filter(&house, &house.plan.admin, foreign).await;
    assert_eq!(status, 422, "attributes of contacts are none of conversations");
}

#[tokio::test]
async fn and_binds_closer_than_or() {
    let house = House::open().await;
    let web = house.guest_starts(house.plan.web, "web").await;
    let phone = house.guest_starts(house.plan.phone, "phone").await;
    let path = format!("/conversations/{phone}/toggle_status");
    house
        .post(&house.plan.admin, &path, json!({ "status": "resolved" }))
        .await;
    let payload = json!([
        joined(clause("inbox_id", "equal_to", json!([house.plan.phone])), "OR"),
        joined(clause("inbox_id", "equal_to", json!([house.plan.web])), "and"),
        clause("status", "equal_to", json!(["resolved"])),
    ]);
    assert_eq!(found(&house, payload).await, [phone]);
    let payload = json!([
        joined(clause("status", "equal_to", json!(["resolved"])), "and"),
        joined(clause("inbox_id", "equal_to", json!([house.plan.web])), "or"),
        clause("status", "equal_to", json!(["open"])),
    ]);
    assert_eq!(found(&house, payload).await, [web]);
}

#[tokio::test]
async fn grammar_errors_are_422_with_their_sentences() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let keys = "status,priority,assignee_id,inbox_id,team_id,campaign_id,contact_id,display_id,labels,\
                browser_language,conversation_language,referer,mail_subject,created_at,last_activity_at";
    let unknown = format!(
        "Invalid attribute key - [x]. The key should be one of [{keys}] or a custom attribute defined in the account."
    );
    let operator = "Invalid operator. The allowed operators for status are [equal_to,not_equal_to].";
    let query = "Query operator must be either \"AND\" or \"OR\".";
    let value = |key: &str| format!("Invalid value. The values provided for {key} are invalid");
    let open = clause("status", "equal_to", json!(["open"]));
    for (payload, error) in [
        (json!([clause("x", "equal_to", json!(["1"]))]), unknown),
        (
            json!([clause("status", "contains", json!(["o"]))]),
            operator.to_owned(),
        ),
        (json!([clause("status", "", json!(["o"]))]), operator.to_owned()),
        (json!([joined(open.clone(), "xor"), open]), query.to_owned()),
        (json!([open, open]), query.to_owned()),
        (json!([joined(open.clone(), "and")]), query.to_owned()),
        (json!([clause("status", "equal_to", json!([]))]), value("status")),
        (
            json!([clause("labels", "equal_to", json!([""]))]),
            value("labels"),
        ),
        (
            json!([clause("inbox_id", "equal_to", json!(["abc"]))]),
            value("inbox_id"),
        ),
        (
            json!([clause("status", "equal_to", json!([{ "id": "open" }]))]),
            value("status"),
        ),
        (
            json!([clause("created_at", "is_less_than", json!(["soon"]))]),
            value("created_at"),
        ),
        (
            json!([clause("created_at", "days_before", json!(["many"]))]),
            value("created_at"),
        ),
    ] {
        let reply = filter(&house, admin, payload.clone()).await;
        assert_eq!(reply, (422, json!({ "error": error })), "{payload}");
    }
}

#[tokio::test]
async fn strange_filters_never_break_the_server() {
    let house = House::open().await;
    house.guest_starts(house.plan.web, "hi").await;
    let values: Vec<String> = (0..5000).map(|number| number.to_string()).collect();
    for path in ["/conversations/filter", "/contacts/filter"] {
        for payload in [
            json!(null),
            json!("x"),
            json!({ "a": 1 }),
            json!([null, 7, "x", []]),
            json!([{}]),
            json!([clause("labels", "equal_to", json!(values.clone()))]),
            json!(vec![
                joined(clause("labels", "is_present", json!([])), "or");
                5000
            ]),
            json!([clause(
                "labels",
                "equal_to",
                json!(["\u{0}'; DROP TABLE contact; --"])
            )]),
            json!([clause(
                "created_at",
                "is_less_than",
                json!(["日本語日本語日本語"])
            )]),
            json!([clause(
                "created_at",
                "days_before",
                json!([9_223_372_036_854_775_807_i64])
            )]),
        ] {
            let shown: String = payload.to_string().chars().take(100).collect();
            let body = json!({ "payload": payload });
            let (status, json) = house.post(&house.plan.admin, path, body).await;
            assert!(status < 500, "{path} {shown}: {status} {json}");
        }
        let (status, json) = house.post(&house.plan.admin, path, json!({})).await;
        let missing = json!({ "error": "param is missing or the value is empty: payload" });
        assert_eq!((status, json), (422, missing));
    }
}

async fn names(house: &House, payload: Value) -> Vec<String> {
    let body = json!({ "payload": payload });
    let (status, json) = house
        .post(&house.plan.ana, "/contacts/filter?sort=name", body)
        .await;
    assert_eq!(status, 200, "{payload}: {json}");
    let found = json["payload"].as_array().unwrap().iter();
    found
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn contacts_filter_looks_at_the_first_value_without_regard_to_case() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    define(&house, "contact_attribute", "persona", "text").await;
    for body in [
        json!({ "name": "Gil", "email": "gil@example.org", "phone_number": "+49301", "identifier": "G-1",
                "additional_attributes": { "city": "Berlin", "country_code": "DE", "company_name": "Adler" },
                "custom_attributes": { "persona": "Business" } }),
        json!({ "name": "Mia", "email": "mia@example.com" }),
        json!({ "name": "Nobody" }),
    ] {
        house.post(ana, "/contacts", body).await;
    }
    let (_, mia) = house.get(ana, "/contacts/search?q=mia").await;
    let mia = mia["payload"][0]["id"].clone();
    house
        .post(
            ana,
            &format!("/contacts/{mia}/labels"),
            json!({ "labels": ["vip"] }),
        )
        .await;
    house
        .patch(ana, &format!("/contacts/{mia}"), json!({ "blocked": true }))
        .await;
    for (payload, expected) in [
        (clause("name", "equal_to", json!(["GIL", "Mia"])), vec!["Gil"]),
        (
            clause("name", "contains", json!(["gi", "MI"])),
            vec!["Gil", "Mia"],
        ),
        (clause("name", "does_not_contain", json!(["gi"])), vec!["Mia"]),
        (clause("phone_number", "equal_to", json!(["49301"])), vec!["Gil"]),
        (clause("phone_number", "starts_with", json!(["+4930"])), vec![]),
        (
            clause("phone_number", "starts_with", json!(["+49301"])),
            vec!["Gil"],
        ),
        (clause("email", "contains", json!([".COM"])), vec!["Mia"]),
        (clause("identifier", "equal_to", json!(["g-1"])), vec!["Gil"]),
        (clause("country_code", "equal_to", json!(["de"])), vec!["Gil"]),
        (clause("city", "contains", json!(["ber"])), vec!["Gil"]),
        (clause("company_name", "not_equal_to", json!(["adler"])), vec![]),
        (clause("labels", "equal_to", json!(["vip"])), vec!["Mia"]),
        (clause("labels", "is_not_present", json!([])), vec!["Gil"]),
        (clause("blocked", "equal_to", json!([true])), vec!["Mia"]),
        (clause("blocked", "not_equal_to", json!(["true"])), vec!["Gil"]),
        (
            clause("created_at", "is_greater_than", json!(["2000-01-01"])),
            vec!["Gil", "Mia"],
        ),
        (clause("persona", "equal_to", json!(["business"])), vec!["Gil"]),
    ] {
        assert_eq!(names(&house, json!([payload])).await, expected, "{payload}");
    }
    assert_eq!(
        names(&house, json!([])).await,
        ["Gil", "Mia"],
        "the unidentified are left out"
    );
}

#[tokio::test]
async fn contacts_filter_has_the_form_of_the_list_and_its_own_keys() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    house
        .post(
            ana,
            "/contacts",
            json!({ "name": "Gil", "email": "gil@example.org" }),
        )
        .await;
    let (status, json) = house
        .post(ana, "/contacts/filter?page=1", json!({ "payload": [] }))
        .await;
    assert_eq!(status, 200);
    assert_eq!(json["meta"], json!({ "count": 1, "current_page": "1" }));
    let (_, shown) = house.get(ana, "/contacts?sort=name").await;
    assert_eq!(json["payload"], shown["payload"]);
    let body = json!({ "payload": [clause("status", "equal_to", json!(["open"]))] });
    let (status, json) = house.post(ana, "/contacts/filter", body).await;
    assert_eq!(status, 422);
    let keys = "name,phone_number,email,identifier,country_code,city,company_name,labels,created_at,\
                last_activity_at,blocked";
    let error = format!(
        "Invalid attribute key - [status]. The key should be one of [{keys}] or a custom attribute defined in the account."
    );
    assert_eq!(json, json!({ "error": error }));
}
