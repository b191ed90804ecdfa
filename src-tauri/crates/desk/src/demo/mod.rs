//! Two properties to try the desk with: a hotel and a salon, with people, guests, bookings and weeks of conversations.

pub mod property;

use crate::db::Migration;

/// The demo brings no tables of its own.
pub const MIGRATIONS: &[Migration] = &[];
