//! The random name under which the keyring keeps a folder's key.

use crate::{Result, StoreError};
use std::path::Path;
use uuid::Uuid;

/// Reads `<dir>/profile`, or makes it.
pub(super) fn id(dir: &Path) -> Result<String> {
    let path = dir.join("profile");
    match std::fs::read_to_string(&path) {
        Ok(text) => Uuid::parse_str(text.trim())
            .map(|id| id.to_string())
            .map_err(|_| StoreError::Damaged { file: "profile" }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let id = Uuid::new_v4().to_string();
            super::wrapped::write_whole(&path, id.as_bytes())?;
            Ok(id)
        }
        Err(_) => Err(StoreError::Disk),
    }
}
