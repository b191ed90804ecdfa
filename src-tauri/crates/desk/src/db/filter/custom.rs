//! Custom attributes as filter keys: only those with a definition for the subject.

use super::keys::Subject;
use crate::db::rows;
use crate::error::ApiError;
use rusqlite::{Connection, params};

/// How an attribute's values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, list, link, currency, percent: lower-case text.
    Text,
    Number,
    Date,
    Checkbox,
}

const TEXT: &[&str] = &[
    "equal_to",
    "not_equal_to",
    "contains",
    "does_not_contain",
    "is_present",
    "is_not_present",
];
const NUMBER: &[&str] = &[
    "equal_to",
    "not_equal_to",
    "is_present",
    "is_not_present",
    "is_greater_than",
    "is_less_than",
];
const DATE: &[&str] = &[
    "equal_to",
    "not_equal_to",
    "is_present",
    "is_not_present",
    "is_greater_than",
    "is_less_than",
    "days_before",
];
const CHECKBOX: &[&str] = &["equal_to", "not_equal_to", "is_present", "is_not_present"];

impl Kind {
    pub fn operators(self) -> &'static [&'static str] {
        match self {
            Self::Text => TEXT,
            Self::Number => NUMBER,
            Self::Date => DATE,
            Self::Checkbox => CHECKBOX,
        }
    }
}

/// The kind of a defined attribute.
pub fn kind(
    connection: &Connection,
    account_id: i64,
    subject: Subject,
    key: &str,
) -> Result<Option<Kind>, ApiError> {
    let display_type: Option<String> = rows::value(
        connection,
        "SELECT attribute_display_type FROM custom_attribute_definition
         WHERE account_id = ?1 AND attribute_model = ?2 AND attribute_key = ?3",
        params![account_id, subject.attribute_model(), key],
    )?;
    Ok(display_type.map(|display_type| match display_type.as_str() {
        "number" => Kind::Number,
        "date" => Kind::Date,
        "checkbox" => Kind::Checkbox,
        _ => Kind::Text,
    }))
}
