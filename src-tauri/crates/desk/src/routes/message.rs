//! Messages of a conversation (reference §4).

use super::call::{Answer, AnyCall, PersonCall};
use super::params::Params;
use super::{files, ok};
use crate::db::inbox::{self, Inbox};
use crate::db::json::Object;
use crate::db::message::{self, ACTIVITY, INCOMING, Message, OUTGOING, TEMPLATE};
use crate::db::{self, people, upload};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service;
use crate::service::message::{NewFile, NewMessage};
use crate::wire;
use crate::wire::time::iso_or_null;
use axum::Router;
use axum::routing::{get, patch, post};
use serde_json::{Map, Value, json};

const CONTENT_TYPES: &[&str] = &[
    "text",
    "input_text",
    "input_textarea",
    "input_email",
    "input_select",
    "cards",
    "form",
    "article",
    "incoming_email",
    "input_csat",
    "integrations",
    "sticker",
    "voice_call",
];
const MOST_FILES: usize = 15;
/// These show items, so they need one.
const WITH_ITEMS: &[&str] = &["input_select", "cards", "form", "article"];

pub fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/conversations/{conversation_id}/messages",
            get(list).post(create),
        )
        .route(
            "/conversations/{conversation_id}/messages/{message_id}",
            patch(set_status).put(set_status).delete(delete),
        )
        .route(
            "/conversations/{conversation_id}/messages/{message_id}/retry",
            post(retry),
        )
        .route(
            "/conversations/{conversation_id}/messages/{message_id}/translate",
            post(translate),
        )
}

async fn list(call: PersonCall) -> Answer {
    let door = call.conversation();
    let (after, before) = (call.params.integer("after"), call.params.integer("before"));
    let without_internal = call.params.filled("filter_internal_messages").is_some();
    let json = call
        .desk
        .read(move |view| {
            let found = door.open(view)?;
            let page = message::page(view, found.id, after, before, without_internal)?;
            Ok(json!({
                "meta": meta(view, &found)?,
                "payload": wire::message::rest_all(view, &page, found.display_id)?,
            }))
        })
        .await?;
    ok(json)
}

/// The stamps are ISO here and epoch elsewhere (reference §4.3).
fn meta(view: &View<'_>, found: &db::conversation::Conversation) -> Result<Value, ApiError> {
    let guest = db::contact::find(view, found.contact_id)?.ok_or(ApiError::NotFound)?;
    let mut meta = json!({
        "labels": db::conversation::labels(view, found.id)?,
        "additional_attributes": found.additional_attributes,
        "contact": wire::contact::push(&guest),
        "agent_last_seen_at": iso_or_null(found.agent_last_seen_at),
        "assignee_last_seen_at": iso_or_null(found.assignee_last_seen_at),
    });
    if let Some(id) = found.assignee_id
        && let Some(user) = people::user(view, id)?
    {
        meta["assignee"] = wire::people::push(view, found.account_id, &user)?;
    }
    Ok(meta)
}

async fn create(call: AnyCall) -> Answer {
    let door = call.conversation();
    let (params, echo_id) = (call.params.clone(), call.params.text("echo_id"));
    let uploads = params.files.iter().filter(|file| file.field == "attachments");
    let uploads: Vec<_> = uploads.cloned().collect();
    if !uploads.is_empty() || params.has("attachments") {
        // No file is kept for somebody who may not write here.
        let door = door.clone();
        call.desk.read(move |view| door.open(view).map(drop)).await?;
    }
    let mut stored = files::store(&call.desk, uploads).await?;
    stored.extend(uploaded(&call, &params).await?);
    let mut json = call
        .desk
        .act(call.actor(), move |change| {
            let found = door.open(change)?;
            let inbox = inbox::find(change, found.inbox_id)?.ok_or(ApiError::NotFound)?;
            let new = new_message(&params, &inbox, found.id, stored)?;
            let message = service::message::create_in(change, new)?;
            wire::message::rest(change, &message, found.display_id)
        })
        .await?;
    if let Some(echo_id) = echo_id {
        json["echo_id"] = json!(echo_id);
    }
    ok(json)
}

/// Files that were uploaded before, by their signed ids (reference §4.4).
async fn uploaded(call: &AnyCall, params: &Params) -> Result<Vec<NewFile>, ApiError> {
    let account_id = call.account_id;
    let mut files = Vec::new();
    for key in params.texts("attachments").into_iter().take(MOST_FILES) {
        let stored = call.desk.read(move |view| upload::by_key(view, &key)).await?;
        let stored = stored.filter(|stored| stored.account_id == account_id);
        let missing = || ApiError::Refused("An attachment was not uploaded".to_owned());
        files.push(service::uploads::copy(&call.desk, &stored.ok_or_else(missing)?).await?);
    }
    Ok(files)
}

