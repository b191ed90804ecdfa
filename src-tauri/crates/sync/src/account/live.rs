//! One connection from the first request to its loss.

use super::apply::apply_wire;
use super::failure::Failure;
use super::socket::Socket;
use super::{Context, access, catch_up, depth};
use crate::Step;
use deskbell_chatwoot::{CableEvent, ClientError, CloseReason};
use std::time::Duration;
use tokio::time::{Instant, Interval};

/// A safety net below the socket (reference §10.5).
const SLOW_CATCH_UP: Duration = Duration::from_secs(300);
/// Without a socket REST is asked this often.
const POLL: Duration = Duration::from_secs(20);
/// How often the wall clock is compared, to notice that the computer slept.
const TICK: Duration = Duration::from_secs(1);
const SLEPT_SECONDS: i64 = 20;
/// A missing ping is noticed after this long: the state was last sure this long before.
const STALE_SECONDS: i64 = 8;

/// Why a connection ended.
pub(super) struct Ended {
    pub step: Step,
    /// When the server was last heard, if it ever was.
    pub heard_at: Option<i64>,
}

impl Ended {
    fn because(failure: &Failure) -> Self {
        let refused = matches!(failure, Failure::Wire(ClientError::SignedOut));
        Self {
            step: if refused { Step::TokenRefused } else { Step::Lost },
            heard_at: None,
        }
    }
}

pub(super) async fn run(context: &Context) -> Ended {
    match connect(context).await {
        Ok(mut socket) => {
            // The offline copy is deepened beside the live loop and ends with it.
            let ended = tokio::select! {
                ended = stay(context, &mut socket) => ended,
                never = depth::deepen(context) => match never {},
            };
            remember_heard(context, ended.heard_at).await;
            ended
        }
        Err(error) => {
            tracing::info!(%error, "The connection could not be made");
            Ended::because(&error)
        }
    }
}

/// Subscribe and buffer, catch up, apply the buffer.
async fn connect(context: &Context) -> Result<Socket, Failure> {
    let profile = context.client.profile().await?;
    access::learn(context, &profile).await?;
    let mut socket = Socket::subscribe(context, &profile).await;
    context.step(Step::Subscribed, None);
    in_step(context, &mut socket).await?;
    context.first_look_is_over();
    context.step(Step::CaughtUp, Some(context.now()));
    Ok(socket)
}

/// Catches up over REST, then applies what the socket told meanwhile; again where some of that was dropped.
async fn in_step(context: &Context, socket: &mut Socket) -> Result<(), Failure> {
    loop {
        socket.buffer_during(context, catch_up::run(context)).await?;
        let (events, dropped) = socket.take_buffer();
        for (heard, event) in events {
            apply_wire(context, heard, event).await?;
        }
        if !dropped {
            return Ok(());
        }
    }
}

async fn stay(context: &Context, socket: &mut Socket) -> Ended {
    let mut slow = interval_from_now(if socket.is_open() { SLOW_CATCH_UP } else { POLL });
    let mut tick = tokio::time::interval(TICK);
    let mut doubts = context.watch_doubts();
    let mut seen_at = context.now();
    loop {
        tokio::select! {
            told = socket.next() => match told {
                CableEvent::Event(event) => {
                    if let Err(error) = apply_wire(context, context.order.ask(), event).await {
                        return Ended::because(&error);
                    }
                }
                CableEvent::Confirmed => {}
                CableEvent::Closed(reason) => return closed(context, reason),
            },
            _ = slow.tick() => {
                let had_socket = socket.is_open();
                if let Err(error) = look(context, socket).await {
                    return Ended::because(&error);
                }
                match (had_socket, socket.is_open()) {
                    (true, false) => return Ended { step: Step::Lost, heard_at: Some(context.now()) },
                    (false, true) => slow = interval_from_now(SLOW_CATCH_UP),
                    _ => {}
                }
                context.step(Step::CaughtUp, Some(context.now()));
            }
            _ = tick.tick() => {
                let now = context.now();
                if now - seen_at > SLEPT_SECONDS {
                    tracing::info!(seconds = now - seen_at, "The computer slept");
                    return Ended { step: Step::Lost, heard_at: Some(seen_at) };
                }
                seen_at = now;
            }
            _ = doubts.changed() => {
                if let Some(step) = *doubts.borrow_and_update() {
                    return Ended { step, heard_at: None };
                }
            }
        }
    }
}

/// The safety net: asks over REST what the socket may not have told. Where there is none, another is tried first, so
/// that a proxy that let none through for a while does not leave the account to polling for ever.
async fn look(context: &Context, socket: &mut Socket) -> Result<(), Failure> {
    if !socket.is_open() {
        let profile = context.client.profile().await?;
        *socket = Socket::subscribe(context, &profile).await;
    }
    in_step(context, socket).await
}

fn interval_from_now(period: Duration) -> Interval {
    tokio::time::interval_at(Instant::now() + period, period)
}

fn closed(context: &Context, reason: CloseReason) -> Ended {
    tracing::info!(?reason, "The socket closed");
    let silent_for = if reason == CloseReason::StalePing {
        STALE_SECONDS
    } else {
        0
    };
    Ended {
        step: Step::Lost,
        heard_at: Some(context.now() - silent_for),
    }
}

async fn remember_heard(context: &Context, heard_at: Option<i64>) {
    let Some(heard_at) = heard_at else { return };
    if let Err(error) = catch_up::remember(context, heard_at).await {
        tracing::warn!(%error, "The last sync time could not be kept");
    }
}
