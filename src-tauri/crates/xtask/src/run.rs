//! `cargo xtask run`: from a fresh clone to the window.

#[cfg(target_os = "linux")]
mod screenless;

use crate::setup::{self, Purpose};
use crate::{built, task, workspace};
use std::env;
use std::process::Command;
use xtask::{Outcome, guarded};

/// Sets up, builds and starts the app with `arguments`, and returns when it ends.
pub fn run(arguments: &[&str]) -> Outcome {
    let screen = has_screen();
    setup::prepare(if screen {
        Purpose::Build
    } else {
        Purpose::Screenless
    })?;
    built::screen()?;
    built::programs()?;
    let mut app = guarded::command(workspace::binary("deskbell"));
    app.args(arguments);
    if !screen {
        return without_screen(app);
    }
    println!("\nDeskbell opens on its sign-in page. \"Try it with the built-in desk\" needs no account.");
    task::run(&mut app)
}

fn has_screen() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(target_os = "linux")]
fn without_screen(app: Command) -> Outcome {
    screenless::run(app)
}

#[cfg(not(target_os = "linux"))]
fn without_screen(mut app: Command) -> Outcome {
    task::run(&mut app)
}
