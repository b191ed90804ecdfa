//! Reference §3: the list, one conversation, and what is done to it.

use crate::house::{House, assert_keys};
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<i64> {
    let payload = list["data"]["payload"].as_array().unwrap();
    payload.iter().map(|one| one["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn one_conversation_has_the_shape_of_the_reference() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "Is there parking?").await;
    let json = house.conversation(id).await;
    assert_keys(
        &json,
        &[
            "meta",
            "id",
            "account_id",
            "uuid",
            "inbox_id",
            "status",
            "messages",
            "last_non_activity_message",
            "additional_attributes",
            "custom_attributes",
            "labels",
            "priority",
            "can_reply",
            "muted",
            "snoozed_until",
            "unread_count",
            "created_at",
            "updated_at",
            "last_activity_at",
            "timestamp",
            "agent_last_seen_at",
            "assignee_last_seen_at",
            "contact_last_seen_at",
            "first_reply_created_at",
            "waiting_since",
            "sla_policy_id",
        ],
    );
    assert_keys(&json["meta"], &["sender", "channel", "hmac_verified"]);
    assert_eq!(json["meta"]["channel"], "Channel::Api");
    assert_eq!(json["messages"].as_array().unwrap().len(), 1);
    assert_eq!(json["messages"][0]["content"], "Is there parking?");
    assert_eq!(json["messages"][0]["conversation"]["unread_count"], 1);
    assert_eq!(json["unread_count"], 1);
    assert_eq!(json["agent_last_seen_at"], 0, "0 means never");
    assert_eq!(json["waiting_since"], json["created_at"]);
    assert!(json["updated_at"].is_f64());
    assert!(json["created_at"].is_i64());
    assert_eq!(json["snoozed_until"], Value::Null);
}

#[tokio::test]
async fn the_list_counts_past_its_assignee_filter() {
    let house = House::open().await;
    let mine = house.guest_starts(house.plan.web, "one").await;
    let other = house.guest_starts(house.plan.web, "two").await;
    let nobodys = house.guest_starts(house.plan.web, "three").await;
    let ana = &house.plan.ana;
    for (id, person) in [(mine, ana), (other, &house.plan.ben)] {
        let path = format!("/conversations/{id}/assignments");
        house.post(ana, &path, json!({ "assignee_id": person.id })).await;
    }
    let (status, json) = house.get(ana, "/conversations").await;
    assert_eq!(status, 200);
    let counts = json!({ "mine_count": 1, "assigned_count": 2, "unassigned_count": 1, "all_count": 3 });
    assert_eq!(json["data"]["meta"], counts);
    assert_eq!(ids(&json).len(), 3);
    for (kind, expected) in [
        ("me", vec![mine]),
        ("unassigned", vec![nobodys]),
        ("assigned", vec![other, mine]),
    ] {
        let (_, json) = house
            .get(
                ana,
                &format!("/conversations?assignee_type={kind}&sort_by=created_at_desc"),
            )
            .await;
        assert_eq!(ids(&json), expected, "{kind}");
        assert_eq!(json["data"]["meta"], counts, "{kind}: the counts ignore it");
    }
    let (_, meta) = house.get(ana, "/conversations/meta").await;
    assert_eq!(meta, json!({ "meta": counts }));
}

#[tokio::test]
async fn an_agent_sees_the_channels_of_membership_and_of_teams() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hello").await;
    let ben = &house.plan.ben;
    let (_, json) = house.get(ben, "/conversations?status=all").await;
    assert!(ids(&json).is_empty());
    let path = format!("/conversations/{id}");
    assert_eq!(
        house.get(ben, &path).await,
        (
            401,
            json!({ "error": "You are not authorized to do this action" })
        )
    );
    let (team, user) = (house.plan.team, ben.id);
    let join =
        move |change: &mut deskbell_desk::Change<'_>| deskbell_desk::db::team::add_member(change, team, user);
    house.running.desk().write(join).await.unwrap();
    let assign = json!({ "team_id": team });
    house
        .post(&house.plan.admin, &format!("{path}/assignments"), assign)
        .await;
    assert_eq!(house.get(ben, &path).await.0, 200, "by the team");
    let (_, json) = house.get(ben, "/conversations?status=all").await;
    assert!(ids(&json).is_empty(), "the list goes by membership alone");
    assert_eq!(house.get(ben, "/conversations/999").await.0, 404);
}

#[tokio::test]
async fn the_list_has_pages_of_25() {
    let house = House::open().await;
    let bulk = json!({ "account_id": house.plan.account, "conversations": 60, "messages_each": 2 });
    house.control("/test/bulk", bulk).await;
    let admin = &house.plan.admin;
    let mut seen = Vec::new();
    for (page, count) in [(1, 25), (2, 25), (3, 10), (4, 0)] {
        let (_, json) = house
            .get(admin, &format!("/conversations?status=all&page={page}"))
            .await;
        assert_eq!(ids(&json).len(), count, "page {page}");
        assert_eq!(json["data"]["meta"]["all_count"], 60);
        seen.extend(ids(&json));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 60, "nothing twice, nothing missing");
    let (_, json) = house
        .get(admin, "/conversations?status=all&updated_within=999999999&page=2")
        .await;
    assert_eq!(ids(&json).len(), 60, "updated_within knows no pages");
}

#[tokio::test]
async fn the_list_filters() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let web = house.guest_starts(house.plan.web, "Where is the SAUNA?").await;
    let phone = house.guest_starts(house.plan.phone, "hello").await;
    house
        .post(
            admin,
            &format!("/conversations/{web}/labels"),
            json!({ "labels": ["vip", "late"] }),
        )
        .await;
    house
        .post(
            admin,
            &format!("/conversations/{phone}/toggle_status"),
            json!({ "status": "resolved" }),
        )
        .await;
    for (query, expected) in [
        ("".to_owned(), vec![web]),
        ("status=resolved".to_owned(), vec![phone]),
        ("status=nonsense".to_owned(), vec![]),
        ("q=sauna".to_owned(), vec![web]),
        ("status=open&q=hello".to_owned(), vec![phone]),
        ("labels[]=vip&labels[]=x".to_owned(), vec![web]),
        ("labels[]=x".to_owned(), vec![]),
        (format!("status=all&inbox_id={}", house.plan.phone), vec![phone]),
        ("status=all&inbox_id=999".to_owned(), vec![]),
        ("conversation_type=unattended".to_owned(), vec![web]),
        ("conversation_type=mention".to_owned(), vec![]),
    ] {
        let (status, json) = house.get(admin, &format!("/conversations?{query}")).await;
        assert_eq!(status, 200, "{query}");
        assert_eq!(ids(&json), expected, "{query}");
    }
    assert_eq!(house.get(admin, "/conversations?team_id=999").await.0, 404);
}

