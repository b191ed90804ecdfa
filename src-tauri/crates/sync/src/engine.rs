//! The running sync of all accounts, as the program above uses it.

use crate::account::{self, Context};
use crate::policy::{Depth, Policy};
use crate::{
    AccountStatus, ChannelBots, Clock, Connection, ContactNotes, Decided, Found, SavedForAll, SyncEvent,
    ViewChange, ViewOutcome,
};
use deskbell_domain::{AccountKey, ContactRef, ConversationRef, InboxId};
use deskbell_store::{AccountRow, AttachmentFile, AttachmentKey, Store, StoreError};
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;
use tokio::task::JoinSet;

/// What became of asking the server for older messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadOlder {
    Loaded(u32),
    AtStart,
    Offline,
}

/// Why a file cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentProblem {
    /// It is not kept here, and the server cannot be asked now.
    NotNow,
    /// There is no such file, or not any more.
    Missing,
    /// It is opened in the browser.
    TooLarge,
}

/// The sync of all accounts. Cheap to clone; each account runs by itself, and one that fails does not hold the others.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    events: broadcast::Sender<SyncEvent>,
    policy: Arc<Policy>,
    running: Mutex<HashMap<AccountKey, Running>>,
}

struct Running {
    context: Arc<Context>,
    tasks: JoinSet<()>,
}

