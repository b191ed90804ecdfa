//! Files guests send: fetched where the provider keeps them, or carried by the request itself, within the limits of
//! uploads (reference §4.1, §4.4).

use crate::channels::carrier::{Proof, fetch};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::files::store;
use crate::routes::params::Upload;
use crate::service::message::NewFile;
use axum::body::Bytes;
use futures_util::future::join_all;
use serde_json::Value;

/// Bytes of one file.
pub const LARGEST: usize = 40 * 1024 * 1024;
/// Files of one message.
pub const MOST: usize = 15;

/// A file a provider keeps.
#[derive(Clone)]
pub struct Kept {
    pub place: Place,
    pub proof: Proof,
    /// What the guest called it.
    pub name: Option<String>,
    /// What the provider says it is; otherwise its answer tells.
    pub content_type: Option<String>,
}

/// Where it is.
#[derive(Clone)]
pub enum Place {
    Url(String),
    /// An address that answers with JSON whose `url` is the file's.
    Behind(String),
}

/// Fetches and stores them; answers those there are, and how many could not be had.
pub async fn bring(desk: &Desk, kept: &[Kept]) -> Result<(Vec<NewFile>, usize), ApiError> {
    let fetched = join_all(kept.iter().take(MOST).map(|one| upload(desk, one))).await;
    let uploads: Vec<Upload> = fetched.into_iter().flatten().collect();
    let missing = kept.len() - uploads.len();
    Ok((store(desk, uploads).await?, missing))
}

async fn upload(desk: &Desk, kept: &Kept) -> Option<Upload> {
    let url = match &kept.place {
        Place::Url(url) => url.clone(),
        Place::Behind(url) => {
            let about = fetch(desk, url, &kept.proof, 64 * 1024).await.ok()?;
            let about: Value = serde_json::from_slice(&about.bytes).ok()?;
            about["url"].as_str()?.to_owned()
        }
    };
    let fetched = match fetch(desk, &url, &kept.proof, LARGEST).await {
        Ok(fetched) => fetched,
        Err(failure) => {
            tracing::info!(%failure, "a guest's file could not be fetched");
            return None;
        }
    };
    let content_type = kept.content_type.clone().unwrap_or(fetched.content_type);
    let content_type = plain(&content_type);
    Some(Upload {
        field: String::new(),
        file_name: file_name(kept.name.as_deref(), &content_type),
        content_type,
        bytes: Bytes::from(fetched.bytes),
    })
}

/// Files of what turned out to be there already.
pub async fn discard(desk: &Desk, files: &[NewFile]) {
    for file in files {
        // What stays behind is only space.
        let _ = tokio::fs::remove_file(desk.files().join(&file.key)).await;
    }
}

/// Without parameters, in lower case.
pub fn plain(content_type: &str) -> String {
    let kind = content_type.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

/// What the guest called it, or something with the right ending.
pub fn file_name(given: Option<&str>, content_type: &str) -> String {
    let given = given.map(|name| name.rsplit(['/', '\\']).next().unwrap_or_default());
    if let Some(name) = given.filter(|name| !name.trim().is_empty()) {
        return name
            .chars()
            .filter(|letter| !letter.is_control())
            .take(200)
            .collect();
    }
    let ending = match content_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "audio/ogg" => "ogg",
        "audio/mpeg" => "mp3",
        "application/pdf" => "pdf",
        _ => return "file".to_owned(),
    };
    format!("file.{ending}")
}
