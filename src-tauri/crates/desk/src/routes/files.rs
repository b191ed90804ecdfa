//! The bytes of attachments. Their unguessable name is the credential, as with the signed addresses upstream.

use super::call::{Answer, Key};
use super::params::Upload;
use crate::db::{attachment, upload};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::message::NewFile;
use crate::service::uploads;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;

/// Only these are shown inside a page; everything else is downloaded, so that no upload runs as a page of this server.
const SHOWN: &[&str] = &["image/", "audio/", "video/"];

pub fn routes() -> Router<Desk> {
    Router::new().route("/files/{key}", get(show))
}

async fn show(State(desk): State<Desk>, Key(key): Key) -> Answer {
    let found = desk.read(move |view| kind_of(view, &key)).await?;
    let (key, content_type) = found.ok_or(ApiError::NoRoute)?;
    let bytes = tokio::fs::read(desk.files().join(&key)).await;
    let bytes = bytes.map_err(|_| ApiError::NoRoute)?;
    let mut response = Response::new(Body::from(bytes));
    let is_shown = SHOWN.iter().any(|kind| content_type.starts_with(kind)) && !content_type.contains("svg");
    let (content_type, disposition) = if is_shown {
        (content_type.as_str(), "inline")
    } else {
        ("application/octet-stream", "attachment")
    };
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    Ok(response)
}

/// Key and content type of a message's file, or of one that waits for its message.
fn kind_of(view: &View<'_>, key: &str) -> Result<Option<(String, String)>, ApiError> {
    if let Some(found) = attachment::by_key(view, key)? {
        return Ok(Some((found.key, found.content_type)));
    }
    let waiting = upload::by_key(view, key)?;
    Ok(waiting.map(|found| (found.key, found.content_type)))
}

/// Writes uploads into the data folder, before the message that names them.
pub async fn store(desk: &Desk, sent: Vec<Upload>) -> Result<Vec<NewFile>, ApiError> {
    let mut files = Vec::new();
    for upload in sent {
        files.push(uploads::keep(desk, upload.file_name, upload.content_type, upload.bytes).await?);
    }
    Ok(files)
}
