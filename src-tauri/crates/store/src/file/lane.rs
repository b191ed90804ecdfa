//! A queue and the threads that empty it, each with a connection of its own.

use super::FolderLock;
use crate::{Result, StoreError};
use rusqlite::Connection;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

pub(super) type Task = Box<dyn FnOnce(&mut Connection) + Send>;

pub(super) struct Lane {
    queue: Arc<Queue>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Lane {
    /// The threads hold `lock` until they have closed their connections.
    pub(super) fn start(
        file: &'static str,
        connections: Vec<Connection>,
        lock: &Arc<FolderLock>,
    ) -> Result<Self> {
        let lane = Self {
            queue: Arc::new(Queue::for_threads(connections.len())),
            threads: Mutex::default(),
        };
        for (place, connection) in connections.into_iter().enumerate() {
            let (queue, lock) = (Arc::clone(&lane.queue), Arc::clone(lock));
            let thread = std::thread::Builder::new()
                .name(file.to_owned())
                .spawn(move || run(connection, &queue, place, &lock))
                .map_err(|_| StoreError::Failed {
                    what: "start",
                    code: -1,
                })?;
            lane.threads().push(thread);
        }
        Ok(lane)
    }

    /// A task that comes after [`Lane::stop`] is dropped with its answer's sender: its caller reads `Closed`.
    pub(super) fn send(&self, task: Task) {
        self.queue.add(task);
    }

    /// Finishes what was sent, then ends the threads. Blocking.
    pub(super) fn stop(&self) {
        self.queue.close();
        // Held while waiting: a second caller returns when the threads have ended, too.
        for thread in self.threads().drain(..) {
            // A thread cannot panic: its tasks are caught.
            let _ = thread.join();
        }
    }

    fn threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A lane nobody stopped, or whose threads could not all be started, must not hold the folder for ever.
impl Drop for Lane {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn run(mut connection: Connection, queue: &Queue, place: usize, _lock: &FolderLock) {
    while let Some(task) = queue.next(place) {
        task(&mut connection);
    }
    // Fails on readers, which may not write.
    let _ = connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
    let _ = connection.close();
}

/// What waits, and who has nothing to do. Of the free threads always the first is woken: what one connection has read
/// stays decrypted in its page cache, and in turn each of them would read it anew.
struct Queue {
    state: Mutex<State>,
    wakers: Vec<Condvar>,
}

struct State {
    waiting: VecDeque<Task>,
    free: BTreeSet<usize>,
    is_open: bool,
}

impl Queue {
    fn for_threads(count: usize) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                free: BTreeSet::new(),
                is_open: true,
            }),
            wakers: (0..count).map(|_| Condvar::new()).collect(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, task: Task) {
        let mut state = self.state();
        if !state.is_open {
            return;
        }
        state.waiting.push_back(task);
        if let Some(waker) = state.free.pop_first().and_then(|first| self.wakers.get(first)) {
            waker.notify_one();
        }
    }

    /// Waits for a task; none = nothing is left and none will come.
    fn next(&self, place: usize) -> Option<Task> {
        let waker = self.wakers.get(place)?;
        let mut state = self.state();
        loop {
            if let Some(task) = state.waiting.pop_front() {
                state.free.remove(&place);
                return Some(task);
            }
            if !state.is_open {
                return None;
            }
            state.free.insert(place);
            state = waker.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        self.state().is_open = false;
        for waker in &self.wakers {
            waker.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Barrier, mpsc};

    /// Each connection knows its place.
    fn lane(folder: &std::path::Path, count: i64) -> Lane {
        let connections = (0..count).map(|place| {
            let connection = Connection::open_in_memory().expect("memory is there");
            connection
                .pragma_update(None, "user_version", place)
                .expect("a number is taken");
            connection
        });
        let lock = Arc::new(FolderLock::take(folder).expect("the folder is free"));
        Lane::start("test", connections.collect(), &lock).expect("threads start")
    }

    fn place(connection: &Connection) -> i64 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .expect("the number is there")
    }

    #[test]
    fn one_after_the_other_is_done_where_the_pages_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let lane = lane(folder.path(), 3);
        let (sender, receiver) = mpsc::channel();
        let mut places = BTreeSet::new();
        for _ in 0..50 {
            // Until all are free: which of them came first at the start is chance.
            while lane.queue.state().free.len() < 3 {
                std::thread::yield_now();
            }
            let sender = sender.clone();
            lane.send(Box::new(move |connection| {
                sender.send(place(connection)).expect("it waits")
            }));
            places.insert(receiver.recv().expect("it is answered"));
        }
        assert_eq!(places, BTreeSet::from([0]));
    }

    #[test]
    fn one_that_nobody_stopped_lets_go_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let lane = lane(folder.path(), 3);
        let queue = Arc::clone(&lane.queue);
        let threads = std::mem::take(&mut *lane.threads());
        drop(lane);
        assert!(!queue.state().is_open, "its threads wait for ever");
        for thread in threads {
            thread.join().expect("it ends");
        }
        FolderLock::take(folder.path()).expect("the folder is free again");
    }

    #[test]
    fn at_the_same_time_each_has_a_connection_and_what_waits_is_done_before_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let lane = lane(folder.path(), 3);
        let (sender, receiver) = mpsc::channel();
        let all_at_once = Arc::new(Barrier::new(3));
        for _ in 0..30 {
            let (sender, all_at_once) = (sender.clone(), Arc::clone(&all_at_once));
            lane.send(Box::new(move |connection| {
                all_at_once.wait();
                sender.send(place(connection)).expect("it is heard");
            }));
        }
        lane.stop();
        lane.send(Box::new(|_| panic!("it is closed")));
        drop(sender);
        let places: Vec<i64> = receiver.iter().collect();
        assert_eq!(places.len(), 30);
        assert_eq!(BTreeSet::from_iter(places), BTreeSet::from([0, 1, 2]));
    }
}
