//! `cargo xtask bench`: how fast the store and the window are on this machine, now.

use crate::setup::{self, Purpose};
use crate::workspace::cargo;
use crate::{built, task};
use xtask::Outcome;

/// Conversations and messages.
const SIZES: [(&str, &str); 2] = [("2000", "100000"), ("50000", "1000000")];

/// The same texts in every run.
const SEED: &str = "1";

/// Builds the benchmark and runs it for each size, each time in a new process so that the peak of memory is its own,
/// then compares with a plain file. Then the window, with everything built as it is shipped.
pub fn bench() -> Outcome {
    store()?;
    window()
}

fn store() -> Outcome {
    for (conversations, messages) in SIZES {
        measure(&[conversations, messages, SEED])?;
    }
    let (conversations, messages) = SIZES[0];
    measure(&[conversations, messages, SEED, "compare"])
}

fn measure(arguments: &[&str]) -> Outcome {
    let mut command = cargo(&["bench", "--quiet", "--package", "deskbell-store"]);
    command.args(["--features", "plain-file", "--bench", "store", "--"]);
    task::run(command.args(arguments))
}

fn window() -> Outcome {
    setup::prepare(Purpose::Test)?;
    built::screen()?;
    task::run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "deskbell",
        "-p",
        "deskbell-desk",
    ]))?;
    task::run(&mut cargo(&[
        "bench",
        "--package",
        "deskbell-tests",
        "--bench",
        "window",
    ]))
}
