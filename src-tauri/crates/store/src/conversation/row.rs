//! Reading a conversation as a list shows it.

use crate::file::Fault;
use crate::memory::Known;
use crate::message::{HUMAN_SQL, INCOMING_SQL, SAID_SQL, read_message};
use crate::{HumanReply, Result, Row};
use deskbell_domain::{AgentId, ConversationRef, Message, OutboxState, Subject};
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) const HEADER_SQL: &str = "SELECT coalesce(c.shown, c.server), k.body, i.body, a.name
    FROM conversation c
    LEFT JOIN contact k ON k.account = c.account AND k.id = c.contact
    LEFT JOIN inbox i ON i.account = c.account AND i.id = c.inbox
    LEFT JOIN agent a ON a.account = c.account AND a.id = c.assignee
    WHERE c.account = ?1 AND c.id = ?2";

type Header = (String, Option<String>, Option<String>, Option<String>);

/// One row, without what only memory knows; `None` when the cache has no such conversation.
pub(crate) fn row(connection: &Connection, conversation: ConversationRef) -> Result<Option<Row>, Fault> {
    let key = params![conversation.account.0, conversation.id.0];
    let header: Option<Header> = connection
        .prepare_cached(HEADER_SQL)?
        .query_row(key, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((shown, contact, inbox, agent_name)) = header else {
        return Ok(None);
    };
    let last_incoming_at = connection
        .prepare_cached(INCOMING_SQL)?
        .query_row(key, |row| row.get(0))
        .optional()?;
    Ok(Some(Row {
        account: conversation.account,
        shown: serde_json::from_str(&shown)?,
        contact: contact.map(|body| serde_json::from_str(&body)).transpose()?,
        inbox: inbox.map(|body| serde_json::from_str(&body)).transpose()?,
        last_message: newest(connection, SAID_SQL, conversation)?,
        last_incoming_at,
        last_human_reply: newest(connection, HUMAN_SQL, conversation)?.and_then(human_reply),
        agent_name,
        draft: None,
        queued: 0,
        stuck: 0,
    }))
}

/// Whether nothing was said from `from` on (epoch seconds) that is not kept.
pub(crate) const WHOLE_SQL: &str = "
    SELECT (c.at_start = 1 OR EXISTS (
             SELECT 1 FROM message m INDEXED BY message_said
             WHERE m.account = c.account AND m.conversation = c.id AND m.kind <> 2 AND m.created_at < ?3))
       AND NOT EXISTS (SELECT 1 FROM history_gap g WHERE g.account = c.account AND g.conversation = c.id)
    FROM conversation c WHERE c.account = ?1 AND c.id = ?2";

/// No message since `from` (epoch seconds) is missing.
pub(crate) fn is_whole(
    connection: &Connection,
    conversation: ConversationRef,
    from: i64,
) -> Result<bool, Fault> {
    let key = params![conversation.account.0, conversation.id.0, from];
    let whole = connection
        .prepare_cached(WHOLE_SQL)?
        .query_row(key, |row| row.get(0))
        .optional()?;
    Ok(whole.unwrap_or(false))
}

fn newest(
    connection: &Connection,
    sql: &str,
    conversation: ConversationRef,
) -> Result<Option<Message>, Fault> {
    connection
        .prepare_cached(sql)?
        .query_and_then(params![conversation.account.0, conversation.id.0], read_message)?
        .next()
        .transpose()
}

fn human_reply(message: Message) -> Option<HumanReply> {
    let sender = message.sender?;
    Some(HumanReply {
        agent: AgentId(sender.id),
        name: sender.name,
        at: message.created_at,
    })
}

impl Row {
    /// Where it is.
    pub fn conversation(&self) -> ConversationRef {
        ConversationRef::new(self.account, self.shown.id)
    }

    pub(crate) fn add_unsent(&mut self, known: &Known) {
        let conversation = self.conversation();
        self.draft = known.drafts.get(&conversation).cloned();
        let contact = self.contact.take();
        self.contact = contact.map(|contact| known.shown_contact(self.account, contact));
        (self.queued, self.stuck) = (0, 0);
        for item in known
            .outbox
            .get(&Subject::from(conversation))
            .into_iter()
            .flatten()
        {
            match item.state {
                OutboxState::Held { .. } | OutboxState::Stuck { .. } | OutboxState::Unsure { .. } => {
                    self.stuck += 1
                }
                OutboxState::Sent { .. } => {}
                _ if item.job.is_message() => self.queued += 1,
                _ => {}
            }
        }
    }
}
