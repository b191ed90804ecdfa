//! Input nobody sends by accident: never a failure of the server, never somebody else's data.

use crate::house::{House, reply};
use reqwest::Method;
use serde_json::{Value, json};

fn nonsense() -> Vec<Value> {
    vec![
        json!(null),
        json!([]),
        json!("text"),
        json!(42),
        json!({ "": "" }),
        json!({ "content": { "a": [1] }, "private": [], "echo_id": {}, "message_type": [], "content_attributes": [1] }),
        json!({ "labels": { "a": 1 }, "custom_attributes": "x", "status": {}, "priority": [], "assignee_id": "x", "team_id": {} }),
        json!({ "note": [], "canned_response": 1, "profile": "x", "custom_filter": null, "label": [] }),
        json!({ "content": "\u{0}\u{202e}😀", "content_attributes": { "in_reply_to": { "x": 1 } } }),
        json!({ "inbox_id": 9_223_372_036_854_775_807_i64, "contact_id": -1, "source_id": [1], "page": "-5" }),
        json!({ "name": ["x"], "email": { "a": 1 }, "phone_number": 7, "identifier": true, "custom_attributes": [] }),
        json!({ "user_ids": "x", "typing_status": {}, "snoozed_until": {} }),
    ]
}

#[tokio::test]
async fn wrong_types_never_break_the_server() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let one = format!("/conversations/{id}");
    let paths = [
        "/conversations".to_owned(),
        format!("{one}/messages"),
        format!("{one}/labels"),
        format!("{one}/custom_attributes"),
        format!("{one}/assignments"),
        format!("{one}/toggle_priority"),
        format!("{one}/toggle_typing_status"),
        format!("{one}/update_last_seen"),
        "/contacts".to_owned(),
        "/contacts/1/notes".to_owned(),
        "/contacts/1/labels".to_owned(),
        "/canned_responses".to_owned(),
        "/labels".to_owned(),
        "/notifications/read_all".to_owned(),
        "/notifications/destroy_all".to_owned(),
        "/conversations/filter".to_owned(),
        "/contacts/filter".to_owned(),
        "/contacts/1/contact_inboxes".to_owned(),
        "/contact_inboxes/filter".to_owned(),
        "/actions/contact_merge".to_owned(),
        "/macros".to_owned(),
        "/bulk_actions".to_owned(),
        "/teams".to_owned(),
        format!("/teams/{}/team_members", house.plan.team),
        "/inbox_members".to_owned(),
        "/custom_attribute_definitions".to_owned(),
        "/custom_filters".to_owned(),
        "/webhooks".to_owned(),
        "/upload".to_owned(),
        format!("{one}/transcript"),
    ];
    for path in paths {
        for body in nonsense() {
            let shown = body.to_string();
            let (status, json) = house.post(&house.plan.admin, &path, body).await;
            assert!(status < 500, "{path} {shown}: {status} {json}");
        }
    }
}

#[tokio::test]
async fn strange_queries_never_break_the_server() {
    let house = House::open().await;
    house.guest_starts(house.plan.web, "100% _sure_ 'quoted'").await;
    for query in [
        "page=-1",
        "page=99999999999999999999",
        "page=9223372036854775807",
        "page[]=1",
        "status[]=open",
        "labels=vip",
        "labels[a]=b",
        "inbox_id=abc",
        "updated_within=99999999999999",
        "q=%25",
        "q=%27%3B%20DROP%20TABLE%20message",
        "sort_by=created_at%3B",
        "q=%FF%FE",
    ] {
        for path in [
            "/conversations",
            "/conversations/meta",
            "/contacts",
            "/contacts/search",
            "/contacts/active",
            "/search",
            "/search/messages",
            "/csat_survey_responses",
            "/csat_survey_responses/metrics",
            "/notifications",
        ] {
            let (status, json) = house.get(&house.plan.admin, &format!("{path}?{query}")).await;
            assert!(status < 500, "{path}?{query}: {status} {json}");
        }
    }
    let (_, json) = house
        .get(&house.plan.admin, "/conversations?q=100%25%20_sure_")
        .await;
    assert_eq!(
        json["data"]["payload"].as_array().unwrap().len(),
        1,
        "signs are text"
    );
}

