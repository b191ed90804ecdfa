//! The running desk as everything inside it sees it: data, clock, live connections. Cheap to clone.
//!
//! Whoever changes anything does it in one [`Desk::act`]: one IMMEDIATE transaction, and the events of all it did are
//! published after the commit, never before and never without it.

use crate::cable::events::{self, Event, Happening};
use crate::cable::hub::Hub;
use crate::cable::lookers::Lookers;
use crate::cable::presence::Presence;
use crate::clock::Clock;
use crate::db::Lanes;
use crate::error::{ApiError, DeskError};
use crate::faults::Faults;
use crate::hooks::{self, Delivery};
use crate::service::uploads;
use crate::throttle::Throttle;
use rand::RngExt;
use rusqlite::{Connection, TransactionBehavior};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person of the account.
    User(i64),
    /// An agent bot.
    Bot(i64),
    /// A guest.
    Contact(i64),
    /// Nobody: timers and set-up.
    System,
}

/// A guest's message that was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub account_id: i64,
    /// Database id.
    pub conversation_id: i64,
    pub message_id: i64,
}

/// A language model the assistant may use.
#[derive(Clone, Debug)]
pub struct Llm {
    /// Base address of an OpenAI-compatible API.
    pub url: String,
    pub model: String,
}

/// What a desk is started with.
pub struct DeskSetup<'a> {
    /// The data folder.
    pub data: &'a Path,
    /// Where guests and agents reach it, such as `http://127.0.0.1:41234`.
    pub url: String,
    pub llm: Option<Llm>,
    /// Whether events may go to private networks and this computer.
    pub sends_privately: bool,
}

/// The desk. Clones share everything.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    lanes: Lanes,
    clock: Clock,
    presence: Arc<Presence>,
    lookers: Lookers,
    hub: Hub,
    faults: Faults,
    throttle: Throttle,
    incoming: broadcast::Sender<Incoming>,
    returned: broadcast::Sender<i64>,
    outward: Notify,
    deliveries: broadcast::Sender<Arc<Delivery>>,
    sends_privately: bool,
    sign_in_key: [u8; 32],
    url: Arc<str>,
    files: PathBuf,
    llm: Option<Llm>,
}

impl Desk {
    /// Opens the data and brings it up to date.
    pub fn open(setup: DeskSetup<'_>) -> Result<Self, DeskError> {
        let clock = Clock::default();
        let files = setup.data.join("files");
        let made = std::fs::create_dir_all(&files).and_then(|()| uploads::sync_folder(setup.data));
        made.map_err(|source| DeskError::Folder {
            path: files.clone(),
            source,
        })?;
        Ok(Self(Arc::new(Inner {
            lanes: Lanes::open(&setup.data.join("desk.db"), clock.now_ms())?,
            clock,
            presence: Arc::default(),
            lookers: Lookers::default(),
            hub: Hub::default(),
            faults: Faults::default(),
            throttle: Throttle::default(),
            incoming: broadcast::channel(1024).0,
            returned: broadcast::channel(1024).0,
            outward: Notify::new(),
            deliveries: broadcast::channel(4096).0,
            sends_privately: setup.sends_privately,
            sign_in_key: rand::rng().random(),
            url: setup.url.into(),
            files,
            llm: setup.llm,
        })))
    }

    /// Ends the database after all that was asked before; whatever is asked later is refused.
    pub async fn close(&self) {
        self.0.lanes.close().await;
    }

    /// Epoch seconds by the desk's clock.
    pub fn now(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }

    /// Epoch milliseconds by the desk's clock, as all columns hold them.
    pub fn now_ms(&self) -> i64 {
        self.0.clock.now_ms()
    }

    /// The clock itself, for those who may move it.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// True when nothing waits for the database: for tests whose time is not the system's.
    pub fn is_idle(&self) -> bool {
        self.0.lanes.are_idle()
    }

    /// Where it is reached, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// The folder of uploaded files.
    pub fn files(&self) -> &Path {
        &self.0.files
    }

    /// The language model of the assistant, if any.
    pub fn llm(&self) -> Option<&Llm> {
        self.0.llm.as_ref()
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.0.hub
    }