/// The message that parameters describe (reference §4.4).
pub fn new_message(
    params: &Params,
    inbox: &Inbox,
    conversation_id: i64,
    files: Vec<NewFile>,
) -> Result<NewMessage, ApiError> {
    let content_type = params.filled("content_type").unwrap_or_default();
    if !content_type.is_empty() && !CONTENT_TYPES.contains(&content_type.as_str()) {
        return Err(ApiError::Refused(format!(
            "'{content_type}' is not a valid content_type"
        )));
    }
    let content_attributes = content_attributes(params)?;
    let items = content_attributes.get("items").and_then(Value::as_array);
    if WITH_ITEMS.contains(&content_type.as_str()) && items.is_none_or(Vec::is_empty) {
        return Err(ApiError::Refused(
            "Validation failed: Content attributes At least one item is required.".to_owned(),
        ));
    }
    Ok(NewMessage {
        conversation_id,
        message_type: message_type(params, inbox)?,
        content: params.text("content"),
        content_type,
        content_attributes: with_addressees(params, inbox, content_attributes)?,
        additional_attributes: additional_attributes(params)?,
        private: params.flag("private").unwrap_or(false),
        source_id: params.filled("source_id"),
        echo_id: params.text("echo_id"),
        files,
    })
}

fn message_type(params: &Params, inbox: &Inbox) -> Result<i64, ApiError> {
    match params.filled("message_type").as_deref() {
        None | Some("outgoing") => Ok(OUTGOING),
        Some("incoming") if inbox.is_api() => Ok(INCOMING),
        Some("incoming") => Err(ApiError::Refused(
            "Incoming messages are only allowed in Api inboxes".to_owned(),
        )),
        Some("template") => Ok(TEMPLATE),
        Some("activity") => Ok(ACTIVITY),
        Some(other) => Err(ApiError::Refused(format!(
            "'{other}' is not a valid message_type"
        ))),
    }
}

/// An object, or JSON in a text as multipart sends it.
fn content_attributes(params: &Params) -> Result<Object, ApiError> {
    match params.get("content_attributes") {
        Some(Value::Object(object)) => Ok(object.clone()),
        Some(Value::String(text)) => match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Ok(object),
            _ => Ok(Map::new()),
        },
        _ => Ok(Map::new()),
    }
}

/// Mail always gets the three lists (reference §4.4).
fn with_addressees(params: &Params, inbox: &Inbox, mut attributes: Object) -> Result<Object, ApiError> {
    if inbox.channel_type != "Channel::Email" {
        return Ok(attributes);
    }
    for key in ["cc_emails", "bcc_emails", "to_emails"] {
        let text = params.text(key).unwrap_or_default();
        let addresses: Vec<&str> = text
            .split(',')
            .map(str::trim)
            .filter(|address| !address.is_empty())
            .collect();
        if !addresses
            .iter()
            .all(|address| service::contact::is_email(address))
        {
            return Err(ApiError::Refused("Invalid email address".to_owned()));
        }
        attributes.insert(key.to_owned(), json!(addresses));
    }
    Ok(attributes)
}

/// Template parameters must have a name, texts, and an object of values (reference §6).
fn additional_attributes(params: &Params) -> Result<Object, ApiError> {
    let Some(template) = params.get("template_params").filter(|value| !value.is_null()) else {
        return Ok(Map::new());
    };
    let is_text = |key: &str| {
        template
            .get(key)
            .is_none_or(|value| value.is_string() || value.is_null())
    };
    let name = template.get("name").and_then(Value::as_str).unwrap_or_default();
    let values = template.get("processed_params");
    let fits = template.is_object()
        && !name.is_empty()
        && ["language", "category", "namespace"].into_iter().all(is_text)
        && values.is_none_or(|values| values.is_object() || values.is_null());
    if !fits {
        return Err(ApiError::Refused(
            "Validation failed: Additional attributes template_params is invalid".to_owned(),
        ));
    }
    Ok(Map::from_iter([("template_params".to_owned(), template.clone())]))
}

async fn change_one(
    call: &PersonCall,
    take: impl FnOnce(&mut crate::desk::Change<'_>, &Message) -> Result<Message, ApiError> + Send + 'static,
    missing: ApiError,
) -> Answer {
    let (door, id) = (call.conversation(), call.id("message_id"));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let found = door.open(change)?;
            let before = message::find_in(change, found.id, id)?.ok_or(missing)?;
            let after = take(change, &before)?;
            wire::message::rest(change, &after, found.display_id)
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    change_one(&call, service::message::delete_in, ApiError::NotFound).await
}

/// An unknown message is 422 here, not 404 (reference §4.6).
async fn retry(call: PersonCall) -> Answer {
    let missing = ApiError::Refused("Couldn't find Message".to_owned());
    change_one(&call, service::message::retry_in, missing).await
}

async fn set_status(call: PersonCall) -> Answer {
    let status = call.params.text("status").unwrap_or_default();
    let external_error = call.params.text("external_error");
    let take = move |change: &mut crate::desk::Change<'_>, before: &Message| {
        let inbox = inbox::find(change, before.inbox_id)?;
        if !inbox.is_some_and(|inbox| inbox.is_api()) {
            return Err(ApiError::Forbidden(
                "Message status update is only allowed for API inboxes",
            ));
        }
        service::message::set_status_in(change, before, &status, external_error.as_deref())
    };
    change_one(&call, take, ApiError::NotFound).await
}

/// There is no translator here (reference §4.6).
async fn translate(call: PersonCall) -> Answer {
    let (door, id) = (call.conversation(), call.id("message_id"));
    call.desk
        .read(move |view| {
            let found = door.open(view)?;
            message::find_in(view, found.id, id)?.ok_or(ApiError::NotFound)
        })
        .await?;
    ok(json!({ "content": null }))
}
