//! The two encrypted files of a profile folder: what the server can tell again (`cache.db`), and what only this computer
//! knows (`durable.db`).
//!
//! For: keeping everything seen readable without a network, and every pressed change until the server has it. Each file
//! has one writer thread and a few readers; a write is announced after its commit. Not for: deciding anything about an
//! item or an alert (that is `sync`), and not for a clock: times are passed in as epoch seconds.

mod account;
mod alert;
mod attachment_file;
mod batch;
mod cache;
mod catalog;
mod change;
mod codec;
mod contact;
mod contact_name;
mod contact_note;
mod conversation;
mod customers;
mod day;
mod draft;
#[cfg(test)]
mod earlier_versions;
mod error;
mod export;
mod file;
#[cfg(test)]
mod full_disk;
mod integrity;
mod keys;
mod list;
mod memory;
mod message;
mod missing;
mod notification;
mod outbox;
mod pin;
#[cfg(test)]
mod plans;
mod schema;
mod search;
mod setting;
mod show;
mod statistics;
mod store;
mod sync_state;
mod take_over;

pub use account::{AccountRow, LoginKey, NewAccount, NewLogin, SignedOut};
pub use alert::Alert;
pub use attachment_file::{AttachmentFile, AttachmentKey};
pub use batch::{Activity, Applied, Batch};
pub use change::Change;
pub use conversation::{HumanReply, StoredConversation};
pub use customers::Customers;
pub use day::Night;
pub use draft::Draft;
pub use error::StoreError;
pub use export::{ExportQuery, Exported, ToExport};
pub use keys::{Key, KeyState, MIN_PASSPHRASE_CHARS, open_key, unlock};
pub use list::{Counts, Group, Row, Window, WindowQuery};
pub use message::{Gap, History, HistoryMark, Stretch};
pub use notification::NewestNotifications;
pub use outbox::{NewFile, NewItem};
pub use pin::PinHash;
pub use search::{MessageHit, SearchHit, SearchQuery};
pub use statistics::{Behind, BehindPage, Coverage, Goals, Part, Period, Promptness, Statistics};
pub use store::Store;
pub use sync_state::SyncState;

/// What a call of this crate answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The file that is never rebuilt.
const DURABLE_FILE: &str = "durable.db";
