//! The socket of one account, with what it told before it could be applied.

use super::Context;
use super::failure::Failure;
use super::order::Asked;
use deskbell_chatwoot::{Cable, CableEvent, CloseReason, Profile, Token, WireEvent};
use std::future::Future;

/// Frames that came while catching up. More than this and the catch-up is repeated instead.
const BUFFER_LIMIT: usize = 5_000;

pub(super) fn note_start(context: &Context) {
    tracing::info!(account = %context.key, built_in = context.row.built_in, "Account starts");
}

/// A subscribed socket; `None` inside where the server offers REST only (a proxy that blocks WebSockets).
pub(super) struct Socket {
    cable: Option<Cable>,
    buffer: Vec<(Asked, WireEvent)>,
    overflowed: bool,
}

impl Socket {
    /// Subscribes and waits for the confirmation. A socket that cannot be had is not fatal: REST alone will do, with
    /// another attempt soon.
    pub async fn subscribe(context: &Context, profile: &Profile) -> Self {
        let token = Token::new(profile.pubsub_token.clone());
        let cable =
            match Cable::connect(&context.server, &token, context.row.account_id, profile.user_id).await {
                Ok(cable) => confirmed(cable).await,
                Err(error) => {
                    tracing::warn!(%error, "The socket could not be opened");
                    None
                }
            };
        Self {
            cable,
            buffer: Vec::new(),
            overflowed: false,
        }
    }

    pub fn is_open(&self) -> bool {
        self.cable.is_some()
    }

    /// Runs `work` while keeping what the socket tells meanwhile.
    pub async fn buffer_during<T>(
        &mut self,
        context: &Context,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::pin!(work);
        loop {
            let Some(cable) = &mut self.cable else {
                return work.await;
            };
            tokio::select! {
                done = &mut work => return done,
                told = cable.next() => match told {
                    CableEvent::Event(_) if self.buffer.len() >= BUFFER_LIMIT => self.overflowed = true,
                    CableEvent::Event(event) => self.buffer.push((context.order.ask(), event)),
                    CableEvent::Confirmed => {}
                    CableEvent::Closed(reason) => {
                        tracing::info!(?reason, "The socket closed while catching up");
                        self.cable = None;
                    }
                },
            }
        }
    }

    /// What was kept, oldest first, and whether some of it was dropped.
    pub fn take_buffer(&mut self) -> (Vec<(Asked, WireEvent)>, bool) {
        (
            std::mem::take(&mut self.buffer),
            std::mem::take(&mut self.overflowed),
        )
    }

    /// The next frame; never returns without a socket.
    pub async fn next(&mut self) -> CableEvent {
        match &mut self.cable {
            Some(cable) => cable.next().await,
            None => std::future::pending().await,
        }
    }
}

async fn confirmed(mut cable: Cable) -> Option<Cable> {
    loop {
        match cable.next().await {
            CableEvent::Confirmed => return Some(cable),
            // A presence frame may precede the confirmation (reference §10.1).
            CableEvent::Event(_) => {}
            CableEvent::Closed(reason) => {
                if reason == CloseReason::SubscriptionRejected {
                    tracing::warn!("The socket subscription was not confirmed");
                }
                return None;
            }
        }
    }
}
