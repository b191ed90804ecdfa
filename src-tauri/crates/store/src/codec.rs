//! Values of `deskbell-domain` as columns.

use crate::Result;
use crate::file::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The wire's word of a plain enum.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, Fault> {
    match serde_json::to_value(value)? {
        Value::String(word) => Ok(word),
        _ => Err(Fault::Shape),
    }
}

/// Reads what [`word`] wrote.
pub(crate) fn from_word<T: DeserializeOwned>(word: String) -> Result<T, Fault> {
    Ok(serde_json::from_value(Value::String(word))?)
}
