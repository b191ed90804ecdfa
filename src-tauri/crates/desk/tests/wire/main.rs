//! The wire, checked against its reference: a real server on a free port, asked as any client would.

// The helpers beside the tests fail a test the way a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod account;
mod auth;
mod bot;
mod cable;
mod channels;
mod contact_links;
mod contacts;
mod conversations;
mod csat;
mod definitions;
mod faults;
mod filters;
mod hostile;
mod house;
mod house_work;
mod macros;
mod messages;
mod notifications;
mod people;
#[path = "../support/plan.rs"]
mod plan;
mod public;
mod reports;
mod search;
mod simulate;
mod sink;
mod status;
mod teams;
mod uploads;
mod webhooks;
mod windows;
