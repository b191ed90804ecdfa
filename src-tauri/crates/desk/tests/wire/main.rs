//! The wire, checked against its reference: a real server on a free port, asked as any client would.

// The helpers beside the tests fail a test the way a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod account;
mod auth;
mod bot;
mod bot_events;
mod cable;
mod channels;
mod channels_call;
mod channels_mail;
mod channels_meta;
mod channels_sms;
mod channels_window;
mod closed_hours;
mod contact_links;
mod contacts;
mod contract;
mod conversations;
mod csat;
mod definitions;
mod events_heard;
mod events_of_actions;
mod events_table;
mod faults;
mod filters;
mod frames;
mod hostile;
mod house;
mod house_work;
mod inboxes;
mod listener;
mod looking;
mod macros;
mod messages;
mod mfa;
mod notifications;
mod own;
mod people;
#[path = "../support/plan.rs"]
mod plan;
mod provider;
mod public;
mod reports;
mod roles;
#[path = "../support/routes.rs"]
mod routes;
mod search;
mod shared_views;
#[path = "../support/signed.rs"]
mod signed;
mod simulate;
mod sink;
mod states;
mod states_around;
mod status;
mod teams;
mod uploads;
mod webhooks;
mod windows;
