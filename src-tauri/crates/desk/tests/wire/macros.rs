//! Reference §8: macros.

use crate::house::{House, Person, assert_keys};
use serde_json::{Value, json};

const NOTE: &str = "add_private_note";

fn named(name: &str, actions: Value) -> Value {
    json!({ "name": name, "actions": actions })
}

async fn make(house: &House, person: &Person, body: Value) -> Value {
    let (status, json) = house.post(person, "/macros", body).await;
    assert_eq!(status, 200, "{json}");
    json["payload"].clone()
}

#[tokio::test]
async fn macros_create_answers_a_payload_and_keeps_what_an_agent_saves_personal() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let mut body = named(
        "Late",
        json!([{ "action_name": NOTE, "action_params": ["late"] }]),
    );
    body["visibility"] = json!("global");
    let made = make(&house, ana, body.clone()).await;
    assert_keys(
        &made,
        &[
            "id",
            "name",
            "visibility",
            "created_by",
            "updated_by",
            "account_id",
            "actions",
        ],
    );
    assert_eq!(made["visibility"], "personal");
    assert_eq!(made["created_by"]["id"], ana.id);
    let actions = json!([{ "action_name": NOTE, "action_params": ["late"] }]);
    assert_eq!(made["actions"], actions);
    let global = make(&house, &house.plan.admin, json!({ "macro": body })).await;
    assert_eq!(global["visibility"], "global");
}

#[tokio::test]
async fn macros_list_is_ones_own_and_the_global_ones_by_id() {
    let house = House::open().await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let nothing = json!([]);
    let own = make(&house, ana, named("mine", nothing.clone())).await;
    make(&house, ben, named("his", nothing)).await;
    let global = json!({ "name": "all", "visibility": "global", "actions": [] });
    let global = make(&house, &house.plan.admin, global).await;
    let (status, json) = house.get(ana, "/macros").await;
    assert_eq!((status, json), (200, json!({ "payload": [own, global] })));
}

#[tokio::test]
async fn macros_show_denies_somebody_elses_and_answers_an_empty_404() {
    let house = House::open().await;
    let made = make(&house, &house.plan.ana, named("mine", json!([]))).await;
    let path = format!("/macros/{}", made["id"]);
    let shown = (200, json!({ "payload": made }));
    assert_eq!(house.get(&house.plan.ana, &path).await, shown);
    let denied = json!({ "error": "You are not authorized to do this action" });
    assert_eq!(house.get(&house.plan.ben, &path).await, (401, denied));
    assert_eq!(
        house.get(&house.plan.ana, "/macros/999").await,
        (404, Value::Null)
    );
}

#[tokio::test]
async fn macros_update_and_destroy_of_global_ones_are_for_administrators() {
    let house = House::open().await;
    let (ana, admin) = (&house.plan.ana, &house.plan.admin);
    let global = json!({ "name": "all", "visibility": "global", "actions": [] });
    let made = make(&house, admin, global).await;
    let path = format!("/macros/{}", made["id"]);
    assert_eq!(house.get(ana, &path).await.0, 200, "to be used by all");
    assert_eq!(house.patch(ana, &path, json!({ "name": "x" })).await.0, 401);
    assert_eq!(house.delete(ana, &path).await.0, 401);
    let (status, json) = house.patch(admin, &path, json!({ "name": "x" })).await;
    assert_eq!((status, &json["payload"]["name"]), (200, &json!("x")));
    assert_eq!(json["payload"]["visibility"], "global");
    assert_eq!(house.delete(admin, &path).await, (200, Value::Null));
    assert_eq!(house.get(admin, &path).await.0, 404);
}

#[tokio::test]
async fn macros_refuse_what_they_cannot_do() {
    let house = House::open().await;
    let body = named("x", json!([{ "action_name": "fly" }]));
    let (status, json) = house.post(&house.plan.ana, "/macros", body).await;
    assert_eq!(status, 422);
    let error = json!({ "error": { "actions": ["Macro execution actions fly not supported."] } });
    assert_eq!(json, error);
    for body in [
        named("", json!([])),
        json!({ "name": "x", "visibility": "secret" }),
    ] {
        let (status, json) = house.post(&house.plan.ana, "/macros", body).await;
        assert_eq!(status, 422);
        assert!(json["error"].is_object());
    }
}

