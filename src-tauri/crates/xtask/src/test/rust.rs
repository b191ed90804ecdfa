//! All Rust tests, inside one prepared session.

use super::counts::Counts;
use crate::task;
use crate::workspace::cargo;
use std::process::Command;
use xtask::Outcome;

/// Builds programs, tests and examples in one go. One selection of packages means one set of features, so that nothing
/// is compiled twice. Without this very program, which Windows does not let be replaced while it runs.
pub fn build() -> Outcome {
    task::run(&mut cargo(&[
        "build",
        "--workspace",
        "--bins",
        "--tests",
        "--examples",
    ]))
}

/// Runs the tests whose names contain `filter`, all without one.
pub fn test(filter: Option<&str>) -> Outcome<(Counts, bool)> {
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
    command.args(filter);
    in_session(&mut command, |command| {
        let mut counts = Counts::default();
        let succeeded = task::watch(command, |line| {
            counts.add(Counts::of_line(line).unwrap_or_default())
        })?;
        Ok((counts, succeeded))
    })
}

#[cfg(target_os = "linux")]
fn in_session<T>(command: &mut Command, run: impl FnOnce(&mut Command) -> Outcome<T>) -> Outcome<T> {
    use xtask::session::{Session, SessionOptions};
    let folder = crate::workspace::target().join("test-session");
    let _ = std::fs::remove_dir_all(&folder);
    let session = Session::start(&SessionOptions::in_folder(folder))?;
    run(session.enter(command))
}

/// Elsewhere every computer that can build this has a desktop session.
#[cfg(not(target_os = "linux"))]
fn in_session<T>(command: &mut Command, run: impl FnOnce(&mut Command) -> Outcome<T>) -> Outcome<T> {
    run(command)
}
