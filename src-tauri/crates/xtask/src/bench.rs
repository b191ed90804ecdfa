//! `cargo xtask bench`: how fast the store is on this machine, now.

use crate::task;
use crate::workspace::cargo;
use xtask::Outcome;

/// Conversations and messages.
const SIZES: [(&str, &str); 2] = [("2000", "100000"), ("50000", "1000000")];

/// The same texts in every run.
const SEED: &str = "1";

/// Builds the benchmark and runs it for each size, each time in a new process so that the peak of memory is its own,
/// then compares with a plain file.
pub fn bench() -> Outcome {
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
