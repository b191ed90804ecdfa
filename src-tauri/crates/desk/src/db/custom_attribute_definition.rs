//! What custom attributes are called and how they look.

use super::json;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};
use serde_json::Value;

/// One definition.
pub struct CustomAttributeDefinition {
    pub id: i64,
    pub account_id: i64,
    pub attribute_display_name: String,
    /// `text`, `number`, `currency`, `percent`, `link`, `date`, `list` or `checkbox`.
    pub attribute_display_type: String,
    pub attribute_description: Option<String>,
    pub attribute_key: String,
    pub attribute_values: Value,
    /// `conversation_attribute` or `contact_attribute`.
    pub attribute_model: String,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for CustomAttributeDefinition {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            attribute_display_name: row.get("attribute_display_name")?,
            attribute_display_type: row.get("attribute_display_type")?,
            attribute_description: row.get("attribute_description")?,
            attribute_key: row.get("attribute_key")?,
            attribute_values: json::value(row, "attribute_values")?,
            attribute_model: row.get("attribute_model")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A new definition (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &CustomAttributeDefinition) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO custom_attribute_definition (account_id, attribute_display_name, attribute_display_type,
           attribute_description, attribute_key, attribute_values, attribute_model, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            new.account_id,
            new.attribute_display_name,
            new.attribute_display_type,
            new.attribute_description,
            new.attribute_key,
            new.attribute_values.to_string(),
            new.attribute_model,
            new.created_at,
            new.updated_at
        ],
    )
}

/// Those of a model, or all.
pub fn all(
    connection: &Connection,
    account_id: i64,
    model: Option<&str>,
) -> Result<Vec<CustomAttributeDefinition>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM custom_attribute_definition WHERE account_id = ?1 AND (?2 IS NULL OR attribute_model = ?2)
         ORDER BY id",
        params![account_id, model],
    )
}
