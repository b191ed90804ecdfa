//! A Node that the screen's tools accept. Some distributions carry an older one.

use crate::task;
use crate::workspace::target;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::{Failure, Outcome};

/// The line of Node that is fetched when the machine's own is too old.
const FETCHED: &str = "node@22";

/// The folder with a fetched Node; `None` while the machine's own is used.
pub fn own_folder() -> Option<PathBuf> {
    let folder = target().join("tools/node_modules/.bin");
    folder.join("node").exists().then_some(folder)
}

/// Makes sure that there is a Node new enough, from npm's registry if need be.
pub fn ensure() -> Outcome {
    if own_folder().is_some() {
        return Ok(());
    }
    let version = task::answer(Command::new("node").arg("--version"));
    if version.as_deref().is_some_and(is_accepted) {
        return Ok(());
    }
    if !task::exists("npm") {
        return Err(Failure::new("npm is missing: install Node 20.19, 22.12 or newer"));
    }
    let found = version.as_deref().map_or("none", str::trim);
    println!(
        "The screen needs Node 20.19, 22.12 or newer; here is {found}. Fetching {FETCHED} into target/tools."
    );
    fetch(&target().join("tools"))
}

fn fetch(tools: &Path) -> Outcome {
    fs::create_dir_all(tools).map_err(Failure::during("Cannot make target/tools"))?;
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(tools)
        .arg(FETCHED);
    task::run(&mut npm)
}

/// The same as `engines` in the screen's package.json.
fn is_accepted(version: &str) -> bool {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), _) => major >= 24,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_accepted;

    #[test]
    fn old_and_odd_lines_are_refused() {
        for version in ["v18.20.4", "v20.18.3", "v21.7.0", "v23.1.0", "", "nonsense"] {
            assert!(!is_accepted(version), "{version} is not in the screen's engines");
        }
    }

    #[test]
    fn maintained_lines_are_accepted() {
        for version in ["v20.19.0\n", "v22.12.1", "v24.0.0", "v25.3.1"] {
            assert!(is_accepted(version), "{version} is in the screen's engines");
        }
    }
}
