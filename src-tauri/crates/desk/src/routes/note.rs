//! Notes about guests (reference §7).

use super::call::{Answer, PersonCall};
use super::{empty, ok};
use crate::db::note;
use crate::db::people::Membership;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::access;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/contacts/{contact_id}/notes", get(list).post(create))
        .route(
            "/contacts/{contact_id}/notes/{id}",
            get(show).patch(update).put(update).delete(delete),
        )
}

fn find(view: &View<'_>, member: &Membership, contact_id: i64, id: i64) -> Result<note::Note, ApiError> {
    access::guest(view, member, contact_id)?;
    note::find_in(view, contact_id, id)?.ok_or(ApiError::NotFound)
}

async fn list(call: PersonCall) -> Answer {
    let (member, contact_id) = (call.member.clone(), call.id("contact_id"));
    let notes: Vec<Value> = call
        .desk
        .read(move |view| {
            access::guest(view, &member, contact_id)?;
            let notes = note::all(view, contact_id)?;
            notes
                .iter()
                .map(|note| wire::small::note(view, member.account_id, note))
                .collect()
        })
        .await?;
    ok(notes)
}

async fn show(call: PersonCall) -> Answer {
    let (member, contact_id, id) = (call.member.clone(), call.id("contact_id"), call.id("id"));
    let json = call
        .desk
        .read(move |view| wire::small::note(view, member.account_id, &find(view, &member, contact_id, id)?))
        .await?;
    ok(json)
}

async fn create(call: PersonCall) -> Answer {
    let wanted = call.params.under("note")?;
    let (member, contact_id, user_id) = (call.member.clone(), call.id("contact_id"), call.user.id);
    let json = call
        .desk
        .write(move |change| {
            access::guest(change, &member, contact_id)?;
            let content = filled(wanted.text("content"))?;
            let id = note::insert(change, contact_id, Some(user_id), &content, change.now_ms)?;
            wire::small::note(change, member.account_id, &find(change, &member, contact_id, id)?)
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    let wanted = call.params.under("note")?;
    let (member, contact_id, id) = (call.member.clone(), call.id("contact_id"), call.id("id"));
    let json = call
        .desk
        .write(move |change| {
            find(change, &member, contact_id, id)?;
            let content = filled(wanted.text("content"))?;
            note::update(change, id, &content, change.now_ms)?;
            wire::small::note(change, member.account_id, &find(change, &member, contact_id, id)?)
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    let (member, contact_id, id) = (call.member.clone(), call.id("contact_id"), call.id("id"));
    call.desk
        .write(move |change| {
            find(change, &member, contact_id, id)?;
            note::delete(change, id)
        })
        .await?;
    empty()
}

fn filled(content: Option<String>) -> Result<String, ApiError> {
    let content = content.filter(|content| !content.trim().is_empty());
    let content = content.ok_or_else(|| ApiError::invalid("Content can't be blank", "content"))?;
    if content.chars().count() > 20_000 {
        let message = "Content is too long (maximum is 20000 characters)";
        return Err(ApiError::invalid(message, "content"));
    }
    Ok(content)
}