#[tokio::test]
async fn the_list_sorts() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let first = house.guest_starts(house.plan.web, "1").await;
    house.advance(60).await;
    let second = house.guest_starts(house.plan.web, "2").await;
    house.advance(60).await;
    house.guest_writes(first, "again").await;
    let path = format!("/conversations/{second}/toggle_priority");
    assert_eq!(
        house.post(admin, &path, json!({ "priority": "urgent" })).await,
        (200, Value::Null)
    );
    house.advance(60).await;
    house.guest_writes(first, "and again").await;
    for (sort, expected) in [
        ("", [first, second]),
        ("last_activity_at_asc", [second, first]),
        ("created_at_asc", [first, second]),
        ("priority_desc", [second, first]),
        ("priority_asc", [second, first]),
        ("waiting_since_asc", [first, second]),
        ("unread", [first, second]),
        ("nonsense", [first, second]),
    ] {
        let (_, json) = house.get(admin, &format!("/conversations?sort_by={sort}")).await;
        assert_eq!(ids(&json), expected, "{sort}");
    }
}

#[tokio::test]
async fn labels_replace_the_whole_set() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/labels");
    let ana = &house.plan.ana;
    let (_, json) = house.post(ana, &path, json!({ "labels": ["b", "a"] })).await;
    assert_eq!(json, json!({ "payload": ["a", "b"] }));
    house.post(ana, &path, json!({ "labels": ["b", "c"] })).await;
    assert_eq!(house.get(ana, &path).await.1, json!({ "payload": ["b", "c"] }));
    let lines = house.lines(id).await;
    assert_eq!(lines[1..], ["Ana added a, b", "Ana added c", "Ana removed a"]);
    house.post(ana, &path, json!({})).await;
    assert_eq!(
        house.get(ana, &path).await.1,
        json!({ "payload": [] }),
        "absent means none"
    );
}

