//! The program itself: how it starts, what it says, how it ends.

// The helpers beside the tests fail a test the way a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod admin;
mod backup;
mod export;
mod limits;
mod prices;
mod program;
mod raw;
mod simulate;
mod start;
mod stop;
mod tls;
