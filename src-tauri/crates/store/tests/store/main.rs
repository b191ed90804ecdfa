//! The store as its callers see it. One program, because each of its own would be linked with everything again.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod attachment_files;
mod batches;
mod contact_notes;
mod customers;
mod damaged_caches;
mod day;
mod exports;
mod files;
mod filters;
mod keyring;
mod lists;
mod more;
mod notifications;
mod outbox;
mod plain_file;
mod search;
mod statistics;
mod stretches;
mod take_overs;
mod unsent;
