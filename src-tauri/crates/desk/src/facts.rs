//! What a desk says about itself when it is ready: where it is, who may sign in, where guests chat.

use crate::db::{account, people};
use crate::demo;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use serde_json::{Value, json};

/// `{url, accounts: [{id, name}], logins: [{email, password, role, access_token}], guest_links: [{account_id, url}]}`.
/// Logins are those of demo people, whose passwords are known to everybody; each property has one guest link.
pub async fn of(desk: &Desk) -> Result<Value, ApiError> {
    let logins = demo::logins(desk).await?;
    let links = one_for_each_account(demo::guest_links(desk).await?);
    let url = desk.url().to_owned();
    desk.read(move |view| {
        let accounts = account::all(view)?;
        let accounts: Vec<Value> = accounts
            .iter()
            .map(|account| json!({ "id": account.id, "name": account.name }))
            .collect();
        let mut completed = Vec::new();
        for login in logins {
            completed.extend(complete(view, login)?);
        }
        Ok(json!({ "url": url, "accounts": accounts, "logins": completed, "guest_links": links }))
    })
    .await
}

/// Adds role and token; somebody who works in no property cannot sign in usefully.
fn complete(view: &View<'_>, mut login: Value) -> Result<Option<Value>, ApiError> {
    let email = login["email"].as_str().unwrap_or_default();
    let Some(user) = people::user_by_email(view, email)? else {
        return Ok(None);
    };
    let memberships = people::memberships(view, user.id)?;
    let Some(first) = memberships.first() else {
        return Ok(None);
    };
    login["role"] = json!(first.role);
    login["access_token"] = json!(user.access_token);
    Ok(Some(login))
}

fn one_for_each_account(mut links: Vec<Value>) -> Vec<Value> {
    let mut seen = Vec::new();
    links.retain(|link| {
        let is_new = !seen.contains(&link["account_id"]);
        seen.push(link["account_id"].clone());
        is_new
    });
    links
}
