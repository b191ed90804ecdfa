use crate::{Result, StoreError};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The folder is ours while this lives. The system lets go of it when the process ends, however it ends; the
/// single-instance guard of the shell needs a session bus, this does not.
#[derive(Debug)]
pub(crate) struct FolderLock {
    /// Held, never read: closing it unlocks.
    _file: File,
}

impl FolderLock {
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(dir.join("lock"))
            .map_err(|_| StoreError::Disk)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(_)) => Err(StoreError::Disk),
        }
    }
}
