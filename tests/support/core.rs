//! The whole core without a window: the same calls and events the screen uses, with a host that remembers.

use crate::desk::{Desk, Login};
use deskbell_app::schema::{CommandError, EventBatch, Mutate, Query, Trigger};
use deskbell_app::{App, AppOptions, AttachmentFile, AttachmentProblem, Host, HostStatus, Reminder, Ring};
use deskbell_domain::ConversationRef;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Used where the computer has no keyring.
pub const PASSPHRASE: &str = "correct horse battery";
const PATIENCE: Duration = Duration::from_secs(180);

/// What the host was asked to do, in order.
#[derive(Default)]
struct Remembered {
    rings: Vec<Ring>,
    reminders: Vec<Reminder>,
    notices: Vec<Ring>,
    withdrawn: Vec<ConversationRef>,
    status: HostStatus,
    events: Vec<Value>,
}

#[derive(Default)]
struct RememberingHost {
    remembered: Mutex<Remembered>,
    happened: Notify,
    /// Seconds its clock is ahead of the computer's.
    ahead: AtomicI64,
}

impl RememberingHost {
    fn remember(&self, change: impl FnOnce(&mut Remembered)) {
        change(&mut self.remembered.lock().unwrap_or_else(PoisonError::into_inner));
        self.happened.notify_waiters();
    }
}

impl Host for RememberingHost {
    fn now(&self) -> i64 {
        let elapsed = std::time::UNIX_EPOCH.elapsed().expect("the clock is after 1970");
        let now = i64::try_from(elapsed.as_secs()).expect("the clock is before the year 292277026596");
        now + self.ahead.load(Ordering::Relaxed)
    }

    fn send(&self, batch: EventBatch) {
        let events = serde_json::to_value(batch.events).expect("events are plain data");
        self.remember(|remembered| {
            remembered
                .events
                .extend(events.as_array().cloned().unwrap_or_default())
        });
    }

    fn ring(&self, ring: &Ring) {
        self.remember(|remembered| remembered.rings.push(ring.clone()));
    }

    fn remind(&self, reminder: &Reminder) {
        self.remember(|remembered| remembered.reminders.push(reminder.clone()));
    }

    fn notice(&self, notice: &Ring) {
        self.remember(|remembered| remembered.notices.push(notice.clone()));
    }

    fn withdraw(&self, conversation: ConversationRef) {
        self.remember(|remembered| remembered.withdrawn.push(conversation));
    }

    fn show_status(&self, status: &HostStatus) {
        self.remember(|remembered| remembered.status = *status);
    }

    fn open_link(&self, _url: &str) {}

    fn quit(&self) {}
}

/// A running core with its own folder.
pub struct Core {
    app: App,
    host: Arc<RememberingHost>,
}

impl Core {
    /// Starts on `dir` and waits until its files are open.
    pub async fn start(dir: &Path) -> Self {
        let host = Arc::new(RememberingHost::default());
        let options = AppOptions {
            data_dir: dir.to_owned(),
            desk_binary: Some(crate::places::program("deskbell-desk")),
        };
        let core = Self {
            app: App::start(host.clone(), options),
            host,
        };
        let phase = core
            .until("its files to open", async || {
                let phase = core.query("session", Value::Null).await["phase"].clone();
                (phase["phase"] != "starting").then_some(phase)
            })
            .await;
        if phase["phase"] == "needs_passphrase" {
            let unlocked = core.mutate("unlock", json!({ "passphrase": PASSPHRASE })).await;
            assert_eq!(unlocked["outcome"], "unlocked", "the passphrase opens the files");
        }
        core
    }

    /// Starts on `dir`, signs in with `login`, and waits until every property is in step.
    pub async fn signed_in(desk: &Desk, login: &Login, dir: &Path) -> Self {
        let core = Self::start(dir).await;
        let outcome = core.sign_in(desk.url(), &login.email, &login.password).await;
        assert_eq!(outcome["outcome"], "signed_in", "{outcome}");
        core.until_live().await;
        core
    }

    /// Signs in with e-mail and password, and returns the outcome.
    pub async fn sign_in(&self, server: &str, email: &str, password: &str) -> Value {
        let credentials = json!({ "by": "password", "email": email, "password": password });
        self.mutate(
            "sign_in",
            json!({ "server": server, "credentials": credentials, "stay": true }),
        )
        .await
    }

    /// Waits until every property is in step.
    pub async fn until_live(&self) {
        self.until("every property to be in step", async || {
            self.is_live().await.then_some(())
        })
        .await;
    }

    /// Whether every property is in step.
    pub async fn is_live(&self) -> bool {
        let session = self.query("session", Value::Null).await;
        let accounts = session["accounts"].as_array().cloned().unwrap_or_default();
        let live = |account: &Value| account["connection"]["state"] == "live";
        !accounts.is_empty() && accounts.iter().all(live)
    }

    /// Waits until no property is in step.
    pub async fn until_offline(&self) {
        self.until("every property to be offline", async || {
            let session = self.query("session", Value::Null).await;
            let accounts = session["accounts"].as_array()?.clone();
            accounts
                .iter()
                .all(|account| account["connection"]["state"] == "offline")
                .then_some(())
        })
        .await;
    }

