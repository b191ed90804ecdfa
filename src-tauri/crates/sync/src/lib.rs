//! Keeps this computer in step with its servers: supervisor, catch-up, live apply, outbox and alerts.
//!
//! For: turning what the wire says into what the store holds, and what a person pressed into what the server holds, each
//! exactly once. Decisions are pure functions (`outbox::decide`, `outbox::gate`, `connection`, `alerts::decide`); one
//! driver per account does the I/O. Not for: SQL, wire formats, words or windows.

mod account;
mod alerts;
mod clock;
mod connection;
mod engine;
mod event;
mod notices;
mod outbox;
mod outcome;
mod policy;

pub use account::{ChannelBots, ContactNotes, Found, ViewChange, ViewOutcome, closed_since};
pub use clock::{Clock, SystemClock};
pub use connection::{Connection, Step};
pub use engine::{AttachmentProblem, Engine, LoadOlder};
pub use event::{AccountStatus, Notice, SyncEvent};
pub use outbox::decide::{Outcome, Verdict, decide};
pub use outbox::gate::{World, gate};
pub use outcome::{Decided, SavedForAll};
pub use policy::Depth;
