//! The table `outbox`.

use super::NewItem;
use crate::Result;
use crate::file::Fault;
use crate::memory::Known;
use deskbell_domain::{
    AccountKey, ContactId, ContactRef, ConversationId, ConversationRef, MessageId, OutboxItem, OutboxState,
    Subject,
};
use rusqlite::{Connection, Row, params};

const COLUMNS: &str =
    "id, account, conversation, contact, job, state, client_ref, created_at, attempts, after_message,
    queued_offline, refusal";

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

/// Every item of a subject, oldest first.
pub(super) fn of_subject(connection: &Connection, subject: Subject) -> Result<Vec<OutboxItem>, Fault> {
    let (conversation, contact) = numbers(subject);
    connection
        .prepare_cached(&of_subject_sql(subject))?
        .query_and_then(params![subject.account().0, conversation.or(contact)], item)?
        .collect()
}

fn of_subject_sql(subject: Subject) -> String {
    let column = match subject {
        Subject::Conversation(_) => "conversation",
        Subject::Contact(_) => "contact",
    };
    format!("SELECT {COLUMNS} FROM outbox WHERE account = ?1 AND {column} = ?2 ORDER BY id")
}

pub(super) fn read(connection: &Connection, id: i64) -> Result<Option<OutboxItem>, Fault> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1"))?;
    statement.query_and_then([id], item)?.next().transpose()
}

pub(super) fn insert(connection: &Connection, new: NewItem) -> Result<OutboxItem, Fault> {
    let (conversation, contact) = numbers(new.subject);
    let state = match new.not_before {
        Some(until) => OutboxState::Waiting { until },
        None => OutboxState::Queued,
    };
    connection
        .prepare_cached(
            "INSERT INTO outbox
               (account, conversation, contact, job, state, client_ref, created_at, attempts, after_message,
                queued_offline)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9)",
        )?
        .execute(params![
            new.subject.account().0,
            conversation,
            contact,
            serde_json::to_string(&new.job)?,
            serde_json::to_string(&state)?,
            new.client_ref,
            new.created_at,
            new.after_message.map(|id| id.0),
            new.queued_offline,
        ])?;
    Ok(OutboxItem {
        id: connection.last_insert_rowid(),
        subject: new.subject,
        job: new.job,
        state,
        client_ref: new.client_ref,
        created_at: new.created_at,
        attempts: 0,
        after_message: new.after_message,
        queued_offline: new.queued_offline,
        refusal: None,
    })
}

pub(super) fn update(connection: &Connection, item: &OutboxItem) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE outbox SET job = ?2, state = ?3, attempts = ?4, created_at = ?5, after_message = ?6,
               queued_offline = ?7, refusal = ?8
             WHERE id = ?1",
        )?
        .execute(params![
            item.id,
            serde_json::to_string(&item.job)?,
            serde_json::to_string(&item.state)?,
            item.attempts,
            item.created_at,
            item.after_message.map(|id| id.0),
            item.queued_offline,
            item.refusal,
        ])?;
    Ok(())
}

pub(super) fn delete(connection: &Connection, id: i64) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// (conversation, contact): one of them.
fn numbers(subject: Subject) -> (Option<i64>, Option<i64>) {
    match subject {
        Subject::Conversation(conversation) => (Some(conversation.id.0), None),
        Subject::Contact(contact) => (None, Some(contact.id.0)),
    }
}

fn subject(row: &Row<'_>) -> Result<Subject, Fault> {
    let account = AccountKey(row.get(1)?);
    match (row.get(2)?, row.get(3)?) {
        (Some(id), None) => Ok(ConversationRef::new(account, ConversationId(id)).into()),
        (None, Some(id)) => Ok(ContactRef::new(account, ContactId(id)).into()),
        _ => Err(Fault::Shape),
    }
}

fn item(row: &Row<'_>) -> Result<OutboxItem, Fault> {
    let (job, state): (String, String) = (row.get(4)?, row.get(5)?);
    Ok(OutboxItem {
        id: row.get(0)?,
        subject: subject(row)?,
        job: serde_json::from_str(&job)?,
        state: serde_json::from_str(&state)?,
        client_ref: row.get(6)?,
        created_at: row.get(7)?,
        attempts: row.get(8)?,
        after_message: row.get::<_, Option<i64>>(9)?.map(MessageId),
        queued_offline: row.get(10)?,
        refusal: row.get(11)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Connector;
    use crate::{Key, schema};

    #[test]
    fn a_subjects_queue_is_read_from_its_index_in_its_order() {
        let dir = tempfile::tempdir().unwrap();
        let connector = Connector::new(dir.path(), schema::DURABLE, &Key::random().unwrap());
        let connection = connector.writer().unwrap();
        let account = AccountKey(1);
        for (subject, index) in [
            (
                ConversationRef::new(account, ConversationId(1)).into(),
                "outbox_of_conversation",
            ),
            (ContactRef::new(account, ContactId(1)).into(), "outbox_of_contact"),
        ] {
            let sql = format!("EXPLAIN QUERY PLAN {}", of_subject_sql(subject));
            let plan: String = connection.query_row(&sql, [1, 1], |row| row.get(3)).unwrap();
            assert!(plan.starts_with("SEARCH") && plan.contains(index), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