    /// Asks, and fails the test if it cannot be answered.
    pub async fn query(&self, name: &str, request: Value) -> Value {
        self.try_query(name, request)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Asks.
    pub async fn try_query(&self, name: &str, request: Value) -> Result<Value, CommandError> {
        let query: Query = call(name, request);
        self.app.query(query).await
    }

    /// Changes, and fails the test if it cannot be carried out.
    pub async fn mutate(&self, name: &str, request: Value) -> Value {
        let mutate: Mutate = call(name, request);
        self.app
            .mutate(mutate)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Changes.
    pub async fn try_mutate(&self, name: &str, request: Value) -> Result<Value, CommandError> {
        let mutate: Mutate = call(name, request);
        self.app.mutate(mutate).await
    }

    /// Does something outside the inbox.
    pub fn trigger(&self, name: &str, request: Value) {
        let trigger: Trigger = call(name, request);
        self.app.trigger(trigger);
    }

    /// A file of a message, by its path in the screen's own scheme.
    ///
    /// # Errors
    /// Why it cannot be shown.
    pub async fn file(&self, path: &str) -> Result<AttachmentFile, AttachmentProblem> {
        self.app.attachment(path).await
    }

    /// Ends it in order.
    pub async fn stop(self) {
        self.app.shutdown().await;
    }

    /// Notifications so far.
    pub fn rings(&self) -> Vec<Ring> {
        self.remembered(|remembered| remembered.rings.clone())
    }

    /// Silent notifications so far.
    pub fn reminders(&self) -> Vec<Reminder> {
        self.remembered(|remembered| remembered.reminders.clone())
    }

    /// Lets so many seconds pass on this computer, and looks for what fell quiet, as happens every minute.
    pub async fn pass(&self, seconds: i64) {
        self.host.ahead.fetch_add(seconds, Ordering::Relaxed);
        self.app.look_for_left().await;
    }

    /// As the window says when it is closed to the tray.
    pub fn close_window(&self) {
        self.app.window_closed();
    }

    /// Notifications of what is worth a look, so far.
    pub fn notices(&self) -> Vec<Ring> {
        self.remembered(|remembered| remembered.notices.clone())
    }

    /// Notifications taken down so far.
    pub fn withdrawn(&self) -> Vec<ConversationRef> {
        self.remembered(|remembered| remembered.withdrawn.clone())
    }

    /// What tray and badge show.
    pub fn status(&self) -> HostStatus {
        self.remembered(|remembered| remembered.status)
    }

    /// Events told to the screen so far.
    pub fn events(&self) -> Vec<Value> {
        self.remembered(|remembered| remembered.events.clone())
    }

    /// Asks again whenever something happened, until `ask` finds something.
    pub async fn until<T>(&self, what: &str, ask: impl AsyncFnMut() -> Option<T>) -> T {
        tokio::time::timeout(PATIENCE, self.next(ask))
            .await
            .unwrap_or_else(|_| panic!("waited too long for {what}"))
    }

    /// As [`Core::until`], however long it takes.
    pub async fn next<T>(&self, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
        loop {
            let happened = self.host.happened.notified();
            if let Some(found) = ask().await {
                return found;
            }
            // Not everything is told by an event; what is comes at once.
            let _ = tokio::time::timeout(Duration::from_millis(100), happened).await;
        }
    }

    /// The row of a conversation in a view, if it is among the first hundred.
    pub async fn row(&self, view: &str, conversation: ConversationRef) -> Option<Value> {
        let request =
            json!({ "view": view, "account": conversation.account, "filter": {}, "offset": 0, "limit": 100 });
        let window = self.query("window", request).await;
        let rows = window["rows"].as_array().cloned().unwrap_or_default();
        rows.into_iter().find(|row| row["id"] == conversation.id.0)
    }

    /// A conversation's newest messages and what is pending.
    pub async fn timeline(&self, conversation: ConversationRef) -> Value {
        self.query(
            "timeline",
            json!({ "conversation": conversation, "part": { "part": "newest" }, "limit": 100 }),
        )
        .await
    }

    /// The key of the property with this number on its server.
    pub async fn account(&self, name: &str) -> deskbell_domain::AccountKey {
        let session = self.query("session", Value::Null).await;
        let accounts = session["accounts"].as_array().cloned().unwrap_or_default();
        let found = accounts.iter().find(|account| account["name"] == name);
        let key = found.and_then(|account| account["key"].as_i64());
        deskbell_domain::AccountKey(key.unwrap_or_else(|| panic!("{name} is not among {accounts:?}")))
    }

    fn remembered<T>(&self, look: impl FnOnce(&Remembered) -> T) -> T {
        look(
            &self
                .host
                .remembered
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

fn call<T: serde::de::DeserializeOwned>(name: &str, request: Value) -> T {
    let call = json!({ "name": name, "request": request });
    serde_json::from_value(call).unwrap_or_else(|error| panic!("{name} is not called like that: {error}"))
}
