//! The packages of npm's registry: the screen's, with its own commands, and those of a test of the desk.

use crate::setup::node;
use crate::task;
use crate::workspace::root;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::Outcome;

/// The screen's folder.
pub fn folder() -> PathBuf {
    root().join("ui")
}

/// Folders whose packages are installed: the screen's, and that of a client the desk is tested with.
fn folders() -> [PathBuf; 2] {
    [folder(), root().join("src-tauri/crates/desk/tests/sdk")]
}

/// npm in the screen's folder, with a Node that is new enough.
pub fn npm(arguments: &[&str]) -> Command {
    npm_in(&folder(), arguments)
}

fn npm_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(arguments).current_dir(folder);
    if let Some(tools) = node::own_folder() {
        let old = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(std::iter::once(tools).chain(env::split_paths(&old)));
        npm.env("PATH", path.unwrap_or(old));
    }
    npm
}

/// Installs what the lock files name, where one is newer than what is installed.
pub fn install() -> Outcome {
    for folder in folders() {
        let installed = folder.join("node_modules/.package-lock.json");
        if crate::built::is_newer(&[folder.join("package-lock.json")], &installed) {
            task::run(&mut npm_in(&folder, &["ci", "--no-audit", "--no-fund"]))?;
        }
    }
    Ok(())
}
