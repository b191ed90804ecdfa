//! Properties (reference §2.1).

use super::time::{epoch, iso};
use crate::db::account::{self, Account};
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Map, Value, json};

/// A key is forgotten this long after its change, milliseconds.
const CACHE_KEY_LIFE_MS: i64 = 72 * 60 * 60 * 1000;

/// ACCOUNT.
pub fn rest(view: &View<'_>, account: &Account, latest_version: bool) -> Result<Value, ApiError> {
    let mut attributes = Map::new();
    for key in [
        "plan_name",
        "subscribed_quantity",
        "subscription_status",
        "subscription_ends_on",
    ] {
        attributes.insert(key.to_owned(), Value::Null);
    }
    attributes.extend(account.custom_attributes.clone());
    let mut json = json!({
        "id": account.id,
        "name": account.name,
        "locale": account.locale,
        "domain": account.domain,
        "support_email": account.support_email,
        "status": account.status,
        "created_at": iso(account.created_at),
        "features": account.features,
        "settings": account.settings,
        "custom_attributes": attributes,
        "cache_keys": cache_keys(view, account.id)?,
    });
    if latest_version {
        json["latest_chatwoot_version"] = Value::Null;
    }
    Ok(json)
}

/// When labels, inboxes and teams last changed.
pub fn cache_keys(view: &View<'_>, account_id: i64) -> Result<Value, ApiError> {
    let mut keys = Map::new();
    for name in ["label", "inbox", "team"] {
        let changed = account::cache_key(view, account_id, name)?;
        let known = changed.filter(|at| view.now_ms - at < CACHE_KEY_LIFE_MS);
        let key = known.map_or_else(|| "0000000000".to_owned(), |at| epoch(at).to_string());
        keys.insert(name.to_owned(), key.into());
    }
    Ok(Value::Object(keys))
}
