//! The screen's packages, and its own commands.

use crate::setup::node;
use crate::task;
use crate::workspace::root;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use xtask::Outcome;

/// The screen's folder.
pub fn folder() -> PathBuf {
    root().join("ui")
}

/// npm in the screen's folder, with a Node that is new enough.
pub fn npm(arguments: &[&str]) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(arguments).current_dir(folder());
    if let Some(tools) = node::own_folder() {
        let old = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(std::iter::once(tools).chain(env::split_paths(&old)));
        npm.env("PATH", path.unwrap_or(old));
    }
    npm
}

/// Installs what the lock file names, when it is newer than what is installed.
pub fn install() -> Outcome {
    if crate::built::is_newer(
        &[folder().join("package-lock.json")],
        &folder().join("node_modules/.package-lock.json"),
    ) {
        task::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}