#[tokio::test]
async fn strange_reports_never_break_the_server() {
    let house = House::open().await;
    house.guest_starts(house.plan.web, "hi").await;
    let largest = "since=-9223372036854775808&until=9223372036854775807";
    for query in [
        "type=account&metric=conversations_count",
        "type=agent&id=x&metric=reply_time&since=a&until=b",
        "type=account&metric=reply_time&timezone_offset=NaN&since=1&until=2",
        "type=account&metric=reply_time&timezone_offset=1e99&since=1&until=2",
        "type[]=account",
        &format!("type=account&metric=conversations_count&{largest}"),
    ] {
        for path in [
            "reports",
            "reports/summary",
            "reports/bot_metrics",
            "reports/conversations",
            "summary_reports/label",
            "summary_reports/channel",
            "live_reports/conversation_metrics",
        ] {
            let path = format!("/api/v2/accounts/{}/{path}?{query}", house.plan.account);
            let token = &house.plan.admin.access_token;
            let (status, json) = reply(house.send(Method::GET, &path, token, None).await).await;
            assert!(status < 500, "{path}: {status} {json}");
        }
    }
}

#[tokio::test]
async fn a_broken_body_is_a_bad_request() {
    let house = House::open().await;
    let response = reqwest::Client::new()
        .post(house.url(&house.of_account("/contacts")))
        .header("api_access_token", &house.plan.ana.access_token)
        .header("content-type", "application/json")
        .body("{\"name\": ")
        .send()
        .await
        .unwrap();
    assert_eq!(
        reply(response).await,
        (400, json!({ "status": 400, "error": "Bad Request" }))
    );
}

#[tokio::test]
async fn a_deep_value_never_makes_a_list_unreadable() {
    let house = House::open().await;
    house.guest_starts(house.plan.web, "hi").await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    for depth in [60, 126] {
        let deep = (0..depth).fold(json!(1), |inner, _| json!({ "a": inner }));
        let guest = json!({ "email": format!("deep-{depth}@example.org"), "custom_attributes": deep });
        house.plain(Method::POST, &base, guest).await;
    }
    let (_, listed) = house.get(&house.plan.admin, "/contacts").await;
    let listed = listed["payload"]
        .as_array()
        .expect("a list that can be read")
        .len();
    assert_eq!(listed, 2, "the guest there was, and the one who is not too deep");
}

#[tokio::test]
async fn ids_of_another_account_are_nobodys() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "private matters").await;
    let contact = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let stranger = &house.plan.stranger.access_token;
    let base = format!("/api/v1/accounts/{}", house.plan.other_account);
    for path in [
        format!("/conversations/{id}"),
        format!("/conversations/{id}/messages"),
        format!("/contacts/{contact}"),
        format!("/contacts/{contact}/notes"),
        format!("/inboxes/{}", house.plan.web),
        format!("/teams/{}", house.plan.team),
        format!("/agent_bots/{}", house.plan.bot),
        format!("/contacts/{contact}/attachments"),
        format!("/contacts/{contact}/labels"),
        format!("/conversations/{id}/draft_messages"),
        format!("/conversations/{id}/inbox_assistant"),
        format!("/teams/{}/team_members", house.plan.team),
        format!("/inbox_members/{}", house.plan.web),
    ] {
        let response = house
            .send(Method::GET, &format!("{base}{path}"), stranger, None)
            .await;
        assert_eq!(response.status(), 404, "{path}");
    }
    let wanted = json!({ "inbox_id": house.plan.web, "contact_id": contact });
    let response = house
        .send(
            Method::POST,
            &format!("{base}/conversations"),
            stranger,
            Some(wanted),
        )
        .await;
    assert_eq!(response.status(), 404);
    let (_, mine) = house
        .post(
            &house.plan.ana,
            &format!("/conversations/{id}/assignments"),
            json!({ "assignee_id": house.plan.stranger.id }),
        )
        .await;
    assert_eq!(mine, Value::Null, "strangers cannot be assigned");
}

#[tokio::test]
async fn ids_that_are_no_numbers_are_not_found() {
    let house = House::open().await;
    for path in [
        "/conversations/abc",
        "/conversations/1e9",
        "/conversations/-1",
        "/conversations/99999999999999999999",
        "/contacts/%00",
        "/labels/x",
    ] {
        let (status, _) = house.get(&house.plan.admin, path).await;
        assert_eq!(status, 404, "{path}");
    }
}
