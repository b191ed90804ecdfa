//! `POST /upload` (reference §2.1): a file ahead of the message or macro that uses it.

use super::call::{Answer, PersonCall};
use super::{files, ok};
use crate::db::upload::{self, StoredUpload};
use crate::desk::Desk;
use crate::error::ApiError;
use axum::Router;
use axum::routing::post;
use serde_json::json;

pub fn routes() -> Router<Desk> {
    Router::new().route("/upload", post(create))
}

/// Addresses elsewhere are not fetched: the desk goes nowhere on a request's word.
async fn create(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let sent = call.params.files.iter().find(|file| file.field == "attachment");
    let sent = sent.cloned().into_iter().collect();
    let stored = files::store(&call.desk, sent).await?.pop();
    let stored = stored.ok_or_else(|| ApiError::Refused("No file or URL provided".to_owned()))?;
    let key = call
        .desk
        .write(move |change| {
            let new = StoredUpload {
                id: 0,
                account_id,
                key: stored.key,
                file_name: stored.file_name,
                content_type: stored.content_type,
                file_size: stored.file_size,
                created_at: change.now_ms,
            };
            upload::insert(change, &new)?;
            Ok(new.key)
        })
        .await?;
    ok(json!({ "file_url": format!("{}/files/{key}", call.desk.url()), "blob_id": key }))
}
