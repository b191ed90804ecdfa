use super::lane::Lane;
use super::{Connector, Fault, FolderLock};
use crate::{Result, StoreError};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::sync::oneshot;

/// Several short questions never wait behind one long search.
const READERS: usize = 3;

/// Work longer than this is worth a line in the log.
const SLOW_MS: u128 = 40;

/// A file with one writer and a few readers, each connection on a thread of its own. One writer, because two that read
/// and then write find each other busy whatever the timeout; threads, because SQLite blocks.
pub(crate) struct DatabaseFile {
    name: &'static str,
    /// Made when damage is met, for a file that may be begun anew at the next start.
    damage_mark: Option<PathBuf>,
    writer: Lane,
    readers: Lane,
    unanswered: Arc<AtomicUsize>,
}

/// One piece of work, counted until it is done.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl DatabaseFile {
    /// Opens all connections; the threads hold `lock` until they have closed theirs.
    pub(crate) fn open(
        connector: &Connector,
        lock: &Arc<FolderLock>,
        damage_mark: Option<PathBuf>,
    ) -> Result<Self> {
        let writer = connector.writer()?;
        let mut readers = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            readers.push(connector.reader()?);
        }
        Ok(Self {
            name: connector.spec.name,
            damage_mark,
            writer: Lane::start(connector.spec.name, vec![writer], lock)?,
            readers: Lane::start(connector.spec.name, readers, lock)?,
            unanswered: Arc::default(),
        })
    }

    /// True when nothing waits for this file and nothing works on it.
    pub(crate) fn is_idle(&self) -> bool {
        self.unanswered.load(Ordering::Acquire) == 0
    }

    /// Runs `question` on a reader, with one view of the file from beginning to end.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        what: &'static str,
        question: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T> {
        let answer = self.submit(&self.readers, what, |connection| {
            let snapshot = connection.transaction()?;
            question(&snapshot)
        });
        received(answer).await
    }

    /// Runs `change` in one transaction on the writer and, once committed, `then` on the same thread: whatever `then`
    /// does happens in the order of the commits. Begins at once, whether or not the answer is awaited.
    pub(crate) fn write<T: 'static, U: Send + 'static>(
        &self,
        what: &'static str,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
        then: impl FnOnce(T) -> U + Send + 'static,
    ) -> oneshot::Receiver<Result<U>> {
        self.submit(&self.writer, what, |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let changed = change(&transaction)?;
            transaction.commit()?;
            Ok(then(changed))
        })
    }

    /// Sets something on the writer's connection, outside a transaction.
    #[cfg(test)]
    pub(crate) fn on_writer(&self, sql: &'static str) -> oneshot::Receiver<Result<()>> {
        self.submit(&self.writer, "test", move |connection| {
            Ok(connection.execute_batch(sql)?)
        })
    }

    fn submit<T: Send + 'static>(
        &self,
        lane: &Lane,
        what: &'static str,
        work: impl FnOnce(&mut Connection) -> Result<T, Fault> + Send + 'static,
    ) -> oneshot::Receiver<Result<T>> {
        let (sender, receiver) = oneshot::channel();
        let (file, damage_mark) = (self.name, self.damage_mark.clone());
        let counted = Counted::new(&self.unanswered);
        lane.send(Box::new(move |connection| {
            let _counted = counted;
            let begun = Instant::now();
            // A fault of the program ends one call, not the thread all others wait for.
            let done = catch_unwind(AssertUnwindSafe(|| work(connection)));
            let result = match done {
                Ok(result) => result.map_err(|fault| fault.into_error(file, what)),
                Err(_) => Err(StoreError::Failed { what, code: -1 }),
            };
            let duration_ms = begun.elapsed().as_millis();
            if duration_ms > SLOW_MS {
                tracing::debug!(file, what, duration_ms, "Slow");
            }
            if let (Some(mark), Err(StoreError::Damaged { .. } | StoreError::WrongKey { .. })) =
                (damage_mark, &result)
            {
                let _ = std::fs::write(mark, b"");
            }
            // Nobody waits any more: fine.
            let _ = sender.send(result);
        }));
        receiver
    }

    /// Finishes what was begun, then closes the connections, the writer last: it folds the log into the file. Blocking.
    pub(crate) fn close(&self) {
        self.readers.stop();
        self.writer.stop();
    }
}

/// Waits for an answer; a thread that ended means the store was closed.
pub(crate) async fn received<T>(answer: oneshot::Receiver<Result<T>>) -> Result<T> {
    answer.await.unwrap_or(Err(StoreError::Closed))
}
