//! Use cases: what a request, the assistant, a channel or a timer may do, with all that follows from it by the
//! reference's rules (§5, §10.6). They know rows and rules, no HTTP.
//!
//! Each comes as a plain function inside a [`crate::desk::Change`], so that several make one transaction; the async
//! ones beside them are for callers that do just one thing.

pub mod access;
pub mod activity;
pub mod assignment;
pub mod attributes;
pub mod auto_resolve;
pub mod automatic;
pub mod bot_switch;
pub mod contact;
pub mod contact_merge;
pub mod conversation;
pub mod csat;
pub mod delivery;
pub mod differences;
pub mod inboxes;
pub mod liquid;
pub mod macros;
pub mod message;
pub mod mfa;
pub mod notification;
pub mod reporting;
pub mod roles;
pub mod save;
pub mod seen;
pub mod setup;
pub mod shared_view;
pub mod timers;
pub mod tokens;
pub mod totp;
pub mod typing;
pub mod uploads;
pub mod window;
