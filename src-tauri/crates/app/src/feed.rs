//! What happens, on its way to the host: changes of the store and of sync become batches of events, escalations become
//! rings.

use crate::core::{App, Running};
use crate::host::{Host, HostStatus, Ring};
use crate::schema::{Event, EventBatch};
use crate::{rings, settings};
use deskbell_domain::ConversationRef;
use deskbell_store::Change;
use deskbell_sync::{Connection, SyncEvent};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Changes that come together travel together.
const GATHER: Duration = Duration::from_millis(25);
/// A typing sign that is not renewed ends by itself (reference §3.4).
const TYPING_SECONDS: i64 = 30;

pub(crate) struct Feed {
    host: Arc<dyn Host>,
    screen: Arc<Mutex<Screen>>,
    typing: Arc<Mutex<HashMap<ConversationRef, (String, i64)>>>,
    status: Arc<Mutex<Option<HostStatus>>>,
}

#[derive(Default)]
struct Screen {
    ready: bool,
    held_back: Vec<Event>,
}

impl Clone for Feed {
    fn clone(&self) -> Self {
        Self {
            host: self.host.clone(),
            screen: self.screen.clone(),
            typing: self.typing.clone(),
            status: self.status.clone(),
        }
    }
}

impl Feed {
    pub fn new(host: Arc<dyn Host>) -> Self {
        Self {
            host,
            screen: Arc::default(),
            typing: Arc::default(),
            status: Arc::default(),
        }
    }

    /// Tells the screen now.
    pub fn send(&self, event: Event) {
        self.host.send(EventBatch { events: vec![event] });
    }

    /// Tells the screen, or keeps it until there is one: a clicked notification can start the program.
    pub fn send_when_ready(&self, event: Event) {
        let mut screen = lock(&self.screen);
        if screen.ready {
            drop(screen);
            self.send(event);
        } else {
            screen.held_back = vec![event];
        }
    }

    /// The screen is drawn.
    pub fn screen_is_ready(&self) {
        let mut screen = lock(&self.screen);
        screen.ready = true;
        let events = std::mem::take(&mut screen.held_back);
        drop(screen);
        if !events.is_empty() {
            self.host.send(EventBatch { events });
        }
    }

    /// Who types in this conversation, if the sign is fresh.
    pub fn typing(&self, conversation: ConversationRef, now: i64) -> Option<String> {
        let typing = lock(&self.typing);
        typing
            .get(&conversation)
            .filter(|(_, since)| now - since < TYPING_SECONDS)
            .map(|(name, _)| name.clone())
    }

    /// Follows the store and sync until the program ends.
    pub fn follow(&self, app: &App, running: &Running) {
        let (feed, followed, changes) = (self.clone(), running.clone(), running.store.changes());
        app.spawn(async move { feed.follow_store(&followed, changes).await });
        let (feed, followed, events) = (self.clone(), running.clone(), running.engine.events());
        app.spawn(async move { feed.follow_sync(&followed, events).await });
    }

    async fn follow_store(
        &self,
        running: &Running,
        mut changes: tokio::sync::broadcast::Receiver<Vec<Change>>,
    ) {
        loop {
            let mut gathered = match changes.recv().await {
                Ok(changes) => changes,
                Err(RecvError::Lagged(_)) => {
                    self.send(Event::Reload);
                    continue;
                }
                Err(RecvError::Closed) => return,
            };
            tokio::time::sleep(GATHER).await;
            while let Ok(more) = changes.try_recv() {
                gathered.extend(more);
            }
            let counts_may_differ = gathered
                .iter()
                .any(|change| matches!(change, Change::List | Change::Alerts | Change::Accounts));
            let events = events_of(&gathered);
            if !events.is_empty() {
                self.host.send(EventBatch { events });
            }
            if counts_may_differ {
                self.show_status(running).await;
            }
        }
    }

