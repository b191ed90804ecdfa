//! Brings what the wire told into the store, and lets it ring.

use super::failure::Failure;
use super::{Context, catalog};
use crate::SyncEvent;
use crate::alerts;
use deskbell_chatwoot::{ClientError, ConversationNow, ConversationUpdate, WireEvent};
use deskbell_domain::{ConversationId, Message};
use deskbell_store::Batch;

/// Applies one frame. Frames of other accounts share the socket's stream and are left out (reference §10.3).
pub(super) async fn apply_wire(context: &Context, event: WireEvent) -> Result<(), Failure> {
    let mine = context.row.account_id;
    match event {
        WireEvent::Message {
            account_id,
            message,
            conversation_now,
            ..
        } if account_id == mine => apply_message(context, message, conversation_now).await,
        WireEvent::Conversation {
            account_id, update, ..
        } if account_id == mine => apply_updates(context, vec![update]).await,
        WireEvent::ContactChanged { account_id, contact } if account_id == mine => {
            let batch = Batch {
                contacts: vec![contact],
                ..Batch::new(context.key)
            };
            context.store.apply(batch).await?;
            Ok(())
        }
        WireEvent::Typing {
            account_id,
            conversation,
            name,
            by_contact: true,
            on,
            ..
        } if account_id == mine => {
            let conversation = context.conversation(conversation);
            context.tell(SyncEvent::Typing {
                conversation,
                name: on.then_some(name),
            });
            Ok(())
        }
        WireEvent::Presence { account_id, users } if account_id == mine => {
            context.store.set_agent_presence(context.key, users).await?;
            Ok(())
        }
        WireEvent::CacheInvalidated { account_id } if account_id == mine => catalog::refresh(context).await,
        _ => Ok(()),
    }
}

/// For many messages no conversation event follows: what they say about the conversation is the only news of it
/// (reference §10.6).
async fn apply_message(context: &Context, message: Message, now: ConversationNow) -> Result<(), Failure> {
    let conversation = context.conversation(message.conversation_id);
    let Some(stored) = context.store.conversation(conversation).await? else {
        fetch(context, message.conversation_id).await?;
        return keep(
            context,
            Batch {
                messages: vec![message],
                ..Batch::new(context.key)
            },
        )
        .await;
    };
    let mut known = stored.server;
    known.unread_count = now.unread_count.unwrap_or(known.unread_count);
    known.last_activity_at = known.last_activity_at.max(now.last_activity_at.unwrap_or(0));
    keep(
        context,
        Batch {
            conversations: vec![known],
            messages: vec![message],
            ..Batch::new(context.key)
        },
    )
    .await
}

async fn keep(context: &Context, batch: Batch) -> Result<(), Failure> {
    context.store.apply(batch).await?;
    Ok(())
}

/// Reads one conversation from the server. One that is gone, or no longer to be seen, leaves this computer too.
pub(crate) async fn fetch(context: &Context, id: ConversationId) -> Result<(), Failure> {
    match context.api.conversation(id).await {
        Ok(update) => apply_updates(context, vec![update]).await,
        Err(ClientError::Missing | ClientError::NotAllowed) => {
            let conversation = context.conversation(id);
            context
                .store
                .apply(Batch {
                    removed: vec![id],
                    ..Batch::new(context.key)
                })
                .await?;
            alerts::settle(context, conversation).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Applies conversations with what came along, then decides their alerts.
pub(super) async fn apply_updates(
    context: &Context,
    updates: Vec<ConversationUpdate>,
) -> Result<(), Failure> {
    let ids: Vec<ConversationId> = updates.iter().map(|update| update.conversation.id).collect();
    let mut batch = Batch::new(context.key);
    for update in updates {
        batch.conversations.push(update.conversation);
        batch.contacts.extend(update.contact);
        batch.agents.extend(update.agent);
        batch.messages.extend(update.messages);
    }
    context.store.apply(batch).await?;
    alerts::review(
        context,
        ids.into_iter().map(|id| context.conversation(id)).collect(),
    )
    .await
}
