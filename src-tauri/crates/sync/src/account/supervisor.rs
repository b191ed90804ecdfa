//! The loop that keeps one account connected: try, run until it is lost, wait, try again.

use super::{Context, live, socket};
use crate::{Connection, Step};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Runs until the account is stopped.
pub(crate) async fn supervise(context: Arc<Context>) {
    restore_as_of(&context).await;
    loop {
        match context.status().connection {
            Connection::Connecting | Connection::CatchingUp | Connection::Live => {
                let ended = live::run(&context).await;
                context.step(ended.step, ended.heard_at);
            }
            Connection::Offline { until, .. } => {
                wait_until(&context, until).await;
                context.client.forget_connections();
                context.step(Step::Try, None);
            }
            Connection::SignedOut => {
                context.try_now.notified().await;
                context.step(Step::Try, None);
            }
        }
    }
}

/// Whichever clock says so first, looked at every second. The wall clock, because a computer that slept must not wait a
/// second time after waking; the steady one, because somebody may set the wall clock back.
async fn wait_until(context: &Context, until: i64) {
    let seconds = u64::try_from(until - context.now()).unwrap_or(0);
    let enough = Instant::now() + Duration::from_secs(seconds);
    while context.now() < until && Instant::now() < enough {
        tokio::select! {
            () = context.try_now.notified() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

async fn restore_as_of(context: &Context) {
    match context.store.sync_state(context.key).await {
        Ok(state) => context.set_as_of(state.as_of),
        Err(error) => tracing::warn!(%error, "The last sync time could not be read"),
    }
    socket::note_start(context);
}
