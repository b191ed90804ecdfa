//! The bytes of files: written, and on the disk with their name, before the row that names them is committed. A power
//! cut then leaves at worst a file nobody names, never a message whose file is gone.

use super::message::NewFile;
use super::tokens;
use crate::db::upload::StoredUpload;
use crate::desk::Desk;
use crate::error::ApiError;
use axum::body::Bytes;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Keeps a file under a new unguessable name. All that people upload and guests send comes this way.
pub async fn keep(
    desk: &Desk,
    file_name: String,
    content_type: String,
    bytes: Bytes,
) -> Result<NewFile, ApiError> {
    let file_size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let key = tokens::token();
    let (folder, name) = (desk.files().to_owned(), key.clone());
    let written = tokio::task::spawn_blocking(move || write(&folder, &name, &bytes)).await;
    if !matches!(written, Ok(Ok(()))) {
        return Err(ApiError::Broken("a file could not be written"));
    }
    Ok(NewFile {
        key,
        file_name,
        content_type,
        file_size,
    })
}

/// A copy for one message: an upload may be sent more than once, and each message owns its files.
pub async fn copy(desk: &Desk, upload: &StoredUpload) -> Result<NewFile, ApiError> {
    let key = tokens::token();
    let (folder, from, to) = (desk.files().to_owned(), upload.key.clone(), key.clone());
    let copied = tokio::task::spawn_blocking(move || duplicate(&folder, &from, &to)).await;
    if !matches!(copied, Ok(Ok(()))) {
        return Err(ApiError::Broken("a file could not be copied"));
    }
    Ok(NewFile {
        key,
        file_name: upload.file_name.clone(),
        content_type: upload.content_type.clone(),
        file_size: upload.file_size,
    })
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(folder.join(name))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    sync_folder(folder)
}

fn duplicate(folder: &Path, from: &str, to: &str) -> io::Result<()> {
    std::fs::copy(folder.join(from), folder.join(to))?;
    // Writable, or Windows refuses to flush it.
    File::options().write(true).open(folder.join(to))?.sync_all()?;
    sync_folder(folder)
}

/// Makes the names in a folder last. Windows knows no such thing and needs none.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
