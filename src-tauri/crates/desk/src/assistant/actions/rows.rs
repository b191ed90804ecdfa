//! Rows of actions and of the bookings they are about.

use crate::db::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::{Connection, Row, params};

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for a person.
    Proposed,
    /// A person said yes; it is being carried out.
    Approved,
    Done,
    Failed,
    Declined,
    /// A newer wish about the same booking took its place.
    Expired,
}

const STATES: [(State, &str, &str); 6] = [
    (State::Proposed, "proposed", "pending"),
    (State::Approved, "approved", "approved"),
    (State::Done, "done", "done"),
    (State::Failed, "failed", "failed"),
    (State::Declined, "declined", "rejected"),
    (State::Expired, "expired", "expired"),
];

impl State {
    fn names(self) -> (&'static str, &'static str) {
        let found = STATES.iter().find(|(state, _, _)| *state == self);
        found.map_or(("failed", "failed"), |(_, column, wire)| (*column, *wire))
    }

    /// The word in the conversation's attribute.
    pub fn word(self) -> &'static str {
        self.names().1
    }

    fn column(self) -> &'static str {
        self.names().0
    }

    fn read(column: &str) -> Self {
        let found = STATES.iter().find(|(_, name, _)| *name == column);
        found.map_or(Self::Failed, |(state, _, _)| *state)
    }
}

/// One action. Times are epoch milliseconds.
#[derive(Clone, Debug)]
pub struct LinkedAction {
    pub id: i64,
    pub account_id: i64,
    /// Database id.
    pub conversation_id: i64,
    pub booking_id: i64,
    /// For people, in English.
    pub title: String,
    /// When the booking began as it was asked.
    pub was_starts_at: i64,
    /// When it is to begin instead; none cancels it.
    pub starts_at: Option<i64>,
    pub state: State,
    /// Why it failed, in words.
    pub reason: Option<String>,
    pub decided_by: Option<i64>,
    pub decided_at: Option<i64>,
    pub created_at: i64,
}

impl FromRow for LinkedAction {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            conversation_id: row.get("conversation_id")?,
            booking_id: row.get("booking_id")?,
            title: row.get("title")?,
            was_starts_at: row.get("was_starts_at")?,
            starts_at: row.get("starts_at")?,
            state: State::read(&row.get::<_, String>("state")?),
            reason: row.get("reason")?,
            decided_by: row.get("decided_by")?,
            decided_at: row.get("decided_at")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// A new one (its id is ignored); answers the id.
pub fn insert(connection: &Connection, new: &LinkedAction) -> Result<i64, ApiError> {
    rows::insert(
        connection,
        "INSERT INTO linked_action
           (account_id, conversation_id, booking_id, title, was_starts_at, starts_at, state, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            new.account_id,
            new.conversation_id,
            new.booking_id,
            new.title,
            new.was_starts_at,
            new.starts_at,
            new.state.column(),
            new.created_at
        ],
    )
}

/// Keeps where it stands and who said so.
pub fn update(connection: &Connection, action: &LinkedAction) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "UPDATE linked_action SET state = ?2, reason = ?3, decided_by = ?4, decided_at = ?5 WHERE id = ?1",
        params![
            action.id,
            action.state.column(),
            action.reason,
            action.decided_by,
            action.decided_at
        ],
    )?;
    Ok(())
}

pub fn find(connection: &Connection, id: i64) -> Result<Option<LinkedAction>, ApiError> {
    rows::one(connection, "SELECT * FROM linked_action WHERE id = ?1", [id])
}

/// The newest of a conversation, oldest of them first.
pub fn of_conversation(
    connection: &Connection,
    conversation_id: i64,
    most: i64,
) -> Result<Vec<LinkedAction>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM (SELECT * FROM linked_action WHERE conversation_id = ?1 ORDER BY id DESC LIMIT ?2) ORDER BY id",
        [conversation_id, most],
    )
}

/// Those about a booking nobody has decided.
pub fn undecided(connection: &Connection, booking_id: i64) -> Result<Vec<LinkedAction>, ApiError> {
    rows::many(
        connection,
        "SELECT * FROM linked_action WHERE booking_id = ?1 AND state = 'proposed' ORDER BY id",
        [booking_id],
    )
}

/// Ids of what was approved and not carried out yet.
pub fn approved(connection: &Connection) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT id FROM linked_action WHERE state = 'approved' ORDER BY id LIMIT 100",
        [],
    )
}

/// A booking as it is now.
pub struct Booking {
    pub account_id: i64,
    pub reference: String,
    pub title: String,
    pub resource: Option<String>,
    pub is_confirmed: bool,
    pub starts_at: i64,
    pub ends_at: i64,
}

impl FromRow for Booking {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account_id: row.get("account_id")?,
            reference: row.get("reference")?,
            title: row.get("title")?,
            resource: row.get("resource")?,
            is_confirmed: row.get::<_, String>("status")? == "confirmed",
            starts_at: row.get("starts_at")?,
            ends_at: row.get("ends_at")?,
        })
    }
}

pub fn booking(connection: &Connection, id: i64) -> Result<Option<Booking>, ApiError> {
    rows::one(connection, "SELECT * FROM booking WHERE id = ?1", [id])
}

/// Whether somebody else has the resource in that span.
pub fn is_taken(
    connection: &Connection,
    booking: &Booking,
    booking_id: i64,
    from: i64,
    to: i64,
) -> Result<bool, ApiError> {
    let Some(resource) = &booking.resource else {
        return Ok(false);
    };
    let others = rows::count(
        connection,
        "SELECT count(*) FROM booking WHERE account_id = ?1 AND resource = ?2 AND status = 'confirmed'
           AND id <> ?3 AND starts_at < ?5 AND ends_at > ?4",
        params![booking.account_id, resource, booking_id, from, to],
    )?;
    Ok(others > 0)
}
