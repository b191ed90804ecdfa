//! A new property, with the bot that speaks for the assistant and the attributes it writes.

use super::command::AddProperty;
use super::{AdminError, named};
use crate::db::{account, rows};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::service::setup;
use rusqlite::params;

/// Makes it; says its number.
pub async fn add(desk: &Desk, wanted: AddProperty) -> Result<String, AdminError> {
    let name = named(&wanted.name, "a property")?;
    let id = desk
        .write(move |change| {
            let same = |other: &account::Account| other.name.to_lowercase() == name.to_lowercase();
            if account::all(change)?.iter().any(same) {
                return Err(ApiError::Refused("a property of this name exists".to_owned()));
            }
            let id = setup::account(change, &name)?;
            setup::bot(change, id, &format!("{name} AI"))?;
            rows::execute(
                change,
                "INSERT INTO property (account_id, kind, portal_url) VALUES (?1, ?2, ?3)",
                params![id, wanted.kind.word(), wanted.portal_url.map(String::from)],
            )?;
            setup::define_attributes(change, id)?;
            Ok(id)
        })
        .await?;
    Ok(format!("property {id} added"))
}
