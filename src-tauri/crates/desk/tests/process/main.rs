//! The program itself: how it starts, what it says, how it ends.

// The helpers beside the tests fail a test the way a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod admin;
mod backup;
mod channels;
mod export;
mod killed;
mod limits;
mod mail;
mod mail_server;
mod prices;
mod program;
mod raw;
mod sdk;
#[path = "../support/signed.rs"]
mod signed;
mod simulate;
mod start;
mod stop;
mod tls;
