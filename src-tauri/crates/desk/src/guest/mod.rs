//! The page a guest opens from the link in a booking e-mail: one conversation, live both ways.
//!
//! For: links, their thirty days, and the page's files. Not for: messages, which travel through the public client API
//! like those of any other web chat.

use crate::db::Migration;

/// The table of links.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "guest/1",
    sql: include_str!("schema.sql"),
}];
