//! What the wire carries beyond the fields that are modelled, so that nothing the server told is dropped.

use super::Read;
use serde_json::{Map, Value};

/// Secrets of other clients and of channels (reference §2.2) that answers carry along. They have no use here and are not
/// kept.
const SECRETS: &[&str] = &[
    "pubsub_token",
    "access_token",
    "hmac_token",
    "secret",
    "provider_config",
    "auth_token",
    "account_sid",
    "api_key_sid",
    "imap_password",
    "smtp_password",
];

/// The keys of `value` that are not `modelled`, without secrets.
pub(super) fn more(value: &Value, modelled: &[&str]) -> Map<String, Value> {
    let Some(told) = value.as_object() else {
        return Map::new();
    };
    told.iter()
        .filter(|(key, _)| !modelled.contains(&key.as_str()) && !SECRETS.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), without_secrets(value)))
        .collect()
}

/// Keeps the word of `key` where it is one that reading does not know.
pub(super) fn keep_unknown(more: &mut Map<String, Value>, value: &Value, key: &str, known: &[&str]) {
    if let Some(told) = value.raw(key)
        && !known.contains(&value.text(key).as_str())
    {
        more.insert(key.to_owned(), told.clone());
    }
}

fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Object(_) => Value::Object(more(value, &[])),
        Value::Array(items) => Value::Array(items.iter().map(without_secrets).collect()),
        plain => plain.clone(),
    }
}
