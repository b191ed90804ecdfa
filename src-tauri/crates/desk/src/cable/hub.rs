//! All open sockets, and the way events take to them.

use super::events::Event;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, watch};

/// A socket that does not take its events is closed when this many wait.
const MOST_WAITING: usize = 4096;

/// What a socket is told.
pub enum Told {
    Event(Arc<Event>),
    /// End without a word.
    Cut,
    /// End because the server stops (reference §10.1, reason `server_restart`).
    Stop,
}

/// The sockets, and the disturbances a test asked for.
#[derive(Default)]
pub struct Hub {
    sockets: Mutex<HashMap<u64, mpsc::Sender<Told>>>,
    /// How many are open, those that are told nothing any more included.
    open: watch::Sender<usize>,
    stops: AtomicBool,
    next: AtomicU64,
    silent: AtomicBool,
    drop_next: AtomicUsize,
    repeat_next: AtomicUsize,
    hold_next: AtomicUsize,
    held: Mutex<Vec<Arc<Event>>>,
}

impl Hub {
    /// Registers a socket; answers its key and what it will be told.
    pub fn connect(&self) -> (u64, mpsc::Receiver<Told>) {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        let key = self.next.fetch_add(1, Ordering::Relaxed);
        let mut sockets = self.sockets();
        self.open.send_modify(|open| *open += 1);
        if self.stops.load(Ordering::Relaxed) {
            let _ = sender.try_send(Told::Stop);
        } else {
            sockets.insert(key, sender);
        }
        drop(sockets);
        (key, receiver)
    }

    /// Forgets a socket that ended; once for each key.
    pub fn disconnect(&self, key: u64) {
        self.sockets().remove(&key);
        self.open.send_modify(|open| *open = open.saturating_sub(1));
    }

    /// Sends events to all sockets, in order; each picks what its subscriptions hear.
    pub fn publish(&self, events: Vec<Event>) {
        for event in events {
            if take_one(&self.drop_next) {
                continue;
            }
            let event = Arc::new(event);
            if take_one(&self.hold_next) {
                self.held().push(event);
                continue;
            }
            self.deliver(&event);
            if take_one(&self.repeat_next) {
                self.deliver(&event);
            }
        }
    }

    /// Sends an event past the disturbances: presence answers are not counted.
    pub fn deliver(&self, event: &Arc<Event>) {
        self.sockets()
            .retain(|_, socket| socket.try_send(Told::Event(Arc::clone(event))).is_ok());
    }

    /// Ends all sockets without a word.
    pub fn cut_all(&self) {
        for (_, socket) in self.sockets().drain() {
            let _ = socket.try_send(Told::Cut);
        }
    }

    /// Ends all sockets because the server stops, and any that still comes.
    pub fn stop_all(&self) {
        let mut sockets = self.sockets();
        self.stops.store(true, Ordering::Relaxed);
        for (_, socket) in sockets.drain() {
            let _ = socket.try_send(Told::Stop);
        }
    }

    /// Completes when no socket is open.
    pub async fn all_ended(&self) {
        let _ = self.open.subscribe().wait_for(|open| *open == 0).await;
    }

    /// While silent nothing leaves any socket, not even pings; they stay open.
    pub fn set_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::Relaxed);
    }

    pub fn is_silent(&self) -> bool {
        self.silent.load(Ordering::Relaxed)
    }

    /// The next `count` events reach nobody.
    pub fn drop_next(&self, count: usize) {
        self.drop_next.store(count, Ordering::Relaxed);
    }

    /// The next `count` events arrive twice.
    pub fn repeat_next(&self, count: usize) {
        self.repeat_next.store(count, Ordering::Relaxed);
    }

    /// The next `count` events wait for [`Hub::release`] while newer ones pass them.
    pub fn hold_next(&self, count: usize) {
        self.hold_next.store(count, Ordering::Relaxed);
    }

    /// Sends the events that were held, the newest first: in an order they did not happen in.
    pub fn release(&self) {
        self.hold_next(0);
        let held = std::mem::take(&mut *self.held());
        for event in held.iter().rev() {
            self.deliver(event);
        }
    }

    fn held(&self) -> MutexGuard<'_, Vec<Arc<Event>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<u64, mpsc::Sender<Told>>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take_one(counter: &AtomicUsize) -> bool {
    let less = |count: usize| count.checked_sub(1);
    counter
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
        .is_ok()
}
