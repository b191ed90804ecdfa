//! What an account has once beyond texts and tags: read whole, kept as told, or absent.

use crate::loopback::{Answer, Loopback};
use deskbell_chatwoot::ClientError;
use deskbell_domain::{AgentId, ContactId, InboxId, Macro, MacroAction};
use serde_json::{Map, Value, json};

const MACROS: &str = "GET /api/v1/accounts/2/macros";
const VIEWS: &str = "GET /api/v1/accounts/2/custom_filters";
const DEFINITIONS: &str = "GET /api/v1/accounts/2/custom_attribute_definitions";

async fn answering(route: &'static str, status: u16, body: Value) -> Loopback {
    Loopback::start([(route, Answer::json(status, body))]).await
}

#[tokio::test]
async fn macros_come_with_their_steps_and_a_broken_one_takes_none_along() {
    let body = json!({ "payload": [
        { "id": 3, "name": "Late checkout", "visibility": "global", "account_id": 2,
          "created_by": { "id": 7, "name": "Mara", "access_token": "t" },
          "actions": [{ "action_name": "add_label", "action_params": ["late"] }, { "action_name": "mute_conversation" }],
          "files": [] },
        { "name": "no number" }, 7, null,
        { "id": 4, "name": "No step to be read", "actions": ["?"] },
        { "id": 5, "name": "Close", "visibility": "personal", "actions": [] },
    ] });
    let server = answering(MACROS, 200, body).await;
    let macros = server.account().macros().await.unwrap().unwrap();
    let names: Vec<&str> = macros.iter().map(|run| run.name.as_str()).collect();
    assert_eq!(names, ["Late checkout", "Close"]);
    let action = |name: &str, params: Vec<Value>| MacroAction {
        name: name.into(),
        params,
    };
    let expected = Macro {
        id: 3,
        name: "Late checkout".into(),
        visibility: "global".into(),
        actions: vec![
            action("add_label", vec![json!("late")]),
            action("mute_conversation", Vec::new()),
        ],
        more: json!({ "created_by": { "id": 7, "name": "Mara" }, "files": [] })
            .as_object()
            .cloned()
            .unwrap(),
    };
    assert_eq!(macros[0], expected);
}

#[tokio::test]
async fn saved_views_of_both_kinds_keep_their_query() {
    let query = json!({ "payload": [{ "attribute_key": "status", "filter_operator": "equal_to", "values": ["open"] }] });
    let body =
        json!([{ "id": 4, "name": "Open", "query": query, "created_at": "2026-06-17T10:00:00.000Z" }, "?"]);
    let server = answering(VIEWS, 200, body).await;
    let views = server.account().saved_views().await.unwrap().unwrap();
    let kinds: Vec<&str> = views.iter().map(|view| view.filter_type.as_str()).collect();
    assert_eq!(kinds, ["conversation", "contact"]);
    assert_eq!(Value::Object(views[0].query.clone()), query);
    assert_eq!(views[0].more["created_at"], "2026-06-17T10:00:00.000Z");
}

#[tokio::test]
async fn definitions_of_attributes_are_read() {
    let body = json!([{ "id": 5, "attribute_display_name": "Room", "attribute_display_type": "list",
        "attribute_description": "Where", "attribute_key": "room", "regex_pattern": null, "regex_cue": null,
        "attribute_values": ["12", "14"], "attribute_model": "contact_attribute", "default_value": null }]);
    let server = answering(DEFINITIONS, 200, body).await;
    let read = server.account().attribute_definitions().await.unwrap().unwrap();
    assert_eq!(read[0].key, "room");
    assert_eq!(read[0].values, ["12", "14"]);
    assert_eq!(read[0].model, "contact_attribute");
    assert_eq!(read[0].more["attribute_description"], "Where");
    assert!(read[0].more.contains_key("default_value"));
}

#[tokio::test]
async fn what_a_release_or_a_role_is_without_is_absent_and_no_error() {
    let nothing = Loopback::start([]).await;
    let denied = json!({ "error": "You are not authorized to do this action" });
    let unauthorized = |route| (route, Answer::json(401, denied.clone()));
    let forbidden = |route| (route, Answer::json(403, json!({ "error": "feature off" })));
    let refusing = Loopback::start([MACROS, VIEWS, DEFINITIONS].map(unauthorized)).await;
    let off = Loopback::start([MACROS, VIEWS, DEFINITIONS].map(forbidden)).await;
    for server in [nothing, refusing, off] {
        assert_eq!(server.account().macros().await, Ok(None));
        assert_eq!(server.account().saved_views().await, Ok(None));
        assert_eq!(server.account().attribute_definitions().await, Ok(None));
    }
    let signed_out = answering(MACROS, 401, json!({ "error": "Invalid Access Token" })).await;
    assert_eq!(signed_out.account().macros().await, Err(ClientError::SignedOut));
    let failing = answering(MACROS, 500, json!({})).await;
    let error = failing.account().macros().await.unwrap_err();
    assert_eq!(error, ClientError::ServerFault { status: 500 });
}

