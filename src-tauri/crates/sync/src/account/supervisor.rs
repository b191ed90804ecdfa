//! The loop that keeps one account connected: try, run until it is lost, wait, try again.

use super::{Context, live, socket};
use crate::{Connection, Step};
use std::sync::Arc;
use std::time::Duration;

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

/// The wall clock decides, looked at every second: a sleeping computer must not wait a second time after waking.
async fn wait_until(context: &Context, until: i64) {
    while context.now() < until {
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
