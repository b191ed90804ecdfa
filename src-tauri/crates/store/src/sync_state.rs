//! How far an account is in step. It lives with the cache, so that a lost cache is filled again.

use crate::file::{Fault, received};
use crate::{Result, Store};
use deskbell_domain::AccountKey;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What the next catch-up starts from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SyncState {
    /// Epoch seconds: when everything was last known to be in step.
    pub as_of: Option<i64>,
    /// The first filling is done.
    pub bootstrapped: bool,
    /// The server's `cache_keys` at that time (reference §10.3).
    pub cache_keys: Map<String, Value>,
    /// Anything else the sync wants to find again.
    pub more: Map<String, Value>,
}

impl Store {
    /// How far an account is in step; blank for a new or rebuilt cache.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn sync_state(&self, account: AccountKey) -> Result<SyncState> {
        self.inner
            .cache
            .read("sync state", move |connection| read(connection, account))
            .await
    }

    /// Writes down how far an account is in step. Call it after the batches it speaks of. Read and written as one, because
    /// several tasks keep something here.
    ///
    /// # Errors
    /// As every call.
    pub async fn change_sync_state(
        &self,
        account: AccountKey,
        change: impl FnOnce(&mut SyncState) + Send + 'static,
    ) -> Result<()> {
        let saved = self.inner.cache.write(
            "save sync state",
            move |transaction| {
                let mut state = read(transaction, account)?;
                change(&mut state);
                transaction.execute(
                    "INSERT INTO sync_state (account, state) VALUES (?1, ?2)
                     ON CONFLICT (account) DO UPDATE SET state = excluded.state",
                    params![account.0, serde_json::to_string(&state)?],
                )?;
                Ok(())
            },
            |()| (),
        );
        received(saved).await
    }
}

fn read(connection: &Connection, account: AccountKey) -> std::result::Result<SyncState, Fault> {
    let mut statement = connection.prepare_cached("SELECT state FROM sync_state WHERE account = ?1")?;
    let state: Option<String> = statement.query_row([account.0], |row| row.get(0)).optional()?;
    Ok(state
        .map(|state| serde_json::from_str(&state))
        .transpose()?
        .unwrap_or_default())
}
