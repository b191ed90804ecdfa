//! News from the server, merged into what is known in one transaction.

use crate::file::{Fault, received};
use crate::memory::Memory;
use crate::message::Saved;
use crate::{Change, Result, Store, catalog, contact, conversation, message, take_over};
use deskbell_domain::{
    AccountKey, Agent, Contact, Conversation, ConversationId, ConversationRef, Message, MessageId,
};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the server told about one account. Any order, any number of times.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub account: AccountKey,
    pub conversations: Vec<Conversation>,
    pub contacts: Vec<Contact>,
    pub messages: Vec<Message>,
    /// People met on the way; they are added or updated, nobody is removed.
    pub agents: Vec<Agent>,
    /// What messages say about their conversations.
    pub activities: Vec<Activity>,
    /// Conversations the server no longer has.
    pub removed: Vec<ConversationId>,
}

impl Batch {
    /// An empty batch for `account`.
    pub fn new(account: AccountKey) -> Self {
        Self {
            account,
            conversations: Vec::new(),
            contacts: Vec::new(),
            messages: Vec::new(),
            agents: Vec::new(),
            activities: Vec::new(),
            removed: Vec::new(),
        }
    }
}

/// What a message says about its conversation besides itself. What it leaves out stays; epoch seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    pub conversation: ConversationId,
    /// The message that says it; only the newest one's word counts.
    pub message: MessageId,
    pub at: Option<i64>,
    pub unread_count: Option<u32>,
}

/// What a batch really changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Conversations whose row or details changed, each once.
    pub changed: Vec<ConversationRef>,
    /// Messages that were not known before, oldest first.
    pub new_messages: Vec<(ConversationId, MessageId)>,
}

impl Store {
    /// Merges what the server told. Nothing goes back in time, and telling it again changes nothing.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`]; then nothing of the batch is kept.
    pub async fn apply(&self, batch: Batch) -> Result<Applied> {
        let (inner, told) = (Arc::clone(&self.inner), Arc::clone(&self.inner));
        let applied = self.inner.cache.write(
            "apply",
            move |connection| apply(connection, &inner.memory, &batch),
            move |(applied, changes)| {
                told.announce(changes);
                applied
            },
        );
        received(applied).await
    }
}

fn apply(connection: &Connection, memory: &Memory, batch: &Batch) -> Result<(Applied, Vec<Change>), Fault> {
    let mut changes = Vec::new();
    let mut applied = Applied::default();
    for told in &batch.contacts {
        changes.extend(contact::save(connection, batch.account, told)?);
    }
    let newest = save_messages(connection, batch, &mut applied, &mut changes)?;
    for told in &batch.conversations {
        let new = applied.new_messages.iter().filter(|(of, _)| *of == told.id);
        let new_from = new.map(|(_, id)| *id).min();
        changes.extend(save_conversation(
            connection,
            memory,
            batch.account,
            told,
            new_from,
        )?);
    }
    for (conversation, (message, at)) in newest {
        let activity = Activity {
            conversation: conversation.id,
            message,
            at: Some(at),
            unread_count: None,
        };
        changes.extend(move_up(connection, memory, batch.account, &activity)?);
    }
    for activity in &batch.activities {
        changes.extend(move_up(connection, memory, batch.account, activity)?);
    }
    for &id in &batch.removed {
        changes.extend(conversation::remove(
            connection,
            ConversationRef::new(batch.account, id),
        )?);
    }
    changes.extend(catalog::meet_agents(connection, batch.account, &batch.agents)?);
    applied.changed = changes
        .iter()
        .filter_map(|change| match change {
            Change::Conversation(conversation) => Some(*conversation),
            _ => None,
        })
        .collect();
    applied.changed.sort_unstable();
    applied.changed.dedup();
    Ok((applied, changes))
}

/// Answers when the newest message of each conversation with a new one was written.
fn save_messages(
    connection: &Connection,
    batch: &Batch,
    applied: &mut Applied,
    changes: &mut Vec<Change>,
) -> Result<BTreeMap<ConversationRef, (MessageId, i64)>, Fault> {
    let mut newest = BTreeMap::new();
    let mut unsearched = Vec::new();
    let mut messages: Vec<&Message> = batch.messages.iter().collect();
    messages.sort_by_key(|told| (told.created_at, told.id));
    for told in messages {
        let conversation = ConversationRef::new(batch.account, told.conversation_id);
        let (saved, doc) = message::save_unsearched(connection, batch.account, told)?;
        unsearched.extend(doc.map(|doc| (doc, told)));
        match saved {
            Saved::Known => continue,
            Saved::Changed => {}
            Saved::New => {
                applied.new_messages.push((told.conversation_id, told.id));
                newest.insert(conversation, (told.id, told.created_at));
            }
        }
        changes.push(Change::Thread(conversation));
        changes.push(Change::Conversation(conversation));
    }
    // By row number: FTS5 writes out all it has gathered whenever a number is not above the one before.
    unsearched.sort_by_key(|(doc, _)| *doc);
    for (doc, told) in unsearched {
        message::add_to_search(connection, doc, told)?;
    }
    Ok(newest)
}

fn save_conversation(
    connection: &Connection,
    memory: &Memory,
    account: AccountKey,
    told: &Conversation,
    new_from: Option<MessageId>,
) -> Result<Vec<Change>, Fault> {
    let reference = ConversationRef::new(account, told.id);
    let kept = conversation::kept(connection, reference)?;
    let server = match &kept {
        None => told.clone(),
        Some(kept) => {
            let mut merged = kept.server.clone();
            merged.merge(told);
            merged
        }
    };
    let before = kept.as_ref().map(|kept| &kept.server);
    take_over::note(connection, reference, before, &server, new_from)?;
    let unsent = memory.known().unsent(reference);
    conversation::save(connection, &unsent, reference, &server, kept.as_ref())
}

/// Every message is an activity of its conversation, but the server does not always send the conversation with it
/// (reference §10.6, "agent's next reply").
fn move_up(
    connection: &Connection,
    memory: &Memory,
    account: AccountKey,
    activity: &Activity,
) -> Result<Vec<Change>, Fault> {
    let conversation = ConversationRef::new(account, activity.conversation);
    let Some(kept) = conversation::kept(connection, conversation)? else {
        return Ok(Vec::new());
    };
    let mut server = kept.server.clone();
    let at = activity.at.unwrap_or(server.last_activity_at);
    // An older message than the newest known counted others, and what was read since is not unread.
    let is_news = message::newest_id(connection, conversation)? == Some(activity.message)
        && server.agent_last_seen_at.is_none_or(|seen| seen <= at);
    if is_news {
        server.unread_count = activity.unread_count.unwrap_or(server.unread_count);
    }
    server.last_activity_at = server.last_activity_at.max(at);
    if server == kept.server {
        return Ok(Vec::new());
    }
    let unsent = memory.known().unsent(conversation);
    conversation::save(connection, &unsent, conversation, &server, Some(&kept))
}
