//! The webhooks of an account, for administrators (reference §11.3).

use super::call::{Answer, PersonCall};
use super::params::Params;
use super::{empty, ok};
use crate::db::inbox;
use crate::db::webhook::{self, Webhook};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::tokens;
use axum::Router;
use axum::routing::{get, patch};
use serde_json::{Value, json};

const EVENTS: &[&str] = &[
    "conversation_status_changed",
    "conversation_updated",
    "conversation_created",
    "contact_created",
    "contact_updated",
    "message_created",
    "message_updated",
    "webwidget_triggered",
    "inbox_created",
    "inbox_updated",
    "conversation_typing_on",
    "conversation_typing_off",
];
/// More than an account has use for; each is a request per event.
const MOST: usize = 50;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/webhooks", get(list).post(create))
        .route("/webhooks/{id}", patch(update).put(update).delete(delete))
}

fn shown(view: &View<'_>, hook: &Webhook) -> Result<Value, ApiError> {
    let mut json = json!({
        "id": hook.id,
        "name": hook.name,
        "url": hook.url,
        "account_id": hook.account_id,
        "subscriptions": hook.subscriptions,
        "secret": hook.secret,
    });
    if let Some(id) = hook.inbox_id
        && let Some(inbox) = inbox::find_in(view, hook.account_id, id)?
    {
        json["inbox"] = json!({ "id": inbox.id, "name": inbox.name });
    }
    Ok(json)
}

async fn list(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let account_id = call.account_id;
    let hooks: Vec<Value> = call
        .desk
        .read(move |view| {
            let hooks = webhook::all(view, account_id)?;
            hooks.iter().map(|hook| shown(view, hook)).collect()
        })
        .await?;
    ok(json!({ "payload": { "webhooks": hooks } }))
}

async fn create(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("webhook")?;
    let account_id = call.account_id;
    let json = call
        .desk
        .write(move |change| {
            let mut new = Webhook {
                id: 0,
                account_id,
                url: String::new(),
                name: None,
                inbox_id: None,
                subscriptions: json!([]),
                secret: tokens::token(),
                created_at: change.now_ms,
            };
            if !wanted.has("subscriptions") {
                let usual = EVENTS
                    .iter()
                    .filter(|event| !event.starts_with("conversation_typing"));
                new.subscriptions = usual
                    .filter(|event| !event.starts_with("inbox"))
                    .copied()
                    .collect();
            }
            take(change, &mut new, &wanted)?;
            new.id = webhook::insert(change, &new)?;
            shown(change, &new)
        })
        .await?;
    ok(json!({ "payload": { "webhook": json } }))
}

async fn update(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("webhook")?;
    let (account_id, id) = (call.account_id, call.id("id"));
    let json = call
        .desk
        .write(move |change| {
            let mut found = webhook::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            take(change, &mut found, &wanted)?;
            webhook::update(change, &found)?;
            shown(change, &found)
        })
        .await?;
    ok(json!({ "payload": { "webhook": json } }))
}

async fn delete(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id) = (call.account_id, call.id("id"));
    call.desk
        .write(move |change| {
            webhook::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            webhook::delete(change, id)
        })
        .await?;
    empty()
}

fn take(view: &View<'_>, hook: &mut Webhook, wanted: &Params) -> Result<(), ApiError> {
    if let Some(url) = wanted.text("url") {
        hook.url = url.trim().to_owned();
    }
    let parsed = url::Url::parse(&hook.url).ok();
    let is_web = |url: &url::Url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    if !parsed.as_ref().is_some_and(is_web) || hook.url.len() > 2048 {
        return Err(ApiError::invalid("Url is invalid", "url"));
    }
    let others = webhook::all(view, hook.account_id)?;
    if others
        .iter()
        .any(|other| other.url == hook.url && other.id != hook.id)
    {
        return Err(ApiError::invalid("Url has already been taken", "url"));
    }
    if hook.id == 0 && others.len() >= MOST {
        return Err(ApiError::invalid(
            format!("Account has {MOST} webhooks already"),
            "account_id",
        ));
    }
    if let Some(name) = wanted.text("name") {
        hook.name = Some(name.chars().take(255).collect());
    }
    if wanted.has("inbox_id") {
        let asked = wanted.integer("inbox_id");
        let known = asked
            .map(|id| inbox::find_in(view, hook.account_id, id))
            .transpose()?;
        hook.inbox_id = known.flatten().map(|inbox| inbox.id);
    }
    if wanted.has("subscriptions") {
        hook.subscriptions = json!(wanted.texts("subscriptions"));
    }
    let names = hook
        .subscriptions
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let known = |name: &Value| name.as_str().is_some_and(|name| EVENTS.contains(&name));
    if names.is_empty() || !names.iter().all(known) {
        return Err(ApiError::invalid("Subscriptions Invalid events", "subscriptions"));
    }
    Ok(())
}