    pub(crate) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    pub(crate) fn lookers(&self) -> &Lookers {
        &self.0.lookers
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.0.faults
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// What the tokens between two steps of a sign-in are signed with; another one after each start.
    pub(crate) fn sign_in_key(&self) -> &[u8] {
        &self.0.sign_in_key
    }

    /// Every guest's message from now on, after its commit. A slow listener may lag and then has to look for itself.
    pub fn subscribe_incoming(&self) -> broadcast::Receiver<Incoming> {
        self.0.incoming.subscribe()
    }

    /// Ids (of the database) of conversations that become pending from now on: the assistant's turn again.
    pub fn subscribe_returned(&self) -> broadcast::Receiver<i64> {
        self.0.returned.subscribe()
    }

    /// Completes when something has to leave through a channel, at once if that was so already. For one listener.
    pub(crate) async fn outward(&self) {
        self.0.outward.notified().await;
    }

    /// Lets the channels look what is due: the clock was moved.
    pub(crate) fn wake_channels(&self) {
        self.0.outward.notify_one();
    }

    /// Requests from now on that tell somebody outside what happened.
    pub(crate) fn subscribe_deliveries(&self) -> broadcast::Receiver<Arc<Delivery>> {
        self.0.deliveries.subscribe()
    }

    /// Whether events may go to private networks and this computer.
    pub(crate) fn may_send_privately(&self) -> bool {
        self.0.sends_privately
    }

    /// Reads one consistent state.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let desk = self.clone();
        let job = move |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            work(&desk.view(&transaction))
        };
        self.0.lanes.read(job).await
    }

    /// Changes something in nobody's name.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.act(Actor::System, work).await
    }

    /// Changes something in somebody's name. An error undoes all of it.
    pub async fn act<T: Send + 'static>(
        &self,
        performer: Actor,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let desk = self.clone();
        let job = move |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut change = Change {
                view: desk.view(&transaction),
                performer,
                happened: Vec::new(),
                incoming: Vec::new(),
                returned: Vec::new(),
                has_outward: false,
            };
            let result = work(&mut change)?;
            let announcement = change.announcement()?;
            transaction.commit()?;
            desk.announce(announcement);
            Ok(result)
        };
        self.0.lanes.write(job).await
    }

    fn view<'c>(&self, connection: &'c Connection) -> View<'c> {
        View {
            connection,
            now_ms: self.now_ms(),
            presence: Arc::clone(&self.0.presence),
            url: Arc::clone(&self.0.url),
        }
    }

    /// Nobody listening is no failure.
    fn announce(&self, announcement: Announcement) {
        self.0.hub.publish(announcement.events);
        for incoming in announcement.incoming {
            let _ = self.0.incoming.send(incoming);
        }
        for conversation in announcement.returned {
            let _ = self.0.returned.send(conversation);
        }
        for delivery in announcement.deliveries {
            let _ = self.0.deliveries.send(Arc::new(delivery));
        }
        if announcement.has_outward {
            self.0.outward.notify_one();
        }
    }
}

struct Announcement {
    events: Vec<Event>,
    incoming: Vec<Incoming>,
    returned: Vec<i64>,
    has_outward: bool,
    deliveries: Vec<Delivery>,
}

/// One consistent state of the data at one moment. Dereferences to the connection.
pub struct View<'c> {
    connection: &'c Connection,
    /// Epoch milliseconds.
    pub now_ms: i64,
    pub(crate) presence: Arc<Presence>,
    pub(crate) url: Arc<str>,
}

impl Deref for View<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

/// A change in the making: a view one may write to, and what it will announce. Dereferences to the view.
pub struct Change<'c> {
    view: View<'c>,
    /// In whose name it happens; events and activity lines tell.
    pub performer: Actor,
    happened: Vec<Happening>,
    incoming: Vec<Incoming>,
    returned: Vec<i64>,
    has_outward: bool,
}

impl Change<'_> {
    /// Announces something on the socket after the commit.
    pub(crate) fn tell(&mut self, happening: Happening) {
        self.happened.push(happening);
    }

    /// Announces a guest's message to the listeners inside after the commit.
    pub(crate) fn tell_incoming(&mut self, incoming: Incoming) {
        self.incoming.push(incoming);
    }

    /// Announces inside, after the commit, that a conversation became pending.
    pub(crate) fn tell_returned(&mut self, conversation_id: i64) {
        self.returned.push(conversation_id);
    }

    /// Wakes the channels after the commit: something is queued there.
    pub(crate) fn tell_outward(&mut self) {
        self.has_outward = true;
    }

    fn announcement(self) -> Result<Announcement, ApiError> {
        Ok(Announcement {
            deliveries: hooks::render(&self.view, &self.happened)?,
            events: events::render(&self.view, self.performer, self.happened)?,
            incoming: self.incoming,
            returned: self.returned,
            has_outward: self.has_outward,
        })
    }
}

impl<'c> Deref for Change<'c> {
    type Target = View<'c>;

    fn deref(&self) -> &View<'c> {
        &self.view
    }
}
