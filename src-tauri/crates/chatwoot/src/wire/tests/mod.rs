//! The traps of the wire's JSON, written after the reference.

mod alien;
mod conversation;
mod message;
mod properties;