#[tokio::test]
async fn custom_attributes_replace_all() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/custom_attributes");
    let ana = &house.plan.ana;
    let brief = json!({ "topic": "booking", "handoff_brief": { "wants": "a room" } });
    let (_, json) = house
        .post(ana, &path, json!({ "custom_attributes": brief }))
        .await;
    assert_eq!(json, json!({ "custom_attributes": brief }));
    house
        .post(ana, &path, json!({ "custom_attributes": { "topic": "faq" } }))
        .await;
    assert_eq!(
        house.conversation(id).await["custom_attributes"],
        json!({ "topic": "faq" })
    );
    assert_eq!(house.post(ana, &path, json!({ "topic": "faq" })).await.0, 422);
    let long = json!({ "custom_attributes": { "topic": "x".repeat(1501) } });
    let (status, json) = house.post(ana, &path, long).await;
    assert_eq!(status, 422);
    assert_eq!(json["attributes"], json!(["custom_attributes"]));
}

#[tokio::test]
async fn the_priority_is_set_not_toggled() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}");
    let ana = &house.plan.ana;
    let (_, json) = house.patch(ana, &path, json!({ "priority": "high" })).await;
    assert_eq!(json["priority"], "high");
    let toggle = format!("{path}/toggle_priority");
    house.post(ana, &toggle, json!({ "priority": "low" })).await;
    house.post(ana, &toggle, json!({})).await;
    assert_eq!(house.conversation(id).await["priority"], Value::Null);
    assert_eq!(
        house.post(ana, &toggle, json!({ "priority": "top" })).await.0,
        500
    );
    assert_eq!(
        house.lines(id).await[1..],
        [
            "Ana set the priority to high",
            "Ana changed the priority from high to low",
            "Ana removed the priority"
        ]
    );
}

#[tokio::test]
async fn assignments_answer_whom_they_chose() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/assignments");
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let (_, agent) = house.post(ana, &path, json!({ "assignee_id": ben.id })).await;
    assert_eq!(agent["name"], "Ben");
    assert_eq!(agent["role"], "agent");
    let conversation = house.conversation(id).await;
    assert_eq!(conversation["meta"]["assignee"]["id"], ben.id);
    assert_eq!(conversation["meta"]["assignee_type"], "User");
    house.post(ana, &path, json!({ "assignee_id": ana.id })).await;
    for nobody in [json!(null), json!(0), json!(999)] {
        let answer = house.post(ana, &path, json!({ "assignee_id": nobody })).await;
        assert_eq!(answer, (200, Value::Null));
        assert!(house.conversation(id).await["meta"].get("assignee").is_none());
    }
    let (_, bot) = house
        .post(
            ana,
            &path,
            json!({ "assignee_id": house.plan.bot, "assignee_type": "AgentBot" }),
        )
        .await;
    assert_eq!(bot["name"], "Concierge");
    assert_eq!(house.conversation(id).await["meta"]["assignee_type"], "AgentBot");
    let (_, team) = house
        .post(ana, &path, json!({ "team_id": house.plan.team }))
        .await;
    assert_keys(
        &team,
        &[
            "id",
            "name",
            "description",
            "allow_auto_assign",
            "account_id",
            "created_at",
            "updated_at",
        ],
    );
    assert_eq!(house.post(ana, &path, json!({})).await, (200, Value::Null));
    let lines = house.lines(id).await;
    assert_eq!(
        lines[1..],
        [
            "Assigned to Ben by Ana",
            "Ana self-assigned this conversation",
            "Conversation unassigned by Ana",
            "Assigned to front office by Ana"
        ]
    );
}

