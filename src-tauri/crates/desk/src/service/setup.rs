//! Making accounts, people and channels, for demo data, tests and first use.

use super::tokens;
use crate::db::custom_attribute_definition::{self, CustomAttributeDefinition};
use crate::db::inbox::NewInbox;
use crate::db::json::Object;
use crate::db::people::NewUser;
use crate::db::{account, inbox, people};
use crate::desk::Change;
use crate::error::ApiError;
use serde_json::json;

/// Somebody new who can sign in; answers the id. Hashing takes a while.
pub fn user(change: &Change<'_>, name: &str, email: &str, password: &str) -> Result<i64, ApiError> {
    let new = NewUser {
        name,
        email,
        password_hash: &tokens::hash_password(password)?,
        access_token: &tokens::token(),
        pubsub_token: &tokens::token(),
    };
    people::insert_user(change, &new, change.now_ms)
}

/// A new property; answers the id.
pub fn account(change: &Change<'_>, name: &str) -> Result<i64, ApiError> {
    account::insert(change, name, "en", change.now_ms)
}

/// A new bot of a property; answers the id.
pub fn bot(change: &Change<'_>, account_id: i64, name: &str) -> Result<i64, ApiError> {
    people::insert_bot(
        change,
        Some(account_id),
        name,
        "",
        &tokens::token(),
        change.now_ms,
    )
}

/// A new channel; answers the id. `Channel::Api` gets its name in the public client API.
pub fn channel(
    change: &Change<'_>,
    account_id: i64,
    name: &str,
    channel_type: &str,
    channel: &Object,
    agent_bot_id: Option<i64>,
) -> Result<i64, ApiError> {
    let identifier = (channel_type == "Channel::Api").then(tokens::token);
    let new = NewInbox {
        account_id,
        name,
        channel_type,
        identifier: identifier.as_deref(),
        channel,
        agent_bot_id,
    };
    inbox::insert(change, &new, change.now_ms)
}

/// Makes what the assistant writes filterable on the wire (reference §3.3).
pub fn define_attributes(change: &Change<'_>, account_id: i64) -> Result<(), ApiError> {
    for (key, name, values) in [
        ("topic", "Topic", json!(["booking", "lead", "faq", "mixed"])),
        ("intent_level", "Intent", json!(["high", "medium", "low"])),
        ("escalation_reason", "Why it rang", json!([])),
    ] {
        let is_list = values.as_array().is_some_and(|values| !values.is_empty());
        let definition = CustomAttributeDefinition {
            regex_pattern: None,
            regex_cue: None,
            default_value: None,
            id: 0,
            account_id,
            attribute_display_name: name.to_owned(),
            attribute_display_type: if is_list { "list" } else { "text" }.to_owned(),
            attribute_description: None,
            attribute_key: key.to_owned(),
            attribute_values: values,
            attribute_model: "conversation_attribute".to_owned(),
            created_at: change.now_ms,
            updated_at: change.now_ms,
        };
        custom_attribute_definition::insert(change, &definition)?;
    }
    Ok(())
}
