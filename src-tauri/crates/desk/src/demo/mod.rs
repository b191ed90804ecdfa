//! Two properties to try the desk with: a hotel and a salon, with people, guests, bookings and weeks of conversations.

pub mod property;

use crate::db::Migration;
use crate::desk::Desk;
use crate::error::ApiError;
use serde_json::Value;

/// The demo brings no tables of its own.
pub const MIGRATIONS: &[Migration] = &[];

/// Fills an empty desk.
pub async fn fill(_desk: &Desk) -> Result<(), ApiError> {
    Ok(())
}

/// The demo people who may sign in.
pub async fn logins(_desk: &Desk) -> Result<Vec<Value>, ApiError> {
    Ok(Vec::new())
}

/// Guest links for each demo property.
pub async fn guest_links(_desk: &Desk) -> Result<Vec<Value>, ApiError> {
    Ok(Vec::new())
}
