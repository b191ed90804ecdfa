//! The conversations of a period with who said something when.

use super::Period;
use crate::file::Fault;
use crate::message::kind_number;
use deskbell_domain::{AccountKey, Channel, Contact, Conversation, InboxId, MessageKind, Said, Talk, Voice};
use rusqlite::{Connection, Row, params};
use std::collections::HashMap;

const DAY: i64 = 24 * 3600;

/// Conversations of one account in which anything happened since, and that had begun by then. What began later is not even
/// read: of an old period that is most of them.
pub(crate) const ACTIVE_SQL: &str = "
    SELECT c.id, coalesce(c.shown, c.server), c.at_start, k.body,
           EXISTS (SELECT 1 FROM history_gap g WHERE g.account = c.account AND g.conversation = c.id)
    FROM conversation c INDEXED BY conversation_activity
    LEFT JOIN contact k ON k.account = c.account AND k.id = c.contact
    WHERE c.account = ?1 AND c.last_activity_at >= ?2
      AND json_extract(coalesce(c.shown, c.server), '$.created_at') < ?3";

/// What was said in one conversation, oldest first; activity lines and notes are left out.
pub(crate) const TALK_SQL: &str = "
    SELECT kind, created_at, human, json_extract(body, '$.sender.kind')
    FROM message INDEXED BY message_said
    WHERE account = ?1 AND conversation = ?2 AND kind <> 2 AND created_at < ?3
      AND json_extract(body, '$.private') = 0
    ORDER BY created_at, id";

/// Whether a person ever answered.
pub(crate) const ANSWERED_SQL: &str = "
    SELECT EXISTS (SELECT 1 FROM message INDEXED BY message_human
                   WHERE account = ?1 AND conversation = ?2 AND human = 1 AND created_at < ?3)";

/// How many conversations began since then, of one account.
pub(crate) const STARTED_SQL: &str = "
    SELECT count(*) FROM conversation c INDEXED BY conversation_activity
    WHERE c.account = ?1 AND c.last_activity_at >= ?2
      AND json_extract(coalesce(c.shown, c.server), '$.created_at') >= ?2";

/// A conversation of the period, as it is shown now.
pub(super) struct Active {
    pub account: AccountKey,
    pub shown: Conversation,
    pub contact: Option<Contact>,
    /// Nothing older than its oldest kept message exists, or nothing older belongs to the period; and no gap in between.
    pub whole: bool,
}

/// Calls `with` for every conversation that had begun before the end of the period and went on in it.
pub(super) fn each_conversation(
    connection: &Connection,
    period: &Period,
    mut with: impl FnMut(&Active, &Talk),
) -> Result<(), Fault> {
    for account in accounts(connection, period)? {
        let mut statement = connection.prepare_cached(ACTIVE_SQL)?;
        let mut rows = statement.query(params![account.0, period.from, period.to])?;
        while let Some(row) = rows.next()? {
            let mut active = active(account, row)?;
            let talk = talk(connection, account, row.get(0)?, period.to)?;
            active.whole = active.whole || (talk.begins_before(period.from) && !row.get::<_, bool>(4)?);
            with(&active, &talk);
        }
    }
    Ok(())
}

fn accounts(connection: &Connection, period: &Period) -> Result<Vec<AccountKey>, Fault> {
    if !period.accounts.is_empty() {
        return Ok(period.accounts.clone());
    }
    let mut statement = connection.prepare_cached("SELECT account FROM sync_state")?;
    let keys = statement.query_map([], |row| row.get(0).map(AccountKey))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

fn active(account: AccountKey, row: &Row<'_>) -> Result<Active, Fault> {
    let contact: Option<String> = row.get(3)?;
    let contact: Option<Contact> = contact.map(|body| serde_json::from_str(&body)).transpose()?;
    let (at_start, gap): (bool, bool) = (row.get(2)?, row.get(4)?);
    Ok(Active {
        account,
        shown: serde_json::from_str(row.get_ref(1)?.as_str().map_err(|_| Fault::Shape)?)?,
        contact,
        whole: at_start && !gap,
    })
}

/// What was said. Where no person ever answered, the rest after the AI's first answer changes no number and is not read.
fn talk(connection: &Connection, account: AccountKey, id: i64, until: i64) -> Result<Talk, Fault> {
    let key = params![account.0, id, until];
    let answered: bool = connection
        .prepare_cached(ANSWERED_SQL)?
        .query_row(key, |row| row.get(0))?;
    let mut statement = connection.prepare_cached(TALK_SQL)?;
    let mut rows = statement.query(key)?;
    let mut talk = Talk::default();
    while let Some(row) = rows.next()? {
        let sender: Option<String> = row.get(3)?;
        talk.0.push(Said {
            at: row.get(1)?,
            by: voice(row.get(0)?, row.get(2)?, sender.as_deref()),
        });
        if !answered && talk.ai_answered_after().is_some() {
            break;
        }
    }
    Ok(talk)
}

/// How many conversations began in the last 24 hours.
pub(super) fn started(connection: &Connection, period: &Period) -> Result<u32, Fault> {
    let since = period.now - DAY;
    let mut statement = connection.prepare_cached(STARTED_SQL)?;
    let mut all = 0;
    for account in accounts(connection, period)? {
        all += statement.query_row(params![account.0, since], |row| row.get::<_, u32>(0))?;
    }
    Ok(all)
}

/// The channel of each inbox.
pub(super) fn channels(connection: &Connection) -> Result<HashMap<(AccountKey, InboxId), Channel>, Fault> {
    let mut statement = connection.prepare_cached("SELECT account, id, channel FROM inbox")?;
    let mut rows = statement.query([])?;
    let mut channels = HashMap::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get(2)?;
        let channel = serde_json::from_value(word.into()).unwrap_or(Channel::Other);
        channels.insert((AccountKey(row.get(0)?), InboxId(row.get(1)?)), channel);
    }
    Ok(channels)
}

fn voice(kind: i64, human: bool, sender: Option<&str>) -> Voice {
    match (kind, human, sender) {
        (kind, ..) if kind == kind_number(MessageKind::Incoming) => Voice::Guest,
        (_, true, _) => Voice::Person,
        (kind, _, Some("bot" | "other")) if kind == kind_number(MessageKind::Outgoing) => Voice::Ai,
        _ => Voice::House,
    }
}
