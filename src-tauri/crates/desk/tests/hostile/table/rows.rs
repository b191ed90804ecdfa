//! The rows.

use super::{Row, row};
use crate::caller::Caller;
use serde_json::json;

/// Conversations and their messages.
pub fn conversations() -> Vec<Row> {
    let one = json!({ "user_ids": ["{agent}"] });
    let clauses = json!({ "payload": [
        { "attribute_key": "status", "filter_operator": "equal_to", "values": ["open"], "query_operator": "and" },
        { "attribute_key": "created_at", "filter_operator": "is_greater_than", "values": ["2020-01-01"] },
    ]});
    vec![
        row("GET", "~/conversations?status=all&assignee_type=all&page=1&labels[]=zqa5-label&sort_by=created_at_asc"),
        row("GET", "~/conversations/meta?status=open"),
        row("GET", "~/conversations/search?q=zqa"),
        row("GET", "~/conversations/unread_counts").answers(403),
        row("POST", "~/conversations/filter?page=1").json(clauses),
        row("POST", "~/conversations")
            .json(json!({
                "source_id": "{source}", "inbox_id": "{inbox}", "contact_id": "{contact}", "status": "open",
                "assignee_id": "{agent}", "team_id": "{team}", "additional_attributes": { "mail_subject": "x" },
                "custom_attributes": { "a": 1 }, "message": { "content": "hello", "private": false },
            }))
            .fails_as_upstream(),
        row("GET", "~/conversations/{conversation}"),
        row("PATCH", "~/conversations/{conversation}").json(json!({ "priority": "high" })).fails_as_upstream(),
        row("DELETE", "~/conversations/{conversation}"),
        row("POST", "~/conversations/{conversation}/toggle_status")
            .json(json!({ "status": "snoozed", "snoozed_until": 4_102_444_800_i64 }))
            .fails_as_upstream(),
        row("POST", "~/conversations/{conversation}/toggle_priority")
            .json(json!({ "priority": "high" }))
            .fails_as_upstream(),
        row("POST", "~/conversations/{conversation}/assignments").json(json!({ "assignee_id": "{agent}" })),
        row("POST", "~/conversations/{other_conversation}/assignments").json(json!({ "team_id": "{team}" })),
        row("GET", "~/conversations/{conversation}/labels"),
        row("POST", "~/conversations/{conversation}/labels").json(json!({ "labels": ["vip", "late"] })),
        row("POST", "~/conversations/{conversation}/custom_attributes")
            .json(json!({ "custom_attributes": { "room": "12", "nights": 3 } })),
        row("POST", "~/conversations/{conversation}/update_last_seen"),
        row("POST", "~/conversations/{conversation}/unread"),
        row("POST", "~/conversations/{conversation}/toggle_typing_status")
            .json(json!({ "typing_status": "on", "is_private": false })),
        row("POST", "~/conversations/{conversation}/looking").json(json!({ "looking": true })),
        row("POST", "~/conversations/{conversation}/transcript").json(json!({ "email": "guest@example.org" })).answers(402),
        row("GET", "~/conversations/{conversation}/linked_actions"),
        row("POST", "~/conversations/{conversation}/linked_actions/{action}/approve").answers(404),
        row("POST", "~/conversations/{conversation}/linked_actions/{action}/decline").answers(404),
        row("GET", "~/conversations/{conversation}/inbox_assistant"),
        row("POST", "~/conversations/{conversation}/mute"),
        row("POST", "~/conversations/{conversation}/unmute"),
        row("GET", "~/conversations/{conversation}/participants"),
        row("POST", "~/conversations/{conversation}/participants").json(one.clone()).fails_as_upstream(),
        row("PATCH", "~/conversations/{conversation}/participants").json(one.clone()).fails_as_upstream(),
        row("DELETE", "~/conversations/{conversation}/participants").json(one).fails_as_upstream(),
        row("GET", "~/conversations/{conversation}/draft_messages"),
        row("PATCH", "~/conversations/{conversation}/draft_messages")
            .json(json!({ "draft_message": { "message": "so far" } })),
        row("DELETE", "~/conversations/{conversation}/draft_messages"),
        row("GET", "~/conversations/{conversation}/attachments?page=1"),
        row("GET", "~/conversations/{conversation}/messages?after=0&before=999999"),
        row("POST", "~/conversations/{conversation}/messages").json(json!({
            "content": "Hello {{contact.name}}", "message_type": "outgoing", "private": false, "echo_id": "e-1",
            "content_type": "text", "content_attributes": { "in_reply_to": "{message}", "client_ref": "r-1" },
            "template_params": { "name": "hello", "language": "en", "processed_params": { "body": { "1": "x" } } },
            "source_id": "s-1", "attachments": ["{blob}"], "cc_emails": "a@example.org",
        })),
        row("POST", "~/conversations/{conversation}/messages").file("attachments[]"),
        row("PATCH", "~/conversations/{conversation}/messages/{reply}")
            .json(json!({ "status": "failed", "external_error": "no" })),
        row("DELETE", "~/conversations/{conversation}/messages/{reply}"),
        row("POST", "~/conversations/{conversation}/messages/{reply}/retry"),
        row("POST", "~/conversations/{conversation}/messages/{reply}/translate")
            .json(json!({ "target_language": "de" })),
        row("POST", "~/bulk_actions").json(json!({
            "type": "Conversation", "ids": ["{conversation}"], "fields": { "status": "open", "assignee_id": "{agent}" },
            "labels": { "add": ["vip"], "remove": ["late"] }, "snoozed_until": 4_102_444_800_i64,
        })),
    ]
}

