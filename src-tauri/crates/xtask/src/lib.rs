//! What the repository's commands and its tests share: a desktop session on a machine without a screen.
//!
//! Not part of the product. The standard library only, because it is built before anything else can be.

mod failure;
pub mod guarded;
#[cfg(target_os = "linux")]
pub mod session;

pub use failure::{Failure, Outcome};
