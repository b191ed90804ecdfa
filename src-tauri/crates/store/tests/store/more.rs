//! What the server told beyond the modelled fields is kept, also over a restart and over frames that say less.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;
use serde_json::{Map, Value, json};

fn map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

#[tokio::test]
async fn a_message_keeps_it_with_its_files() {
    let desk = Desk::new().await;
    let mut told = message(1, 10, "Here we are");
    told.content_type = "hologram".into();
    told.more = map(json!({ "sentiment": { "score": 0.5 }, "status": "teleported" }));
    told.attachments = vec![Attachment {
        id: 4,
        file_type: "location".into(),
        data_url: String::new(),
        thumb_url: String::new(),
        file_name: "Lobby".into(),
        file_size: 0,
        width: None,
        height: None,
        more: map(json!({ "coordinates_lat": 46.9, "coordinates_long": 7.4 })),
    }];
    desk.tell_messages(vec![told.clone()]).await;
    let desk = desk.restart().await;
    let kept = || async { desk.store.message(desk.at(1), MessageId(10)).await };
    assert_eq!(kept().await.unwrap().unwrap(), told);
    let mut frame = told.clone();
    frame.more = map(json!({ "call": { "status": "ended" } }));
    desk.tell_messages(vec![frame]).await;
    assert_eq!(
        Value::Object(kept().await.unwrap().unwrap().more),
        json!({ "sentiment": { "score": 0.5 }, "call": { "status": "ended" } })
    );
}

#[tokio::test]
async fn what_was_told_of_a_text_goes_with_it() {
    let desk = Desk::new().await;
    let mut told = message(1, 10, "My card is 4242");
    told.more = map(json!({ "processed_message_content": "My card is 4242", "sentiment": {} }));
    desk.tell_messages(vec![told.clone()]).await;
    let kept = || async {
        desk.store
            .message(desk.at(1), MessageId(10))
            .await
            .unwrap()
            .unwrap()
    };

    let mut edited = message(1, 10, "My card is lost");
    edited.content_attributes = told.content_attributes.clone();
    desk.tell_messages(vec![edited]).await;
    assert_eq!(Value::Object(kept().await.more), json!({ "sentiment": {} }));

    desk.tell_messages(vec![told]).await;
    let mut deleted = message(1, 10, "This message was deleted");
    deleted.content_attributes = map(json!({ "deleted": true }));
    desk.tell_messages(vec![deleted]).await;
    assert_eq!(kept().await.more, Map::new());
}

#[tokio::test]
async fn what_an_account_has_once_keeps_it() {
    let desk = Desk::new().await;
    let run = Macro {
        id: 3,
        name: "Late checkout".into(),
        visibility: "global".into(),
        actions: vec![MacroAction {
            name: "assign_agent".into(),
            params: vec![json!("self")],
        }],
        more: map(json!({ "files": [{ "id": 1 }] })),
    };
    let view = SavedView {
        id: 4,
        shared: false,
        owner: None,
        name: "VIP".into(),
        filter_type: "conversation".into(),
        query: map(json!({ "payload": [{ "attribute_key": "labels", "values": ["vip"] }] })),
        more: Map::new(),
    };
    let shared = SavedView {
        shared: true,
        owner: Some(AgentId(9)),
        ..view.clone()
    };
    let definition = AttributeDefinition {
        id: 5,
        key: "room".into(),
        display_name: "Room".into(),
        display_type: "list".into(),
        model: "contact_attribute".into(),
        values: vec!["12".into()],
        more: map(json!({ "regex_pattern": null })),
    };
    let mut web = inbox(INBOX.0, Channel::Whatsapp);
    web.more = map(json!({ "message_templates": [{ "name": "welcome", "status": "APPROVED" }] }));
    let (store, account) = (&desk.store, desk.account);
    store.replace_macros(account, vec![run.clone()]).await.unwrap();
    store
        .replace_saved_views(account, vec![view.clone(), shared.clone()])
        .await
        .unwrap();
    store
        .replace_attribute_definitions(account, vec![definition.clone()])
        .await
        .unwrap();
    store.replace_inboxes(account, vec![web.clone()]).await.unwrap();
    let desk = desk.restart().await;
    let (store, account) = (&desk.store, desk.account);
    assert_eq!(store.macros(account).await.unwrap(), [run]);
    assert_eq!(store.saved_views(account).await.unwrap(), [view, shared]);
    assert_eq!(store.attribute_definitions(account).await.unwrap(), [definition]);
    let inboxes = store.inboxes(account).await.unwrap();
    assert_eq!(inboxes[0].message_templates(), web.message_templates());
    store.replace_macros(account, Vec::new()).await.unwrap();
    assert!(store.macros(account).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_person_met_in_a_conversation_loses_nothing_the_list_told() {
    let desk = Desk::new().await;
    let listed = Agent {
        id: AgentId(9),
        name: "Zoe".into(),
        email: "zoe@desk.example".into(),
        role: Some(Role::Agent),
        availability: Availability::Online,
        more: map(json!({ "custom_role_id": 2, "thumbnail": "" })),
    };
    desk.store
        .replace_agents(desk.account, vec![listed.clone()])
        .await
        .unwrap();
    let met = Agent {
        more: map(json!({ "thumbnail": "https://desk.example/zoe.png" })),
        ..listed
    };
    let batch = Batch {
        agents: vec![met],
        ..Batch::new(desk.account)
    };
    desk.store.apply(batch).await.unwrap();
    let agents = desk.store.agents(desk.account).await.unwrap();
    assert_eq!(
        Value::Object(agents[0].more.clone()),
        json!({ "custom_role_id": 2, "thumbnail": "https://desk.example/zoe.png" })
    );
}

#[tokio::test]
async fn a_conversation_and_its_guest_keep_it() {
    let desk = Desk::new().await;
    let mut told = waiting(1);
    told.contact_id = Some(ContactId(9));
    told.more = map(json!({ "sla_policy_id": 8, "meta": { "channel": "Channel::Api" } }));
    let mut guest = contact(9, "Ines");
    guest.more = map(json!({ "company_id": 77 }));
    desk.store
        .apply(Batch {
            conversations: vec![told],
            contacts: vec![guest],
            ..Batch::new(desk.account)
        })
        .await
        .unwrap();
    let mut frame = waiting(1);
    frame.updated_at = Some(2.0);
    frame.more = map(json!({ "meta": { "hmac_verified": true } }));
    desk.store
        .apply(Batch {
            conversations: vec![frame],
            contacts: vec![contact(9, "Ines M.")],
            ..Batch::new(desk.account)
        })
        .await
        .unwrap();
    let desk = desk.restart().await;
    let kept = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    assert_eq!(
        Value::Object(kept.server.more),
        json!({ "sla_policy_id": 8, "meta": { "channel": "Channel::Api", "hmac_verified": true } })
    );
    let guest = kept.contact.unwrap();
    assert_eq!(
        (guest.name.as_str(), guest.more["company_id"].as_i64()),
        ("Ines M.", Some(77))
    );
}
