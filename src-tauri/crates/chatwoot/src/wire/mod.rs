//! The wire's JSON read into `domain` entities, leniently: a missing key, an unknown word, a number given as text or a
//! null never fail. Only what has no identity of its own is left out.

mod catalog;
mod contact;
mod conversation;
mod inbox;
mod message;
mod more;
mod notification;
mod people;
mod read;
#[cfg(test)]
mod tests;
mod time;

pub(crate) use catalog::{attribute_definition, macro_of, saved_view, shared_view};
pub(crate) use contact::{contact, contact_note};
pub use conversation::ConversationUpdate;
pub(crate) use conversation::{conversation_update, unread_count};
pub(crate) use inbox::inbox;
pub(crate) use message::{by_time, message};
pub(crate) use notification::notification;
pub(crate) use people::{access, agent, canned_response, label, team};
pub(crate) use read::{Read, readable};
