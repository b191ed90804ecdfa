//! What happens by itself as time passes: what was snoozed wakes up, what is idle is closed (reference §5, §8.1).

use super::save::{reload, save};
use super::{auto_resolve, notification};
use crate::assistant::actions;
use crate::db::conversation;
use crate::desk::Desk;
use crate::error::ApiError;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(5);
/// Older ones stay asleep, as upstream.
const OLDEST_MS: i64 = 3 * 24 * 60 * 60 * 1000;

/// Looks every few seconds, until the task is dropped.
pub async fn run(desk: Desk) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = wake(&desk).await {
            tracing::warn!(%error, "snoozed conversations could not be woken");
        }
        if let Err(error) = actions::carry_out_all(&desk).await {
            tracing::warn!(%error, "approved actions could not be carried out");
        }
    }
}

/// Opens every snoozed conversation whose time has come, and makes such notifications unread.
pub async fn wake(desk: &Desk) -> Result<(), ApiError> {
    let due = |now_ms: i64, connection: &rusqlite::Connection| {
        conversation::due(connection, now_ms - OLDEST_MS, now_ms)
    };
    let any = desk
        .read(move |view| {
            let notifications = crate::db::notification::due(view, view.now_ms)?;
            Ok(!notifications.is_empty()
                || !due(view.now_ms, view)?.is_empty()
                || !auto_resolve::due(view)?.is_empty())
        })
        .await?;
    if !any {
        return Ok(());
    }
    desk.write(move |change| {
        notification::wake_in(change)?;
        for id in due(change.now_ms, change)? {
            let before = reload(change, id)?;
            let mut after = before.clone();
            after.status = "open".to_owned();
            save(change, &before, after)?;
        }
        auto_resolve::run_in(change)
    })
    .await
}
