//! What happens, on its way to the host: changes of the store and of sync become batches of events, escalations become
//! rings.

use crate::core::{App, Running};
use crate::host::{Host, HostStatus, Ring, Trial};
use crate::left::{self, Left};
use crate::schema::{CompanyView, Event, EventBatch, Language, SettingsView};
use crate::signs::Signs;
use crate::{rings, settings, words};
use deskbell_domain::ConversationRef;
use deskbell_store::{Change, Store};
use deskbell_sync::{Connection, Notice, SyncEvent};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// Changes that come together travel together.
const GATHER: Duration = Duration::from_millis(25);
/// How often is looked for what fell quiet.
const LOOK: Duration = Duration::from_secs(60);

pub(crate) struct Feed {
    host: Arc<dyn Host>,
    screen: Arc<Mutex<Screen>>,
    signs: Signs,
    /// Nothing that happened is told to the screen.
    locked: Arc<AtomicBool>,
    status: Arc<Mutex<Option<HostStatus>>>,
    left: Arc<tokio::sync::Mutex<Left>>,
    /// `None` = the screen has not said yet.
    language: Arc<Mutex<Option<Language>>>,
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
            signs: self.signs.clone(),
            locked: self.locked.clone(),
            status: self.status.clone(),
            left: self.left.clone(),
            language: self.language.clone(),
        }
    }
}

impl Feed {
    pub fn new(host: Arc<dyn Host>) -> Self {
        Self {
            host,
            screen: Arc::default(),
            signs: Signs::default(),
            locked: Arc::default(),
            status: Arc::default(),
            left: Arc::default(),
            language: Arc::default(),
        }
    }

    /// Tells the screen now.
    pub fn send(&self, event: Event) {
        self.tell_screen(vec![event]);
    }

    /// While it is locked the screen learns only that the session is to be asked for: events may name guests.
    fn tell_screen(&self, mut events: Vec<Event>) {
        if self.is_locked() {
            events.retain(|event| *event == Event::Session);
        }
        if !events.is_empty() {
            self.host.send(EventBatch { events });
        }
    }

    pub fn set_locked(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
    }

    fn is_locked(&self) -> bool {
        self.locked.load(Ordering::SeqCst)
    }

    /// Tells the screen, or keeps it until there is one: a clicked notification can start the program.
    pub fn send_when_ready(&self, event: Event) {
        let mut screen = lock(&self.screen);
        if screen.ready && !self.is_locked() {
            drop(screen);
            self.send(event);
        } else {
            screen.held_back = vec![event];
        }
    }

    /// The screen is drawn.
    pub fn screen_is_ready(&self) {
        lock(&self.screen).ready = true;
        self.send_held_back();
    }

    /// What waited for the screen, or for the PIN.
    pub fn send_held_back(&self) {
        let mut screen = lock(&self.screen);
        if screen.ready && !self.is_locked() {
            let events = std::mem::take(&mut screen.held_back);
            drop(screen);
            self.tell_screen(events);
        }
    }

    /// Tray and notices speak as the screen does, and go on so after a restart.
    pub async fn speak(&self, language: Language, running: Option<&Running>) {
        let before = lock(&self.language).replace(language);
        if let Some(running) = running
            && before != Some(language)
        {
            settings::keep_language(&running.store, language).await;
            self.show_status(running).await;
        }
    }

    /// The files are open: what the screen said before that is kept, and what was kept speaks where it said nothing.
    pub async fn remember_language(&self, store: &Store) {
        let said = *lock(&self.language);
        match said {
            Some(language) => settings::keep_language(store, language).await,
            None => {
                let kept = settings::language(store).await;
                *lock(&self.language) = kept;
            }
        }
    }

    /// What notifications and the tray are written in.
    pub fn language(&self) -> Language {
        lock(&self.language).unwrap_or_default()
    }

    /// Who else is in this conversation now.
    pub fn company(&self, conversation: ConversationRef) -> CompanyView {
        self.signs.company(conversation, self.host.now())
    }

    /// Follows the store and sync until the program ends.
    pub fn follow(&self, app: &App, running: &Running) {
        let (feed, followed, changes) = (self.clone(), running.clone(), running.store.changes());
        app.spawn(async move { feed.follow_store(&followed, changes).await });
        let (feed, followed, events) = (self.clone(), running.clone(), running.engine.events());
        app.spawn(async move { feed.follow_sync(&followed, events).await });
        let (feed, followed, locking) = (self.clone(), running.clone(), app.clone());
        app.spawn(async move {
            let mut ticks = tokio::time::interval(LOOK);
            loop {
                ticks.tick().await;
                crate::lock::when_idle(&locking, &followed).await;
                feed.look_for_left(&followed).await;
            }
        });
    }

