//! The messages of single conversations: filled after an absence, read again, paged back.

use super::failure::Failure;
use super::{Context, apply};
use crate::LoadOlder;
use deskbell_domain::{ContactId, ConversationId, Message, MessageId};
use deskbell_store::{Batch, HistoryMark};

/// Page size of the wire going back (reference §4.3); a shorter page is the start of the thread.
const PAGE_BEFORE: usize = 20;
/// Page size going forward from a known message.
const PAGE_AFTER: usize = 100;

/// Reads everything after a message kept here.
pub(super) async fn fill_newer(
    context: &Context,
    id: ConversationId,
    from: MessageId,
) -> Result<(), Failure> {
    let mut after = from;
    loop {
        let messages = context.api.messages(id, None, Some(after)).await?;
        let count = messages.len();
        let Some(last) = messages.iter().map(|message| message.id).max() else {
            break;
        };
        keep(context, messages).await?;
        let mark = HistoryMark::Loaded {
            from: after,
            to: last,
        };
        context.store.mark_history(context.conversation(id), mark).await?;
        after = last;
        if count < PAGE_AFTER {
            break;
        }
    }
    Ok(())
}

/// Reads the conversation and its newest page again: that a colleague read it, status changes, deletions, and that it
/// is gone are told nowhere else (reference §4.3, §10.3).
pub(crate) async fn refresh_thread(context: &Context, id: ConversationId) {
    if let Err(error) = read_again(context, id).await {
        tracing::info!(%error, conversation = %id, "A thread could not be read again");
    }
}

async fn read_again(context: &Context, id: ConversationId) -> Result<(), Failure> {
    apply::fetch(context, id).await?;
    match context.store.conversation(context.conversation(id)).await? {
        Some(stored) => {
            load_newest(context, id).await?;
            match stored.server.contact_id {
                Some(contact) => read_earlier(context, contact).await,
                None => Ok(()),
            }
        }
        None => Ok(()),
    }
}

/// Reads the customer's conversations that are not here: they may have been closed long before this computer's copy begins.
async fn read_earlier(context: &Context, contact: ContactId) -> Result<(), Failure> {
    let asked = context.order.ask();
    let mut missing = Vec::new();
    for update in context.api.contact_conversations(contact).await? {
        let conversation = context.conversation(update.conversation.id);
        if context.store.conversation(conversation).await?.is_none() {
            missing.push(update);
        }
    }
    match missing.is_empty() {
        true => Ok(()),
        false => apply::apply_updates(context, asked, missing).await,
    }
}

pub(super) async fn load_newest(context: &Context, id: ConversationId) -> Result<(), Failure> {
    let kept = context.store.newest_message_id(context.conversation(id)).await?;
    let messages = context.api.messages(id, None, None).await?;
    let oldest = messages.iter().map(|message| message.id).min();
    mark_page(context, id, &messages, messages.len() < PAGE_BEFORE).await?;
    if let (Some(kept), Some(oldest)) = (kept, oldest)
        && kept < oldest
    {
        let gap = HistoryMark::Gap {
            after: kept,
            before: oldest,
        };
        context.store.mark_history(context.conversation(id), gap).await?;
    }
    Ok(())
}

/// Fetches one page before the oldest message from which on nothing is missing.
pub(crate) async fn load_older(context: &Context, id: ConversationId) -> LoadOlder {
    match older_page(context, id).await {
        Ok(done) => done,
        Err(error) => {
            tracing::info!(%error, "Older messages could not be read");
            LoadOlder::Offline
        }
    }
}

/// Fails where [`load_older`] only says so.
pub(super) async fn older_page(context: &Context, id: ConversationId) -> Result<LoadOlder, Failure> {
    let conversation = context.conversation(id);
    if context.store.conversation(conversation).await?.is_none() {
        return Ok(LoadOlder::AtStart);
    }
    let before = whole_from(context, id).await?;
    let messages = context.api.messages(id, before, None).await?;
    let count = messages.len();
    let oldest = messages.iter().map(|message| message.id).min();
    mark_page(context, id, &messages, count < PAGE_BEFORE).await?;
    if let (Some(from), Some(to)) = (oldest, before) {
        context
            .store
            .mark_history(conversation, HistoryMark::Loaded { from, to })
            .await?;
    }
    Ok(if count == 0 {
        LoadOlder::AtStart
    } else {
        LoadOlder::Loaded(u32::try_from(count).unwrap_or(u32::MAX))
    })
}

/// The oldest message from which on nothing is missing.
pub(super) async fn whole_from(context: &Context, id: ConversationId) -> Result<Option<MessageId>, Failure> {
    let conversation = context.conversation(id);
    let stored = context.store.conversation(conversation).await?;
    Ok(match stored.and_then(|stored| stored.history.complete_from()) {
        Some(from) => Some(from),
        None => context.store.oldest_message_id(conversation).await?,
    })
}

/// Keeps a page and what it says about the thread's history.
async fn mark_page(
    context: &Context,
    id: ConversationId,
    page: &[Message],
    at_start: bool,
) -> Result<(), Failure> {
    keep(context, page.to_vec()).await?;
    let conversation = context.conversation(id);
    let ids = || page.iter().map(|message| message.id);
    if let (Some(from), Some(to)) = (ids().min(), ids().max()) {
        context
            .store
            .mark_history(conversation, HistoryMark::Loaded { from, to })
            .await?;
    }
    if at_start {
        context
            .store
            .mark_history(conversation, HistoryMark::AtStart)
            .await?;
    }
    Ok(())
}

async fn keep(context: &Context, messages: Vec<Message>) -> Result<(), Failure> {
    let batch = Batch {
        messages,
        ..Batch::new(context.key)
    };
    apply::keep(context, batch).await
}
