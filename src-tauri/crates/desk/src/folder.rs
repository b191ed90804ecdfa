//! The data folder, guarded by a lock of the operating system: two desks never write into one.

use crate::error::DeskError;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

/// A desk that is just ending may still hold it.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN: Duration = Duration::from_millis(50);

/// The lock; it ends with this, or with the process.
pub struct Folder {
    _lock: File,
}

impl Folder {
    /// Makes the folder when missing, and waits a little for whoever holds it.
    pub async fn take(path: &Path) -> Result<Self, DeskError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match Self::take_at_once(path) {
                Err(DeskError::FolderInUse(_)) if Instant::now() < until => tokio::time::sleep(BETWEEN).await,
                taken => return taken,
            }
        }
    }

    /// Makes the folder when missing, and waits for nobody.
    pub fn take_at_once(path: &Path) -> Result<Self, DeskError> {
        let failed = |source| DeskError::Folder {
            path: path.to_owned(),
            source,
        };
        make(path).map_err(failed)?;
        let mut options = OpenOptions::new();
        let lock = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("desk.lock"))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
            Err(TryLockError::WouldBlock) => Err(DeskError::FolderInUse(path.to_owned())),
        }
    }
}

/// The folder holds tokens and what guests wrote: nobody else on the computer may look into it. On Windows a folder
/// under the user's own already belongs to the user alone.
fn make(path: &Path) -> std::io::Result<()> {
    private().recursive(true).create(path)
}

/// Makes a folder as private, and fails where there is one. Folders above it are made too.
pub fn make_new(path: &Path) -> std::io::Result<()> {
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        make(above)?;
    }
    private().create(path)
}

fn private() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
}
