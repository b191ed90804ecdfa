//! `cargo xtask shots`: pictures of every screen of the real window, for the documentation.

use crate::setup::{self, Purpose};
use crate::workspace::{binary, cargo, root};
use crate::{built, task};
use xtask::{Outcome, guarded};

/// Builds everything and lets the program that drives the window write `docs/screens`.
pub fn take() -> Outcome {
    setup::prepare(Purpose::Test)?;
    built::screen()?;
    task::run(&mut cargo(&["build", "--workspace", "--bins"]))?;
    let mut shots = guarded::command(binary("front-desk-shots"));
    task::run(shots.arg(root().join("docs/screens")))
}
