//! How the program ends: once, in order, and never by waiting for ever.

use crate::notifications::Notifications;
use crate::tray::Tray;
use crate::window::MainWindow;
use deskbell_app::App;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::{AppHandle, Manager, RunEvent};

/// How long the app may take to close its files and end its children.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// Whether the end has begun, and whether it is done.
#[derive(Default)]
pub struct Lifecycle {
    quitting: AtomicBool,
    finished: AtomicBool,
}

/// Ends the program. Asking twice changes nothing.
pub fn quit(handle: &AppHandle) {
    if handle.state::<Lifecycle>().quitting.swap(true, Ordering::SeqCst) {
        return;
    }
    tracing::info!("Quitting");
    if let Some(window) = handle.try_state::<MainWindow>() {
        window.remember();
        window.hide();
    }
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        finish(&handle).await;
        handle.exit(0);
    });
}

/// The close button: the window goes to the tray where somebody can find it there; elsewhere the program ends.
pub fn close_requested(handle: &AppHandle) {
    let window = handle.state::<MainWindow>();
    if handle.state::<Tray>().is_seen() {
        window.remember();
        window.hide();
        if let Some(app) = handle.try_state::<App>() {
            app.window_closed();
        }
    } else {
        quit(handle);
    }
}

/// What the event loop says about the end.
pub fn on_run_event(handle: &AppHandle, event: RunEvent) {
    match event {
        // Without a code nobody called `exit`: the last window is gone or the system asks.
        RunEvent::ExitRequested { code: None, api, .. } => {
            api.prevent_exit();
            quit(handle);
        }
        // Reached without `quit` where the system ends the event loop itself (Cmd Q, end of session).
        RunEvent::Exit => tauri::async_runtime::block_on(finish(handle)),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => handle.state::<MainWindow>().reveal(),
        _ => {}
    }
}

async fn finish(handle: &AppHandle) {
    if handle.state::<Lifecycle>().finished.swap(true, Ordering::SeqCst) {
        return;
    }
    if let Some(notifications) = handle.try_state::<Notifications>() {
        notifications.clear().await;
    }
    let Some(app) = handle.try_state::<App>() else {
        return;
    };
    let app = app.inner().clone();
    if tokio::time::timeout(SHUTDOWN_LIMIT, app.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(limit_s = SHUTDOWN_LIMIT.as_secs(), "Shutting down took too long");
    }
}

/// The end of a session and Ctrl C arrive as signals; both go through the usual path.
#[cfg(unix)]
pub fn quit_on_signals(handle: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ] {
        let handle = handle.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signals) => {
                    signals.recv().await;
                    quit(&handle);
                }
                Err(error) => tracing::warn!(%error, "Cannot listen for a signal"),
            }
        });
    }
}

/// Windows and its event loop say so themselves ([`RunEvent::Exit`]).
#[cfg(not(unix))]
pub fn quit_on_signals(_handle: &AppHandle) {}
