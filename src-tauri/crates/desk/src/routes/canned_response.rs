//! Prepared answers (reference §8).

use super::call::{Answer, PersonCall};
use super::{empty, ok};
use crate::db::canned_response as responses;
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::routing::{get, patch};
use serde_json::Value;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/canned_responses", get(list).post(create))
        .route("/canned_responses/{id}", patch(update).put(update).delete(delete))
}

async fn list(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let search = call.params.filled("search");
    let found: Vec<Value> = call
        .desk
        .read(move |view| {
            let found = match search {
                Some(text) => responses::search(view, account_id, &text)?,
                None => responses::all(view, account_id)?,
            };
            Ok(found.iter().map(wire::small::canned_response).collect())
        })
        .await?;
    ok(found)
}

async fn create(call: PersonCall) -> Answer {
    let wanted = call.params.under("canned_response")?;
    let account_id = call.account_id;
    let json = call
        .desk
        .write(move |change| {
            let short_code = wanted.text("short_code").unwrap_or_default();
            let content = wanted.text("content").unwrap_or_default();
            check(change, account_id, 0, &short_code, &content)?;
            let id = responses::insert(change, account_id, &short_code, &content, change.now_ms)?;
            let created = responses::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            Ok(wire::small::canned_response(&created))
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    let wanted = call.params.under("canned_response")?;
    let (account_id, id) = (call.account_id, call.id("id"));
    let json = call
        .desk
        .write(move |change| {
            let mut found = responses::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            found.short_code = wanted.text("short_code").unwrap_or(found.short_code);
            found.content = wanted.text("content").unwrap_or(found.content);
            found.updated_at = change.now_ms;
            check(change, account_id, id, &found.short_code, &found.content)?;
            responses::update(change, &found)?;
            Ok(wire::small::canned_response(&found))
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    let (account_id, id) = (call.account_id, call.id("id"));
    call.desk
        .write(move |change| {
            responses::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            responses::delete(change, id)
        })
        .await?;
    empty()
}

fn check(
    change: &Change<'_>,
    account_id: i64,
    own_id: i64,
    short_code: &str,
    content: &str,
) -> Result<(), ApiError> {
    if content.trim().is_empty() {
        return Err(ApiError::invalid("Content can't be blank", "content"));
    }
    if short_code.trim().is_empty() {
        return Err(ApiError::invalid("Short code can't be blank", "short_code"));
    }
    if short_code.chars().count() > 255 {
        let message = "Short code is too long (maximum is 255 characters)";
        return Err(ApiError::invalid(message, "short_code"));
    }
    if content.chars().count() > 20_000 {
        let message = "Content is too long (maximum is 20000 characters)";
        return Err(ApiError::invalid(message, "content"));
    }
    let same = responses::by_short_code(change, account_id, short_code)?;
    if same.is_some_and(|same| same.id != own_id) {
        return Err(ApiError::invalid(
            "Short code has already been taken",
            "short_code",
        ));
    }
    Ok(())
}
