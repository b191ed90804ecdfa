//! The lock screen. While it is locked the core answers nothing that shows content and tells the screen nothing that
//! happened; sync and the bell go on. It is a fact on disk: a restart does not unlock.

use crate::core::{App, Running, failed};
use crate::host::Ring;
use crate::schema::*;
use crate::{rings, settings};
use deskbell_domain::lock::{is_pin, next_try_at};
use deskbell_store::{PinHash, Store};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

const KEY: &str = "lock";

/// What is kept: nothing of the PIN but its hash.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    pin: Option<PinHash>,
    locked: bool,
    failures: u32,
    last_failure_at: i64,
}

/// The lock as the running program has it.
#[derive(Default)]
pub(crate) struct Lock {
    locked: AtomicBool,
    /// When a person last did something.
    active_at: AtomicI64,
    /// One try after the other.
    trying: tokio::sync::Mutex<()>,
}

impl Lock {
    pub fn is_locked(&self) -> bool {
        self.locked.load(Ordering::SeqCst)
    }

    /// A person did something.
    pub fn active(&self, now: i64) {
        self.active_at.store(now, Ordering::Relaxed);
    }
}

/// What a call that shows content is answered while it is locked.
pub(crate) fn refused() -> CommandError {
    CommandError {
        code: ErrorCode::Locked,
        message: "The screen is locked".into(),
        retryable: false,
    }
}

/// The files are open: locked as it was left. Call before anything can be asked.
pub(crate) async fn load(app: &App, store: &Store) {
    app.lock().active(app.now());
    let locked = match kept(store).await {
        Ok(kept) => kept.locked,
        Err(error) => {
            tracing::error!(?error, "Whether the screen is locked could not be read");
            true
        }
    };
    set(app, locked);
}

/// Hides everything until the PIN is entered.
pub(crate) async fn lock(app: &App) -> Result<LockOutcome, CommandError> {
    let running = app.running().await?;
    let _one = app.lock().trying.lock().await;
    let mut kept = kept(&running.store).await?;
    if kept.pin.is_none() {
        return Ok(LockOutcome::NeedsPin);
    }
    // Hidden first: what is written to disk may take its time.
    set(app, true);
    app.feed().send(Event::Session);
    kept.locked = true;
    keep(&running.store, &kept).await?;
    take_names_down(app, &running).await?;
    Ok(LockOutcome::Locked)
}

/// Notifications and the tray may name guests from before: the notifications go, and the tray lists them without names.
async fn take_names_down(app: &App, running: &Running) -> Result<(), CommandError> {
    if !settings::load(&running.store).await?.names_in_notifications {
        return Ok(());
    }
    let language = app.feed().language();
    for alert in running.store.open_alerts().await? {
        let told = rings::describe(&running.store, &[alert.conversation]).await?;
        app.host().withdraw(alert.conversation);
        if let Some((conversation, title, body)) = rings::words(&told, false, language) {
            app.host().ring(&Ring {
                conversation,
                title,
                body,
                volume: None,
                language,
                fresh: false,
            });
        }
    }
    Ok(())
}

/// Sets the PIN; the one there was has to be known.
pub(crate) async fn set_pin(app: &App, request: SetPinRequest) -> Result<SetPinOutcome, CommandError> {
    let running = app.running().await?;
    if !is_pin(&request.pin) {
        return Ok(SetPinOutcome::NotAPin);
    }
    let _one = app.lock().trying.lock().await;
    if let Some(wrong) = attempt(app, &running, request.current.unwrap_or_default()).await? {
        return Ok(SetPinOutcome::Wrong { retry_at: wrong });
    }
    let hashed = tokio::task::spawn_blocking(move || PinHash::of(&request.pin));
    let pin = Some(hashed.await.map_err(|error| failed(&error))??);
    let kept = Kept {
        pin,
        ..Kept::default()
    };
    keep(&running.store, &kept).await?;
    app.feed().send(Event::Session);
    Ok(SetPinOutcome::Done)
}