#[tokio::test]
async fn people_teams_tags_and_inboxes_keep_what_is_not_modelled_and_no_secret() {
    let answers = [
        (
            "GET /api/v1/accounts/2/agents",
            json!([{ "id": 7, "account_id": 2, "name": "Mara", "thumbnail": "t", "custom_role_id": 3 }]),
        ),
        (
            "GET /api/v1/accounts/2/teams",
            json!([{ "id": 5, "name": "Desk", "description": "Front", "allow_auto_assign": true, "is_member": true }]),
        ),
        (
            "GET /api/v1/accounts/2/labels",
            json!({ "payload": [{ "id": 1, "title": "vip", "description": "Guests", "color": "#000000", "show_on_sidebar": true }] }),
        ),
        (
            "GET /api/v1/accounts/2/inboxes",
            json!({ "payload": [{ "id": 3, "name": "Phone", "channel_type": "Channel::Whatsapp",
            "working_hours": [{ "day_of_week": 0, "closed_all_day": true }], "out_of_office_message": "Back at 8",
            "provider_config": { "api_key": "k" }, "auth_token": "a", "hmac_token": "h", "secret": "s",
            "message_templates": [{ "name": "welcome", "status": "approved", "components": [] }] }] }),
        ),
        (
            "GET /api/v1/accounts/2/inboxes/3/agent_bot",
            json!({ "agent_bot": { "id": 1, "name": "Bot" } }),
        ),
    ];
    let server = Loopback::start(answers.map(|(route, body)| (route, Answer::json(200, body)))).await;
    let account = server.account();
    let told = |more: &Map<String, Value>| Value::Object(more.clone());
    let agents = account.agents().await.unwrap();
    assert_eq!(
        told(&agents[0].more),
        json!({ "thumbnail": "t", "custom_role_id": 3 })
    );
    let teams = account.teams().await.unwrap();
    assert_eq!(
        told(&teams[0].more),
        json!({ "description": "Front", "allow_auto_assign": true })
    );
    let labels = account.labels().await.unwrap();
    assert_eq!(
        told(&labels[0].more),
        json!({ "description": "Guests", "show_on_sidebar": true })
    );
    let inboxes = account.inboxes().await.unwrap();
    assert_eq!(inboxes[0].message_templates()[0]["name"], "welcome");
    let mut keys: Vec<&str> = inboxes[0].more.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        ["message_templates", "out_of_office_message", "working_hours"]
    );
}

#[tokio::test]
async fn notes_about_a_customer_are_read_with_what_is_not_modelled() {
    let body = json!([{ "id": 3, "content": "Allergic to nuts", "account_id": null, "contact_id": null,
        "user": { "id": 7, "name": "Mara" }, "created_at": 1_704_164_645, "updated_at": 1_704_164_650 },
        { "content": "no number" }, { "id": 2, "content": "Quiet room", "created_at": 12 }]);
    let server = answering("GET /api/v1/accounts/2/contacts/9/notes", 200, body).await;
    let notes = server.account().contact_notes(ContactId(9)).await.unwrap();
    let read: Vec<_> = notes.iter().map(|note| (note.id, note.author)).collect();
    assert_eq!(read, [(3, Some(AgentId(7))), (2, None)]);
    assert_eq!(
        Value::Object(notes[0].more.clone()),
        json!({ "updated_at": 1_704_164_650 })
    );
}

#[tokio::test]
async fn views_of_the_team_are_read_with_who_shared_them_and_absent_where_none_are_shared() {
    let body = json!([{ "id": 4, "name": "Leads", "filter_type": "conversation", "query": { "payload": [] }, "position": 0,
        "created_by": { "id": 7, "name": "Mara" } }, { "id": 5, "name": "Old", "query": {}, "created_by": null }]);
    let server = answering("GET /api/v1/accounts/2/shared_views", 200, body).await;
    let views = server.account().shared_views().await.unwrap().unwrap();
    let read: Vec<_> = views
        .iter()
        .map(|view| (view.id, view.shared, view.owner))
        .collect();
    assert_eq!(read, [(4, true, Some(AgentId(7))), (5, true, None)]);
    assert_eq!(views[0].more["position"], 0);
    let hosted = Loopback::start([]).await;
    assert_eq!(hosted.account().shared_views().await, Ok(None));
}

#[tokio::test]
async fn a_view_is_made_changed_and_taken_away_where_it_is_kept() {
    let done = |route| (route, Answer::json(200, json!({})));
    let server = Loopback::start(
        [
            "POST /api/v1/accounts/2/custom_filters",
            "PATCH /api/v1/accounts/2/shared_views/4",
            "DELETE /api/v1/accounts/2/custom_filters/4",
        ]
        .map(done),
    )
    .await;
    let (account, query) = (
        server.account(),
        Map::from_iter([("payload".to_owned(), json!([]))]),
    );
    account.create_view(false, "Leads", &query).await.unwrap();
    account.change_view(true, 4, "New leads", &query).await.unwrap();
    account.delete_view(false, 4).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].body["custom_filter"]["filter_type"], "conversation");
    assert_eq!(seen[1].body["shared_view"]["name"], "New leads");
    assert_eq!(seen[1].body["shared_view"]["query"], json!({ "payload": [] }));
}

#[tokio::test]
async fn the_bots_are_read_without_their_tokens_and_set_by_number_or_by_null() {
    let bots = json!([{ "id": 4, "name": "Concierge", "access_token": "secret" }, { "name": "No number" }]);
    let server = Loopback::start([
        ("GET /api/v1/accounts/2/agent_bots", Answer::json(200, bots)),
        (
            "POST /api/v1/accounts/2/inboxes/3/set_agent_bot",
            Answer::plain(200, "text/html", ""),
        ),
    ])
    .await;
    let account = server.account();
    let bots = account.agent_bots().await.unwrap();
    assert_eq!(bots.len(), 1);
    assert_eq!((bots[0].id, bots[0].name.as_str()), (4, "Concierge"));
    account.set_agent_bot(InboxId(3), Some(4)).await.unwrap();
    account.set_agent_bot(InboxId(3), None).await.unwrap();
    let sent: Vec<_> = server.seen()[1..].iter().map(|seen| seen.body.clone()).collect();
    assert_eq!(sent, [json!({ "agent_bot": 4 }), json!({ "agent_bot": null })]);
}
