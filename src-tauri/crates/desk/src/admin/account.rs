//! Somebody who lost their password or their second factor.

use super::command::Somebody;
use super::{AdminError, password};
use crate::db::people::{self, User};
use crate::db::{mfa, session};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::tokens;

/// Sets a password that is asked for. Whoever has the old one, or anything gained with it, is out.
pub async fn set_password(desk: &Desk, wanted: Somebody) -> Result<String, AdminError> {
    let email = wanted.email.clone();
    desk.read(move |view| known(view, &email).map(drop)).await?;
    let secret = password::ask().await?;
    desk.write(move |change| {
        let mut user = known(change, &wanted.email)?;
        user.password_hash = tokens::hash_password(&secret)?;
        user.pubsub_token = tokens::token();
        user.access_token = tokens::token();
        people::update_user(change, &user)?;
        session::delete_all(change, user.id)
    })
    .await?;
    Ok("password set; they have to sign in again everywhere".to_owned())
}

/// Takes the second factor away: the password alone signs in until they set up another.
pub async fn reset_mfa(desk: &Desk, wanted: Somebody) -> Result<String, AdminError> {
    desk.write(move |change| {
        let user = known(change, &wanted.email)?;
        if !mfa::remove(change, user.id)? {
            return Err(ApiError::Refused("this person has no second factor".to_owned()));
        }
        session::delete_all(change, user.id)
    })
    .await?;
    Ok("second factor taken away; the password alone signs in".to_owned())
}

fn known(view: &View<'_>, email: &str) -> Result<User, ApiError> {
    let user = people::user_by_email(view, email.trim())?;
    user.ok_or_else(|| ApiError::Refused("nobody signs in with this address".to_owned()))
}
