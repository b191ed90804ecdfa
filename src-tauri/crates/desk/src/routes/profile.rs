//! The caller's own data (reference §1.3).

use super::call::{Answer, OwnCall};
use super::params::Params;
use super::{empty, ok};
use crate::db::people::{self, User};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::service::tokens;
use crate::wire;
use axum::Router;
use axum::routing::{get, post, put};
use serde_json::{Value, json};

const AVAILABILITIES: &[&str] = &["online", "offline", "busy"];

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/api/v1/profile", get(show).put(update).patch(update))
        .route("/api/v1/profile/availability", post(set_availability))
        .route("/api/v1/profile/auto_offline", post(set_auto_offline))
        .route(
            "/api/v1/profile/set_active_account",
            put(set_active_account).post(set_active_account),
        )
        .route("/api/v1/profile/reset_access_token", post(reset_access_token))
}

async fn show(call: OwnCall) -> Answer {
    let user = call.user;
    ok(call.desk.read(move |view| wire::people::own(view, &user)).await?)
}

async fn update(call: OwnCall) -> Answer {
    let wanted = call.params.under("profile")?;
    let id = call.user.id;
    let json = call
        .desk
        .write(move |change| {
            let mut user = people::user(change, id)?.ok_or(ApiError::NotSignedIn)?;
            take(&mut user, &wanted)?;
            people::update_user(change, &user)?;
            wire::people::own(change, &user)
        })
        .await?;
    ok(json)
}

fn take(user: &mut User, wanted: &Params) -> Result<(), ApiError> {
    if let Some(name) = wanted.text("name") {
        if name.trim().is_empty() {
            return Err(ApiError::invalid("Name can't be blank", "name"));
        }
        user.name = within_255(name, "name", "Name")?;
    }
    if wanted.has("display_name") {
        let name = wanted.filled("display_name").unwrap_or_default();
        user.display_name = Some(within_255(name, "display_name", "Display name")?);
    }
    if wanted.has("message_signature") {
        user.message_signature = wanted.text("message_signature");
    }
    if let Some(settings) = wanted.object("ui_settings") {
        user.ui_settings = settings.clone();
    }
    if let Some(phone) = wanted.text("phone_number") {
        user.custom_attributes
            .insert("phone_number".to_owned(), Value::String(phone));
    }
    if let Some(password) = wanted.filled("password") {
        take_password(user, wanted, &password)?;
    }
    Ok(())
}

fn within_255(text: String, attribute: &'static str, named: &str) -> Result<String, ApiError> {
    if text.chars().count() > 255 {
        let message = format!("{named} is too long (maximum is 255 characters)");
        return Err(ApiError::invalid(message, attribute));
    }
    Ok(text)
}

/// A new password also changes the pubsub token (reference §1.2).
fn take_password(user: &mut User, wanted: &Params, password: &str) -> Result<(), ApiError> {
    let current = wanted.text("current_password").unwrap_or_default();
    if !tokens::password_fits(&current, &user.password_hash) {
        return Err(ApiError::Refused("Invalid current password".to_owned()));
    }
    if wanted
        .text("password_confirmation")
        .is_some_and(|confirmation| confirmation != password)
    {
        return Err(ApiError::invalid(
            "Password confirmation doesn't match Password",
            "password_confirmation",
        ));
    }
    if let Some(error) = tokens::weakness(password) {
        return Err(ApiError::invalid(error, "password"));
    }
    user.password_hash = tokens::hash_password(password)?;
    user.pubsub_token = tokens::token();
    Ok(())
}

async fn set_availability(call: OwnCall) -> Answer {
    let wanted = call.params.under("profile")?;
    let availability = wanted.text("availability").unwrap_or_default();
    change_membership(&call, &wanted, move |membership| {
        if !AVAILABILITIES.contains(&availability.as_str()) {
            return Err(ApiError::AsUpstream("unknown availability"));
        }
        membership.availability = availability;
        Ok(())
    })
    .await
}

async fn set_auto_offline(call: OwnCall) -> Answer {
    let wanted = call.params.under("profile")?;
    let auto_offline = wanted.flag("auto_offline").unwrap_or(false);
    change_membership(&call, &wanted, move |membership| {
        membership.auto_offline = auto_offline;
        Ok(())
    })
    .await
}

async fn change_membership(
    call: &OwnCall,
    wanted: &Params,
    take: impl FnOnce(&mut people::Membership) -> Result<(), ApiError> + Send + 'static,
) -> Answer {
    let account_id = wanted.integer("account_id").unwrap_or(0);
    let user = call.user.clone();
    let json = call
        .desk
        .write(move |change| {
            let found = people::membership(change, account_id, user.id)?;
            let mut membership = found.ok_or(ApiError::NotFound)?;
            take(&mut membership)?;
            people::update_membership(change, &membership)?;
            wire::people::own(change, &user)
        })
        .await?;
    ok(json)
}

async fn set_active_account(call: OwnCall) -> Answer {
    let wanted = call.params.under("profile")?;
    let account_id = wanted.integer("account_id").unwrap_or(0);
    let user_id = call.user.id;
    call.desk
        .write(move |change| activate(change, account_id, user_id))
        .await?;
    empty()
}

/// Remembers which account somebody works in now.
pub fn activate(change: &Change<'_>, account_id: i64, user_id: i64) -> Result<(), ApiError> {
    let found = people::membership(change, account_id, user_id)?;
    let mut membership = found.ok_or(ApiError::AsUpstream("not a member of that account"))?;
    membership.active_at = Some(change.now_ms);
    people::update_membership(change, &membership)
}

async fn reset_access_token(call: OwnCall) -> Answer {
    let mut user = call.user;
    let json = call
        .desk
        .write(move |change| {
            user.access_token = tokens::token();
            people::update_user(change, &user)?;
            wire::people::own(change, &user)
        })
        .await?;
    ok(json!(json))
}

#[cfg(test)]
mod tests {
    use crate::service::tokens::weakness;

    #[test]
    fn weak_passwords_are_named() {
        for weak in ["Aa1!", "aaaaaa1!", "AAAAAA1!", "Aaaaaaa!", "Aaaaaaa1"] {
            assert!(weakness(weak).is_some(), "{weak}");
        }
        assert!(weakness("Aaaaaa1!").is_none());
        assert!(weakness(&format!("Aa1!{}", "x".repeat(125))).is_some());
    }
}
