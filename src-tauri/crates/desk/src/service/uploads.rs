//! Files that were uploaded ahead of the message that carries them.

use super::message::NewFile;
use super::tokens;
use crate::db::upload::StoredUpload;
use crate::desk::Desk;
use crate::error::ApiError;

/// A copy for one message: an upload may be sent more than once, and each message owns its files.
pub async fn copy(desk: &Desk, upload: &StoredUpload) -> Result<NewFile, ApiError> {
    let key = tokens::token();
    let copied = tokio::fs::copy(desk.files().join(&upload.key), desk.files().join(&key)).await;
    copied.map_err(|_| ApiError::Broken("a file could not be copied"))?;
    Ok(NewFile {
        key,
        file_name: upload.file_name.clone(),
        content_type: upload.content_type.clone(),
        file_size: upload.file_size,
    })
}