/// Guests as the agents see them.
pub fn contacts() -> Vec<Row> {
    let clause = json!({ "payload": [
        { "attribute_key": "email", "filter_operator": "contains", "values": ["example"], "query_operator": null },
    ]});
    let somebody = json!({
        "name": "Wanda", "email": "wanda@example.org", "phone_number": "+4915112345678", "identifier": "w-1",
        "blocked": false, "inbox_id": "{inbox}", "source_id": "w-source",
        "additional_attributes": { "city": "Berlin" }, "custom_attributes": { "vip": true },
    });
    let changed = json!({
        "name": "Wanda", "email": "wanda@example.org", "phone_number": "+4915112345678", "identifier": "w-1",
        "custom_attributes": { "vip": true }, "additional_attributes": { "city": "Berlin" },
    });
    vec![
        row(
            "GET",
            "~/contacts?page=1&sort=-last_activity_at&labels[]=zqa5-label&include_contact_inboxes=true",
        ),
        row("POST", "~/contacts").json(somebody).fails_as_upstream(),
        row("GET", "~/contacts/search?q=zqa&page=1&sort=name"),
        row("POST", "~/contacts/filter?page=1").json(clause),
        row("GET", "~/contacts/active?page=1"),
        row("GET", "~/contacts/{contact}"),
        row("PATCH", "~/contacts/{contact}").json(changed),
        row("DELETE", "~/contacts/{contact}"),
        row("GET", "~/contacts/{contact}/conversations"),
        row("GET", "~/contacts/{contact}/labels"),
        row("POST", "~/contacts/{contact}/labels").json(json!({ "labels": ["vip"] })),
        row("POST", "~/contacts/{contact}/destroy_custom_attributes")
            .json(json!({ "custom_attributes": ["room"] })),
        row("GET", "~/contacts/{contact}/attachments?page=1"),
        row("DELETE", "~/contacts/{contact}/avatar"),
        row("GET", "~/contacts/{contact}/contactable_inboxes"),
        row("POST", "~/contacts/{contact}/contact_inboxes")
            .json(json!({ "inbox_id": "{ai}", "source_id": "c-1", "hmac_verified": false }))
            .fails_as_upstream(),
        row("POST", "~/contact_inboxes/filter")
            .json(json!({ "inbox_id": "{inbox}", "source_id": "{source}" })),
        row("POST", "~/actions/contact_merge")
            .json(json!({ "base_contact_id": "{contact}", "mergee_contact_id": "{other}" }))
            .destroys(),
        row("GET", "~/contacts/{contact}/notes"),
        row("POST", "~/contacts/{contact}/notes").json(json!({ "note": { "content": "likes tea" } })),
        row("GET", "~/contacts/{contact}/notes/{note}"),
        row("PATCH", "~/contacts/{contact}/notes/{note}").json(json!({ "content": "likes coffee" })),
        row("DELETE", "~/contacts/{contact}/notes/{note}"),
        row("POST", "~/bulk_actions").json(json!({
            "type": "Contact", "ids": ["{contact}"], "labels": { "add": ["vip"] }, "action_name": "label",
        })),
    ]
}

