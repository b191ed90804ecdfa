//! Rows as JSON, exactly as the reference has them: what REST answers and what the socket pushes are different shapes
//! of the same row, and this is the only place that knows either.

pub mod account;
pub mod attachment;
pub mod contact;
pub mod conversation;
pub mod csat;
pub mod inbox;
pub mod macros;
pub mod message;
pub mod notification;
pub mod people;
pub mod public;
pub mod search;
pub mod shared_view;
pub mod small;
pub mod team;
pub mod time;
