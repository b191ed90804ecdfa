//! Whether both files are whole, page by page and index by index.

use crate::{Result, Store};
use rusqlite::Connection;

/// Findings listed of each file: one is enough to know.
const MOST: u32 = 20;

impl Store {
    /// What is wrong with the files; empty when nothing is. Reads every page, so it takes seconds on a large cache.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn damage(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for file in [&self.inner.durable, &self.inner.cache] {
            found.extend(file.read("check", |connection| Ok(problems(connection)?)).await?);
        }
        Ok(found)
    }
}

fn problems(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    // The cipher's own check answers nothing when every page's signature fits (SQLCipher: cipher_integrity_check).
    let mut found = told(connection, "PRAGMA cipher_integrity_check")?;
    found.extend(told(connection, &format!("PRAGMA integrity_check({MOST})"))?);
    found.extend(told(connection, "PRAGMA foreign_key_check")?);
    found.retain(|line| line != "ok");
    found.truncate(MOST as usize);
    Ok(found)
}

fn told(connection: &Connection, pragma: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(pragma)?;
    let lines = statement.query_map([], |row| row.get(0))?;
    lines.collect()
}