/// The account, its people, channels and teams.
pub fn account() -> Vec<Row> {
    let in_team = json!({ "user_ids": ["{agent}"] });
    let in_inbox = json!({ "inbox_id": "{ai}", "user_ids": ["{agent}"] });
    let channel = json!({
        "name": "WhatsApp", "channel": {
            "type": "whatsapp", "phone_number": "+4930765432", "email": "desk@example.org",
            "webhook_url": "https://example.org/hook", "provider_config": {
                "api_key": "k", "phone_number_id": "1", "business_account_id": "2", "app_secret": "s",
                "webhook_verify_token": "w",
            },
        },
    });
    let changed = json!({
        "name": "Web", "greeting_enabled": true, "greeting_message": "hello", "out_of_office_message": "closed",
        "working_hours_enabled": true, "timezone": "Europe/Berlin", "csat_survey_enabled": true,
        "working_hours": [{ "day_of_week": 1, "open_hour": 9, "open_minutes": 0, "close_hour": 17, "close_minutes": 0 }],
        "channel": {
            "webhook_url": "https://example.org/hook", "hmac_mandatory": false,
            "additional_attributes": { "agent_reply_time_window": 24 },
        },
    });
    vec![
        row("GET", "~"),
        row("PATCH", "~").json(json!({
            "name": "Hotel", "locale": "de", "domain": "example.org", "support_email": "a@example.org",
            "auto_resolve_after": 60, "auto_resolve_message": "bye", "auto_resolve_ignore_waiting": true,
        })),
        row("POST", "~/update_active_at"),
        row("GET", "~/cache_keys"),
        row("GET", "~/agents"),
        row("GET", "~/custom_roles"),
        row("GET", "~/assignable_agents?inbox_ids[]={inbox}"),
        row("GET", "~/dashboard_apps"),
        row("GET", "~/integrations/apps"),
        row("GET", "~/portals"),
        row("GET", "~/agent_bots"),
        row("GET", "~/agent_bots/{bot}"),
        row("POST", "~/inboxes/{inbox}/set_agent_bot").json(json!({ "agent_bot": "{bot}" })),
        row("GET", "~/inboxes"),
        row("GET", "~/inboxes/{inbox}"),
        row("POST", "~/inboxes").json(channel),
        row("PATCH", "~/inboxes/{inbox}").json(changed),
        row("POST", "~/inboxes/{phone}/sync_templates"),
        row("GET", "~/inboxes/{ai}/agent_bot"),
        row("GET", "~/inboxes/{inbox}/assignable_agents"),
        row("GET", "~/inbox_members/{inbox}"),
        row("POST", "~/inbox_members").json(in_inbox.clone()),
        row("PATCH", "~/inbox_members").json(in_inbox.clone()),
        row("DELETE", "~/inbox_members").json(in_inbox),
        row("GET", "~/teams"),
        row("POST", "~/teams")
            .json(json!({ "name": "night", "description": "at night", "allow_auto_assign": true })),
        row("GET", "~/teams/{team}"),
        row("PATCH", "~/teams/{team}").json(json!({ "name": "day", "allow_auto_assign": false })),
        row("DELETE", "~/teams/{team}"),
        row("GET", "~/teams/{team}/team_members"),
        row("POST", "~/teams/{team}/team_members").json(json!({ "user_ids": ["{admin}"] })),
        row("PATCH", "~/teams/{team}/team_members").json(in_team.clone()),
        row("DELETE", "~/teams/{team}/team_members").json(in_team),
        row(
            "GET",
            "~/csat_survey_responses?page=1&sort=-created_at&rating=5&user_ids[]=1&since=0&until=9999999999",
        ),
        row("GET", "~/csat_survey_responses/metrics?since=0&until=9999999999"),
        row("POST", "~/upload").file("attachment"),
    ]
}

