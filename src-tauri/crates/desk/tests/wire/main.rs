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
mod events_of_actions;
mod faults;
mod filters;
mod hostile;
mod house;
mod house_work;
mod macros;
mod messages;
mod mfa;
mod notifications;
mod people;
#[path = "../support/plan.rs"]
mod plan;
mod public;
mod reports;
mod roles;
mod search;
mod sink;
mod states;
mod status;
mod teams;
mod webhooks;
mod windows;
