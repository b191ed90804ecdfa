//! What goes over the wire, against real servers on loopback that answer as the reference says.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod calls;
mod catalog;
mod downloads;
mod errors;
mod loopback;
mod notifications;
mod requests;
mod sign_in;