/// Labels, prepared answers, macros, views, definitions, notifications, webhooks.
pub fn small() -> Vec<Row> {
    let label =
        json!({ "title": "quiet-room", "description": "x", "color": "#112233", "show_on_sidebar": true });
    let canned = json!({ "short_code": "hi", "content": "Hello {{contact.name}}" });
    let made = json!({
        "name": "close", "visibility": "global",
        "actions": [{ "action_name": "assign_agent", "action_params": ["self"] }, { "action_name": "resolve_conversation" }],
    });
    let filter =
        json!({ "custom_filter": { "name": "mine", "filter_type": "contact", "query": { "payload": [] } } });
    let shared = json!({ "shared_view": { "name": "ours", "query": { "payload": [] } } });
    let definition = json!({
        "attribute_display_name": "Room", "attribute_key": "room_number", "attribute_display_type": "list",
        "attribute_values": ["1", "2"], "attribute_model": "contact_attribute", "attribute_description": "x",
        "regex_pattern": "^a+$", "regex_cue": "x", "default_value": 1,
    });
    let hook = json!({ "webhook": {
        "url": "https://example.org/hook", "name": "ours", "inbox_id": "{inbox}", "subscriptions": ["message_created"],
    }});
    vec![
        row("GET", "~/labels"),
        row("POST", "~/labels").json(label.clone()),
        row("GET", "~/labels/{label}"),
        row("PATCH", "~/labels/{label}").json(label),
        row("DELETE", "~/labels/{label}"),
        row("GET", "~/canned_responses?search=zqa"),
        row("POST", "~/canned_responses").json(canned.clone()),
        row("PATCH", "~/canned_responses/{canned}").json(canned),
        row("DELETE", "~/canned_responses/{canned}"),
        row("GET", "~/macros"),
        row("POST", "~/macros").json(made.clone()),
        row("GET", "~/macros/{macro}"),
        row("PATCH", "~/macros/{macro}").json(made),
        row("DELETE", "~/macros/{macro}"),
        row("POST", "~/macros/{macro}/execute").json(json!({ "conversation_ids": ["{conversation}"] })),
        row("GET", "~/custom_filters?filter_type=conversation"),
        row("POST", "~/custom_filters").json(filter.clone()).fails_as_upstream(),
        row("GET", "~/custom_filters/{filter}"),
        row("PATCH", "~/custom_filters/{filter}").json(filter),
        row("DELETE", "~/custom_filters/{filter}").answers(204),
        row("GET", "~/shared_views?filter_type=conversation"),
        row("POST", "~/shared_views").json(shared.clone()),
        row("GET", "~/shared_views/{shared_view}"),
        row("PATCH", "~/shared_views/{shared_view}").json(shared),
        row("POST", "~/shared_views/order").json(json!({ "ids": ["{shared_view}"] })),
        row("DELETE", "~/shared_views/{shared_view}").answers(204),
        row("GET", "~/custom_attribute_definitions?attribute_model=conversation_attribute"),
        row("POST", "~/custom_attribute_definitions").json(definition.clone()),
        row("GET", "~/custom_attribute_definitions/{definition}"),
        row("PATCH", "~/custom_attribute_definitions/{definition}").json(definition),
        row("DELETE", "~/custom_attribute_definitions/{definition}").answers(204),
        row("GET", "~/webhooks"),
        row("POST", "~/webhooks").json(hook.clone()),
        row("PATCH", "~/webhooks/{webhook}").json(hook),
        row("DELETE", "~/webhooks/{webhook}"),
        row("GET", "~/notifications?page=1&sort_order=desc&includes[]=read&includes[]=snoozed"),
        row("GET", "~/notifications/unread_count"),
        row("POST", "~/notifications/read_all")
            .json(json!({ "primary_actor_type": "Conversation", "primary_actor_id": "{conversation}" })),
        row("POST", "~/notifications/destroy_all").json(json!({ "type": "read" })).destroys(),
        row("PATCH", "~/notifications/{notification}"),
        row("DELETE", "~/notifications/{notification}"),
        row("POST", "~/notifications/{notification}/unread"),
        row("POST", "~/notifications/{notification}/snooze").json(json!({ "snoozed_until": 4_102_444_800_i64 })),
        row("GET", "~/notification_settings"),
        row("PATCH", "~/notification_settings").json(json!({ "notification_settings": {
            "selected_email_flags": ["email_conversation_creation"], "selected_push_flags": ["push_conversation_mention"],
        }})),
    ]
}

