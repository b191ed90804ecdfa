//! What a person chose, as JSON by name.

use crate::file::received;
use crate::{Change, Result, Store};
use rusqlite::OptionalExtension;
use serde_json::Value;
use std::sync::Arc;

impl Store {
    /// A setting, or `None` when it was never saved.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn setting(&self, key: &str) -> Result<Option<Value>> {
        let key = key.to_owned();
        let value = self.inner.durable.read("setting", move |connection| {
            let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
            let value: Option<String> = statement.query_row([key], |row| row.get(0)).optional()?;
            Ok(value.map(|value| serde_json::from_str(&value)).transpose()?)
        });
        value.await
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_setting(&self, key: &str, value: Value) -> Result<()> {
        let (inner, key) = (Arc::clone(&self.inner), key.to_owned());
        let saved = self.inner.durable.write(
            "save setting",
            move |transaction| {
                transaction.execute(
                    "INSERT INTO setting (key, value) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    [key, value.to_string()],
                )?;
                Ok(())
            },
            move |()| inner.announce(vec![Change::Settings]),
        );
        received(saved).await
    }
}
