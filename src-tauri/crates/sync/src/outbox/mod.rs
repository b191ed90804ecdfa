//! The outbox: nothing lost, nothing sent twice.
//!
//! For: bringing every pressed change to the server in the order of its subject. `decide` says what an outcome
//! makes of an item, `gate` whether the world still wants it, `send` does it, `read_back` finds out what became of a lost
//! answer, `driver` keeps going. Not for: storing items or showing them.

pub mod decide;
pub mod driver;
pub mod gate;
mod read_back;
mod schedule;
mod send;
mod send_contact;

pub(crate) use driver::arrived;
