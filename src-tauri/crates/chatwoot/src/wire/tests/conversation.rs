//! REST against socket form (reference §3.1, §10.4).

use crate::wire::conversation_update;
use deskbell_domain::{AgentId, Assignee, ContactId, MessageId, Priority, Status, TeamId};
use serde_json::{Value, json};

fn rest() -> Value {
    json!({
        "meta": {
            "sender": { "id": 9, "name": "Ines", "email": null, "phone_number": "+41790000000", "blocked": false,
                "thumbnail": "", "custom_attributes": { "lead": true }, "additional_attributes": {},
                "last_activity_at": 1_700_000_300, "created_at": 1_699_000_000 },
            "channel": "Channel::Api",
            "assignee": { "id": 7, "account_id": 2, "availability_status": "online", "email": "n@x.example",
                "name": "Nadia", "role": "agent", "thumbnail": "" },
            "assignee_type": "User",
            "team": { "id": 4, "name": "reception" },
            "hmac_verified": null,
        },
        "id": 5, "account_id": 2, "uuid": "a-b", "inbox_id": 3, "status": "open",
        "messages": [{ "id": 90, "message_type": 2, "content": "Assigned", "created_at": 1_700_000_301 }],
        "last_non_activity_message": { "id": 89, "message_type": 0, "content": "Hello?", "created_at": 1_700_000_300 },
        "additional_attributes": { "mail_subject": "Late" }, "custom_attributes": { "topic": "booking" },
        "labels": ["vip"], "priority": "high", "can_reply": true, "muted": false, "snoozed_until": null,
        "unread_count": 3, "created_at": 1_700_000_000, "updated_at": 1_700_000_301.25,
        "last_activity_at": 1_700_000_300, "timestamp": 1_700_000_300, "agent_last_seen_at": 0,
        "assignee_last_seen_at": 0, "contact_last_seen_at": 0, "first_reply_created_at": 0, "waiting_since": 0,
        "sla_policy_id": null,
    })
}

fn push() -> Value {
    json!({
        "additional_attributes": {}, "can_reply": true, "channel": "Channel::Api",
        "contact_inbox": { "id": 1, "contact_id": 9, "inbox_id": 3, "source_id": "s", "pubsub_token": "p" },
        "id": 5, "inbox_id": 3, "messages": [], "labels": [],
        "meta": {
            "sender": { "id": 9, "name": "Ines", "type": "contact", "blocked": false },
            "assignee": { "id": 7, "name": "Nadia", "available_name": "Nadia", "type": "user", "availability_status": null },
            "assignee_type": "User", "team": null, "hmac_verified": false,
        },
        "status": "snoozed", "custom_attributes": {}, "snoozed_until": "2024-01-02T03:04:05.000Z", "unread_count": 0,
        "first_reply_created_at": "2024-01-02T03:04:05.000Z", "priority": null, "waiting_since": 1_704_164_645,
        "agent_last_seen_at": 1_704_164_645, "contact_last_seen_at": 0, "last_activity_at": 1_704_164_645,
        "timestamp": 1_704_164_645, "created_at": 1_704_000_000, "updated_at": 1_704_164_645.5, "account_id": 2,
    })
}

#[test]
fn the_rest_form_is_read_whole() {
    let update = conversation_update(&rest()).unwrap();
    let conversation = &update.conversation;
    assert_eq!(
        (conversation.status, conversation.priority),
        (Status::Open, Some(Priority::High))
    );
    assert_eq!(conversation.assignee, Some(Assignee::Agent(AgentId(7))));
    assert_eq!(
        (conversation.team_id, conversation.contact_id),
        (Some(TeamId(4)), Some(ContactId(9)))
    );
    assert_eq!(
        (conversation.uuid.as_deref(), conversation.muted),
        (Some("a-b"), Some(false))
    );
    assert_eq!(conversation.updated_at, Some(1_700_000_301.25));
    assert_eq!(
        (conversation.unread_count, conversation.subject()),
        (3, Some("Late"))
    );
    assert!(update.contact.unwrap().is_lead());
    assert_eq!(update.agent.unwrap().email, "n@x.example");
}

#[test]
fn zero_times_are_never() {
    let conversation = conversation_update(&rest()).unwrap().conversation;
    assert_eq!(
        [
            conversation.agent_last_seen_at,
            conversation.contact_last_seen_at,
            conversation.first_reply_created_at,
            conversation.waiting_since,
            conversation.snoozed_until,
        ],
        [None; 5]
    );
    assert!(conversation.is_unattended());
}

