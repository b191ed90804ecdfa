//! When somebody was at this computer: the night begins when they went.

use super::{keep, kept};
use crate::core::App;
use crate::schema::CommandError;
use deskbell_domain::Presence;
use deskbell_store::Store;
use std::sync::atomic::Ordering;

const KEY: &str = "presence";
/// So seldom is it written down. Seconds.
const EVERY: i64 = 5 * 60;

/// A person pressed something.
pub(crate) async fn person_acts(app: &App) {
    let now = app.now();
    let noted_at = app.day().noted_at.load(Ordering::Relaxed);
    if now - noted_at < EVERY {
        return;
    }
    let Ok(running) = app.running().await else { return };
    let _one = app.day().keeping.lock().await;
    app.day().noted_at.store(now, Ordering::Relaxed);
    if let Err(error) = note(&running.store, now).await {
        tracing::warn!(?error, "When somebody was here could not be kept");
    }
}

async fn note(store: &Store, now: i64) -> Result<(), CommandError> {
    keep(store, KEY, &presence(store).await?.seen(now)).await
}

pub(super) async fn presence(store: &Store) -> Result<Presence, CommandError> {
    kept(store, KEY).await
}

pub(super) async fn forget(store: &Store) -> Result<(), CommandError> {
    keep(store, KEY, &Presence::default()).await
}
