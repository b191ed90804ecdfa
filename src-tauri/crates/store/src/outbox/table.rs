//! The table `outbox`.

use super::NewItem;
use crate::Result;
use crate::file::Fault;
use crate::memory::Known;
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, MessageId, OutboxItem, OutboxState};
use rusqlite::{Connection, Row, params};

const COLUMNS: &str =
    "id, account, conversation, job, state, client_ref, created_at, attempts, after_message,
    queued_offline";

/// Reads every item into memory.
pub(crate) fn load(connection: &Connection, known: &mut Known) -> Result<(), Fault> {
    for item in all(connection)? {
        known.put_item(item);
    }
    Ok(())
}

/// Every item, oldest first.
pub(super) fn all(connection: &Connection) -> Result<Vec<OutboxItem>, Fault> {
    connection
        .prepare(&format!("SELECT {COLUMNS} FROM outbox ORDER BY id"))?
        .query_and_then([], item)?
        .collect()
}

pub(super) fn read(connection: &Connection, id: i64) -> Result<Option<OutboxItem>, Fault> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1"))?;
    statement.query_and_then([id], item)?.next().transpose()
}

pub(super) fn insert(connection: &Connection, new: NewItem) -> Result<OutboxItem, Fault> {
    connection
        .prepare_cached(
            "INSERT INTO outbox
               (account, conversation, job, state, client_ref, created_at, attempts, after_message, queued_offline)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)",
        )?
        .execute(params![
            new.conversation.account.0,
            new.conversation.id.0,
            serde_json::to_string(&new.job)?,
            serde_json::to_string(&OutboxState::Queued)?,
            new.client_ref,
            new.created_at,
            new.after_message.map(|id| id.0),
            new.queued_offline,
        ])?;
    Ok(OutboxItem {
        id: connection.last_insert_rowid(),
        conversation: new.conversation,
        job: new.job,
        state: OutboxState::Queued,
        client_ref: new.client_ref,
        created_at: new.created_at,
        attempts: 0,
        after_message: new.after_message,
        queued_offline: new.queued_offline,
    })
}

pub(super) fn update(connection: &Connection, item: &OutboxItem) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE outbox SET job = ?2, state = ?3, attempts = ?4, created_at = ?5, after_message = ?6, queued_offline = ?7
             WHERE id = ?1",
        )?
        .execute(params![
            item.id,
            serde_json::to_string(&item.job)?,
            serde_json::to_string(&item.state)?,
            item.attempts,
            item.created_at,
            item.after_message.map(|id| id.0),
            item.queued_offline
        ])?;
    Ok(())
}

pub(super) fn delete(connection: &Connection, id: i64) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

fn item(row: &Row<'_>) -> Result<OutboxItem, Fault> {
    let (job, state): (String, String) = (row.get(3)?, row.get(4)?);
    Ok(OutboxItem {
        id: row.get(0)?,
        conversation: ConversationRef::new(AccountKey(row.get(1)?), ConversationId(row.get(2)?)),
        job: serde_json::from_str(&job)?,
        state: serde_json::from_str(&state)?,
        client_ref: row.get(5)?,
        created_at: row.get(6)?,
        attempts: row.get(7)?,
        after_message: row.get::<_, Option<i64>>(8)?.map(MessageId),
        queued_offline: row.get(9)?,
    })
}
