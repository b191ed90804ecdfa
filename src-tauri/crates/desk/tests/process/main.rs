//! The program itself: how it starts, what it says, how it ends.

// The helpers beside the tests fail a test the way a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod admin;
mod backup;
mod limits;
mod mail;
mod mail_server;
mod program;
mod start;
mod stop;
mod tls;
