//! The task behind a cable: reads frames, subscribes, says presence, notices silence.

use super::event::WireEvent;
use super::frame::{Frame, Subscription};
use super::open::Socket;
use super::{CableEvent, CloseReason};
use futures_util::{SinkExt, StreamExt};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_tungstenite::tungstenite::{Error, Message};

/// How long a link waits for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    /// Without a ping; the server sends one every 3 seconds.
    pub stale_after: Duration,
    /// Without a confirmation.
    pub confirm_within: Duration,
    /// The server forgets a person after 20 seconds (reference §10.2).
    pub presence_every: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            stale_after: Duration::from_secs(7),
            confirm_within: Duration::from_secs(10),
            presence_every: Duration::from_secs(15),
        }
    }
}

pub(super) struct Link {
    socket: Socket,
    subscription: Subscription,
    timing: Timing,
    events: mpsc::Sender<CableEvent>,
    presence_asked: Arc<Notify>,
    stale_at: Instant,
    confirm_by: Instant,
    confirmed: bool,
}

impl Link {
    pub fn new(
        socket: Socket,
        subscription: Subscription,
        timing: Timing,
        events: mpsc::Sender<CableEvent>,
        presence_asked: Arc<Notify>,
    ) -> Self {
        let now = Instant::now();
        Self {
            socket,
            subscription,
            timing,
            events,
            presence_asked,
            stale_at: now + timing.stale_after,
            confirm_by: now + timing.confirm_within,
            confirmed: false,
        }
    }

    /// Runs until the socket ends or nobody listens any more.
    pub async fn run(mut self) {
        let reason = self.listen().await;
        tracing::debug!(?reason, "The socket ended");
        let _ = self.events.send(CableEvent::Closed(reason)).await;
        let _ = timeout(self.timing.stale_after, self.socket.close(None)).await;
    }

    async fn listen(&mut self) -> CloseReason {
        let every = self.timing.presence_every;
        let mut presence = interval_at(Instant::now() + every, every);
        presence.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let step = tokio::select! {
                // Frames first: while a slow reader held this task up, pings have been waiting here.
                biased;
                frame = self.socket.next() => self.hear(frame).await,
                () = sleep_until(self.stale_at) => Err(CloseReason::StalePing),
                () = sleep_until(self.confirm_by), if !self.confirmed => Err(CloseReason::SubscriptionRejected),
                _ = presence.tick(), if self.confirmed => self.say_presence().await,
                () = self.presence_asked.notified(), if self.confirmed => self.say_presence().await,
            };
            if let Err(reason) = step {
                return reason;
            }
        }
    }

    async fn hear(&mut self, frame: Option<Result<Message, Error>>) -> Result<(), CloseReason> {
        match frame {
            Some(Ok(Message::Text(text))) => self.take(Frame::read(&text)).await,
            Some(Ok(Message::Close(_))) => Err(CloseReason::ServerClosed),
            Some(Ok(_)) => Ok(()),
            Some(Err(Error::ConnectionClosed)) => Err(CloseReason::ServerClosed),
            Some(Err(_)) | None => Err(CloseReason::NetworkLost),
        }
    }

    async fn take(&mut self, frame: Frame) -> Result<(), CloseReason> {
        match frame {
            Frame::Welcome => {
                self.alive();
                let subscribe = self.subscription.subscribe();
                self.say(subscribe).await
            }
            Frame::Ping => {
                self.alive();
                Ok(())
            }
            Frame::Confirmed => {
                self.confirmed = true;
                self.tell(CableEvent::Confirmed).await
            }
            Frame::Rejected => Err(CloseReason::SubscriptionRejected),
            Frame::Disconnect => Err(CloseReason::ServerClosed),
            Frame::Message(message) => self.tell(CableEvent::Event(WireEvent::read(&message))).await,
            Frame::Unknown => Ok(()),
        }
    }

    fn alive(&mut self) {
        self.stale_at = Instant::now() + self.timing.stale_after;
    }

    async fn say_presence(&mut self) -> Result<(), CloseReason> {
        let presence = self.subscription.update_presence();
        self.say(presence).await
    }

    /// A connection that takes no more bytes is dead, though nothing says so.
    async fn say(&mut self, text: String) -> Result<(), CloseReason> {
        match timeout(self.timing.stale_after, self.socket.send(Message::text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(CloseReason::NetworkLost),
        }
    }

    async fn tell(&mut self, event: CableEvent) -> Result<(), CloseReason> {
        self.events
            .send(event)
            .await
            .map_err(|_| CloseReason::NetworkLost)
    }
}
