//! The filter grammar of conversations and contacts (reference §3.3, §7): a list of clauses becomes one condition.
//!
//! Here it is read, checked and written as SQL. Who may see which rows, and pages, are the callers' matter.

mod clause;
mod custom;
mod keys;
mod sql;

use super::condition::Condition;
use crate::error::ApiError;
use rusqlite::Connection;
use serde_json::Value;

pub use keys::Subject;

/// More clauses, or more values in all, than anybody's screen makes.
const MOST_CLAUSES: usize = 100;
const MOST_VALUES: usize = 500;

/// Reads `payload`; none when it holds no clause, so that everything matches. The condition speaks of the subject's
/// table under the alias `c`. `now_ms`: epoch milliseconds.
pub fn read(
    connection: &Connection,
    account_id: i64,
    subject: Subject,
    payload: Option<&Value>,
    now_ms: i64,
) -> Result<Option<Condition>, ApiError> {
    let payload = payload.ok_or_else(|| ApiError::missing("payload"))?;
    let written = payload.as_array().ok_or_else(|| ApiError::missing("payload"))?;
    if written.len() > MOST_CLAUSES {
        return Err(ApiError::Refused(format!(
            "Invalid value. A filter has at most {MOST_CLAUSES} conditions"
        )));
    }
    let mut whole = Condition::new("", []);
    for (place, written) in written.iter().enumerate() {
        let is_last = place + 1 == payload.as_array().map_or(0, Vec::len);
        let clause = clause::read(connection, account_id, subject, written, is_last)?;
        let part = sql::of(&clause, subject, now_ms)?;
        whole.sql.push_str(&format!("({})", part.sql));
        whole.values.extend(part.values);
        if whole.values.len() > MOST_VALUES {
            return Err(clause::invalid_value(&clause.key));
        }
        if let Some(joint) = clause.joint {
            whole.sql.push_str(joint);
        }
    }
    Ok(Some(whole).filter(|whole| !whole.sql.is_empty()))
}
