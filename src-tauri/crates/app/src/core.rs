//! The running program behind a host: it starts, unlocks its files, keeps its accounts in step, and ends in order.

use crate::built_in::BuiltInDesk;
use crate::day::Day;
use crate::feed::Feed;
use crate::host::Host;
use crate::lock::{self, Lock};
use crate::schema::{
    BlockReason, CommandError, ErrorCode, Event, Mutate, Query, SessionPhase, SignInProblem, Trigger,
};
use crate::settings;
use crate::{handle, schema};
use deskbell_domain::ConversationRef;
use deskbell_store::{KeyState, Store, StoreError};
use deskbell_sync::{Clock, Engine};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::RwLock;
use tokio::task::JoinSet;

/// Where things are on this computer.
#[derive(Clone, Debug)]
pub struct AppOptions {
    /// The profile: encrypted files, logs, the built-in desk's own folder.
    pub data_dir: PathBuf,
    /// The built-in desk's program; `None` = this installation has none.
    pub desk_binary: Option<PathBuf>,
}

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    host: Arc<dyn Host>,
    options: AppOptions,
    feed: Feed,
    lock: Lock,
    day: Day,
    state: RwLock<State>,
    tasks: Mutex<JoinSet<()>>,
}

enum State {
    Starting,
    NeedsPassphrase { first: bool },
    Blocked { reason: BlockReason },
    Running(Running),
}

/// What runs once the files are open. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Running {
    pub store: Store,
    pub engine: Engine,
    pub desk: Arc<tokio::sync::Mutex<Option<BuiltInDesk>>>,
    /// Why somebody was signed out without asking.
    pub signed_out: Arc<Mutex<Option<SignInProblem>>>,
}

/// Sync takes its time from the host.
struct HostClock(Arc<dyn Host>);

impl Clock for HostClock {
    fn now(&self) -> i64 {
        self.0.now()
    }
}

impl App {
    /// Starts in the background and returns at once: the screen asks `session` and listens for its event. Call inside
    /// a Tokio runtime.
    pub fn start(host: Arc<dyn Host>, options: AppOptions) -> Self {
        let feed = Feed::new(host.clone());
        let inner = Inner {
            host,
            options,
            feed,
            lock: Lock::default(),
            day: Day::default(),
            state: RwLock::new(State::Starting),
            tasks: Mutex::new(JoinSet::new()),
        };
        let app = Self {
            inner: Arc::new(inner),
        };
        let booting = app.clone();
        app.spawn(async move { booting.boot().await });
        app
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`CommandError`], whose code says what the screen can do.
    pub async fn query(&self, query: Query) -> Result<Value, CommandError> {
        handle::query(self, query).await
    }

    /// Carries out a change, or says durably that it will be.
    ///
    /// # Errors
    /// As [`App::query`].
    pub async fn mutate(&self, mutate: Mutate) -> Result<Value, CommandError> {
        handle::mutate(self, mutate).await
    }

    /// Does something outside the inbox.
    pub fn trigger(&self, trigger: Trigger) {
        let app = self.clone();
        self.spawn(async move { handle::trigger(&app, trigger).await });
    }

    /// The host asks to show a conversation (a notification was clicked): held back until the screen is ready.
    pub fn open_from_outside(&self, conversation: ConversationRef) {
        self.inner.feed.send_when_ready(Event::Open { conversation });
    }

    /// Looks for conversations that fell quiet with the person here, and whether nobody is there any more, as happens every
    /// minute: for a computer that slept.
    pub async fn look_for_left(&self) {
        if let Ok(running) = self.running().await {
            lock::when_idle(self, &running).await;
            self.feed().look_for_left(&running).await;
        }
    }

    /// The window was closed and the program goes on: what is left with a person is said once more.
    pub fn window_closed(&self) {
        let app = self.clone();
        self.spawn(async move {
            if let Ok(running) = app.running().await {
                app.feed().remind_at_the_end(&running).await;
            }
        });
    }

    /// Stops everything in order: children end, files close. Call before the program ends.
    pub async fn shutdown(&self) {
        let state = std::mem::replace(&mut *self.inner.state.write().await, State::Starting);
        if let State::Running(running) = state {
            running.engine.stop().await;
            running.desk.lock().await.take();
            running.store.close().await;
        }
        let mut tasks = std::mem::take(&mut *self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.shutdown().await;
    }

    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        &self.inner.host
    }

    pub(crate) fn options(&self) -> &AppOptions {
        &self.inner.options
    }

    pub(crate) fn feed(&self) -> &Feed {
        &self.inner.feed
    }

    pub(crate) fn lock(&self) -> &Lock {
        &self.inner.lock
    }

    pub(crate) fn day(&self) -> &Day {
        &self.inner.day
    }

