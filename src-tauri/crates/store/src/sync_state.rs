//! How far an account is in step. It lives with the cache, so that a lost cache is filled again.

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