#[tokio::test]
async fn macros_execute_does_all_steps_and_swallows_errors() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let actions = json!([
        { "action_name": "change_status", "action_params": ["unheard-of"] },
        { "action_name": "send_message", "action_params": ["We are on our way"] },
        { "action_name": NOTE, "action_params": ["towels"] },
        { "action_name": "add_label", "action_params": ["late", "vip"] },
        { "action_name": "remove_label", "action_params": ["late"] },
        { "action_name": "assign_agent", "action_params": ["self"] },
        { "action_name": "assign_team", "action_params": [house.plan.team] },
        { "action_name": "change_priority", "action_params": ["high"] },
        { "action_name": "assign_agent", "action_params": ["self"] },
        { "action_name": "snooze_conversation" },
    ]);
    let made = make(&house, ana, named("All", actions)).await;
    let path = format!("/macros/{}/execute", made["id"]);
    let reply = house
        .post(ana, &path, json!({ "conversation_ids": [id, 999] }))
        .await;
    assert_eq!(reply, (200, Value::Null));
    let json = house.conversation(id).await;
    assert_eq!(json["status"], "snoozed");
    assert_eq!(json["labels"], json!(["vip"]));
    assert_eq!(json["priority"], "high");
    assert_eq!(json["meta"]["assignee"]["id"], ana.id);
    assert_eq!(json["meta"]["team"]["id"], house.plan.team);
    let lines = house.lines(id).await;
    for line in ["We are on our way", "towels", "Ana added late, vip"] {
        assert!(lines.iter().any(|one| one == line), "{line}: {lines:?}");
    }
}

#[tokio::test]
async fn macros_execute_undoes_assignments() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let one = format!("/conversations/{id}");
    house
        .post(
            ana,
            &format!("{one}/assignments"),
            json!({ "team_id": house.plan.team }),
        )
        .await;
    house
        .post(
            ana,
            &format!("{one}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    let actions = json!([
        { "action_name": "remove_assigned_agent" },
        { "action_name": "remove_assigned_team" },
        { "action_name": "mute_conversation" },
    ]);
    let made = make(&house, ana, named("Free", actions)).await;
    let path = format!("/macros/{}/execute", made["id"]);
    house.post(ana, &path, json!({ "conversation_ids": [id] })).await;
    let json = house.conversation(id).await;
    assert!(json["meta"].get("assignee").is_none());
    assert!(json["meta"].get("team").is_none());
    assert_eq!(
        (&json["muted"], &json["status"]),
        (&json!(true), &json!("resolved"))
    );
}

#[tokio::test]
async fn macros_execute_leaves_conversations_alone_that_one_may_not_open() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let ben = &house.plan.ben;
    let made = make(
        &house,
        ben,
        named("Done", json!([{ "action_name": "resolve_conversation" }])),
    )
    .await;
    let path = format!("/macros/{}/execute", made["id"]);
    let ids = json!({ "conversation_ids": [id] });
    assert_eq!(house.post(ben, &path, ids.clone()).await.0, 200);
    assert_eq!(house.conversation(id).await["status"], "open");
    assert_eq!(
        house.post(&house.plan.ana, &path, ids).await.0,
        401,
        "somebody else's macro"
    );
}

#[tokio::test]
async fn macros_send_uploaded_files() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let key = crate::house_work::upload(&house, ana, "menu.pdf").await["blob_id"].clone();
    let actions = json!([{ "action_name": "send_attachment", "action_params": [key] }]);
    let made = make(&house, ana, named("Menu", actions)).await;
    assert_keys(
        &made["files"][0],
        &[
            "id",
            "macro_id",
            "file_type",
            "account_id",
            "file_url",
            "blob_id",
            "filename",
        ],
    );
    assert_eq!(made["files"][0]["file_type"], "application/pdf");
    let blob_id = &made["files"][0]["blob_id"];
    assert_eq!(
        made["actions"][0]["action_params"],
        json!([blob_id]),
        "the blob id after saving"
    );
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/macros/{}/execute", made["id"]);
    for _ in 0..2 {
        house.post(ana, &path, json!({ "conversation_ids": [id] })).await;
    }
    let (_, json) = house.get(ana, &format!("/conversations/{id}/attachments")).await;
    assert_eq!(json["meta"]["total_count"], 2, "as often as it is run");
    let foreign = json!([{ "action_name": "send_attachment", "action_params": ["unknown"] }]);
    assert_eq!(house.post(ana, "/macros", named("x", foreign)).await.0, 422);
}