    async fn follow_sync(&self, running: &Running, mut events: tokio::sync::broadcast::Receiver<SyncEvent>) {
        let mut found_at_start: Vec<ConversationRef> = Vec::new();
        loop {
            match events.recv().await {
                Ok(SyncEvent::Rang {
                    conversations,
                    fresh: false,
                }) => found_at_start.extend(conversations),
                Ok(event) => {
                    let live = matches!(&event, SyncEvent::Status(key) if running.engine.status(*key).connection == Connection::Live);
                    self.tell(running, event).await;
                    if live && !found_at_start.is_empty() {
                        self.ring(running, &std::mem::take(&mut found_at_start)).await;
                    }
                }
                Err(RecvError::Lagged(_)) => self.send(Event::Reload),
                Err(RecvError::Closed) => return,
            }
        }
    }

    async fn tell(&self, running: &Running, event: SyncEvent) {
        match event {
            SyncEvent::Status(_) => {
                self.send(Event::Session);
                self.show_status(running).await;
            }
            SyncEvent::Rang { conversations, .. } => self.ring(running, &conversations).await,
            SyncEvent::Withdrawn(conversation) => self.host.withdraw(conversation),
            SyncEvent::Typing { conversation, name } => {
                let mut typing = lock(&self.typing);
                match &name {
                    Some(name) => drop(typing.insert(conversation, (name.clone(), self.host.now()))),
                    None => drop(typing.remove(&conversation)),
                }
                drop(typing);
                self.send(Event::Typing { conversation, name });
            }
            SyncEvent::SentAfterWaiting { count, .. } => self.send(Event::BackInStep { sent: count }),
            SyncEvent::NotSent(conversation) => self.send(Event::NotSent { conversation }),
        }
    }

    async fn ring(&self, running: &Running, conversations: &[ConversationRef]) {
        let settings = settings::load(&running.store).await.unwrap_or_default();
        let told = match rings::describe(&running.store, conversations).await {
            Ok(told) => told,
            Err(error) => return tracing::error!(%error, "A ring could not be described"),
        };
        let events: Vec<Event> = told.iter().map(rings::Told::event).collect();
        if !events.is_empty() {
            self.host.send(EventBatch { events });
        }
        let volume = settings.sound.then_some(settings.volume);
        if let Some((conversation, title, body)) = rings::words(&told, settings.names_in_notifications) {
            self.host.ring(&Ring {
                conversation,
                title,
                body,
                volume,
                fresh: true,
            });
        }
        self.show_status(running).await;
    }

    /// Tray and badge, told only when they change.
    pub async fn show_status(&self, running: &Running) {
        let Ok(accounts) = running.store.accounts().await else {
            return;
        };
        let keys: Vec<_> = accounts.iter().map(|account| account.key).collect();
        let waiting = running
            .store
            .counts(&keys)
            .await
            .map_or(0, |counts| counts.needs_person);
        let live = keys.iter().any(|key| {
            !matches!(
                running.engine.status(*key).connection,
                Connection::Offline { .. } | Connection::SignedOut
            )
        });
        let status = HostStatus {
            waiting,
            offline: !keys.is_empty() && !live,
            signed_in: !keys.is_empty(),
        };
        let mut shown = lock(&self.status);
        if *shown != Some(status) {
            *shown = Some(status);
            drop(shown);
            self.host.show_status(&status);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One event for each thing that changed, however often.
fn events_of(changes: &[Change]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut conversations: Vec<ConversationRef> = Vec::new();
    let mut push = |event: Event| {
        if !events.contains(&event) {
            events.push(event);
        }
    };
    for change in changes {
        match change {
            Change::Conversation(conversation) | Change::Outbox(conversation)
                if !conversations.contains(conversation) =>
            {
                conversations.push(*conversation);
            }
            Change::Conversation(_) | Change::Outbox(_) | Change::Alerts | Change::Notifications(_) => {}
            Change::List => push(Event::List),
            Change::Thread(conversation) => push(Event::Thread {
                conversation: *conversation,
            }),
            Change::Catalog(_) => push(Event::Catalog),
            Change::Settings | Change::Accounts => push(Event::Session),
        }
        if let Change::Outbox(conversation) = change {
            push(Event::Thread {
                conversation: *conversation,
            });
        }
    }
    if !conversations.is_empty() {
        events.insert(0, Event::Conversations { conversations });
    }
    events
}