#[tokio::test]
async fn reading_is_shared_by_all_agents() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}");
    house.advance(5).await;
    let (_, read) = house
        .post(&house.plan.ana, &format!("{path}/update_last_seen"), json!({}))
        .await;
    assert_eq!(read["unread_count"], 0);
    assert_ne!(read["agent_last_seen_at"], 0);
    assert_eq!(read["assignee_last_seen_at"], 0, "she does not hold it");
    let (_, his) = house.get(&house.plan.ben, &path).await;
    assert_eq!(his["unread_count"], 0);
    let (_, unread) = house
        .post(&house.plan.ben, &format!("{path}/unread"), json!({}))
        .await;
    assert_eq!(unread["unread_count"], 1);
    for number in 0..15 {
        house.guest_writes(id, &number.to_string()).await;
    }
    assert_eq!(house.conversation(id).await["unread_count"], 10, "capped");
}

#[tokio::test]
async fn a_conversation_is_started_by_an_agent() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let contact = json!({ "name": "Gil", "phone_number": "+4915112345678" });
    let (_, made) = house.post(ana, "/contacts", contact).await;
    let contact_id = made["payload"]["contact"]["id"].as_i64().unwrap();
    let wanted = json!({
        "inbox_id": house.plan.phone, "contact_id": contact_id,
        "custom_attributes": { "topic": "lead" },
        "message": { "content": "Good morning" },
    });
    let (status, json) = house.post(ana, "/conversations", wanted).await;
    assert_eq!(status, 200);
    assert_eq!(json["messages"][0]["content"], "Good morning");
    assert_eq!(json["messages"][0]["message_type"], 1);
    assert_eq!(json["custom_attributes"], json!({ "topic": "lead" }));
    let foreign = json!({ "inbox_id": house.plan.phone, "contact_id": contact_id });
    assert_eq!(
        house.post(&house.plan.ben, "/conversations", foreign).await.0,
        401
    );
    let unknown = json!({ "source_id": "nobody" });
    assert_eq!(house.post(ana, "/conversations", unknown).await.0, 404);
    let (_, nameless) = house.post(ana, "/contacts", json!({ "name": "No Phone" })).await;
    let unreachable = json!({
        "inbox_id": house.plan.phone, "contact_id": nameless["payload"]["contact"]["id"],
    });
    assert_eq!(house.post(ana, "/conversations", unreachable).await.0, 422);
}

#[tokio::test]
async fn a_first_message_that_is_refused_leaves_no_conversation() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let (_, made) = house.post(ana, "/contacts", json!({ "name": "Gil" })).await;
    let wanted = json!({
        "inbox_id": house.plan.web, "contact_id": made["payload"]["contact"]["id"],
        "message": { "content": "x".repeat(150_001) },
    });
    let (status, json) = house.post(ana, "/conversations", wanted).await;
    assert_eq!(status, 422);
    assert!(json["message"].is_string(), "{json}");
    let (_, meta) = house.get(ana, "/conversations/meta?status=all").await;
    assert_eq!(meta["meta"]["all_count"], 0);
}

#[tokio::test]
async fn deleting_is_for_administrators() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}");
    assert_eq!(house.delete(&house.plan.ana, &path).await.0, 401);
    assert_eq!(house.delete(&house.plan.admin, &path).await, (200, Value::Null));
    assert_eq!(house.get(&house.plan.admin, &path).await.0, 404);
}

#[tokio::test]
async fn the_search_shows_matching_messages() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "Where is the sauna?").await;
    house.guest_writes(id, "Thanks").await;
    let (_, json) = house.get(&house.plan.ana, "/conversations/search?q=sauna").await;
    assert_keys(&json["meta"], &["mine_count", "unassigned_count", "all_count"]);
    assert_eq!(json["payload"][0]["id"], id);
    let messages = json["payload"][0]["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 1, "only the matching one");
    assert_eq!(messages[0]["sender_name"], "Test Guest");
}

#[tokio::test]
async fn followers_are_listed_and_changed() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let path = format!("/conversations/{id}/participants");
    let (ana, ben) = (house.plan.ana.id, house.plan.ben.id);
    let (_, added) = house
        .post(&house.plan.admin, &path, json!({ "user_ids": [ana] }))
        .await;
    assert_eq!(added[0]["id"], ana);
    let (_, all) = house
        .patch(&house.plan.admin, &path, json!({ "user_ids": [ana, ben] }))
        .await;
    assert_eq!(
        all.as_array().unwrap().len(),
        1,
        "only who sees the channel can follow"
    );
    assert_eq!(house.post(&house.plan.admin, &path, json!({})).await.0, 500);
}
