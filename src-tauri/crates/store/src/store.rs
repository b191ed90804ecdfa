//! The door to both files.

use crate::file::{Connector, DatabaseFile, FolderLock};
use crate::memory::Memory;
use crate::{Change, Key, Result, StoreError, account, cache, draft, outbox, schema};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::broadcast;

/// Batches a slow listener may be behind before it is told to ask again for everything.
const CHANGES_KEPT: usize = 1024;

/// Both files of a profile folder. Cheap to clone; every clone is the same store. Dropping the last one closes it, too,
/// and waits for that.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
    _closer: Arc<Closer>,
}

/// Held by the store's handles and not by its work, so that it is never dropped on a thread it waits for. No thread may
/// outlive the handles: libcrypto is torn down when the program ends, and whoever still decrypts then crashes.
struct Closer(Arc<Inner>);

impl Drop for Closer {
    fn drop(&mut self) {
        self.0.close();
    }
}

pub(crate) struct Inner {
    pub(crate) durable: DatabaseFile,
    pub(crate) cache: DatabaseFile,
    pub(crate) memory: Memory,
    changes: broadcast::Sender<Vec<Change>>,
}

impl Inner {
    /// Blocking; a second time does nothing. Durable first: its last commits still go into the cache.
    fn close(&self) {
        self.durable.close();
        self.cache.close();
    }

    /// Tells every listener, sorted and each change once.
    pub(crate) fn announce(&self, mut changes: Vec<Change>) {
        changes.sort_unstable();
        changes.dedup();
        if !changes.is_empty() {
            // Nobody listens yet: fine.
            let _ = self.changes.send(changes);
        }
    }
}

impl Store {
    /// Opens the folder's files, or makes them. Blocking.
    ///
    /// A cache that is damaged, foreign or locked with another key is set aside and begun anew; `durable.db` never is.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::WrongKey`], [`StoreError::NewerFile`], [`StoreError::Damaged`] or
    /// [`StoreError::Disk`].
    pub fn open(dir: &Path, key: &Key) -> Result<Store> {
        std::fs::create_dir_all(dir).map_err(|_| StoreError::Disk)?;
        let lock = Arc::new(FolderLock::take(dir)?);
        let durable = Connector::new(dir, schema::DURABLE, key);
        let memory = Memory::default();
        load(&durable, &memory)?;
        let inner = Inner {
            durable: DatabaseFile::open(&durable, &lock, None)?,
            cache: cache::open(dir, key, &lock, &memory)?,
            memory,
            changes: broadcast::channel(CHANGES_KEPT).0,
        };
        let inner = Arc::new(inner);
        let _closer = Arc::new(Closer(Arc::clone(&inner)));
        Ok(Store { inner, _closer })
    }

    /// True when nothing waits for either file: for tests whose time is not the system's.
    pub fn is_idle(&self) -> bool {
        self.inner.durable.is_idle() && self.inner.cache.is_idle()
    }

    /// Finishes what was begun and closes both files, for every clone: later calls answer [`StoreError::Closed`].
    pub async fn close(self) {
        let _ = tokio::task::spawn_blocking(move || self.inner.close()).await;
    }

    /// What commits change, from now on, in their order. A listener that lags is told so and asks again for everything.
    pub fn changes(&self) -> broadcast::Receiver<Vec<Change>> {
        self.inner.changes.subscribe()
    }
}

/// Reads into memory what the cache's rows depend on.
fn load(durable: &Connector, memory: &Memory) -> Result<()> {
    let connection = durable.writer()?;
    let mut known = memory.known();
    account::load(&connection, &mut known)
        .and_then(|()| outbox::load(&connection, &mut known))
        .and_then(|()| draft::load(&connection, &mut known))
        .map_err(|fault| fault.into_error(schema::DURABLE.name, "load"))
}
