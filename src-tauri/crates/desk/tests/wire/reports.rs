//! Reference §9: reports.

use crate::house::{House, Reply, assert_keys, reply};
use reqwest::Method;
use serde_json::{Value, json};

/// 2026-03-10 12:00 UTC.
const NOON: i64 = 1_773_144_000;
const SPAN: &str = "since=1773100800&until=1773273600";

async fn report(house: &House, path: &str) -> Reply {
    let path = format!("/api/v2/accounts/{}/{path}", house.plan.account);
    let token = &house.plan.admin.access_token;
    reply(house.send(Method::GET, &path, token, None).await).await
}

/// Ana answers after 60 seconds, resolves after 120; a second conversation stays open.
async fn a_day(house: &House) -> i64 {
    house.control("/test/clock", json!({ "now": NOON })).await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let one = format!("/conversations/{id}");
    house
        .post(
            ana,
            &format!("{one}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    house.advance(60).await;
    house
        .post(ana, &format!("{one}/messages"), json!({ "content": "Hello" }))
        .await;
    house.advance(60).await;
    house
        .post(
            ana,
            &format!("{one}/toggle_status"),
            json!({ "status": "resolved" }),
        )
        .await;
    house.guest_starts(house.plan.phone, "me too").await;
    id
}

#[tokio::test]
async fn reports_summary_counts_a_span_and_the_one_before() {
    let house = House::open().await;
    a_day(&house).await;
    let (status, json) = report(&house, &format!("reports/summary?type=account&{SPAN}")).await;
    assert_eq!(status, 200, "{json}");
    let expected = json!({
        "conversations_count": 2, "incoming_messages_count": 2, "outgoing_messages_count": 1,
        "avg_first_response_time": 60.0, "avg_resolution_time": 120.0, "resolutions_count": 1, "reply_time": null,
        "previous": {
            "conversations_count": 0, "incoming_messages_count": 0, "outgoing_messages_count": 0,
            "avg_first_response_time": null, "avg_resolution_time": null, "resolutions_count": 0, "reply_time": null,
        },
    });
    assert_eq!(json, expected);
    let agent = format!("reports/summary?type=agent&id={}&{SPAN}", house.plan.ana.id);
    let (_, json) = report(&house, &agent).await;
    assert_eq!(
        (&json["conversations_count"], &json["resolutions_count"]),
        (&json!(1), &json!(1))
    );
    let (_, json) = report(&house, "reports/summary?type=account").await;
    assert_eq!(json["conversations_count"], 0, "both bounds are needed");
    let unknown = format!("reports/summary?type=inbox&id=999&{SPAN}");
    assert_eq!(report(&house, &unknown).await.0, 404);
}

#[tokio::test]
async fn reports_are_a_series_of_periods() {
    let house = House::open().await;
    a_day(&house).await;
    let (status, json) = report(
        &house,
        &format!("reports?metric=conversations_count&type=account&{SPAN}"),
    )
    .await;
    assert_eq!(status, 200);
    let days =
        json!([{ "value": 2, "timestamp": 1_773_100_800 }, { "value": 0, "timestamp": 1_773_187_200 }]);
    assert_eq!(json, days, "a day by default, empty ones too");
    let averages = format!("reports?metric=avg_first_response_time&type=account&group_by=week&{SPAN}");
    let (_, json) = report(&house, &averages).await;
    assert_eq!(
        json,
        json!([{ "value": 60.0, "timestamp": 1_772_928_000, "count": 1 }])
    );
    let unknown = format!("reports?metric=happiness&type=account&{SPAN}");
    assert_eq!(report(&house, &unknown).await, (200, json!({})));
    let endless = "reports?metric=conversations_count&type=account&group_by=hour&since=0&until=1773273600";
    assert_eq!(report(&house, endless).await.0, 422);
}

#[tokio::test]
async fn reports_are_denied_to_agents() {
    let house = House::open().await;
    let denied = (
        401,
        json!({ "error": "You are not authorized to do this action" }),
    );
    for path in [
        "reports?type=account",
        "reports/summary?type=account",
        "reports/bot_summary?type=account",
        "reports/bot_metrics",
        "reports/conversations?type=account",
        "live_reports/conversation_metrics",
        "live_reports/grouped_conversation_metrics?group_by=team_id",
        "summary_reports/agent",
        "summary_reports/channel",
    ] {
        let path = format!("/api/v2/accounts/{}/{path}", house.plan.account);
        let response = house
            .send(Method::GET, &path, &house.plan.ana.access_token, None)
            .await;
        assert_eq!(reply(response).await, denied, "{path}");
    }
}

#[tokio::test]
async fn reports_conversations_are_live() {
    let house = House::open().await;
    a_day(&house).await;
    let live = json!({ "open": 1, "unattended": 1, "unassigned": 1, "pending": 0 });
    assert_eq!(
        report(&house, "reports/conversations?type=account").await,
        (200, live)
    );
    let (_, json) = report(&house, "reports/conversations?type=agent").await;
    assert_keys(
        &json[0],
        &["id", "name", "email", "thumbnail", "availability", "metric"],
    );
    assert_keys(&json[0]["metric"], &["open", "unattended"]);
    assert_eq!(report(&house, "reports/conversations").await, (422, Value::Null));
}

#[tokio::test]
async fn live_reports_count_now() {
    let house = House::open().await;
    a_day(&house).await;
    house.guest_starts(house.plan.ai, "hi bot").await;
    let (status, json) = report(&house, "live_reports/conversation_metrics").await;
    let expected = json!({ "open": 1, "unattended": 1, "unassigned": 1, "pending": 1 });
    assert_eq!((status, json), (200, expected));
    let (_, json) = report(
        &house,
        "live_reports/grouped_conversation_metrics?group_by=assignee_id",
    )
    .await;
    assert_eq!(
        json,
        json!([{ "open": 1, "unattended": 1, "unassigned": 1, "assignee_id": null }])
    );
    let wrong = report(&house, "live_reports/grouped_conversation_metrics?group_by=mood").await;
    assert_eq!(wrong, (422, json!({ "error": "invalid group_by" })));
}

#[tokio::test]
async fn reports_of_bots_count_resolutions_and_handoffs() {
    let house = House::open().await;
    house.control("/test/clock", json!({ "now": NOON })).await;
    for status in ["resolved", "open"] {
        let id = house.guest_starts(house.plan.ai, "hi").await;
        let path = format!("/conversations/{id}");
        house
            .bot(
                Method::POST,
                &format!("{path}/messages"),
                json!({ "content": "Hello" }),
            )
            .await;
        house
            .bot(
                Method::POST,
                &format!("{path}/toggle_status"),
                json!({ "status": status }),
            )
            .await;
    }
    let (_, json) = report(&house, &format!("reports/bot_summary?type=account&{SPAN}")).await;
    let none = json!({ "bot_resolutions_count": 0, "bot_handoffs_count": 0 });
    assert_eq!(
        json,
        json!({ "bot_resolutions_count": 1, "bot_handoffs_count": 1, "previous": none })
    );
    let (_, json) = report(&house, &format!("reports/bot_metrics?{SPAN}")).await;
    let expected =
        json!({ "conversation_count": 2, "message_count": 2, "resolution_rate": 50, "handoff_rate": 50 });
    assert_eq!(json, expected);
}

#[tokio::test]
async fn summary_reports_have_a_row_for_each() {
    let house = House::open().await;
    let id = a_day(&house).await;
    house
        .post(&house.plan.admin, "/labels", json!({ "title": "vip" }))
        .await;
    house
        .post(
            &house.plan.ana,
            &format!("/conversations/{id}/labels"),
            json!({ "labels": ["vip"] }),
        )
        .await;
    let keys = [
        "id",
        "conversations_count",
        "resolved_conversations_count",
        "avg_resolution_time",
        "avg_first_response_time",
        "avg_reply_time",
    ];
    for (kind, rows) in [("agent", 3), ("team", 1), ("inbox", 3)] {
        let (status, json) = report(&house, &format!("summary_reports/{kind}?{SPAN}")).await;
        assert_eq!((status, json.as_array().unwrap().len()), (200, rows), "{kind}");
        assert_keys(&json[0], &keys);
    }
    let (_, json) = report(&house, &format!("summary_reports/agent?{SPAN}")).await;
    assert_eq!(json[1]["avg_first_response_time"], 60.0);
    assert_eq!(json[0]["avg_first_response_time"], Value::Null);
    let (_, json) = report(&house, "summary_reports/label").await;
    assert_eq!(
        (&json[0]["name"], &json[0]["conversations_count"]),
        (&json!("vip"), &json!(1))
    );
    assert_eq!(json[0]["avg_reply_time"], 0);
    let (_, json) = report(&house, &format!("summary_reports/channel?{SPAN}")).await;
    let web = json!({ "open": 0, "resolved": 1, "pending": 0, "snoozed": 0, "total": 1 });
    assert_eq!(json["Channel::Api"], web);
    let long = report(&house, "summary_reports/channel?since=0&until=1773273600").await;
    assert_eq!(long.0, 422);
}

#[tokio::test]
async fn reply_time_is_that_of_later_answers() {
    let house = House::open().await;
    let id = a_day(&house).await;
    house.guest_writes(id, "and?").await;
    house.advance(30).await;
    let answer = json!({ "content": "yes" });
    house
        .post(&house.plan.ana, &format!("/conversations/{id}/messages"), answer)
        .await;
    let (_, json) = report(&house, &format!("reports/summary?type=account&{SPAN}")).await;
    assert_eq!(
        (&json["reply_time"], &json["avg_first_response_time"]),
        (&json!(30.0), &json!(60.0))
    );
}
