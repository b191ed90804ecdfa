//! Puts the parts together and runs the event loop.

use crate::error::ShellError;
use crate::events::EventStream;
use crate::host::Desktop;
use crate::lifecycle::{self, Lifecycle};
use crate::notifications::Notifications;
use crate::options::Options;
use crate::sound::Bell;
use crate::tray::Tray;
use crate::window::MainWindow;
use crate::{attachments, commands, single_instance};
use deskbell_app::{App, AppOptions};
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, Manager};

/// Runs until the program ends.
pub fn run(options: Options) -> Result<(), ShellError> {
    check_display()?;
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = single_instance::identifier(&options);
    let app = tauri::Builder::default()
        .plugin(single_instance::plugin())
        .manage(EventStream::default())
        .manage(Lifecycle::default())
        .manage(Bell::start())
        .register_asynchronous_uri_scheme_protocol(attachments::SCHEME, attachments::serve)
        .invoke_handler(tauri::generate_handler![
            commands::rpc_query,
            commands::rpc_mutate,
            commands::rpc_trigger,
            commands::rpc_subscribe
        ])
        .setup(move |app| Ok(set_up(app.handle(), &options)?))
        .build(context)?;
    app.run(lifecycle::on_run_event);
    Ok(())
}

fn set_up(handle: &AppHandle, options: &Options) -> tauri::Result<()> {
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        default_profile = options.is_default_profile,
        "Starting"
    );
    handle.manage(Notifications::start(handle.clone()));
    handle.manage(MainWindow::new(handle.clone(), options));
    handle.manage(Tray::start(handle.clone()));
    // The app may call its host at once: everything it can ask for is managed by now.
    let entered = tauri::async_runtime::handle();
    let _runtime = entered.inner().enter();
    handle.manage(App::start(
        Arc::new(Desktop::new(handle.clone())),
        AppOptions {
            data_dir: options.data_dir.clone(),
            desk_binary: built_in_desk(),
        },
    ));
    lifecycle::quit_on_signals(handle);
    handle.state::<MainWindow>().create()?;
    handle.state::<Tray>().theme_changed();
    Ok(())
}

/// The built-in desk's program lies beside this one, installed or in a build folder.
fn built_in_desk() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let desk = program.with_file_name(format!("deskbell-desk{}", std::env::consts::EXE_SUFFIX));
    desk.is_file().then_some(desk)
}

/// GTK panics without a display; a sentence helps more.
#[cfg(target_os = "linux")]
fn check_display() -> Result<(), ShellError> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        return Ok(());
    }
    Err(ShellError::NoDisplay)
}

#[cfg(not(target_os = "linux"))]
fn check_display() -> Result<(), ShellError> {
    Ok(())
}
