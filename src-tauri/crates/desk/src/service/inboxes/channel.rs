//! The kinds of channel an administrator can make over the wire, and what each keeps of its settings. Secrets go to the
//! provider's row, which the wire never shows.

use crate::db::carrier::Carrier;
use crate::db::inbox::Inbox;
use crate::db::json::Object;
use crate::error::ApiError;
use crate::service::{attributes, contact, tokens};
use serde_json::{Value, json};
use url::Url;

/// Where WhatsApp's API is.
const GRAPH: &str = "https://graph.facebook.com/v23.0";
/// Bytes of an address events go to.
const LONGEST_ADDRESS: usize = 2048;
/// Characters of a secret or of a provider's number; both stand in requests to it.
const LONGEST_PROOF: usize = 1024;

/// What only its kind of channel has, and how it reaches its provider; without one there that stays as it is.
pub struct Own {
    pub settings: Object,
    pub carrier: Option<Carrier>,
}

/// The type and the settings of a new channel.
pub fn new(others: &[Inbox], wanted: &Object) -> Result<(&'static str, Own), ApiError> {
    let nothing = Object::new();
    match filled(wanted, "type").unwrap_or_default() {
        "api" => Ok(("Channel::Api", api(&nothing, wanted)?)),
        "email" => Ok(("Channel::Email", email(others, 0, &nothing, wanted)?)),
        "whatsapp" => Ok(("Channel::Whatsapp", whatsapp(others, 0, &nothing, None, wanted)?)),
        _ => Err(ApiError::Refused(
            "This server makes channels of the types api, email and whatsapp".to_owned(),
        )),
    }
}

/// The settings of a channel there is. Kinds made on the command line alone keep what they have.
pub fn changed(
    others: &[Inbox],
    inbox: &Inbox,
    carrier: Option<Carrier>,
    wanted: &Object,
) -> Result<Own, ApiError> {
    match inbox.channel_type.as_str() {
        "Channel::Api" => api(&inbox.channel, wanted),
        "Channel::Email" => email(others, inbox.id, &inbox.channel, wanted),
        "Channel::Whatsapp" => whatsapp(others, inbox.id, &inbox.channel, carrier, wanted),
        _ => Ok(Own {
            settings: inbox.channel.clone(),
            carrier: None,
        }),
    }
}

fn filled<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    let text = object.get(key).and_then(Value::as_str);
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn api(known: &Object, wanted: &Object) -> Result<Own, ApiError> {
    let mut settings = known.clone();
    if wanted.contains_key("webhook_url") {
        let address = filled(wanted, "webhook_url");
        if address.is_some_and(|address| !is_web_address(address)) {
            return Err(ApiError::invalid("Webhook url is invalid", "webhook_url"));
        }
        settings.insert("webhook_url".to_owned(), json!(address));
    }
    if let Some(flag) = wanted.get("hmac_mandatory").and_then(Value::as_bool) {
        settings.insert("hmac_mandatory".to_owned(), json!(flag));
    }
    if let Some(wanted) = wanted.get("additional_attributes").and_then(Value::as_object) {
        attributes::check(wanted, "additional_attributes")?;
        check_window(wanted)?;
        settings.insert("additional_attributes".to_owned(), json!(wanted));
    }
    let attributes = settings.entry("additional_attributes");
    attributes.or_insert_with(|| json!({}));
    // What the address is told is signed, and a guest's identity proved, with a secret of its own each.
    for key in ["secret", "hmac_token"] {
        let own = settings.entry(key);
        own.or_insert_with(|| json!(tokens::token()));
    }
    Ok(Own {
        settings,
        carrier: None,
    })
}

fn is_web_address(text: &str) -> bool {
    let is_web = |url: Url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    text.len() <= LONGEST_ADDRESS && Url::parse(text).is_ok_and(is_web)
}

/// The reply window of an API channel (reference §6): whole hours, more than none.
fn check_window(attributes: &Object) -> Result<(), ApiError> {
    let key = "agent_reply_time_window";
    let hours = match attributes.get(key) {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(other) => other.as_i64(),
    };
    if hours.is_some_and(|hours| hours > 0) {
        return Ok(());
    }
    Err(ApiError::invalid(
        "Agent reply time window must be greater than 0",
        key,
    ))
}