    pub(crate) fn now(&self) -> i64 {
        self.inner.host.now()
    }

    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.inner
            .tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .spawn(task);
    }

    /// What runs, or why nothing does.
    pub(crate) async fn running(&self) -> Result<Running, CommandError> {
        match &*self.inner.state.read().await {
            State::Running(running) => Ok(running.clone()),
            _ => Err(CommandError {
                code: ErrorCode::NotReady,
                message: "The files are not open yet".into(),
                retryable: true,
            }),
        }
    }

    /// A person did something: work that is not for them waits.
    pub(crate) async fn person_acts(&self) {
        if let State::Running(running) = &*self.inner.state.read().await {
            running.engine.person_acts();
        }
    }

    /// The phase before anything runs; `None` = it runs.
    pub(crate) async fn phase_before_running(&self) -> Option<SessionPhase> {
        match &*self.inner.state.read().await {
            State::Starting => Some(SessionPhase::Starting),
            State::NeedsPassphrase { first } => Some(SessionPhase::NeedsPassphrase { first: *first }),
            State::Blocked { reason } => Some(SessionPhase::Blocked { reason: *reason }),
            State::Running(_) => None,
        }
    }

    async fn boot(&self) {
        let dir = self.inner.options.data_dir.clone();
        let opened = tokio::task::spawn_blocking(move || match deskbell_store::open_key(&dir)? {
            KeyState::Ready(key) => Store::open(&dir, &key).map(Ok),
            KeyState::NeedsPassphrase { first } => Ok(Err(first)),
        });
        match opened.await {
            Ok(Ok(Ok(store))) => self.run(store).await,
            Ok(Ok(Err(first))) => self.enter(State::NeedsPassphrase { first }).await,
            Ok(Err(error)) => {
                tracing::error!(%error, "The files cannot be used");
                self.enter(State::Blocked {
                    reason: BlockReason::of(&error),
                })
                .await;
            }
            Err(error) => {
                tracing::error!(%error, "Opening the files failed");
                self.enter(State::Blocked {
                    reason: BlockReason::Failed,
                })
                .await;
            }
        }
    }

    /// Goes on from the lock page.
    pub(crate) async fn unlock(&self, passphrase: String) -> Result<schema::UnlockOutcome, CommandError> {
        let dir = self.inner.options.data_dir.clone();
        let opened = tokio::task::spawn_blocking(move || {
            let key = deskbell_store::unlock(&dir, &passphrase)?;
            Store::open(&dir, &key)
        });
        match opened.await.map_err(|error| failed(&error))? {
            Ok(store) => {
                self.run(store).await;
                Ok(schema::UnlockOutcome::Unlocked)
            }
            Err(StoreError::WrongPassphrase) => Ok(schema::UnlockOutcome::Wrong),
            Err(StoreError::PassphraseTooShort) => Ok(schema::UnlockOutcome::TooShort),
            Err(error) => Err(error.into()),
        }
    }

    async fn run(&self, store: Store) {
        let engine = Engine::new(store.clone(), Arc::new(HostClock(self.inner.host.clone())));
        let running = Running {
            store,
            engine,
            desk: Arc::new(tokio::sync::Mutex::new(None)),
            signed_out: Arc::new(Mutex::new(None)),
        };
        settings::tell_engine(&running).await;
        lock::load(self, &running.store).await;
        self.inner.feed.remember_language(&running.store).await;
        self.inner.feed.follow(self, &running);
        self.enter(State::Running(running.clone())).await;
        crate::session::resume(self, &running).await;
        self.inner.feed.send(Event::Session);
    }

    async fn enter(&self, state: State) {
        *self.inner.state.write().await = state;
        self.inner.feed.send(Event::Session);
    }
}

impl BlockReason {
    fn of(error: &StoreError) -> Self {
        match error {
            StoreError::InUse => Self::InUse,
            StoreError::NewerFile { .. } => Self::NewerFiles,
            StoreError::Disk => Self::Disk,
            StoreError::KeyringMissing => Self::KeyringMissing,
            StoreError::KeyMissing => Self::KeyMissing,
            StoreError::WrongKey { .. } | StoreError::Damaged { .. } | StoreError::WrongPassphrase => {
                Self::Damaged
            }
            StoreError::PassphraseTooShort | StoreError::Closed | StoreError::Failed { .. } => Self::Failed,
        }
    }
}

/// A fault that the screen can only report.
pub(crate) fn failed(error: &dyn std::fmt::Display) -> CommandError {
    CommandError {
        code: ErrorCode::Failed,
        message: error.to_string(),
        retryable: false,
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = if matches!(error, StoreError::Disk) {
            ErrorCode::Disk
        } else {
            ErrorCode::Failed
        };
        CommandError {
            code,
            message: error.to_string(),
            retryable: error.is_transient(),
        }
    }
}
