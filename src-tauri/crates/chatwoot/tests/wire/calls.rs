//! What the calls make of whole answers.

use crate::loopback::{Answer, Loopback};
use deskbell_chatwoot::{ClientError, Counts, ListQuery};
use deskbell_domain::{AgentId, Channel, ContactId, ConversationId, InboxId, MessageId, Role};
use serde_json::{Value, json};

async fn answering(answers: impl IntoIterator<Item = (&'static str, Value)>) -> Loopback {
    Loopback::start(
        answers
            .into_iter()
            .map(|(route, body)| (route, Answer::json(200, body))),
    )
    .await
}

#[tokio::test]
async fn a_list_has_its_counts_and_leaves_out_only_what_has_no_number() {
    let body = json!({ "data": {
        "meta": { "mine_count": 1, "assigned_count": 4, "unassigned_count": "2", "all_count": 6 },
        "payload": [{ "id": 5, "inbox_id": 3, "status": "open" }, { "status": "open" }, null, 7],
    } });
    let server = answering([("GET /api/v1/accounts/2/conversations", body)]).await;
    let page = server
        .account()
        .conversations(&ListQuery::default())
        .await
        .unwrap();
    assert_eq!(
        page.counts,
        Counts {
            mine: 1,
            assigned: 4,
            unassigned: 2,
            all: 6
        }
    );
    let ids: Vec<_> = page.items.iter().map(|update| update.conversation.id).collect();
    assert_eq!(ids, [ConversationId(5)]);
}

#[tokio::test]
async fn counts_come_alone_and_the_missing_one_is_the_rest() {
    let body = json!({ "meta": { "mine_count": 0, "unassigned_count": 2, "all_count": 6 } });
    let server = answering([("GET /api/v1/accounts/2/conversations/meta", body)]).await;
    let counts = server.account().counts(&ListQuery::default()).await.unwrap();
    assert_eq!(
        counts,
        Counts {
            mine: 0,
            assigned: 4,
            unassigned: 2,
            all: 6
        }
    );
}

#[tokio::test]
async fn a_thread_is_put_in_order() {
    let message = |id: i64, at: i64| json!({ "id": id, "message_type": 0, "created_at": at, "content": "x" });
    let body = json!({ "meta": {}, "payload": [message(12, 100), message(11, 100), message(10, 101)] });
    let server = answering([("GET /api/v1/accounts/2/conversations/5/messages", body)]).await;
    let messages = server
        .account()
        .messages(ConversationId(5), None, None)
        .await
        .unwrap();
    let ids: Vec<_> = messages.iter().map(|message| message.id).collect();
    assert_eq!(ids, [MessageId(11), MessageId(12), MessageId(10)]);
    assert!(
        messages
            .iter()
            .all(|message| message.conversation_id == ConversationId(5))
    );
}

#[tokio::test]
async fn an_answer_that_is_no_list_is_no_empty_list() {
    let server = answering([(
        "GET /api/v1/accounts/2/conversations/5/messages",
        json!({ "meta": {} }),
    )])
    .await;
    let error = server
        .account()
        .messages(ConversationId(5), None, None)
        .await
        .unwrap_err();
    assert_eq!(error, ClientError::Unknown);
}

#[tokio::test]
async fn inboxes_come_with_their_bots() {
    let list = json!({ "payload": [
        { "id": 1, "name": "Web", "channel_type": "Channel::WebWidget", "timezone": "Europe/Zurich" },
        { "id": 2, "name": "Phone", "channel_type": "Channel::TwilioSms", "medium": "whatsapp" },
        { "id": 3, "name": "New", "channel_type": "Channel::Hologram" },
    ] });
    let bot = json!({ "agent_bot": { "id": 4, "name": "Concierge", "access_token": { "token": "x" } } });
    let server = answering([
        ("GET /api/v1/accounts/2/inboxes", list),
        ("GET /api/v1/accounts/2/inboxes/1/agent_bot", bot),
        ("GET /api/v1/accounts/2/inboxes/2/agent_bot", json!({})),
        (
            "GET /api/v1/accounts/2",
            json!({ "id": 2, "name": "Hotel", "features": { "inbox_management": true } }),
        ),
    ])
    .await;
    let inboxes = server.account().inboxes().await.unwrap();
    let read: Vec<_> = inboxes
        .iter()
        .map(|i| (i.id, i.channel, i.has_bot, i.bot_name.as_deref()))
        .collect();
    assert_eq!(
        read,
        [
            (InboxId(1), Channel::Web, Some(true), Some("Concierge")),
            (InboxId(2), Channel::Whatsapp, Some(false), None),
            (InboxId(3), Channel::Other, None, None),
        ]
    );
    assert_eq!(inboxes[0].timezone.as_deref(), Some("Europe/Zurich"));
    assert_eq!(inboxes[1].reply_window_seconds, Some(24 * 3600));
}

#[tokio::test]
async fn where_the_servers_own_assistant_may_answer_no_inbox_is_said_to_have_no_ai() {
    let list = json!({ "payload": [{ "id": 2, "name": "Web", "channel_type": "Channel::WebWidget" }] });
    let server = answering([
        ("GET /api/v1/accounts/2/inboxes", list),
        ("GET /api/v1/accounts/2/inboxes/2/agent_bot", json!({})),
        (
            "GET /api/v1/accounts/2",
            json!({ "id": 2, "features": { "captain_integration": true } }),
        ),
    ])
    .await;
    assert_eq!(server.account().inboxes().await.unwrap()[0].has_bot, None);
}

#[tokio::test]
async fn a_bot_that_cannot_be_asked_for_now_fails_the_inboxes() {
    let later = Answer::plain(429, "text/plain", "Retry later\n");
    let list = json!({ "payload": [{ "id": 2, "name": "Web", "channel_type": "Channel::WebWidget" }] });
    let server = Loopback::start([
        ("GET /api/v1/accounts/2/inboxes", Answer::json(200, list)),
        ("GET /api/v1/accounts/2/inboxes/2/agent_bot", later),
    ])
    .await;
    assert_eq!(server.account().inboxes().await, Err(ClientError::Throttled));
}

#[tokio::test]
async fn the_catalogue_is_read_whether_wrapped_or_bare() {
    let agent = json!({ "id": 7, "name": "Nadia", "email": "n@x.example", "role": "administrator",
        "availability_status": "busy" });
    let server = answering([
        ("GET /api/v1/accounts/2/agents", json!([agent])),
        (
            "GET /api/v1/accounts/2/assignable_agents",
            json!({ "payload": [agent] }),
        ),
        (
            "GET /api/v1/accounts/2/teams",
            json!([{ "id": 4, "name": "reception", "is_member": true }]),
        ),
        (
            "GET /api/v1/accounts/2/labels",
            json!({ "payload": [{ "id": 1, "title": "vip", "color": "#ff0000" }] }),
        ),
        (
            "GET /api/v1/accounts/2/canned_responses",
            json!([{ "id": 1, "short_code": "wifi", "content": "…" }]),
        ),
        (
            "GET /api/v1/accounts/2/cache_keys",
            json!({ "cache_keys": { "label": "17", "inbox": 18, "team": "0" } }),
        ),
        (
            "GET /api/v1/accounts/2",
            json!({ "id": 2, "name": "Hotel Seeblick" }),
        ),
    ])
    .await;
    let api = server.account();
    let agents = api.agents().await.unwrap();
    assert_eq!(
        (agents[0].id, agents[0].role),
        (AgentId(7), Some(Role::Administrator))
    );
    assert_eq!(api.assignable_agents(InboxId(3)).await.unwrap(), agents);
    assert!(api.teams().await.unwrap()[0].is_member);
    assert_eq!(api.labels().await.unwrap()[0].title, "vip");
    assert_eq!(api.canned_responses().await.unwrap()[0].short_code, "wifi");
    assert_eq!(api.cache_keys().await.unwrap().inbox, "18");
    assert_eq!(api.account_name().await.unwrap(), "Hotel Seeblick");
}

#[tokio::test]
async fn a_contact_and_its_conversations_are_read() {
    let contact = json!({ "payload": { "id": 9, "name": "", "phone_number": "+41790000000", "created_at": 1_700_000_000 } });
    let conversations = json!({ "payload": [{ "id": 5, "inbox_id": 3, "meta": { "sender": { "id": 9 } } }] });
    let server = answering([
        ("GET /api/v1/accounts/2/contacts/9", contact),
        ("GET /api/v1/accounts/2/contacts/9/conversations", conversations),
    ])
    .await;
    let api = server.account();
    assert_eq!(
        api.contact(ContactId(9)).await.unwrap().display_name(),
        "+41790000000"
    );
    let found = api.contact_conversations(ContactId(9)).await.unwrap();
    assert_eq!(found[0].conversation.contact_id, Some(ContactId(9)));
}
