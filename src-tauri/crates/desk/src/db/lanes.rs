//! One writer and a few readers, each connection on a thread of its own.
//!
//! SQLite has one writer at a time anyway; a queue in front of it waits in order instead of failing with BUSY.

use crate::error::{ApiError, DeskError};
use rusqlite::{Connection, OpenFlags};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::oneshot;

const READERS: usize = 3;
const PRAGMAS: &str = "PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;";

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// What a connection's thread is told.
enum Told {
    Do(Job),
    /// One thread of the lane closes its connection.
    End,
}

/// The way to the connections. Cloning shares them; they close with [`Lanes::close`], or when the last clone goes.
#[derive(Clone)]
pub struct Lanes {
    writer: Sender<Told>,
    readers: Sender<Told>,
    writing: Arc<Mutex<Vec<JoinHandle<()>>>>,
    reading: Arc<Mutex<Vec<JoinHandle<()>>>>,
    unanswered: Arc<AtomicUsize>,
}

impl Lanes {
    /// Opens the file (made when missing), brings its tables up to date, and starts the threads.
    pub fn open(path: &Path, now_ms: i64) -> Result<Self, DeskError> {
        let mut writer = Connection::open(path)?;
        writer.busy_timeout(Duration::from_secs(5))?;
        // FULL: what was answered with 200 is still there after a power cut.
        writer.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        writer.execute_batch(PRAGMAS)?;
        super::functions::register(&writer)?;
        writer.set_prepared_statement_cache_capacity(128);
        super::migrations::run(&mut writer, &super::migrations::all(), now_ms)?;
        let (writer_jobs, jobs) = channel();
        let writing = vec![start("desk-writer", writer, Arc::new(Mutex::new(jobs)))?];
        let (reader_jobs, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let mut reading = Vec::new();
        for _ in 0..READERS {
            reading.push(start("desk-reader", reader(path)?, Arc::clone(&jobs))?);
        }
        Ok(Self {
            writer: writer_jobs,
            readers: reader_jobs,
            writing: Arc::new(Mutex::new(writing)),
            reading: Arc::new(Mutex::new(reading)),
            unanswered: Arc::default(),
        })
    }

    /// True when nothing waits for the database and nothing works on it.
    pub fn are_idle(&self) -> bool {
        self.unanswered.load(Ordering::Acquire) == 0
    }

    /// Runs on the one writing connection, after all that was queued before.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.run(&self.writer, work).await
    }

    /// Runs on a connection that cannot write.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.run(&self.readers, work).await
    }

    /// Ends the connections after all that was asked before; whatever is asked later is refused. The log is brought
    /// home, so that one file is left that holds everything.
    pub async fn close(&self) {
        for _ in 0..READERS {
            let _ = self.readers.send(Told::End);
        }
        join(&self.reading).await;
        let bring_home = |connection: &mut Connection| {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        };
        if let Err(error) = self.write(bring_home).await {
            tracing::warn!(%error, "the log stays beside the data until the next start");
        }
        let _ = self.writer.send(Told::End);
        // Alone at the end: of two connections that close at once neither knows it is the last and takes the log away.
        join(&self.writing).await;
    }

    async fn run<T: Send + 'static>(
        &self,
        lane: &Sender<Told>,
        work: impl FnOnce(&mut Connection) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (answer, result) = oneshot::channel();
        self.unanswered.fetch_add(1, Ordering::AcqRel);
        let counted = Counted(Arc::clone(&self.unanswered));
        let job: Job = Box::new(move |connection| {
            // Dropped last, also when the work panics.
            let _counted = counted;
            // Nobody waits any more when the request was dropped; the work counts all the same.
            let _ = answer.send(work(connection));
        });
        lane.send(Told::Do(job))
            .map_err(|_| ApiError::Broken("database stopped"))?;
        result
            .await
            .map_err(|_| ApiError::Broken("database work failed"))?
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn join(threads: &Mutex<Vec<JoinHandle<()>>>) {
    let threads = std::mem::take(&mut *lock(threads));
    let ended = tokio::task::spawn_blocking(move || threads.into_iter().all(|one| one.join().is_ok()));
    if !ended.await.unwrap_or(false) {
        tracing::warn!("a thread of the database did not end well");
    }
}

/// One piece of work, counted until it is done.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn reader(path: &Path) -> Result<Connection, DeskError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags)?;
    reader.busy_timeout(Duration::from_secs(5))?;
    reader.execute_batch(PRAGMAS)?;
    super::functions::register(&reader)?;
    reader.execute_batch("PRAGMA query_only = ON")?;
    reader.set_prepared_statement_cache_capacity(128);
    Ok(reader)
}

fn start(
    name: &str,
    mut connection: Connection,
    jobs: Arc<Mutex<Receiver<Told>>>,
) -> Result<JoinHandle<()>, DeskError> {
    let body = move || {
        loop {
            let told = lock(&jobs).recv();
            let Ok(Told::Do(job)) = told else { return };
            // A defect in one request must not take the database away from all others; its transaction rolls back.
            if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
                tracing::error!("a database job panicked");
            }
        }
    };
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(DeskError::Thread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn closed_it_leaves_one_file_and_refuses_more() {
        let folder = tempfile::tempdir().unwrap();
        let lanes = Lanes::open(&folder.path().join("desk.db"), 1).unwrap();
        let add = |connection: &mut Connection| {
            connection.execute("INSERT INTO account (name, created_at) VALUES ('x', 1)", [])?;
            Ok(())
        };
        lanes.write(add).await.unwrap();
        lanes.close().await;
        let left = std::fs::read_dir(folder.path()).unwrap();
        let left: Vec<_> = left.map(|one| one.unwrap().file_name()).collect();
        assert_eq!(left, ["desk.db"]);
        assert!(lanes.write(add).await.is_err());
        assert!(lanes.read(|_| Ok(())).await.is_err());
    }
}
