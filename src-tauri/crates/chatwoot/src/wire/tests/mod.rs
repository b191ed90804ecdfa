//! The traps of the wire's JSON, written after the reference.

mod conversation;
mod message;
mod properties;
