//! A WHERE clause in the making. Values are always bound, never written into the SQL.

use rusqlite::types::Value;

/// SQL with its values, in order.
#[derive(Debug)]
pub struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Condition {
    pub fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            sql: sql.into(),
            values: values.into_iter().collect(),
        }
    }

    /// Narrows it.
    pub fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values);
    }
}

/// `?, ?, ?` for so many values; `NULL` for none, which nothing equals.
pub fn marks(count: usize) -> String {
    if count == 0 {
        return "NULL".to_owned();
    }
    vec!["?"; count].join(", ")
}
