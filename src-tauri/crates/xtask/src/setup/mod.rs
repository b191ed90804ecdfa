//! What the machine needs before anything can be built or tested.

mod debian;
mod elsewhere;
pub mod node;
mod packages;

use crate::npm;
use xtask::Outcome;

/// What somebody wants to do here; later ones need everything of the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Build and see the window on a screen.
    Build,
    /// Show it on a virtual display.
    Screenless,
    /// Drive the real window and a guest's browser.
    Test,
}

/// Makes sure that everything is there: system packages, Node, and npm's packages.
pub fn prepare(purpose: Purpose) -> Outcome {
    if debian::is_here() {
        debian::install(purpose)?;
    } else {
        elsewhere::check(purpose);
    }
    node::ensure()?;
    npm::install()
}