    /// What fell quiet with the person here is reminded of; while nothing is in step nothing is known of it.
    pub async fn look_for_left(&self, running: &Running) {
        if !self.is_in_step(running).await {
            return;
        }
        let mut left = self.left.lock().await;
        if let Some(reminder) = left.look(running, self.host.now(), self.language()).await {
            self.host.remind(&reminder);
        }
    }

    async fn is_in_step(&self, running: &Running) -> bool {
        let accounts = running.store.accounts().await.unwrap_or_default();
        accounts
            .iter()
            .any(|account| running.engine.status(account.key).connection == Connection::Live)
    }

    /// The window is closed, the guests stay: says what is still with the person here.
    pub async fn remind_at_the_end(&self, running: &Running) {
        if let Some(reminder) = left::at_the_end(running, self.host.now(), self.language()).await {
            self.host.remind(&reminder);
        }
    }

    async fn follow_store(
        &self,
        running: &Running,
        mut changes: tokio::sync::broadcast::Receiver<Vec<Change>>,
    ) {
        loop {
            let (mut gathered, mut missed) = match changes.recv().await {
                Ok(changes) => (changes, false),
                Err(RecvError::Lagged(_)) => (Vec::new(), true),
                Err(RecvError::Closed) => return,
            };
            tokio::time::sleep(GATHER).await;
            loop {
                match changes.try_recv() {
                    Ok(more) => gathered.extend(more),
                    Err(TryRecvError::Lagged(_)) => missed = true,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
            if missed {
                self.send(Event::Reload);
            }
            let counts_may_differ = missed
                || gathered
                    .iter()
                    .any(|change| matches!(change, Change::List | Change::Alerts | Change::Accounts));
            self.tell_screen(events_of(&gathered));
            if counts_may_differ {
                self.show_status(running).await;
            }
        }
    }

    async fn follow_sync(&self, running: &Running, mut events: tokio::sync::broadcast::Receiver<SyncEvent>) {
        let mut found_at_start: Vec<ConversationRef> = Vec::new();
        loop {
            let event = tokio::select! {
                event = events.recv() => event,
                () = self.signs.end(self.host.now()) => {
                    for event in self.signs.forget_old(self.host.now()) {
                        self.send(event);
                    }
                    continue;
                }
            };
            match event {
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
            SyncEvent::Noticed { conversation, notice } => self.notice(running, conversation, notice).await,
            SyncEvent::Sign { .. } | SyncEvent::Lookers { .. } => {
                if let Some(event) = self.signs.take(&event, self.host.now()) {
                    self.send(event);
                }
            }
            SyncEvent::SentAfterWaiting { count, .. } => self.send(Event::BackInStep { sent: count }),
            SyncEvent::NotSent {
                conversation,
                message,
            } => self.send(Event::NotSent {
                conversation,
                message,
            }),
        }
    }

    /// Whether notifications may name guests now.
    fn names(&self, settings: &SettingsView) -> bool {
        settings.names_in_notifications && !self.is_locked()
    }

    async fn ring(&self, running: &Running, conversations: &[ConversationRef]) {
        let settings = settings::load(&running.store).await.unwrap_or_default();
        let told = match rings::describe(&running.store, conversations).await {
            Ok(told) => told,
            Err(error) => return tracing::error!(%error, "A ring could not be described"),
        };
        self.tell_screen(told.iter().map(rings::Told::event).collect());
        let volume = settings.sound.then_some(settings.volume);
        if let Some((conversation, title, body)) = rings::words(&told, self.names(&settings), self.language())
        {
            self.host.ring(&Ring {
                conversation,
                title,
                body,
                volume,
                language: self.language(),
                fresh: true,
            });
        }
        self.show_status(running).await;
    }

    /// What a ring is like, with the sound that is chosen.
    pub async fn try_bell(&self, running: &Running) {
        let settings = settings::load(&running.store).await.unwrap_or_default();
        let (title, body) = words::trial(self.language());
        self.host.try_bell(&Trial {
            title,
            body,
            language: self.language(),
            volume: settings.sound.then_some(settings.volume),
        });
    }

    async fn notice(&self, running: &Running, conversation: ConversationRef, kind: Notice) {
        let settings = settings::load(&running.store).await.unwrap_or_default();
        let told = match rings::describe(&running.store, &[conversation]).await {
            Ok(told) => told,
            Err(error) => return tracing::error!(%error, "A notice could not be described"),
        };
        let Some(told) = told.first() else { return };
        let (title, body) = rings::notice_words(told, kind, self.names(&settings), self.language());
        self.host.notice(&Ring {
            conversation,
            title,
            body,
            volume: None,
            language: self.language(),
            fresh: true,
        });
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
            language: self.language(),
        };
        let mut shown = lock(&self.status);
        if *shown != Some(status) {
            *shown = Some(status);
            drop(shown);
            self.host.show_status(&status);
            if self.is_locked() {
                self.send(Event::Session);
            }
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
