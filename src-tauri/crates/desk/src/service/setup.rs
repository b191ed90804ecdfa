//! Making accounts, people and channels, for demo data, tests and first use.

use super::tokens;
use crate::db::inbox::NewInbox;
use crate::db::json::Object;
use crate::db::people::NewUser;
use crate::db::{account, inbox, people};
use crate::desk::Change;
use crate::error::ApiError;

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
