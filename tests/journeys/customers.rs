//! Changes of customers and attributes: queued offline, merged with what others did meanwhile, each sent once.

use crate::scene::Scene;
use deskbell_domain::ConversationRef;
use serde_json::{Value, json};

/// The customer of a conversation: how calls name it, and its number.
async fn customer(scene: &Scene, conversation: ConversationRef) -> (Value, i64) {
    let view = scene.core.query("conversation", json!(conversation)).await;
    let id = view["contact"]["id"].as_i64().expect("the guest has a number");
    (json!({ "account": conversation.account, "id": id }), id)
}

async fn press(scene: &Scene, name: &str, request: Value) {
    let outcome = scene.core.mutate(name, request).await;
    assert_eq!(outcome["outcome"], "done", "{name}: {outcome}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_made_offline_keeps_what_a_colleague_edited_meanwhile() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (contact, id) = customer(&scene, conversation).await;
    scene.desk.kill();
    scene.core.until_offline().await;
    let edit = json!({ "name": "Wanda Gaast", "attributes": { "set": { "room": "12" }, "remove": [] } });
    press(
        &scene,
        "edit_contact",
        json!({ "contact": contact, "edit": edit }),
    )
    .await;
    let again = json!({ "name": "Wanda Gast-Berg" });
    press(
        &scene,
        "edit_contact",
        json!({ "contact": contact, "edit": again }),
    )
    .await;
    let view = scene.core.query("conversation", json!(conversation)).await;
    assert_eq!(view["contact"]["name"], "Wanda Gast-Berg", "shown at once");
    assert_eq!(
        view["contact"]["pending"].as_array().map(Vec::len),
        Some(1),
        "both edits are one change"
    );
    let path = scene.path(&format!("contacts/{id}"));
    scene
        .desk
        .restart_with(async |desk| {
            let token = desk.login("administrator").access_token.clone();
            let theirs = json!({ "email": "wanda@guest.example", "custom_attributes": { "diet": "vegan" } });
            desk.put(&path, &theirs, &token).await;
        })
        .await;
    scene.core.until_live().await;
    scene.until_nothing_is_unsent().await;
    let token = scene.desk.login("administrator").access_token.clone();
    let held = scene.desk.get(&path, &token).await["payload"].clone();
    assert_eq!(held["name"], "Wanda Gast-Berg");
    assert_eq!(held["email"], "wanda@guest.example");
    assert_eq!(held["custom_attributes"]["room"], "12");
    assert_eq!(held["custom_attributes"]["diet"], "vegan");
}

#[tokio::test(flavor = "multi_thread")]
async fn attributes_of_a_conversation_are_merged_into_the_servers_set() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    let path = scene.path(&format!("conversations/{}/custom_attributes", conversation.id));
    scene.desk.kill();
    scene.core.until_offline().await;
    let change = json!({ "set": { "table": "7" }, "remove": [] });
    press(
        &scene,
        "change_attributes",
        json!({ "conversation": conversation, "change": change }),
    )
    .await;
    scene
        .desk
        .restart_with(async |desk| {
            let token = desk.login("administrator").access_token.clone();
            let theirs = json!({ "custom_attributes": { "topic": "booking" } });
            desk.post(&path, &theirs, &token).await;
        })
        .await;
    scene.core.until_live().await;
    scene.until_nothing_is_unsent().await;
    let ledger = scene.desk.ledger().await;
    let held = ledger["conversations"].as_array().into_iter().flatten();
    let mut held =
        held.filter(|held| held["id"] == conversation.id.0 && held["account_id"] == scene.account_id);
    let attributes = held.next().map(|held| held["custom_attributes"].clone());
    let attributes = attributes.unwrap_or_default();
    assert_eq!(attributes["table"], "7");
    assert_eq!(attributes["topic"], "booking", "a colleague's stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_about_a_guest_is_there_once_although_its_answer_was_lost() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (contact, id) = customer(&scene, conversation).await;
    scene
        .desk
        .fault("POST", "/notes", 1, json!({ "cut": "after" }))
        .await;
    let note = json!({ "contact": contact, "text": "Allergic to nuts" });
    press(&scene, "add_contact_note", note).await;
    let labels = json!({ "contact": contact, "add": ["regular"], "remove": [] });
    press(&scene, "change_contact_labels", labels).await;
    scene.until_nothing_is_unsent().await;
    let token = scene.desk.login("administrator").access_token.clone();
    let path = scene.path(&format!("contacts/{id}/notes"));
    let notes = scene.desk.get(&path, &token).await;
    let words: Vec<&str> = notes
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|note| note["content"].as_str())
        .collect();
    assert_eq!(words, ["Allergic to nuts"]);
    let path = scene.path(&format!("contacts/{id}/labels"));
    let labels = scene.desk.get(&path, &token).await;
    assert_eq!(labels["payload"], json!(["regular"]));
    let shown = scene.core.query("contact_notes", contact.clone()).await;
    assert_eq!(
        (&shown["notes"][0]["text"], &shown["notes"][0]["is_mine"]),
        (&json!("Allergic to nuts"), &json!(true))
    );
    assert_eq!(shown["is_current"], true);
    let note = notes[0]["id"].clone();
    press(
        &scene,
        "delete_contact_note",
        json!({ "contact": contact, "note": note }),
    )
    .await;
    scene.until_nothing_is_unsent().await;
    let path = scene.path(&format!("contacts/{id}/notes"));
    assert_eq!(scene.desk.get(&path, &token).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_edit_says_what_the_server_wants_corrected() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (contact, _) = customer(&scene, conversation).await;
    let edit = json!({ "phone_number": "not a number" });
    press(
        &scene,
        "edit_contact",
        json!({ "contact": contact, "edit": edit }),
    )
    .await;
    let item = scene
        .core
        .until("the edit to be stuck", async || {
            let item = scene.unsent().await.first()?.clone();
            (item["state"]["state"] == "stuck").then_some(item)
        })
        .await;
    assert_eq!(item["state"]["reason"], "refused");
    assert!(item["refusal"].is_string(), "{item}");
    let view = scene.core.query("conversation", json!(conversation)).await;
    assert_ne!(
        view["contact"]["phone"], "not a number",
        "the screen does not claim it"
    );
    press(&scene, "discard_item", json!({ "item": item["item"] })).await;
    scene.until_nothing_is_unsent().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn muting_closes_and_blocks_and_needs_the_servers_word_now() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (_, id) = customer(&scene, conversation).await;
    let mute = json!({ "conversation": conversation, "muted": true });
    press(&scene, "set_muted", mute).await;
    scene.until_nothing_is_unsent().await;
    let token = scene.desk.login("administrator").access_token.clone();
    let path = scene.path(&format!("contacts/{id}"));
    assert_eq!(scene.desk.get(&path, &token).await["payload"]["blocked"], true);
    let view = scene.core.query("conversation", json!(conversation)).await;
    assert_eq!(
        (view["muted"].clone(), view["status"].clone()),
        (json!(true), json!("resolved"))
    );
    scene.desk.kill();
    scene.core.until_offline().await;
    let unmute = json!({ "conversation": conversation, "muted": false });
    let refused = scene.core.mutate("set_muted", unmute).await;
    assert_eq!(refused, json!({ "outcome": "refused", "reason": "offline" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn superseded_changes_make_one_request_and_undone_ones_none() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    for priority in ["low", "high", "medium"] {
        let request = json!({ "conversation": conversation, "priority": priority });
        press(&scene, "set_priority", request).await;
    }
    let empty = Vec::<&str>::new();
    let changes = [
        (vec!["vip"], vec!["noisy"]),
        (vec!["noisy"], vec!["vip"]),
        (empty, vec!["noisy"]),
    ];
    for (add, remove) in changes {
        let request = json!({ "conversation": conversation, "add": add, "remove": remove });
        press(&scene, "change_labels", request).await;
    }
    assert_eq!(
        scene.unsent().await.len(),
        1,
        "only the priority is left: {:?}",
        scene.unsent().await
    );
    scene.desk.restart();
    let before = activities(&scene, conversation, "priority").await;
    scene.core.until_live().await;
    scene.until_nothing_is_unsent().await;
    let after = activities(&scene, conversation, "priority").await;
    assert_eq!(after.len(), before.len() + 1, "one request, one line: {after:?}");
    assert!(
        after.last().is_some_and(|line| line.contains("medium")),
        "{after:?}"
    );
}

/// The server's own lines about it that name `what`.
async fn activities(scene: &Scene, conversation: ConversationRef, what: &str) -> Vec<String> {
    let held = scene.held_messages(conversation).await;
    let lines = held.iter().filter(|message| message["message_type"] == 2);
    lines
        .filter_map(|line| line["content"].as_str())
        .filter(|line| line.contains(what))
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn k5_a_note_somebody_else_changed_is_held_and_theirs_stays_until_a_person_decides() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (contact, id) = customer(&scene, conversation).await;
    let token = scene.desk.login("administrator").access_token.clone();
    let path = scene.path(&format!("contacts/{id}/notes"));
    let note = scene
        .desk
        .post(&path, &json!({ "content": "Allergic to nuts" }), &token)
        .await["id"]
        .clone();
    let edit = |text: &str, was: &str| json!({ "contact": contact, "note": note, "text": text, "was": was });
    press(
        &scene,
        "edit_contact_note",
        edit("Allergic to walnuts", "Allergic to nuts"),
    )
    .await;
    scene.until_nothing_is_unsent().await;
    let held = async || scene.desk.get(&path, &token).await[0]["content"].clone();
    assert_eq!(held().await, "Allergic to walnuts");

    let one = format!("{path}/{note}");
    scene
        .desk
        .put(&one, &json!({ "content": "Allergic to milk" }), &token)
        .await;
    press(
        &scene,
        "edit_contact_note",
        edit("Allergic to all nuts", "Allergic to walnuts"),
    )
    .await;
    let shown = scene
        .core
        .until("the edit to be held", async || {
            let shown = scene.core.query("contact_notes", contact.clone()).await["notes"][0].clone();
            (shown["pending"]["state"]["state"] == "held").then_some(shown)
        })
        .await;
    assert_eq!(shown["pending"]["state"]["reason"], "changed_by_colleague");
    assert_eq!(
        shown["text"], "Allergic to milk",
        "the screen claims nothing else"
    );
    assert_eq!(shown["mine"], "Allergic to all nuts", "and loses nothing");
    assert_eq!(held().await, "Allergic to milk");
    press(
        &scene,
        "edit_contact_note",
        edit("Allergic to all nuts", "Allergic to milk"),
    )
    .await;
    press(
        &scene,
        "discard_item",
        json!({ "item": shown["pending"]["item"] }),
    )
    .await;
    scene.until_nothing_is_unsent().await;
    assert_eq!(held().await, "Allergic to all nuts");

    scene.desk.delete(&one, &token).await;
    press(
        &scene,
        "edit_contact_note",
        edit("Only peanuts", "Allergic to all nuts"),
    )
    .await;
    scene
        .core
        .until("the words to be kept although the note is gone", async || {
            let shown = scene.core.query("contact_notes", contact.clone()).await["notes"][0].clone();
            (shown["pending"]["state"]["reason"] == "missing" && shown["text"] == "Only peanuts")
                .then_some(())
        })
        .await;
}
