//! One conversation with what its header and its row need.

pub(crate) mod place;
mod row;
mod save;
pub(crate) mod traits;

#[cfg(test)]
pub(crate) use row::{HEADER_SQL, WHOLE_SQL};
pub(crate) use row::{is_whole, row};
#[cfg(test)]
pub(crate) use save::KEPT_SQL;
pub(crate) use save::{kept, refresh, remove, save};

use crate::file::Fault;
use crate::{History, Result, Row, Store, message, take_over};
use deskbell_domain::{
    AccountKey, AgentId, Contact, ContactId, Conversation, ConversationId, ConversationRef, Inbox, TakeOver,
};
use rusqlite::{Connection, params};

/// Earlier conversations of one guest that are answered at most.
const PREVIOUS: u32 = 50;

/// The newest public answer of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HumanReply {
    pub agent: AgentId,
    pub name: String,
    /// Epoch seconds.
    pub at: i64,
}

/// One conversation as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredConversation {
    /// As the server last told it.
    pub server: Conversation,
    /// With the unsent changes laid over it.
    pub shown: Conversation,
    /// With what somebody typed laid over it.
    pub contact: Option<Contact>,
    pub inbox: Option<Inbox>,
    /// Name of the person who holds it.
    pub agent_name: Option<String>,
    /// Epoch seconds of the guest's newest known message.
    pub last_incoming_at: Option<i64>,
    pub last_human_reply: Option<HumanReply>,
    pub history: History,
    /// When a person answered, newest first.
    pub take_overs: Vec<TakeOver>,
}

impl Store {
    /// One conversation, or `None` when it is not (or no longer) known.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn conversation(&self, conversation: ConversationRef) -> Result<Option<StoredConversation>> {
        let stored = self
            .inner
            .cache
            .read("conversation", move |connection| stored(connection, conversation));
        let mut stored = stored.await?;
        if let Some(stored) = &mut stored {
            let contact = stored.contact.take();
            let known = self.inner.memory.known();
            stored.contact = contact.map(|contact| known.shown_contact(conversation.account, contact));
        }
        Ok(stored)
    }

    /// The newest conversations of a guest.
    ///
    /// # Errors
    /// As every call.
    pub async fn contact_conversations(&self, account: AccountKey, contact: ContactId) -> Result<Vec<Row>> {
        let rows = self.inner.cache.read("contact conversations", move |connection| {
            let mut statement = connection.prepare_cached(OF_CONTACT_SQL)?;
            let ids = statement
                .query_map(params![account.0, contact.0, PREVIOUS], |row| row.get(0))?
                .collect::<Result<Vec<i64>, _>>()?;
            let refs = ids
                .into_iter()
                .map(|id| ConversationRef::new(account, ConversationId(id)));
            rows(connection, refs)
        });
        Ok(self.with_unsent(rows.await?))
    }

    /// Adds what only memory knows of these rows: drafts and unsent changes.
    pub(crate) fn with_unsent(&self, mut rows: Vec<Row>) -> Vec<Row> {
        let known = self.inner.memory.known();
        for row in &mut rows {
            row.add_unsent(&known);
        }
        rows
    }
}

/// Newest first.
pub(crate) const OF_CONTACT_SQL: &str = "SELECT id FROM conversation WHERE account = ?1 AND contact = ?2
    ORDER BY last_activity_at DESC, id DESC LIMIT ?3";

/// The rows of these conversations, in their order, as far as the cache knows.
pub(crate) fn rows(
    connection: &Connection,
    conversations: impl IntoIterator<Item = ConversationRef>,
) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for conversation in conversations {
        rows.extend(row(connection, conversation)?);
    }
    Ok(rows)
}

fn stored(
    connection: &Connection,
    conversation: ConversationRef,
) -> Result<Option<StoredConversation>, Fault> {
    let (Some(kept), Some(row)) = (kept(connection, conversation)?, row(connection, conversation)?) else {
        return Ok(None);
    };
    Ok(Some(StoredConversation {
        server: kept.server,
        shown: row.shown,
        contact: row.contact,
        inbox: row.inbox,
        agent_name: row.agent_name,
        last_incoming_at: row.last_incoming_at,
        last_human_reply: row.last_human_reply,
        history: message::history(connection, conversation)?,
        take_overs: take_over::of(connection, conversation)?,
    }))
}