/// Reports, and the search over everything.
pub fn reports() -> Vec<Row> {
    vec![
        row("GET", "~/search?q=zqa&page=1"),
        row("GET", "~/search/conversations?q=zqa"),
        row("GET", "~/search/contacts?q=zqa"),
        row("GET", "~/search/messages?q=zqa"),
        row("GET", "~/search/articles?q=zqa"),
        row(
            "GET",
            "~2/reports?type=account&metric=conversations_count&since=1600000000&until=1601000000&group_by=day&timezone_offset=2",
        )
        .fails_as_upstream(),
        row("GET", "~2/reports?type=agent&id={agent}&metric=reply_time&since=1600000000&until=1601000000")
            .fails_as_upstream(),
        row("GET", "~2/reports/summary?type=inbox&id={inbox}&since=1600000000&until=1601000000").fails_as_upstream(),
        row("GET", "~2/reports/bot_summary?type=account&since=1600000000&until=1601000000").fails_as_upstream(),
        row("GET", "~2/reports/bot_metrics?since=1600000000&until=1601000000"),
        row("GET", "~2/summary_reports/agent?since=1600000000&until=1601000000&business_hours=true"),
        row("GET", "~2/summary_reports/team?since=1600000000&until=1601000000"),
        row("GET", "~2/summary_reports/inbox?since=1600000000&until=1601000000"),
        row("GET", "~2/summary_reports/label?since=1600000000&until=1601000000"),
        row("GET", "~2/summary_reports/channel?since=1600000000&until=1601000000"),
        row("GET", "~2/reports/conversations?type=agent&page=1"),
        row("GET", "~2/live_reports/conversation_metrics?team_id={team}"),
        row("GET", "~2/live_reports/grouped_conversation_metrics?group_by=assignee_id"),
    ]
}