/// Opens the screen again.
pub(crate) async fn enter_pin(app: &App, request: EnterPinRequest) -> Result<EnterPinOutcome, CommandError> {
    let running = app.running().await?;
    let _one = app.lock().trying.lock().await;
    if let Some(wrong) = attempt(app, &running, request.pin).await? {
        return Ok(EnterPinOutcome::Wrong { retry_at: wrong });
    }
    let unlocked = Kept {
        locked: false,
        ..kept(&running.store).await?
    };
    keep(&running.store, &unlocked).await?;
    open(app);
    Ok(EnterPinOutcome::Unlocked)
}

/// `None`: it is the PIN, or there is none. Otherwise when the next try may be made. A try counts before it is judged, so
/// that ending the program in between does not make it free.
async fn attempt(app: &App, running: &Running, pin: String) -> Result<Option<Option<i64>>, CommandError> {
    let mut kept = kept(&running.store).await?;
    let Some(hash) = kept.pin.clone() else {
        return Ok(None);
    };
    let now = app.now();
    if let Some(at) = next_try_at(kept.failures, kept.last_failure_at, now) {
        return Ok(Some(Some(at)));
    }
    kept.failures = kept.failures.saturating_add(1);
    kept.last_failure_at = now;
    keep(&running.store, &kept).await?;
    let fits = tokio::task::spawn_blocking(move || hash.fits(&pin));
    if !fits.await.map_err(|error| failed(&error))?? {
        tracing::info!(failures = kept.failures, "A wrong PIN was entered");
        return Ok(Some(next_try_at(kept.failures, now, now)));
    }
    kept.failures = 0;
    keep(&running.store, &kept).await?;
    Ok(None)
}

/// Locks where a person chose so and nobody did anything for that long.
pub(crate) async fn when_idle(app: &App, running: &Running) {
    let Some(minutes) = settings::load(&running.store)
        .await
        .ok()
        .and_then(|settings| settings.lock_after_minutes)
    else {
        return;
    };
    let idle = app.now() - app.lock().active_at.load(Ordering::Relaxed);
    if !app.lock().is_locked()
        && idle >= i64::from(minutes) * 60
        && let Err(error) = lock(app).await
    {
        tracing::warn!(?error, "The screen could not be locked");
    }
}

/// Nobody is signed in any more: there is nothing to hide, and the PIN was that of somebody who left.
pub(crate) async fn forget(app: &App, running: &Running) -> Result<(), CommandError> {
    let _one = app.lock().trying.lock().await;
    keep(&running.store, &Kept::default()).await?;
    open(app);
    Ok(())
}

/// Whether there is a PIN, and when the next try may be made.
pub(crate) async fn facts(app: &App, running: &Running) -> Result<(bool, Option<i64>), CommandError> {
    let kept = kept(&running.store).await?;
    let retry_at = next_try_at(kept.failures, kept.last_failure_at, app.now());
    Ok((kept.pin.is_some(), retry_at))
}

fn set(app: &App, locked: bool) {
    app.lock().locked.store(locked, Ordering::SeqCst);
    app.feed().set_locked(locked);
}

fn open(app: &App) {
    app.lock().active(app.now());
    set(app, false);
    app.feed().send(Event::Session);
    app.feed().send(Event::Reload);
    app.feed().send_held_back();
}

async fn kept(store: &Store) -> Result<Kept, CommandError> {
    let Some(value) = store.setting(KEY).await? else {
        return Ok(Kept::default());
    };
    serde_json::from_value(value).map_err(|error| failed(&error))
}

async fn keep(store: &Store, kept: &Kept) -> Result<(), CommandError> {
    let value = serde_json::to_value(kept).map_err(|error| failed(&error))?;
    store.set_setting(KEY, value).await?;
    Ok(())
}
