//! When a person took a conversation over, and when it went back: written down as the server's word comes in, because no
//! server tells it again.

use crate::file::Fault;
use crate::message;
use deskbell_domain::take_over::{TakeOver, Turn, turn};
use deskbell_domain::{Conversation, ConversationRef, MessageId};
use rusqlite::{Connection, params};

/// The newest of them are read.
pub(crate) const TAKE_OVERS_SQL: &str = "SELECT at, after_message, until_message FROM take_over
    WHERE account = ?1 AND conversation = ?2 ORDER BY after_message DESC LIMIT 50";

const BEGIN_SQL: &str = "INSERT OR REPLACE INTO take_over (account, conversation, at, after_message)
    SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (
      SELECT 1 FROM take_over WHERE account = ?1 AND conversation = ?2 AND until_message IS NULL)";

const END_SQL: &str = "UPDATE take_over SET until_message = ?3
    WHERE account = ?1 AND conversation = ?2 AND until_message IS NULL";

/// Writes down what `now` means after `before`. `new_from`: the lowest number among the messages that came with it and
/// were not known: the AI may have written them after a hand-back of which only now is learned.
pub(crate) fn note(
    connection: &Connection,
    conversation: ConversationRef,
    before: Option<&Conversation>,
    now: &Conversation,
    new_from: Option<MessageId>,
) -> Result<(), Fault> {
    let (account, id) = (conversation.account.0, conversation.id.0);
    match turn(before, now) {
        Some(Turn::ToPerson) => {
            let newest = message::newest_id(connection, conversation)?.map_or(0, |newest| newest.0);
            connection
                .prepare_cached(BEGIN_SQL)?
                .execute(params![account, id, moment(now), newest])?;
        }
        Some(Turn::FromPerson) => {
            let newest = message::newest_before(connection, conversation, new_from)?;
            connection.prepare_cached(END_SQL)?.execute(params![
                account,
                id,
                newest.map_or(0, |newest| newest.0)
            ])?;
        }
        None => {}
    }
    Ok(())
}

/// When the server last changed it, epoch seconds; one before 4.0.2 tells only the last activity.
fn moment(told: &Conversation) -> i64 {
    told.updated_at
        .map_or(told.last_activity_at, |updated_at| updated_at.floor() as i64)
}

/// The newest stretches in which a person answered, newest first.
pub(crate) fn of(connection: &Connection, conversation: ConversationRef) -> Result<Vec<TakeOver>, Fault> {
    let mut statement = connection.prepare_cached(TAKE_OVERS_SQL)?;
    let found = statement
        .query_map(params![conversation.account.0, conversation.id.0], |row| {
            let after: i64 = row.get(1)?;
            Ok(TakeOver {
                at: row.get(0)?,
                after: (after > 0).then_some(MessageId(after)),
                until: row.get::<_, Option<i64>>(2)?.map(MessageId),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
