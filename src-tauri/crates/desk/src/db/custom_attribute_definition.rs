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
    pub regex_pattern: Option<String>,
    pub regex_cue: Option<String>,
    pub default_value: Option<i64>,
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
            regex_pattern: row.get("regex_pattern")?,
            regex_cue: row.get("regex_cue")?,
            default_value: row.get("default_value")?,
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
           attribute_description, attribute_key, attribute_values, attribute_model, created_at, updated_at,
           regex_pattern, regex_cue, default_value)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            new.account_id,
            new.attribute_display_name,
            new.attribute_display_type,
            new.attribute_description,
            new.attribute_key,
            new.attribute_values.to_string(),
            new.attribute_model,
            new.created_at,
            new.updated_at,
            new.regex_pattern,
            new.regex_cue,
            new.default_value
        ],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, found: &CustomAttributeDefinition) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE custom_attribute_definition SET attribute_display_name = ?2, attribute_display_type = ?3,
           attribute_description = ?4, attribute_key = ?5, attribute_values = ?6, attribute_model = ?7,
           regex_pattern = ?8, regex_cue = ?9, default_value = ?10, updated_at = ?11 WHERE id = ?1",
        params![
            found.id,
            found.attribute_display_name,
            found.attribute_display_type,
            found.attribute_description,
            found.attribute_key,
            found.attribute_values.to_string(),
            found.attribute_model,
            found.regex_pattern,
            found.regex_cue,
            found.default_value,
            found.updated_at
        ],
    )?;
    Ok(())
}

pub fn delete(connection: &Connection, id: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "DELETE FROM custom_attribute_definition WHERE id = ?1",
        [id],
    )?;
    Ok(())
}

pub fn find_in(
    connection: &Connection,
    account_id: i64,
    id: i64,
) -> Result<Option<CustomAttributeDefinition>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM custom_attribute_definition WHERE id = ?1 AND account_id = ?2",
        [id, account_id],
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