fn email(others: &[Inbox], id: i64, known: &Object, wanted: &Object) -> Result<Own, ApiError> {
    let mut settings = known.clone();
    if id == 0 || wanted.contains_key("email") {
        let address = filled(wanted, "email").unwrap_or_default().to_lowercase();
        if !contact::is_email(&address) || address.len() > 254 {
            return Err(ApiError::invalid("Email is invalid", "email"));
        }
        check_free(others, id, "Channel::Email", "email", &address)?;
        settings.insert("email".to_owned(), json!(address));
    }
    let forwarding = settings.entry("forwarding_enabled");
    forwarding.or_insert_with(|| json!(false));
    Ok(Own {
        settings,
        carrier: None,
    })
}

fn whatsapp(
    others: &[Inbox],
    id: i64,
    known: &Object,
    carrier: Option<Carrier>,
    wanted: &Object,
) -> Result<Own, ApiError> {
    let mut settings = known.clone();
    if id == 0 || wanted.contains_key("phone_number") {
        let number = filled(wanted, "phone_number").unwrap_or_default();
        if !contact::is_phone_number(number) {
            return Err(ApiError::invalid("Phone number is invalid", "phone_number"));
        }
        check_free(others, id, "Channel::Whatsapp", "phone_number", number)?;
        settings.insert("phone_number".to_owned(), json!(number));
    }
    settings.insert("provider".to_owned(), json!("whatsapp_cloud"));
    let templates = settings.entry("message_templates");
    templates.or_insert_with(|| json!([]));
    let config = wanted.get("provider_config").and_then(Value::as_object);
    let carrier = match config {
        Some(config) => Some(provider(&mut settings, carrier, config)?),
        None if id == 0 => Some(nobody()),
        None => None,
    };
    Ok(Own { settings, carrier })
}

/// Without a token: letters are only recorded.
fn nobody() -> Carrier {
    Carrier {
        inbox_id: 0,
        kind: "whatsapp".to_owned(),
        base_url: GRAPH.to_owned(),
        account: String::new(),
        token: String::new(),
        secret: String::new(),
        verify_token: String::new(),
        call_secret: String::new(),
        is_log: false,
    }
}

/// Numbers are shown to administrators, secrets to nobody; what is not named stays.
fn provider(settings: &mut Object, known: Option<Carrier>, config: &Object) -> Result<Carrier, ApiError> {
    let refused = || ApiError::invalid("Provider config Invalid Credentials", "provider_config");
    let mut carrier = known.unwrap_or_else(nobody);
    for (key, kept) in [
        ("phone_number_id", &mut carrier.account),
        ("api_key", &mut carrier.token),
        ("app_secret", &mut carrier.secret),
        ("webhook_verify_token", &mut carrier.verify_token),
    ] {
        if config.contains_key(key) {
            let given = filled(config, key).unwrap_or_default();
            // They stand in a header and a path of what the provider is asked.
            if given.len() > LONGEST_PROOF || !given.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(refused());
            }
            given.clone_into(kept);
        }
    }
    let business = match config.get("business_account_id") {
        Some(_) => filled(config, "business_account_id")
            .unwrap_or_default()
            .to_owned(),
        None => {
            let known = settings.get("provider_config");
            let known = known.and_then(|config| config["business_account_id"].as_str());
            known.unwrap_or_default().to_owned()
        }
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_sender = carrier.token.is_empty() || !carrier.account.is_empty();
    if !has_sender || !is_number(&carrier.account) || !is_number(&business) {
        return Err(refused());
    }
    let shown = json!({ "phone_number_id": carrier.account, "business_account_id": business });
    settings.insert("provider_config".to_owned(), shown);
    Ok(carrier)
}

fn check_free(
    others: &[Inbox],
    id: i64,
    channel_type: &str,
    key: &'static str,
    value: &str,
) -> Result<(), ApiError> {
    let is_taken = |other: &Inbox| {
        other.id != id && other.channel_type == channel_type && other.setting(key) == Some(value)
    };
    if others.iter().any(is_taken) {
        let (first, rest) = key.split_at(1);
        let shown = format!("{}{}", first.to_uppercase(), rest.replace('_', " "));
        return Err(ApiError::invalid(format!("{shown} has already been taken"), key));
    }
    Ok(())
}
