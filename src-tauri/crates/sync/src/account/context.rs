//! What every part of one account's sync shares.

use super::order::Order;
use crate::notices;
use crate::policy::Policy;
use crate::{AccountStatus, Clock, Connection, Step, SyncEvent};
use deskbell_chatwoot::{AccountApi, Client, ServerUrl, Token};
use deskbell_domain::{AccountKey, Conversation, ConversationId, ConversationRef, Sight};
use deskbell_store::{AccountRow, Store};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, broadcast, watch};

pub(crate) struct Context {
    pub key: AccountKey,
    pub row: AccountRow,
    pub server: ServerUrl,
    pub client: Client,
    pub api: AccountApi,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub policy: Arc<Policy>,
    /// A person pressed "Try now", or signed in again.
    pub try_now: Notify,
    /// Something was queued, or may go on.
    pub outbox: Notify,
    events: broadcast::Sender<SyncEvent>,
    status: watch::Sender<AccountStatus>,
    /// Attempts to connect that failed in a row.
    failures: AtomicU32,
    /// What the outbox met that the connection has not noticed yet.
    doubts: watch::Sender<Option<Step>>,
    pub order: Order,
    /// The server keeps views for everybody of the account, as far as it was asked.
    pub shares_views: AtomicBool,
    /// What the person may see, as last told.
    sight: Mutex<Sight>,
    /// Assignments the person has been told of.
    pub told: notices::Told,
    /// Outbox items whose message was heard of.
    found: Mutex<Vec<i64>>,
    /// The first look after a start finds old escalations: raised as facts, rung together.
    first_look: Mutex<bool>,
}

impl Context {
    pub fn new(
        row: AccountRow,
        store: Store,
        clock: Arc<dyn Clock>,
        events: broadcast::Sender<SyncEvent>,
        policy: Arc<Policy>,
    ) -> Option<Self> {
        let server = match ServerUrl::parse(&row.server) {
            Ok(server) => server,
            Err(problem) => {
                tracing::warn!(account = %row.key, ?problem, "The stored server address cannot be used");
                return None;
            }
        };
        let client = Client::new(server.clone(), Token::new(row.token.clone()));
        let api = client.account(row.account_id);
        let (status, _) = watch::channel(AccountStatus {
            connection: Connection::Connecting,
            as_of: None,
            offline_since: None,
        });
        Some(Self {
            key: row.key,
            sight: Mutex::new(row.access.sight()),
            row,
            server,
            client,
            api,
            store,
            clock,
            policy,
            try_now: Notify::new(),
            outbox: Notify::new(),
            events,
            status,
            failures: AtomicU32::new(0),
            doubts: watch::Sender::new(None),
            order: Order::default(),
            shares_views: AtomicBool::new(false),
            told: notices::Told::default(),
            found: Mutex::default(),
            first_look: Mutex::new(true),
        })
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    pub fn conversation(&self, id: ConversationId) -> ConversationRef {
        ConversationRef::new(self.key, id)
    }

    pub fn set_sight(&self, sight: Sight) {
        *self.sight.lock().unwrap_or_else(PoisonError::into_inner) = sight;
    }

    /// Whether the person may open a conversation for certain; otherwise only the server knows.
    pub fn certainly_opens(&self, conversation: &Conversation) -> bool {
        let sight = *self.sight.lock().unwrap_or_else(PoisonError::into_inner);
        sight.certainly_opens(conversation, self.row.me)
    }

    pub fn status(&self) -> AccountStatus {
        self.status.borrow().clone()
    }

    pub fn watch_status(&self) -> watch::Receiver<AccountStatus> {
        self.status.subscribe()
    }

    /// Moves the connection and tells who listens.
    pub fn step(&self, step: Step, heard_at: Option<i64>) -> Connection {
        let now = self.now();
        let failures = self.failures.load(Ordering::Relaxed);
        let mut moved = false;
        self.status.send_if_modified(|status| {
            let before = status.clone();
            status.connection = status.connection.next(step, now, failures, jitter());
            status.as_of = heard_at.or(status.as_of);
            status.offline_since = match status.connection {
                Connection::Live => None,
                Connection::Offline { .. } | Connection::SignedOut => {
                    status.offline_since.or(heard_at).or(Some(now))
                }
                Connection::Connecting | Connection::CatchingUp => status.offline_since,
            };
            moved = *status != before;
            moved
        });
        match self.status().connection {
            Connection::Live => self.failures.store(0, Ordering::Relaxed),
            Connection::Offline { failures, .. } => self.failures.store(failures, Ordering::Relaxed),
            _ => {}
        }
        if moved {
            tracing::info!(account = %self.key, step = ?step, "Connection moved");
            self.tell(SyncEvent::Status(self.key));
            self.outbox.notify_one();
        }
        self.status().connection
    }

    /// Sets what the status shows before anything was heard.
    pub fn set_as_of(&self, as_of: Option<i64>) {
        self.status.send_modify(|status| status.as_of = as_of);
    }

    /// A request outside the connection's own failed in a way that says something about all of them.
    pub fn doubt(&self, step: Step) {
        self.doubts.send_replace(Some(step));
    }

    /// A message was heard of that this outbox item may be: look at it now.
    pub fn found(&self, item: i64) {
        self.found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(item);
        self.outbox.notify_one();
    }

    pub fn take_found(&self) -> Vec<i64> {
        std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Doubts from now on.
    pub fn watch_doubts(&self) -> watch::Receiver<Option<Step>> {
        self.doubts.subscribe()
    }

    /// Somebody may listen, or nobody: both are fine.
    pub fn tell(&self, event: SyncEvent) {
        let _ = self.events.send(event);
    }

    /// True until the first catch-up of this run is over.
    pub fn is_first_look(&self) -> bool {
        *self.first_look.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn first_look_is_over(&self) {
        *self.first_look.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }
}

/// 0 to 1, different for each process: enough to spread reconnects.
fn jitter() -> f64 {
    let bytes = uuid::Uuid::new_v4().into_bytes();
    f64::from(bytes[0]) / 255.0
}
