//! One change to many conversations or guests (reference §3.4). Upstream does it in a job; here it is done when the
//! answer comes. What one of them refuses does not keep the others from it.

use super::call::{Answer, PersonCall};
use super::empty;
use super::params::Params;
use crate::cable::events::Happening;
use crate::db::people::Membership;
use crate::db::{contact, conversation};
use crate::desk::{Actor, Change, Desk};
use crate::error::ApiError;
use crate::service::{self, access, assignment};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::{Value, json};

/// As many as a screen shows at once, several times over.
const MOST: usize = 500;

pub fn routes() -> Router<Desk> {
    Router::new().route("/bulk_actions", post(create))
}

async fn create(call: PersonCall) -> Answer {
    let mut ids = call.params.cast_ids("ids");
    ids.truncate(MOST);
    match call.params.text("type").as_deref() {
        Some("Conversation") => of_conversations(&call, ids).await?,
        Some("Contact") => of_contacts(&call, ids).await?,
        _ => {
            return Err(ApiError::Answer(
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "success": false }),
            ));
        }
    }
    empty()
}

fn titles(params: &Params, key: &str) -> Vec<String> {
    let labels = params.object("labels").and_then(|labels| labels.get(key));
    let titles = labels.and_then(Value::as_array).into_iter().flatten();
    titles.filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn of_conversations(call: &PersonCall, display_ids: Vec<i64>) -> Result<(), ApiError> {
    for display_id in display_ids {
        let (member, params) = (call.member.clone(), call.params.clone());
        let done = call
            .desk
            .act(call.actor(), move |change| {
                let found = conversation::by_display_id(change, member.account_id, display_id)?;
                match found {
                    // The list goes by membership alone (reference §2.3).
                    Some(found) if access::lists(change, &member, &found)? => {
                        change_one(change, found.id, &params)
                    }
                    _ => Ok(()),
                }
            })
            .await;
        if done.is_err() {
            tracing::info!("a bulk action did not succeed on one conversation");
        }
    }
    Ok(())
}

/// A null status is skipped, any other null clears.
fn change_one(change: &mut Change<'_>, id: i64, params: &Params) -> Result<(), ApiError> {
    let none = serde_json::Map::new();
    let fields = params.object("fields").unwrap_or(&none);
    if let Some(status) = fields.get("status").and_then(Value::as_str) {
        let until = params
            .integer("snoozed_until")
            .map(|until| until.saturating_mul(1000));
        service::conversation::set_status_in(change, id, status, until)?;
    }
    let as_id = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
    if let Some(team) = fields.get("team_id") {
        let found = service::save::reload(change, id)?;
        assignment::to_team(change, &found, as_id(team))?;
    }
    if let Some(assignee) = fields.get("assignee_id") {
        let found = service::save::reload(change, id)?;
        assignment::to_person(change, &found, as_id(assignee))?;
    }
    for (key, add) in [("add", true), ("remove", false)] {
        let titles = titles(params, key);
        if !titles.is_empty() {
            service::macros::labels(change, id, &titles, add)?;
        }
    }
    Ok(())
}

async fn of_contacts(call: &PersonCall, ids: Vec<i64>) -> Result<(), ApiError> {
    let delete = call.params.text("action_name").as_deref() == Some("delete");
    if delete {
        call.administrators_only()?;
    }
    let (add, remove) = (titles(&call.params, "add"), titles(&call.params, "remove"));
    for id in ids {
        let (member, add, remove) = (call.member.clone(), add.clone(), remove.clone());
        let actor: Actor = call.actor();
        let done = call
            .desk
            .act(actor, move |change| {
                contact_in(change, &member, id, delete, &add, &remove)
            })
            .await;
        if done.is_err() {
            tracing::info!("a bulk action did not succeed on one contact");
        }
    }
    Ok(())
}

fn contact_in(
    change: &mut Change<'_>,
    member: &Membership,
    id: i64,
    delete: bool,
    add: &[String],
    remove: &[String],
) -> Result<(), ApiError> {
    let found = access::guest(change, member, id)?;
    if delete {
        change.tell(Happening::contact_deleted(change, &found)?);
        return contact::delete(change, found.id);
    }
    let mut labels = contact::labels(change, id)?;
    labels.retain(|title| !remove.contains(title));
    labels.extend(add.iter().map(|title| title.trim().to_lowercase()));
    contact::set_labels(change, id, &labels)?;
    service::contact::save_in(change, found).map(drop)
}
