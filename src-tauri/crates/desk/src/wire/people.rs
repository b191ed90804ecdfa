//! Users and bots (reference §1.3, §2.1, §4.1).

use super::time::{iso, iso_or_null};
use crate::db::custom_role::{self, CustomRole};
use crate::db::people::{self, AgentBot, Membership, User};
use crate::db::{account, people::memberships};
use crate::desk::{Actor, View};
use crate::error::ApiError;
use serde_json::{Value, json};

/// USER: what the signed-in person gets about themselves.
pub fn own(view: &View<'_>, user: &User) -> Result<Value, ApiError> {
    let memberships = memberships(view, user.id)?;
    let newest = memberships.iter().max_by_key(|membership| membership.active_at);
    let mut accounts = Vec::new();
    for membership in &memberships {
        accounts.push(own_account(view, membership)?);
    }
    let mut json = json!({
        "access_token": user.access_token,
        "account_id": newest.map(|membership| membership.account_id),
        "available_name": user.available_name(),
        "avatar_url": user.avatar_url,
        "confirmed": true,
        "display_name": user.display_name,
        "message_signature": user.message_signature,
        "email": user.email,
        "id": user.id,
        "inviter_id": null,
        "name": user.name,
        "provider": "email",
        "pubsub_token": user.pubsub_token,
        "role": newest.map(|membership| membership.role.clone()),
        "ui_settings": user.ui_settings,
        "uid": user.email,
        "type": null,
        "accounts": accounts,
    });
    if !user.custom_attributes.is_empty() {
        json["custom_attributes"] = json!(user.custom_attributes);
    }
    Ok(json)
}

fn own_account(view: &View<'_>, membership: &Membership) -> Result<Value, ApiError> {
    let account = account::find(view, membership.account_id)?.ok_or(ApiError::NotFound)?;
    let own_role = match membership.custom_role_id {
        Some(id) => custom_role::find(view, id)?,
        None => None,
    };
    Ok(json!({
        "id": account.id,
        "name": account.name,
        "status": account.status,
        "onboarding_step": null,
        "active_at": iso_or_null(membership.active_at),
        "role": membership.role,
        "permissions": own_role.as_ref().map_or_else(|| vec![membership.role.clone()], permissions),
        "availability": membership.availability,
        "availability_status": view.presence.status(membership, view.now_ms),
        "auto_offline": membership.auto_offline,
        "custom_role_id": membership.custom_role_id,
        "custom_role": own_role.as_ref().map(role),
    }))
}

/// Those of a custom role, and the word that says there is one (reference §1.3).
fn permissions(role: &CustomRole) -> Vec<String> {
    let word = std::iter::once("custom_role".to_owned());
    role.permissions.iter().cloned().chain(word).collect()
}

/// A custom role (reference §2.3).
pub fn role(role: &CustomRole) -> Value {
    json!({
        "id": role.id,
        "name": role.name,
        "description": role.description,
        "permissions": role.permissions,
    })
}

/// AGENT: a person as colleagues of an account see them.
pub fn agent(view: &View<'_>, account_id: i64, user: &User) -> Result<Value, ApiError> {
    let membership = people::membership(view, account_id, user.id)?;
    let status = membership
        .as_ref()
        .map(|membership| view.presence.status(membership, view.now_ms));
    let mut json = json!({
        "id": user.id,
        "account_id": account_id,
        "availability_status": status,
        "auto_offline": membership.as_ref().map(|membership| membership.auto_offline),
        "confirmed": true,
        "email": user.email,
        "provider": "email",
        "available_name": user.available_name(),
        "name": user.name,
        "role": membership.as_ref().map(|membership| membership.role.clone()),
        "custom_role_id": membership.as_ref().and_then(|membership| membership.custom_role_id),
        "thumbnail": user.avatar_url,
    });
    if !user.custom_attributes.is_empty() {
        json["custom_attributes"] = json!(user.custom_attributes);
    }
    Ok(json)
}

/// AGENTs in the order given.
pub fn agents(view: &View<'_>, account_id: i64, users: &[User]) -> Result<Vec<Value>, ApiError> {
    users.iter().map(|user| agent(view, account_id, user)).collect()
}

/// A person as sender and in pushes.
pub fn push(view: &View<'_>, account_id: i64, user: &User) -> Result<Value, ApiError> {
    let membership = people::membership(view, account_id, user.id)?;
    let status = membership.map(|membership| view.presence.status(&membership, view.now_ms));
    Ok(json!({
        "id": user.id,
        "name": user.name,
        "available_name": user.available_name(),
        "avatar_url": user.avatar_url,
        "type": "user",
        "availability_status": status,
        "thumbnail": user.avatar_url,
    }))
}

/// A bot as sender and in pushes.
pub fn push_bot(bot: &AgentBot) -> Value {
    json!({ "id": bot.id, "name": bot.name, "avatar_url": bot.avatar_url, "type": "agent_bot" })
}

/// AGENT_BOT_SLIM.
pub fn bot_slim(bot: &AgentBot) -> Value {
    json!({
        "id": bot.id,
        "name": bot.name,
        "description": bot.description,
        "thumbnail": bot.avatar_url,
        "outgoing_url": bot.outgoing_url,
        "bot_type": "webhook",
    })
}

/// AGENT_BOT. The token is shown for own bots only: to administrators, and as a record of its own where `as_record`.
pub fn bot(bot: &AgentBot, as_record: bool, to_administrator: bool) -> Value {
    let mut json = bot_slim(bot);
    json["bot_config"] = json!(bot.bot_config);
    json["account_id"] = json!(bot.account_id);
    json["system_bot"] = json!(bot.account_id.is_none());
    if bot.account_id.is_none() || !to_administrator {
        return json;
    }
    json["secret"] = json!(bot.secret);
    json["access_token"] = if as_record {
        json!({
            "id": bot.id,
            "owner_type": "AgentBot",
            "owner_id": bot.id,
            "token": bot.access_token,
            "created_at": iso(bot.created_at),
            "updated_at": iso(bot.created_at),
        })
    } else {
        json!(bot.access_token)
    };
    json
}

/// `performer` of an event: a user or bot, nobody else (reference §10.3).
pub fn performer(view: &View<'_>, account_id: i64, actor: Actor) -> Result<Option<Value>, ApiError> {
    match actor {
        Actor::User(id) => {
            let user = people::user(view, id)?;
            user.map(|user| push(view, account_id, &user)).transpose()
        }
        Actor::Bot(id) => Ok(people::bot(view, id)?.map(|bot| push_bot(&bot))),
        Actor::Contact(_) | Actor::System => Ok(None),
    }
}
