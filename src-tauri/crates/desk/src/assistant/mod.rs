//! The assistant that answers guests first, without a network: from the property's knowledge, price list, opening hours
//! and the guest's own bookings.
//!
//! For: deciding and writing the answer of a pending conversation, and handing over to a person. Not for: channels and
//! status rules, which belong to `service`; the assistant acts through it like any other bot.

pub mod actions;
mod case;
mod deliver;
pub mod engine;
mod llm;
mod lookup;
mod worker;

pub use case::hours as working_hours;

pub use worker::start;

use crate::db::Migration;

/// Tables of what the assistant answers from.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "assistant/1",
        sql: include_str!("schema.sql"),
    },
    Migration {
        name: "assistant/2",
        sql: include_str!("languages.sql"),
    },
    Migration {
        name: "assistant/3",
        sql: include_str!("actions/schema.sql"),
    },
    Migration {
        name: "assistant/4",
        sql: include_str!("booking_names.sql"),
    },
];

#[cfg(test)]
mod tests;
