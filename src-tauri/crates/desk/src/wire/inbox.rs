//! Channels (reference §2.2).

use crate::channels::ingress;
use crate::db::inbox::Inbox;
use crate::desk::View;
use serde_json::{Map, Value, json};

/// Present on every channel, null where it lacks them.
const EVERYWHERE: &[&str] = &[
    "allowed_domains",
    "widget_color",
    "website_url",
    "hmac_mandatory",
    "welcome_title",
    "welcome_tagline",
    "web_widget_script",
    "website_token",
    "selected_feature_flags",
    "reply_time",
    "messaging_service_sid",
    "phone_number",
    "provider",
];

/// Settings that only administrators see.
const FOR_ADMINISTRATORS: &[&str] = &[
    "hmac_token",
    "secret",
    "provider_config",
    "auth_token",
    "account_sid",
    "api_key_sid",
];

/// What a kind of channel has besides.
fn extras(channel_type: &str) -> &'static [(&'static str, Empty)] {
    match channel_type {
        "Channel::Api" => &[
            ("webhook_url", Empty::Null),
            ("hmac_mandatory", Empty::False),
            ("additional_attributes", Empty::Object),
        ],
        "Channel::WebWidget" => &[
            ("continuity_via_email", Empty::False),
            ("pre_chat_form_enabled", Empty::False),
            ("pre_chat_form_options", Empty::Object),
            ("selected_feature_flags", Empty::List),
        ],
        "Channel::Whatsapp" => &[
            ("message_templates", Empty::List),
            ("reauthorization_required", Empty::False),
        ],
        "Channel::TwilioSms" => &[
            ("medium", Empty::Null),
            ("content_templates", Empty::Object),
            ("voice_enabled", Empty::False),
        ],
        "Channel::FacebookPage" => &[
            ("page_id", Empty::Null),
            ("reauthorization_required", Empty::False),
        ],
        "Channel::Instagram" => &[
            ("instagram_id", Empty::Null),
            ("reauthorization_required", Empty::False),
        ],
        "Channel::Email" => &[("email", Empty::Null), ("forwarding_enabled", Empty::False)],
        _ => &[],
    }
}

#[derive(Clone, Copy)]
enum Empty {
    Null,
    False,
    List,
    Object,
}

impl Empty {
    fn json(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::False => Value::Bool(false),
            Self::List => json!([]),
            Self::Object => json!({}),
        }
    }
}

/// INBOX.
pub fn rest(view: &View<'_>, inbox: &Inbox, to_administrator: bool) -> Value {
    let mut json = common(inbox);
    for key in EVERYWHERE {
        json.insert((*key).to_owned(), Value::Null);
    }
    for (key, empty) in extras(&inbox.channel_type) {
        json.insert((*key).to_owned(), empty.json());
    }
    for (key, value) in &inbox.channel {
        if to_administrator || !FOR_ADMINISTRATORS.contains(&key.as_str()) {
            json.insert(key.clone(), value.clone());
        }
    }
    if let Some(kind) = called_by(inbox) {
        let url = format!("{}{}", view.url, ingress::path(kind, inbox.id));
        json.insert("callback_webhook_url".to_owned(), json!(url));
    }
    if inbox.is_api() {
        json.insert("inbox_identifier".to_owned(), json!(inbox.identifier));
    }
    Value::Object(json)
}

/// The kinds of channel that show where their provider calls.
fn called_by(inbox: &Inbox) -> Option<&'static str> {
    match inbox.channel_type.as_str() {
        "Channel::TwilioSms" => Some("twilio"),
        "Channel::Whatsapp" => Some("whatsapp"),
        _ => None,
    }
}

fn common(inbox: &Inbox) -> Map<String, Value> {
    let json = json!({
        "id": inbox.id,
        "avatar_url": inbox.avatar_url,
        "channel_id": inbox.id,
        "name": inbox.name,
        "channel_type": inbox.channel_type,
        "greeting_enabled": inbox.greeting_enabled,
        "greeting_message": inbox.greeting_message,
        "working_hours_enabled": inbox.working_hours_enabled,
        "enable_email_collect": false,
        "csat_survey_enabled": inbox.csat_survey_enabled,
        "csat_config": {},
        "enable_auto_assignment": inbox.enable_auto_assignment,
        "auto_assignment_config": {},
        "out_of_office_message": inbox.out_of_office_message,
        "working_hours": inbox.working_hours,
        "timezone": inbox.timezone,
        "callback_webhook_url": null,
        "allow_messages_after_resolved": inbox.allow_messages_after_resolved,
        "lock_to_single_conversation": inbox.lock_to_single_conversation,
        "sender_name_type": "friendly",
        "business_name": null,
    });
    match json {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// INBOX_SLIM.
pub fn slim(inbox: &Inbox) -> Value {
    json!({
        "id": inbox.id,
        "avatar_url": inbox.avatar_url,
        "channel_id": inbox.id,
        "name": inbox.name,
        "channel_type": inbox.channel_type,
        "provider": inbox.channel.get("provider"),
    })
}
