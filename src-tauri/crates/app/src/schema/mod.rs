//! The plain data that crosses to the screen. Rows of the store and payloads of the wire never do.
//!
//! Ids and changes cross, not whole lists: an event says what changed, and the screen asks again for what it shows.
//! All times are epoch seconds.

mod calls;
mod channels;
mod day;
mod error;
mod event;
mod export;
mod list;
mod lock;
mod outbox;
mod outcome;
mod session;
mod statistics;
mod thread;
mod typescript;
mod views;

pub use calls::{Mutate, Query, Trigger};
pub use channels::*;
pub use day::*;
pub use error::{CommandError, ErrorCode};
pub use event::{Event, EventBatch};
pub use export::*;
pub use list::*;
pub use lock::*;
pub use outbox::*;
pub use outcome::*;
pub use session::*;
pub use statistics::*;
pub use thread::*;
pub use typescript::typescript;
pub use views::*;
