//! Saved views of the caller (reference §8).

use super::call::{Answer, PersonCall};
use super::ok;
use crate::db::custom_filter::{self, CustomFilter};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::Value;

const TYPES: &[&str] = &["conversation", "contact", "report"];

const MOST: i64 = 1000;

fn check_length(name: &str) -> Result<(), ApiError> {
    if name.chars().count() > 255 {
        let message = "Name is too long (maximum is 255 characters)";
        return Err(ApiError::invalid(message, "name"));
    }
    Ok(())
}

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/custom_filters", get(list).post(create))
        .route(
            "/custom_filters/{id}",
            get(show).patch(update).put(update).delete(delete),
        )
}

async fn list(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let filter_type = call.params.filled("filter_type");
    let filter_type = filter_type.unwrap_or_else(|| "conversation".to_owned());
    let filters: Vec<Value> = call
        .desk
        .read(move |view| {
            let found = custom_filter::own(view, account_id, user_id, &filter_type)?;
            Ok(found.iter().map(wire::small::custom_filter).collect())
        })
        .await?;
    ok(filters)
}

async fn show(call: PersonCall) -> Answer {
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    let found = call
        .desk
        .read(move |view| custom_filter::find_own(view, account_id, user_id, id)?.ok_or(ApiError::NotFound))
        .await?;
    ok(wire::small::custom_filter(&found))
}

async fn create(call: PersonCall) -> Answer {
    let wanted = call.params.under("custom_filter")?;
    let (account_id, user_id) = (call.account_id, call.user.id);
    let name = wanted.filled("name");
    let name = name.ok_or_else(|| ApiError::invalid("Name can't be blank", "name"))?;
    check_length(&name)?;
    let filter_type = wanted.filled("filter_type");
    let filter_type = filter_type.unwrap_or_else(|| "conversation".to_owned());
    if !TYPES.contains(&filter_type.as_str()) {
        return Err(ApiError::AsUpstream("unknown filter type"));
    }
    let query = wanted.object("query").cloned().unwrap_or_default();
    let json = call
        .desk
        .write(move |change| {
            if custom_filter::count(change, account_id, user_id)? >= MOST {
                let message = "Account Limit reached. The maximum number of allowed custom filters for a user per \
                               account is 1000.";
                return Err(ApiError::invalid(message, "account_id"));
            }
            let mut new = CustomFilter {
                id: 0,
                account_id,
                user_id,
                name,
                filter_type,
                query,
                created_at: change.now_ms,
                updated_at: change.now_ms,
            };
            new.id = custom_filter::insert(change, &new)?;
            Ok(wire::small::custom_filter(&new))
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    let wanted = call.params.under("custom_filter")?;
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    let json = call
        .desk
        .write(move |change| {
            let found = custom_filter::find_own(change, account_id, user_id, id)?;
            let mut found = found.ok_or(ApiError::NotFound)?;
            wanted.text("name").as_deref().map_or(Ok(()), check_length)?;
            found.name = wanted.filled("name").unwrap_or(found.name);
            found.query = wanted.object("query").cloned().unwrap_or(found.query);
            found.updated_at = change.now_ms;
            custom_filter::update(change, &found)?;
            Ok(wire::small::custom_filter(&found))
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    let (account_id, user_id, id) = (call.account_id, call.user.id, call.id("id"));
    call.desk
        .write(move |change| {
            custom_filter::find_own(change, account_id, user_id, id)?.ok_or(ApiError::NotFound)?;
            custom_filter::delete(change, id)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
