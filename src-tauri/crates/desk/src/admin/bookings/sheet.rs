//! Bookings of a table.

use super::Booking;
use super::when::{Edge, House};
use crate::admin::{Bad, table};

const COLUMNS: &[&str] = &[
    "reference",
    "title",
    "starts",
    "ends",
    "name",
    "email",
    "phone",
    "resource",
    "cancel_until",
    "move_until",
    "status",
    "language",
];
const REQUIRED: &[&str] = &["reference", "title", "starts", "ends", "name"];

/// All rows; the first wrong one refuses the table.
pub fn read(text: &str, house: &House) -> Result<Vec<Booking>, Bad> {
    let rows = table::rows(text, COLUMNS, REQUIRED)?;
    rows.iter().map(|row| booking(row, house)).collect()
}

fn booking(row: &table::Row, house: &House) -> Result<Booking, Bad> {
    let owned = |column: &str| row.get(column).map(str::to_owned);
    Ok(Booking {
        line: row.line,
        reference: row.require("reference")?.to_owned(),
        title: row.require("title")?.to_owned(),
        name: row.require("name")?.to_owned(),
        email: owned("email"),
        phone: owned("phone"),
        resource: owned("resource"),
        language: owned("language"),
        starts_at: required(row, "starts", Edge::Start, house)?,
        ends_at: required(row, "ends", Edge::End, house)?,
        cancel_until: time(row, "cancel_until", Edge::Start, house)?,
        move_until: time(row, "move_until", Edge::Start, house)?,
        is_cancelled: is_cancelled(row)?,
    })
}

fn required(row: &table::Row, column: &str, edge: Edge, house: &House) -> Result<i64, Bad> {
    row.require(column)?;
    let read = time(row, column, edge, house)?;
    read.ok_or_else(|| Bad::at(row.line, format!("{column} is missing")))
}

fn time(row: &table::Row, column: &str, edge: Edge, house: &House) -> Result<Option<i64>, Bad> {
    let Some(text) = row.get(column) else {
        return Ok(None);
    };
    let wrong = || Bad::at(row.line, format!("{column} is not a time like 2026-12-01 15:00"));
    house.read(text, edge).map(Some).ok_or_else(wrong)
}

fn is_cancelled(row: &table::Row) -> Result<bool, Bad> {
    match row.get("status").map(str::to_lowercase).as_deref() {
        None | Some("confirmed") => Ok(false),
        Some("cancelled" | "canceled") => Ok(true),
        Some(_) => Err(Bad::at(row.line, "status is confirmed or cancelled")),
    }
}
