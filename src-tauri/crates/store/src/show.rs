//! The step from `durable.db` to the cache: what became durable is laid over the rows, then announced.
//!
//! Runs on the durable file's writer thread and only queues work for the cache's, so the order of commits is the order
//! of what is shown.

use crate::message::Saved;
use crate::store::Inner;
use crate::{Change, Result, contact, conversation, message};
use deskbell_domain::{ConversationRef, Message, Subject};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Shows the unsent changes of these subjects as memory has them now.
pub(crate) fn show(inner: &Arc<Inner>, subjects: BTreeSet<Subject>) -> oneshot::Receiver<Result<()>> {
    let told = Arc::clone(inner);
    let shown = Arc::clone(inner);
    let conversations: Vec<ConversationRef> = subjects
        .iter()
        .filter_map(|subject| subject.conversation())
        .collect();
    let always: Vec<Change> = conversations
        .iter()
        .flat_map(|&one| [Change::Outbox(one), Change::Conversation(one)])
        .collect();
    inner.cache.write(
        "show unsent",
        move |connection| {
            let mut changes = conversation::refresh(connection, &shown.memory, &conversations)?;
            for contact in subjects.iter().filter_map(|subject| subject.contact()) {
                // Laid over when it is read: only who shows it has to be told.
                changes.extend(contact::shown_in(connection, contact.account, contact.id)?);
            }
            Ok(changes)
        },
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
            told.memory.known().remove_item(conversation.into(), item);
            told.announce(changes);
        },
    )
}
