//! The day's screens: the morning check and the handover. What belongs where is decided in `domain::day`.

mod checks;
mod handover;
mod morning;
mod presence;

pub(crate) use checks::check;
pub(crate) use handover::handover;
pub(crate) use morning::morning;
pub(crate) use presence::person_acts;

use crate::core::{Running, failed};
use crate::schema::CommandError;
use deskbell_domain::AgentId;
use deskbell_domain::day::Facts;
use deskbell_store::{Row, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::atomic::AtomicI64;

/// Rows of a list, at most.
const MOST_ROWS: usize = 100;
/// Candidates a list is chosen from, at most.
const MOST_CANDIDATES: u32 = 200;

/// What the running program keeps of the day in memory.
#[derive(Default)]
pub(crate) struct Day {
    /// When a press was last written down: epoch seconds.
    noted_at: AtomicI64,
    /// One change of what is kept after the other.
    keeping: tokio::sync::Mutex<()>,
}

/// Nobody is signed in any more: ticks and presence were those of somebody who left.
pub(crate) async fn forget(running: &Running) -> Result<(), CommandError> {
    checks::forget(&running.store).await?;
    presence::forget(&running.store).await
}

/// What a row says of its conversation.
pub(crate) fn facts(row: &Row, me: AgentId, now: i64) -> Facts<'_> {
    Facts {
        conversation: &row.shown,
        has_bot: row.inbox.as_ref().and_then(|inbox| inbox.has_bot),
        me,
        said_at: said_at(row),
        now,
    }
}

/// When anybody last wrote.
fn said_at(row: &Row) -> i64 {
    let said = row.last_message.as_ref();
    said.map_or(row.shown.last_activity_at, |said| said.created_at)
}

/// What is kept under a key; missing or unreadable is nothing.
async fn kept<T: DeserializeOwned + Default>(store: &Store, key: &str) -> Result<T, CommandError> {
    let value = store.setting(key).await?;
    Ok(value
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default())
}

async fn keep<T: Serialize>(store: &Store, key: &str, value: &T) -> Result<(), CommandError> {
    let value = serde_json::to_value(value).map_err(|error| failed(&error))?;
    store.set_setting(key, value).await?;
    Ok(())
}
