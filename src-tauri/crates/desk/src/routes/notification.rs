//! Notifications of the caller (reference §8.1).

use super::call::{Answer, PersonCall};
use super::{empty, ok};
use crate::cable::events::Happening;
use crate::db::notification::{self, Notification, Wanted};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::service;
use crate::wire;
use axum::Router;
use axum::routing::{get, patch, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/notifications", get(list))
        .route("/notifications/unread_count", get(unread_count))
        .route("/notifications/read_all", post(read_all))
        .route("/notifications/destroy_all", post(destroy_all))
        .route(
            "/notifications/{id}",
            patch(mark_read).put(mark_read).delete(delete),
        )
        .route("/notifications/{id}/unread", post(mark_unread))
        .route("/notifications/{id}/snooze", post(snooze))
}

fn wanted(call: &PersonCall) -> Wanted {
    let includes = call.params.texts("includes");
    Wanted {
        read: includes.iter().any(|kind| kind == "read"),
        snoozed: includes.iter().any(|kind| kind == "snoozed"),
    }
}

async fn list(call: PersonCall) -> Answer {
    let (account_id, user_id, wanted) = (call.account_id, call.user.id, wanted(&call));
    let page = call.params.page();
    let ascending = call.params.text("sort_order").as_deref() == Some("asc");
    // A page that was asked for comes back as it was written (reference §7).
    let current_page = call.params.text("page").map_or(json!(1), Value::String);
    let data = call
        .desk
        .read(move |view| {
            let found = notification::page(view, account_id, user_id, wanted, page, ascending)?;
            let payload: Vec<Value> = found
                .iter()
                .map(|found| wire::notification::rest(view, found))
                .collect::<Result<_, _>>()?;
            Ok(json!({
                "meta": {
                    "unread_count": notification::count(view, account_id, user_id, Wanted::default())?,
                    "count": notification::count(view, account_id, user_id, wanted)?,
                    "current_page": current_page,
                },
                "payload": payload,
            }))
        })
        .await?;
    ok(json!({ "data": data }))
}

async fn unread_count(call: PersonCall) -> Answer {
    let (account_id, user_id, wanted) = (call.account_id, call.user.id, wanted(&call));
    let count = call
        .desk
        .read(move |view| notification::count(view, account_id, user_id, wanted))
        .await?;
    ok(count)
}

/// No events; an unknown conversation marks all (reference §8.1).
async fn read_all(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let about = call.params.integer("primary_actor_id");
    let is_conversation = call.params.text("primary_actor_type").as_deref() == Some("Conversation");
    call.desk
        .write(move |change| {
            let known = match about.filter(|_| is_conversation) {
                Some(id) => crate::db::conversation::find(change, id)?
                    .filter(|found| found.account_id == account_id)
                    .map(|found| found.id),
                None => None,
            };
            notification::read_all(change, account_id, user_id, known, change.now_ms)
        })
        .await?;
    empty()
}

/// Anything but `read` means all; each one is told (reference §8.1).
async fn destroy_all(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let only_read = call.params.text("type").as_deref() == Some("read");
    call.desk
        .act(call.actor(), move |change| {
            for found in notification::own(change, account_id, user_id, only_read)? {
                notification::delete(change, found.id)?;
                change.tell(Happening::NotificationDeleted {
                    account_id,
                    user_id,
                    notification_id: found.id,
                });
            }
            Ok(())
        })
        .await?;
    empty()
}

async fn change_one(call: &PersonCall, take: impl FnOnce(&mut Notification, i64) + Send + 'static) -> Answer {
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut found = own(change, account_id, user_id, id)?;
            take(&mut found, change.now_ms);
            service::notification::save_in(change, &found)?;
            Ok(wire::notification::record(&found))
        })
        .await?;
    ok(json)
}

fn own(change: &Change<'_>, account_id: i64, user_id: i64, id: i64) -> Result<Notification, ApiError> {
    let found = notification::find(change, id)?;
    let own = found.filter(|found| found.user_id == user_id && found.account_id == account_id);
    own.ok_or(ApiError::NotFound)
}

async fn mark_read(call: PersonCall) -> Answer {
    change_one(&call, |found, now_ms| found.read_at = Some(now_ms)).await
}

async fn mark_unread(call: PersonCall) -> Answer {
    change_one(&call, |found, _| found.read_at = None).await
}

async fn snooze(call: PersonCall) -> Answer {
    let until = call.params.integer("snoozed_until");
    change_one(&call, move |found, _| {
        found.snoozed_until = until.map(|until| until.saturating_mul(1000));
    })
    .await
}

async fn delete(call: PersonCall) -> Answer {
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    call.desk
        .act(call.actor(), move |change| {
            own(change, account_id, user_id, id)?;
            notification::delete(change, id)?;
            change.tell(Happening::NotificationDeleted {
                account_id,
                user_id,
                notification_id: id,
            });
            Ok(())
        })
        .await?;
    empty()
}
