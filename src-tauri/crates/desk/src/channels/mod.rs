//! Channels that reach guests elsewhere: text messages, WhatsApp, Messenger, Instagram, mail, and what follows a call.
//!
//! For: taking what providers bring ([`ingress`]), sending what the desk queued ([`queue`], [`carrier`]), and the words
//! STOP, START and HELP ([`consent`]). Not for: what a message brings about, which is `service`; nor the web chat, which
//! needs no provider.

pub mod carrier;
pub mod consent;
pub mod ingress;
mod queue;
mod receive;
pub mod templates;

pub use queue::start;

use crate::db::Migration;

/// Tables of providers, of what leaves and of what came in.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "channels/1",
    sql: include_str!("schema.sql"),
}];
