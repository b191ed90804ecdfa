//! One account in step with its server: a supervisor that connects, catches up, and applies what the socket tells.
//!
//! The socket is a hint: it drops silently, replays nothing and reorders. So: subscribe and buffer, catch up over REST,
//! apply the buffer, then live (architecture: Sync; reference §10.5).

mod access;
mod apply;
mod attachments;
mod bots;
mod catalog;
mod catch_up;
mod company;
mod context;
mod depth;
mod failure;
mod live;
mod notes;
mod order;
mod socket;
mod supervisor;
mod templates;
mod threads;
mod views;

pub use access::Found;
pub(crate) use access::{check, look_for};
pub(crate) use apply::fetch;
pub(crate) use attachments::get as attachment;
pub use bots::ChannelBots;
pub(crate) use bots::{channel_bots, set_bot};
pub(crate) use company::{look, type_in};
pub(crate) use context::Context;
pub use depth::closed_since;
pub(crate) use failure::Failure;
pub use notes::ContactNotes;
pub(crate) use notes::contact_notes;
pub(crate) use supervisor::supervise;
pub(crate) use templates::{delete_template, save_template};
pub(crate) use threads::{load_older, refresh_thread};
pub(crate) use views::change_view;
pub use views::{ViewChange, ViewOutcome};
