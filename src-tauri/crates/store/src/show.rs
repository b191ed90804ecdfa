//! The step from `durable.db` to the cache: what became durable is laid over the rows, then announced.
//!
//! Runs on the durable file's writer thread and only queues work for the cache's, so the order of commits is the order
//! of what is shown.

use crate::message::Saved;
use crate::store::Inner;
use crate::{Change, Result, conversation, message};
use deskbell_domain::{ConversationRef, Message};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Shows the unsent changes of these conversations as memory has them now.
pub(crate) fn show(
    inner: &Arc<Inner>,
    conversations: BTreeSet<ConversationRef>,
) -> oneshot::Receiver<Result<()>> {
    let told = Arc::clone(inner);
    let shown = Arc::clone(inner);
    let always: Vec<Change> = conversations
        .iter()
        .flat_map(|&one| [Change::Outbox(one), Change::Conversation(one)])
        .collect();
    let conversations: Vec<ConversationRef> = conversations.into_iter().collect();
    inner.cache.write(
        "show unsent",
        move |connection| conversation::refresh(connection, &shown.memory, &conversations),
        move |mut changes| {
            changes.extend(always);
            told.announce(changes);
        },
    )
}

/// Puts the server's `message` in the place of the item that sent it: the item leaves memory when the message is there.
pub(crate) fn finish(
    inner: &Arc<Inner>,
    conversation: ConversationRef,
    item: i64,
    message: Option<Message>,
) -> oneshot::Receiver<Result<()>> {
    let (shown, told) = (Arc::clone(inner), Arc::clone(inner));
    inner.cache.write(
        "finish item",
        move |connection| {
            let mut changes = vec![Change::Outbox(conversation), Change::Conversation(conversation)];
            if let Some(message) = &message
                && message::save(connection, conversation.account, message)? != Saved::Known
            {
                changes.push(Change::Thread(conversation));
            }
            let mut unsent = shown.memory.known().unsent(conversation);
            unsent.items.retain(|unsent| unsent.id != item);
            if let Some(kept) = conversation::kept(connection, conversation)? {
                let mut server = kept.server.clone();
                let sent_at = message
                    .as_ref()
                    .map_or(server.last_activity_at, |message| message.created_at);
                server.last_activity_at = server.last_activity_at.max(sent_at);
                changes.extend(conversation::save(
                    connection,
                    &unsent,
                    conversation,
                    &server,
                    Some(&kept),
                )?);
            }
            Ok(changes)
        },
        move |changes| {
            told.memory.known().remove_item(conversation, item);
            told.announce(changes);
        },
    )
}