/// What needs no account: signing in, one's own profile, and the guests' side.
pub fn open() -> Vec<Row> {
    let somebody = json!({
        "name": "Nora", "email": "nora@example.org", "phone_number": "+4915187654321", "identifier": "n-1",
        "source_id": "n-source", "identifier_hash": "00", "custom_attributes": { "room": "1" },
    });
    let rated = json!({ "csat_survey_response": { "rating": 4, "feedback_message": "fine" } });
    vec![
        row("POST", "/auth/sign_in")
            .json(json!({ "email": "ada@example.org", "password": "Front-Desk-1" }))
            .by(Caller::Session),
        row("DELETE", "/auth/sign_out").by(Caller::Session),
        row("GET", "/auth/validate_token").by(Caller::Session),
        row("GET", "/api/v1/profile"),
        row("PATCH", "/api/v1/profile").json(json!({ "profile": {
            "name": "Ada", "display_name": "A", "message_signature": "-- A", "ui_settings": { "locale": "de" },
            "phone_number": "+491511", "current_password": "Wrong-1",
        }})),
        row("POST", "/api/v1/profile/availability")
            .json(json!({ "profile": { "account_id": "{account}", "availability": "busy" } }))
            .fails_as_upstream(),
        row("POST", "/api/v1/profile/auto_offline")
            .json(json!({ "profile": { "account_id": "{account}", "auto_offline": true } })),
        row("PUT", "/api/v1/profile/set_active_account")
            .json(json!({ "profile": { "account_id": "{account}" } }))
            .fails_as_upstream(),
        row("POST", "/api/v1/profile/set_active_account")
            .json(json!({ "profile": { "account_id": "{account}" } }))
            .fails_as_upstream(),
        row("POST", "/api/v1/profile/reset_access_token").by(Caller::Session),
        row("GET", "/api/v1/profile/mfa"),
        row("POST", "/api/v1/profile/mfa"),
        row("DELETE", "/api/v1/profile/mfa")
            .json(json!({ "password": "Front-Desk-1", "otp_code": "000000", "backup_code": "00000000" }))
            .answers(422),
        row("POST", "/api/v1/profile/mfa/verify").json(json!({ "otp_code": "000000" })).answers(422),
        row("POST", "/api/v1/profile/mfa/backup_codes").json(json!({ "otp_code": "000000" })).answers(422),
        row("GET", "/api").by(Caller::Nobody),
        row("GET", "/health").by(Caller::Nobody),
        row("GET", "/cable").by(Caller::Nobody).answers(404),
        row("GET", "/files/{file}").by(Caller::Guest),
        // Providers sign; what nobody signed gets no further.
        row("POST", "/webhooks/twilio/{inbox}").json(json!({ "MessageSid": "SM1", "Body": "hello" })).by(Caller::Nobody).answers(401),
        row("POST", "/webhooks/twilio/{inbox}/status?outbound=1").json(json!({ "MessageStatus": "read" })).by(Caller::Nobody).answers(401),
        row("GET", "/webhooks/meta/{inbox}?hub.mode=subscribe&hub.challenge=1").by(Caller::Nobody).answers(401),
        row("POST", "/webhooks/meta/{inbox}").json(json!({ "entry": [] })).by(Caller::Nobody).answers(401),
        row("POST", "/webhooks/mail/{inbox}").json(json!({})).by(Caller::Nobody).answers(401),
        row("POST", "/webhooks/call/{inbox}").json(json!({ "caller": "+4930123456", "duration_s": 5 })).by(Caller::Nobody).answers(401),
        row("GET", "/chat/app.js").by(Caller::Nobody),
        row("GET", "/chat/app.css").by(Caller::Nobody),
        row("GET", "/chat/{chat}").by(Caller::Guest),
        row("POST", "/chat/{chat}/renew").by(Caller::Guest).answers(303),
        row("GET", "/public/api/v1/inboxes/{identifier}").by(Caller::Guest),
        row("POST", "/public/api/v1/inboxes/{identifier}/contacts")
            .json(somebody.clone())
            .by(Caller::Guest)
            .fails_as_upstream(),
        row("GET", "/public/api/v1/inboxes/{identifier}/contacts/{source}").by(Caller::Guest).fails_as_upstream(),
        row("PATCH", "/public/api/v1/inboxes/{identifier}/contacts/{source}")
            .json(somebody)
            .by(Caller::Guest)
            .fails_as_upstream(),
        row("GET", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations").by(Caller::Guest),
        row("POST", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations")
            .json(json!({ "custom_attributes": { "room": "1" } }))
            .by(Caller::Guest),
        row("GET", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}")
            .by(Caller::Guest),
        row("POST", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}/toggle_status")
            .by(Caller::Guest),
        row("POST", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}/toggle_typing")
            .json(json!({ "typing_status": "on" }))
            .by(Caller::Guest),
        row(
            "POST",
            "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}/update_last_seen",
        )
        .by(Caller::Guest),
        row(
            "GET",
            "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}/messages?before=99999",
        )
        .by(Caller::Guest),
        row("POST", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}/messages")
            .json(json!({ "content": "hello", "echo_id": "g-1" }))
            .by(Caller::Guest),
        row("POST", "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{conversation}/messages")
            .file("attachments[]")
            .by(Caller::Guest),
        row(
            "PATCH",
            "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations/{surveyed}/messages/{survey_message}",
        )
        .json(json!({ "submitted_values": rated }))
        .by(Caller::Guest)
        .fails_as_upstream(),
        row("GET", "/public/api/v1/csat_survey/{survey}").by(Caller::Guest),
        row("PATCH", "/public/api/v1/csat_survey/{survey}")
            .json(json!({ "message": { "submitted_values": rated } }))
            .by(Caller::Guest),
    ]
}
