//! The page a guest rates a conversation on: its unguessable uuid is the credential (reference §11.2).

use crate::db::account;
use crate::db::conversation::{self, Conversation};
use crate::db::inbox::{self, Inbox};
use crate::db::message::{self, Message};
use crate::desk::{Actor, Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, Key};
use crate::routes::ok;
use crate::routes::params::Params;
use crate::service::csat;
use crate::wire;
use axum::extract::{Request, State};
use serde_json::Value;

/// The conversation with its first survey; without one there is no such page.
fn find(view: &View<'_>, uuid: &str) -> Result<(Inbox, Conversation, Message), ApiError> {
    let about = conversation::by_uuid(view, uuid)?.ok_or(ApiError::NoRoute)?;
    let survey = message::first_survey(view, about.id)?.ok_or(ApiError::NoRoute)?;
    let inbox = inbox::find(view, about.inbox_id)?.ok_or(ApiError::NoRoute)?;
    Ok((inbox, about, survey))
}

fn shown(view: &View<'_>, uuid: &str) -> Result<Value, ApiError> {
    let (inbox, about, survey) = find(view, uuid)?;
    let account = account::find(view, about.account_id)?.ok_or(ApiError::NoRoute)?;
    wire::csat::page(view, &inbox, &about, &survey, &account.locale)
}

pub async fn show(State(desk): State<Desk>, Key(uuid): Key) -> Answer {
    ok(desk.read(move |view| shown(view, &uuid)).await?)
}

pub async fn update(State(desk): State<Desk>, Key(uuid): Key, request: Request) -> Answer {
    let params = Params::of(request).await?;
    let values = params
        .under("message")?
        .get("submitted_values")
        .cloned()
        .unwrap_or(Value::Null);
    let json = desk
        .act(Actor::System, move |change| {
            let (_, about, survey) = find(change, &uuid)?;
            change.performer = Actor::Contact(about.contact_id);
            csat::submit_in(change, &survey, &values)?;
            shown(change, &uuid)
        })
        .await?;
    ok(json)
}
