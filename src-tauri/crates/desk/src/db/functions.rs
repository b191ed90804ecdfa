//! What SQL can call beyond SQLite's own.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// `lower` for every script: SQLite's own knows A to Z only, and guests are called Özlem too.
pub fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("lower", 1, flags, |context| {
        let text: Option<String> = match context.get_raw(0) {
            rusqlite::types::ValueRef::Null => None,
            rusqlite::types::ValueRef::Integer(number) => Some(number.to_string()),
            rusqlite::types::ValueRef::Real(number) => Some(number.to_string()),
            rusqlite::types::ValueRef::Text(text) | rusqlite::types::ValueRef::Blob(text) => {
                Some(String::from_utf8_lossy(text).to_lowercase())
            }
        };
        Ok(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_a_lower_case() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        let lower =
            |sql: &str| -> Option<String> { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(lower("SELECT lower('ÖZLEM Σ')").as_deref(), Some("özlem σ"));
        assert_eq!(lower("SELECT lower(NULL)"), None);
        assert_eq!(lower("SELECT lower(7)").as_deref(), Some("7"));
    }
}
