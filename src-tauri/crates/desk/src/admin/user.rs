//! Somebody who answers guests.

use super::command::{AddUser, Role};
use super::{AdminError, existing, named, password};
use crate::db::{inbox, people};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::service::roles::{self, Kind};
use crate::service::{contact, setup};

/// Adds them to the property and to its channels; who is known from another property keeps the password.
pub async fn add(desk: &Desk, wanted: AddUser) -> Result<String, AdminError> {
    let name = named(&wanted.name, "a person")?;
    let email = wanted.email.trim().to_lowercase();
    if !contact::is_email(&email) || email.len() > 255 {
        return Err(AdminError::refused("this is not an e-mail address"));
    }
    let (property, sought) = (wanted.property, email.clone());
    let known = desk
        .read(move |view| {
            existing(view, property)?;
            let Some(user) = people::user_by_email(view, &sought)? else {
                return Ok(false);
            };
            match people::membership(view, property, user.id)? {
                Some(_) => Err(ApiError::Refused(format!(
                    "this person works in property {property} already"
                ))),
                None => Ok(true),
            }
        })
        .await?;
    let secret = if known { None } else { Some(password::ask().await?) };
    let role = wanted.role;
    let calendar_name = match wanted.calendar_name {
        Some(name) => Some(named(&name, "a person in the bookings")?),
        None => (role == Role::Staff).then(|| name.clone()),
    };
    desk.write(move |change| {
        let user_id = match (people::user_by_email(change, &email)?, secret) {
            (Some(user), _) => user.id,
            (None, Some(secret)) => setup::user(change, &name, &email, &secret)?,
            (None, None) => return Err(ApiError::NotFound),
        };
        roles::join(change, property, user_id, kind(role), calendar_name.as_deref())?;
        put_on_all_channels(change, property, user_id)
    })
    .await?;
    let role = role.word();
    Ok(if known {
        format!("{role} added to property {property}, with the password of before")
    } else {
        format!("{role} added to property {property}")
    })
}

fn kind(role: Role) -> Kind {
    match role {
        Role::Owner => Kind::Owner,
        Role::Manager => Kind::Manager,
        Role::Reception => Kind::Reception,
        Role::Staff => Kind::Staff,
    }
}

fn put_on_all_channels(change: &Change<'_>, account_id: i64, user_id: i64) -> Result<(), ApiError> {
    for channel in inbox::all(change, account_id)? {
        inbox::add_member(change, channel.id, user_id)?;
    }
    Ok(())
}
