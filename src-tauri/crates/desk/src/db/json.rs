//! JSON columns.

use rusqlite::Row;
use serde_json::{Map, Value};

/// A JSON object, as attribute columns hold it.
pub type Object = Map<String, Value>;

/// Reads an object column; anything else in it counts as empty.
pub fn object(row: &Row<'_>, column: &str) -> rusqlite::Result<Object> {
    match value(row, column)? {
        Value::Object(object) => Ok(object),
        _ => Ok(Object::new()),
    }
}

/// Reads any JSON column; damage counts as null.
pub fn value(row: &Row<'_>, column: &str) -> rusqlite::Result<Value> {
    let text: String = row.get(column)?;
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// The text stored for an object.
pub fn text(object: &Object) -> String {
    serde_json::to_string(object).unwrap_or_else(|_| "{}".to_owned())
}
