//! One clause as it was written, checked: key, operator, values, and how it joins the next one.

use super::custom::{self, Kind};
use super::keys::{Field, Subject};
use crate::error::ApiError;
use rusqlite::Connection;
use serde_json::Value;

/// What a clause is about.
#[derive(Debug)]
pub enum Place {
    Standard(Field),
    /// A custom attribute with a definition.
    Custom(Kind),
}

/// A clause that can be written as SQL.
#[derive(Debug)]
pub struct Clause {
    pub key: String,
    pub place: Place,
    /// Lower-case, one the key allows.
    pub operator: String,
    /// None are needed to ask whether there is a value.
    pub values: Vec<String>,
    /// ` AND ` or ` OR ` before the next clause; none after the last.
    pub joint: Option<&'static str>,
}

/// Reads a clause; `is_last` says whether another one follows.
pub fn read(
    connection: &Connection,
    account_id: i64,
    subject: Subject,
    written: &Value,
    is_last: bool,
) -> Result<Clause, ApiError> {
    let text = |name: &str| written[name].as_str().unwrap_or_default();
    let key = text("attribute_key").to_owned();
    let operator = text("filter_operator").to_lowercase();
    let standard = subject.keys().iter().find(|known| known.name == key);
    let (place, operators) = match standard {
        Some(known) => (Place::Standard(known.field), known.operators),
        None => match custom::kind(connection, account_id, subject, &key)? {
            Some(kind) => (Place::Custom(kind), kind.operators()),
            None => return Err(unknown_key(subject, &key)),
        },
    };
    if !operators.contains(&operator.as_str()) {
        return Err(ApiError::Refused(format!(
            "Invalid operator. The allowed operators for {key} are [{}].",
            operators.join(",")
        )));
    }
    let joint = joint(&written["query_operator"], is_last)?;
    let values = values(&key, &operator, &written["values"])?;
    Ok(Clause {
        key,
        place,
        operator,
        values,
        joint,
    })
}

fn unknown_key(subject: Subject, key: &str) -> ApiError {
    let allowed: Vec<&str> = subject.keys().iter().map(|key| key.name).collect();
    // A key can be as long as a request; its beginning tells enough.
    let key: String = key.chars().take(255).collect();
    ApiError::Refused(format!(
        "Invalid attribute key - [{key}]. The key should be one of [{}] or a custom attribute defined in the account.",
        allowed.join(",")
    ))
}

/// Nothing joins the last clause to anything; between two there must be an operator (reference §3.3).
fn joint(written: &Value, is_last: bool) -> Result<Option<&'static str>, ApiError> {
    let operator = match written {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_lowercase(),
        _ => "?".to_owned(),
    };
    match (operator.as_str(), is_last) {
        ("", true) => Ok(None),
        ("and", false) => Ok(Some(" AND ")),
        ("or", false) => Ok(Some(" OR ")),
        _ => Err(ApiError::Refused(
            "Query operator must be either \"AND\" or \"OR\".".to_owned(),
        )),
    }
}

fn values(key: &str, operator: &str, written: &Value) -> Result<Vec<String>, ApiError> {
    if matches!(operator, "is_present" | "is_not_present") {
        return Ok(Vec::new());
    }
    let written = match written {
        Value::Array(values) => values.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    let mut values = Vec::new();
    for value in written {
        values.push(match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => return Err(invalid_value(key)),
        });
    }
    if values.is_empty() || values.iter().all(|value| value.trim().is_empty()) {
        return Err(invalid_value(key));
    }
    Ok(values)
}

/// The values are not what the key takes.
pub fn invalid_value(key: &str) -> ApiError {
    ApiError::Refused(format!(
        "Invalid value. The values provided for {key} are invalid"
    ))
}