#[test]
fn the_first_reply_is_epoch_in_rest_and_iso_on_the_socket() {
    let mut told = rest();
    told["first_reply_created_at"] = json!(1_704_164_645);
    let told = conversation_update(&told).unwrap().conversation;
    let pushed = conversation_update(&push()).unwrap().conversation;
    assert_eq!(told.first_reply_created_at, Some(1_704_164_645));
    assert_eq!(pushed.first_reply_created_at, Some(1_704_164_645));
    assert_eq!(pushed.snoozed_until, Some(1_704_164_645));
}

#[test]
fn what_the_socket_leaves_out_is_not_said() {
    let update = conversation_update(&push()).unwrap();
    assert_eq!(
        (update.conversation.uuid.as_ref(), update.conversation.muted),
        (None, None)
    );
    assert_eq!(update.conversation.assignee, Some(Assignee::Agent(AgentId(7))));
    assert_eq!(update.agent, None, "a short form must not erase e-mail and role");
    let contact = update.contact.unwrap();
    assert_eq!((contact.created_at, contact.last_activity_at), (None, None));
}

#[test]
fn a_merge_of_both_forms_keeps_what_only_one_says() {
    let mut known = conversation_update(&rest()).unwrap().conversation;
    assert!(known.merge(&conversation_update(&push()).unwrap().conversation));
    assert_eq!(
        (known.uuid.as_deref(), known.status),
        (Some("a-b"), Status::Snoozed)
    );
}

#[test]
fn a_bot_as_holder_is_no_agent() {
    let mut by_type = rest();
    by_type["meta"]["assignee_type"] = json!("AgentBot");
    by_type["meta"]["assignee"] =
        json!({ "id": 7, "name": "Concierge", "thumbnail": "", "bot_type": "webhook" });
    let mut by_shape = by_type.clone();
    by_shape["meta"]["assignee_type"] = json!(null);
    let mut pushed = push();
    pushed["meta"]["assignee_type"] = json!(null);
    pushed["meta"]["assignee"] = json!({ "id": 7, "name": "Concierge", "type": "agent_bot" });
    let mut later = rest();
    later["meta"]["assignee_type"] = json!("Captain::Assistant");
    for value in [by_type, by_shape, pushed, later] {
        let update = conversation_update(&value).unwrap();
        assert_eq!(update.conversation.assignee, Some(Assignee::Bot(7)), "{value}");
        assert_eq!(update.agent, None);
    }
}

#[test]
fn an_absent_holder_and_a_null_one_are_the_same() {
    let mut absent = rest();
    absent["meta"].as_object_mut().unwrap().remove("assignee");
    let mut null = rest();
    null["meta"]["assignee"] = json!(null);
    for value in [absent, null] {
        assert_eq!(conversation_update(&value).unwrap().conversation.assignee, None);
    }
}

#[test]
fn both_previews_come_along_once_and_in_order() {
    let ids = |value: &Value| -> Vec<MessageId> {
        conversation_update(value)
            .unwrap()
            .messages
            .iter()
            .map(|message| message.id)
            .collect()
    };
    assert_eq!(ids(&rest()), [MessageId(89), MessageId(90)]);
    let mut same = rest();
    same["messages"] = json!([same["last_non_activity_message"]]);
    assert_eq!(ids(&same), [MessageId(89)]);
}

#[test]
fn old_and_odd_servers_are_read_as_far_as_they_go() {
    let odd = json!({ "id": "5", "inbox_id": "3", "status": "archived", "priority": 4, "unread_count": "10",
        "timestamp": "1700000300", "labels": [1, "vip", null], "meta": [], "messages": {}, "custom_attributes": [] });
    let conversation = conversation_update(&odd).unwrap().conversation;
    assert_eq!((conversation.id.0, conversation.inbox_id.0), (5, 3));
    assert_eq!((conversation.status, conversation.priority), (Status::Open, None));
    assert_eq!(
        (conversation.unread_count, conversation.last_activity_at),
        (10, 1_700_000_300)
    );
    assert_eq!(
        (conversation.labels.as_slice(), conversation.updated_at),
        (&["vip".to_owned()][..], None)
    );
    assert!(conversation.can_reply);
    assert!(conversation_update(&json!({ "inbox_id": 3 })).is_none());
}
