//! The socket of one account: subscribed, kept alive, watched for silence (reference §10).
//!
//! A hint and no more: it replays nothing, reorders, and drops silently. It never reconnects by itself.

mod event;
mod frame;
mod link;
mod open;
#[cfg(test)]
mod tests;

pub use event::{ConversationEventKind, ConversationNow, WireEvent};

use crate::{ClientError, ServerUrl, Token};
use deskbell_domain::AgentId;
use frame::Subscription;
use link::{Link, Timing};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

/// Events waiting for a slow reader. Beyond this the socket itself is left unread, and the server waits.
const WAITING_EVENTS: usize = 1024;

/// What the socket tells.
#[expect(clippy::large_enum_variant, reason = "nearly all of them are events")]
#[derive(Clone, Debug, PartialEq)]
pub enum CableEvent {
    /// The subscription stands: from here on nothing is missed until [`CableEvent::Closed`].
    Confirmed,
    Event(WireEvent),
    /// The end. Every further call says the same.
    Closed(CloseReason),
}

/// Why a socket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The server said so.
    ServerClosed,
    /// No ping for longer than two should take: the connection is dead without a word.
    StalePing,
    /// Refused or not confirmed in time; a wrong token is answered with silence (reference §10.1).
    SubscriptionRejected,
    NetworkLost,
}

/// An open socket. A task of its own reads it and says that this person is here, however seldom [`Cable::next`] is
/// called; dropping the cable ends it.
#[derive(Debug)]
pub struct Cable {
    events: mpsc::Receiver<CableEvent>,
    presence_asked: Arc<Notify>,
    task: JoinHandle<()>,
    closed: Option<CloseReason>,
}

impl Cable {
    /// Opens the socket and starts to subscribe; [`CableEvent::Confirmed`] or [`CableEvent::Closed`] says how that went.
    /// Call inside a Tokio runtime.
    pub async fn connect(
        server: &ServerUrl,
        pubsub_token: &Token,
        account_id: i64,
        user_id: AgentId,
    ) -> Result<Self, ClientError> {
        let subscription = Subscription::new(pubsub_token, account_id, user_id);
        Self::connect_timed(server, subscription, Timing::default()).await
    }

    async fn connect_timed(
        server: &ServerUrl,
        subscription: Subscription,
        timing: Timing,
    ) -> Result<Self, ClientError> {
        let socket = open::open(server).await?;
        let (sender, events) = mpsc::channel(WAITING_EVENTS);
        let presence_asked = Arc::new(Notify::new());
        let link = Link::new(socket, subscription, timing, sender, presence_asked.clone());
        let task = tokio::spawn(link.run());
        Ok(Self {
            events,
            presence_asked,
            task,
            closed: None,
        })
    }

    /// The next event. Cancel-safe: dropped before it is done, it loses nothing.
    pub async fn next(&mut self) -> CableEvent {
        if let Some(reason) = self.closed {
            return CableEvent::Closed(reason);
        }
        let event = self
            .events
            .recv()
            .await
            .unwrap_or(CableEvent::Closed(CloseReason::NetworkLost));
        if let CableEvent::Closed(reason) = event {
            self.closed = Some(reason);
        }
        event
    }

    /// Says now that this person is here; the answer comes as [`WireEvent::Presence`]. It is said about every 15
    /// seconds anyway.
    pub async fn update_presence(&mut self) {
        self.presence_asked.notify_one();
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.task.abort();
    }
}
