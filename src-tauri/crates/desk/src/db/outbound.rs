//! What leaves through channels: the queue and the record of it.

use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

const DUE: &str = "SELECT * FROM outbound WHERE due_at <= ?1 AND (state <> 'queued' OR NOT EXISTS (
           SELECT 1 FROM outbound AS ahead WHERE ahead.conversation_id = outbound.conversation_id
             AND ahead.id < outbound.id AND ahead.state IN ('queued', 'sending')))
         ORDER BY id LIMIT ?2";
const NEXT_DUE: &str = "SELECT min(due_at) FROM outbound WHERE due_at > ?1";
const OF_MESSAGE: &str = "SELECT * FROM outbound WHERE message_id = ?1 AND id IN (
           SELECT max(id) FROM outbound WHERE message_id = ?1 GROUP BY part) ORDER BY part";
const BY_PROVIDER_ID: &str =
    "SELECT * FROM outbound WHERE inbox_id = ?1 AND provider_id = ?2 ORDER BY id DESC";
const UNREAD_BY: &str =
    "SELECT * FROM outbound WHERE inbox_id = ?1 AND recipient = ?2 AND state IN ('sent', 'delivered')
           AND created_at <= ?3 ORDER BY id DESC LIMIT 200";

/// Where a part of a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Waits for its turn.
    Queued,
    /// A request is under way.
    Sending,
    /// The answer was lost: the provider may have it or not.
    Unsure,
    /// The provider took it.
    Sent,
    Delivered,
    Read,
    /// Nobody will get it.
    Failed,
}

impl State {
    /// As the table holds it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unsure => "unsure",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "queued" => Self::Queued,
            "sending" => Self::Sending,
            "unsure" => Self::Unsure,
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            _ => Self::Failed,
        }
    }
}

/// One part of a message on its way.
#[derive(Clone)]
pub struct Outbound {
    pub id: i64,
    pub inbox_id: i64,
    /// Database id.
    pub conversation_id: i64,
    pub message_id: i64,
    /// From 0.
    pub part: i64,
    /// The one file this part is; none: text, or all there is.
    pub attachment_id: Option<i64>,
    /// An answer to STOP, START or HELP, which goes to guests who opted out too.
    pub is_consent: bool,
    /// `log` or a provider's kind; empty until it was tried.
    pub carrier: String,
    /// The guest's address on the channel.
    pub recipient: String,
    pub state: State,
    pub attempts: i64,
    /// When something is to be done next, epoch milliseconds.
    pub due_at: Option<i64>,
    pub provider_id: Option<String>,
    pub error: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for Outbound {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let state: String = row.get("state")?;
        Ok(Self {
            id: row.get("id")?,
            inbox_id: row.get("inbox_id")?,
            conversation_id: row.get("conversation_id")?,
            message_id: row.get("message_id")?,
            part: row.get("part")?,
            attachment_id: row.get("attachment_id")?,
            is_consent: row.get("is_consent")?,
            carrier: row.get("carrier")?,
            recipient: row.get("recipient")?,
            state: State::of(&state),
            attempts: row.get("attempts")?,
            due_at: row.get("due_at")?,
            provider_id: row.get("provider_id")?,
            error: row.get("error")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A part that waits from now; its id, state and stamps are ignored. Answers its id.
pub fn insert(connection: &Connection, new: &Outbound, now_ms: i64) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO outbound (inbox_id, conversation_id, message_id, part, attachment_id, is_consent, recipient,
           due_at, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8)",
        params![
            new.inbox_id,
            new.conversation_id,
            new.message_id,
            new.part,
            new.attachment_id,
            new.is_consent,
            new.recipient,
            now_ms
        ],
    )
}

/// Writes all that may change.
pub fn update(connection: &Connection, outbound: &Outbound, now_ms: i64) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE outbound SET carrier = ?2, state = ?3, attempts = ?4, due_at = ?5, provider_id = ?6, error = ?7,
           updated_at = ?8 WHERE id = ?1",
        params![
            outbound.id,
            outbound.carrier,
            outbound.state.word(),
            outbound.attempts,
            outbound.due_at,
            outbound.provider_id,
            outbound.error,
            now_ms
        ],
    )?;
    Ok(())
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<Outbound>, ApiError> {
    rows::one(connection, "SELECT * FROM outbound WHERE id = ?1", [id])
}

/// Parts with something to do, oldest first; a queued one waits for those before it in its conversation.
pub fn due(connection: &Connection, now_ms: i64, limit: i64) -> Result<Vec<Outbound>, ApiError> {
    rows::many(connection, DUE, [now_ms, limit])
}

/// When the next part has something to do, epoch milliseconds.
pub fn next_due(connection: &Connection, after_ms: i64) -> Result<Option<i64>, ApiError> {
    let next: Option<Option<i64>> = rows::value(connection, NEXT_DUE, [after_ms])?;
    Ok(next.flatten())
}

/// What left through an account's channels, newest first.
pub fn newest(connection: &Connection, account_id: i64, limit: i64) -> Result<Vec<Outbound>, ApiError> {
    rows::many(
        connection,
        "SELECT outbound.* FROM outbound JOIN inbox ON inbox.id = outbound.inbox_id WHERE inbox.account_id = ?1
         ORDER BY outbound.id DESC LIMIT ?2",
        [account_id, limit],
    )
}

/// Requests that were under way when the desk ended.
pub fn interrupted(connection: &Connection) -> Result<Vec<Outbound>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM outbound WHERE state = 'sending' ORDER BY id",
        [],
    )
}

/// The parts of a message, the newest row of each.
pub fn of_message(connection: &Connection, message_id: i64) -> Result<Vec<Outbound>, ApiError> {
    rows::many(connection, OF_MESSAGE, [message_id])
}

/// By the provider's name for it.
pub fn by_provider_id(
    connection: &Connection,
    inbox_id: i64,
    provider_id: &str,
) -> Result<Option<Outbound>, ApiError> {
    rows::one(connection, BY_PROVIDER_ID, params![inbox_id, provider_id])
}

/// What was sent to a guest until a moment and is not read yet, a bounded stretch, newest first.
pub fn unread_by(
    connection: &Connection,
    inbox_id: i64,
    recipient: &str,
    until_ms: i64,
) -> Result<Vec<Outbound>, ApiError> {
    rows::many(connection, UNREAD_BY, params![inbox_id, recipient, until_ms])
}

#[cfg(test)]
mod tests {
    use crate::db::migrations;
    use rusqlite::Connection;

    fn plan(sql: &str) -> String {
        let mut connection = Connection::open_in_memory().unwrap();
        migrations::run(&mut connection, &migrations::all(), 1).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let ones = rusqlite::params_from_iter(std::iter::repeat_n(1, count));
        let lines = statement.query_map(ones, |row| row.get::<_, String>(3)).unwrap();
        lines.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_queue_is_read_by_its_indexes() {
        for (sql, index) in [
            (super::DUE, "outbound_due"),
            (super::DUE, "outbound_ahead"),
            (super::NEXT_DUE, "outbound_due"),
            (super::BY_PROVIDER_ID, "outbound_by_provider"),
            (super::UNREAD_BY, "outbound_unread"),
            (super::OF_MESSAGE, "outbound_by_message"),
        ] {
            let plan = plan(sql);
            assert!(plan.contains(index), "{index}: {plan}");
            assert!(!plan.contains("SCAN outbound"), "{plan}");
        }
    }
}
