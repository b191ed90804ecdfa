//! What a host may ask of Deskbell, and how it answers: one list of commands and events, error codes, and the types the
//! screen is written against.
//!
//! For: hosts (the window, the development page, tests). Not for: windows, trays or sound, which belong to the host; nor
//! SQL or HTTP, which belong to `store` and `chatwoot`.

mod act;
mod attachments;
mod built_in;
mod cards;
mod channels;
mod compose;
mod contact_notes;
mod core;
mod customer;
mod day;
mod export;
mod feed;
mod files;
mod handle;
mod host;
mod left;
mod left_behind;
mod list;
mod lock;
mod mail;
mod mail_markup;
mod markup;
mod proposals;
mod rings;
mod rows;
pub mod schema;
mod session;
mod settings;
mod signs;
mod statistics;
mod templates;
mod thread;
mod unsent;
mod views;
pub mod words;

pub use attachments::AttachmentFile;
pub use core::{App, AppOptions};
pub use deskbell_sync::AttachmentProblem;
pub use host::{Host, HostStatus, NewFile, Reminder, Ring, Trial};