impl Engine {
    /// An engine without accounts.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let (events, _) = broadcast::channel(1024);
        let policy = Arc::new(Policy::default());
        let running = Mutex::new(HashMap::new());
        Self {
            inner: Arc::new(Inner {
                store,
                clock,
                events,
                policy,
                running,
            }),
        }
    }

    /// After a start: what was being sent when the program ended is unsure now. Call once, before the first account.
    ///
    /// # Errors
    /// [`StoreError`] when the durable file cannot be written.
    pub async fn recover(&self) -> Result<(), StoreError> {
        self.inner.store.recover_sending(self.inner.clock.now()).await
    }

    /// Everything that happens from now on. A slow listener is told that it missed some.
    pub fn events(&self) -> broadcast::Receiver<SyncEvent> {
        self.inner.events.subscribe()
    }

    /// Brings an account in step and keeps it so. Starting it again replaces the old run (a new token, a new address).
    /// Call inside a Tokio runtime.
    pub fn start_account(&self, row: AccountRow) {
        let inner = &self.inner;
        let Some(context) = Context::new(
            row,
            inner.store.clone(),
            inner.clock.clone(),
            inner.events.clone(),
            inner.policy.clone(),
        ) else {
            return;
        };
        let context = Arc::new(context);
        let mut tasks = JoinSet::new();
        tasks.spawn(account::supervise(context.clone()));
        tasks.spawn(crate::outbox::driver::run(context.clone()));
        self.running().insert(context.key, Running { context, tasks });
    }

    /// Stops an account. Its unsent changes stay where they are.
    pub async fn stop_account(&self, key: AccountKey) {
        let stopped = self.running().remove(&key);
        if let Some(mut stopped) = stopped {
            stopped.tasks.shutdown().await;
        }
    }

    /// Stops all accounts.
    pub async fn stop(&self) {
        let keys: Vec<AccountKey> = self.running().keys().copied().collect();
        for key in keys {
            self.stop_account(key).await;
        }
    }

    /// How far an account is in step; one that does not run is connecting.
    pub fn status(&self, key: AccountKey) -> AccountStatus {
        match self.context(key) {
            Some(context) => context.status(),
            None => AccountStatus {
                connection: Connection::Connecting,
                as_of: None,
                offline_since: None,
            },
        }
    }

    /// Tries the connections of all accounts that are offline now.
    pub fn try_now(&self) {
        for running in self.running().values() {
            running.context.try_now.notify_one();
        }
    }

    /// Something was put into the outbox of this account.
    pub fn wake_outbox(&self, key: AccountKey) {
        if let Some(context) = self.context(key) {
            context.outbox.notify_one();
        }
    }

    /// Decides the alert of a conversation anew, because something was pressed here.
    pub async fn review_alert(&self, conversation: ConversationRef) {
        let Some(context) = self.context(conversation.account) else {
            return;
        };
        if let Err(error) = crate::alerts::review(&context, vec![conversation]).await {
            tracing::warn!(%error, "An alert could not be reviewed");
        }
    }

    /// Whether a new conversation of an inbox without AI rings.
    pub fn set_ring_without_ai(&self, ring: bool) {
        self.inner.policy.ring_without_ai.store(ring, Ordering::Relaxed);
    }

    /// How far the offline copy may reach back from now on.
    pub fn set_depth(&self, depth: Depth) {
        self.inner.policy.set_depth(depth);
    }

    /// A person did something just now: what is not for them waits.
    pub fn person_acts(&self) {
        self.inner.policy.person_acts();
    }

    /// Somebody looks at this conversation: reads its newest messages again in the background, because status changes
    /// and deletions of old messages are told nowhere else (reference §4.3).
    pub fn refresh_thread(&self, conversation: ConversationRef) {
        let context = self.context(conversation.account);
        if let Some(context) = context.filter(|context| context.status().is_online()) {
            tokio::spawn(async move { account::refresh_thread(&context, conversation.id).await });
        }
    }

    /// Looks for a conversation that is not kept here.
    ///
    /// # Errors
    /// [`StoreError`] when the files cannot be read or written.
    pub async fn look_for(&self, conversation: ConversationRef) -> Result<Found, StoreError> {
        let Some(context) = self.context(conversation.account) else {
            return Ok(Found::Unknown);
        };
        match account::look_for(&context, conversation.id).await {
            Ok(found) => Ok(found),
            Err(account::Failure::Store(error)) => Err(error),
            Err(account::Failure::Wire(_)) => Ok(Found::Unknown),
        }
    }

    /// Fetches one page of messages before the oldest one kept here.
    pub async fn load_older(&self, conversation: ConversationRef) -> LoadOlder {
        match self.context(conversation.account) {
            Some(context) => account::load_older(&context, conversation.id).await,
            None => LoadOlder::Offline,
        }
    }

    /// A file of a message: the copy kept here, or else from the server.
    ///
    /// # Errors
    /// [`AttachmentProblem`], by what can be said about it.
    pub async fn attachment(&self, key: AttachmentKey) -> Result<AttachmentFile, AttachmentProblem> {
        let context = self.context(key.conversation.account);
        account::attachment(&*context.ok_or(AttachmentProblem::NotNow)?, key).await
    }

    /// A picture that a mail of this account names, asked for by the person who reads it; kept nowhere. `None`: there is
    /// none, it is too large, or it cannot be asked for now.
    pub async fn mail_picture(
        &self,
        account: AccountKey,
        address: &str,
        most_bytes: usize,
    ) -> Option<AttachmentFile> {
        let context = self.context(account)?;
        match context.client.picture(address, most_bytes).await {
            Ok(told) => Some(AttachmentFile {
                content_type: told.content_type,
                bytes: told.bytes,
            }),
            Err(error) => {
                tracing::debug!(%error, "A picture of a mail was not loaded");
                None
            }
        }
    }

    /// The notes about a customer: the server's, or those kept here while it cannot be asked.
    ///
    /// # Errors
    /// [`StoreError`] when the files cannot be read or written.
    pub async fn contact_notes(&self, contact: ContactRef) -> Result<ContactNotes, StoreError> {
        match self.context(contact.account) {
            Some(context) if context.status().is_online() => account::contact_notes(&context, contact).await,
            _ => Ok(ContactNotes {
                notes: self.inner.store.contact_notes(contact).await?,
                is_current: false,
            }),
        }
    }

    /// Whether the server keeps views for everybody of the account.
    pub fn shares_views(&self, key: AccountKey) -> bool {
        self.context(key)
            .is_some_and(|context| context.shares_views.load(Ordering::Relaxed))
    }

    /// Changes a saved view on the server, and reads all of them again.
    ///
    /// # Errors
    /// [`StoreError`] when the files cannot be read or written.
    pub async fn change_view(&self, key: AccountKey, change: &ViewChange) -> Result<ViewOutcome, StoreError> {
        match self.context(key) {
            Some(context) if context.status().is_online() => account::change_view(&context, change).await,
            _ => Ok(ViewOutcome::Offline),
        }
    }

    /// Approves or declines what the assistant proposes in a conversation; what came of it arrives with the conversation.
    pub async fn decide_action(&self, conversation: ConversationRef, action: i64, approve: bool) -> Decided {
        let Some(context) = self.context(conversation.account) else {
            return Decided::NotNow;
        };
        context
            .api
            .decide_action(conversation.id, action, approve)
            .await
            .into()
    }

    /// Writes a template for everybody of the account, new or in place of `id`.
    pub async fn save_template(
        &self,
        account: AccountKey,
        id: Option<i64>,
        short_code: &str,
        content: &str,
    ) -> SavedForAll {
        match self.context(account) {
            Some(context) => account::save_template(&context, id, short_code, content)
                .await
                .into(),
            None => SavedForAll::NotNow,
        }
    }

    /// Takes a template away for everybody of the account.
    pub async fn delete_template(&self, account: AccountKey, id: i64) -> SavedForAll {
        match self.context(account) {
            Some(context) => account::delete_template(&context, id).await.into(),
            None => SavedForAll::NotNow,
        }
    }

    /// Which AI answers in which channel; `None` = it cannot be asked now.
    pub async fn channel_bots(&self, account: AccountKey) -> Option<ChannelBots> {
        let context = self.context(account)?;
        match account::channel_bots(&context).await {
            Ok(bots) => Some(bots),
            Err(error) => {
                tracing::info!(%error, "The bots of the channels could not be read");
                None
            }
        }
    }

    /// Lets a bot answer first in a channel, or nobody but people.
    pub async fn set_bot(&self, account: AccountKey, inbox: InboxId, bot: Option<i64>) -> SavedForAll {
        match self.context(account) {
            Some(context) => account::set_bot(&context, inbox, bot).await.into(),
            None => SavedForAll::NotNow,
        }
    }

    /// Tells colleagues that the person here looks at a conversation, or no longer. To be said again while they stay.
    pub fn look(&self, conversation: ConversationRef, on: bool) {
        if let Some(context) = self.context(conversation.account) {
            tokio::spawn(async move { account::look(&context, conversation.id, on).await });
        }
    }

    /// Tells guest and colleagues that somebody types. Lost without harm.
    pub fn typing(&self, conversation: ConversationRef, on: bool) {
        let context = self.context(conversation.account);
        if let Some(context) = context.filter(|context| context.status().is_online()) {
            tokio::spawn(async move { account::type_in(&context, conversation.id, on).await });
        }
    }

    fn context(&self, key: AccountKey) -> Option<Arc<Context>> {
        self.running().get(&key).map(|running| running.context.clone())
    }

    fn running(&self) -> MutexGuard<'_, HashMap<AccountKey, Running>> {
        self.inner.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
