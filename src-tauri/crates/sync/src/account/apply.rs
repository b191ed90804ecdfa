//! Brings what the wire told into the store, and lets it ring.

use super::failure::Failure;
use super::order::Asked;
use super::{Context, catalog, company};
use crate::{alerts, notices, outbox};
use deskbell_chatwoot::{ClientError, ConversationNow, ConversationUpdate, WireEvent};
use deskbell_domain::{ConversationId, Doing, Message, Someone};
use deskbell_store::{Activity, Batch};

/// Applies one frame that came at `heard`. Frames of other accounts share the socket's stream and are left out (reference §10.3).
pub(super) async fn apply_wire(context: &Context, heard: Asked, event: WireEvent) -> Result<(), Failure> {
    let mine = context.row.account_id;
    match event {
        WireEvent::Message {
            account_id,
            message,
            conversation_now,
            created,
        } if account_id == mine => {
            if created {
                company::wrote(context, &message);
            }
            apply_message(context, heard, message, conversation_now).await
        }
        WireEvent::Conversation {
            account_id, update, ..
        } if account_id == mine => apply_conversation(context, heard, update).await,
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
            by,
            name,
            on,
            private,
        } if account_id == mine => {
            let doing = Doing::Writes { private };
            company::sign(context, conversation, (by, name), doing, on);
            Ok(())
        }
        WireEvent::Looking {
            account_id,
            conversation,
            agent,
            name,
            on,
        } if account_id == mine => {
            company::sign(
                context,
                conversation,
                (Someone::Agent(agent), name),
                Doing::Looks,
                on,
            );
            Ok(())
        }
        WireEvent::Presence { account_id, users } if account_id == mine => {
            context.store.set_agent_presence(context.key, users).await?;
            Ok(())
        }
        WireEvent::NotificationChanged {
            account_id,
            notification,
        } if account_id == mine => {
            context.store.save_notification(context.key, notification).await?;
            // It may have been under way for long, and be gone.
            catalog::refresh_notifications(context).await?;
            notices::review_assignments(context).await
        }
        WireEvent::NotificationGone { account_id, id } if account_id == mine => {
            context.store.remove_notification(context.key, id).await?;
            Ok(())
        }
        WireEvent::SharedViewsChanged { account_id } if account_id == mine => {
            catalog::refresh_views(context).await
        }
        WireEvent::CacheInvalidated { account_id } if account_id == mine => catalog::refresh(context).await,
        _ => Ok(()),
    }
}

/// Reading moves no version and sends no frame (reference §10.6), so a frame that knows of less reading than is known
/// here, and of nothing else that is newer, was under way for long. Where both read in the same second the server is
/// asked which is true.
async fn apply_conversation(
    context: &Context,
    heard: Asked,
    update: ConversationUpdate,
) -> Result<(), Failure> {
    let told = &update.conversation;
    // A server may tell of conversations that one may not open (reference §2.3).
    if context.order.is_gone(told.id) || !context.certainly_opens(told) {
        return fetch(context, told.id).await;
    }
    let stored = context.store.conversation(context.conversation(told.id)).await?;
    if let Some(server) = stored.map(|stored| stored.server)
        && told.updated_at.is_some()
        && server.updated_at == told.updated_at
    {
        if server.agent_last_seen_at > told.agent_last_seen_at {
            return Ok(());
        }
        if server.agent_last_seen_at == told.agent_last_seen_at && server.unread_count != told.unread_count {
            return fetch(context, told.id).await;
        }
    }
    apply_updates(context, heard, vec![update]).await
}

/// For many messages no conversation event follows: what they say about the conversation is the only news of it
/// (reference §10.6).
async fn apply_message(
    context: &Context,
    heard: Asked,
    message: Message,
    now: ConversationNow,
) -> Result<(), Failure> {
    let id = message.conversation_id;
    let stored = context.store.conversation(context.conversation(id)).await?;
    if stored.is_none() {
        fetch(context, id).await?;
        if context.order.is_gone(id) {
            return Ok(());
        }
    }
    // Read in the second it was written: before or after, the times in whole seconds cannot tell.
    let is_doubtful = stored.map(|stored| stored.server).is_some_and(|server| {
        server.agent_last_seen_at.is_some()
            && server.agent_last_seen_at == now.last_activity_at
            && now.unread_count.is_some_and(|count| count != server.unread_count)
    });
    let mut batch = Batch::new(context.key);
    if context.order.believe(heard, id, None) {
        batch.activities.push(Activity {
            conversation: id,
            message: message.id,
            at: now.last_activity_at,
            unread_count: now.unread_count.filter(|_| !is_doubtful),
        });
    }
    batch.messages.push(message);
    keep(context, batch).await?;
    match is_doubtful {
        true => fetch(context, id).await,
        false => Ok(()),
    }
}

/// Keeps a batch; a message of this computer among it answers what became of a lost one.
pub(super) async fn keep(context: &Context, batch: Batch) -> Result<(), Failure> {
    let own: Vec<Message> = batch
        .messages
        .iter()
        .filter(|message| message.client_ref().is_some())
        .cloned()
        .collect();
    context.store.apply(batch).await?;
    outbox::arrived(context, &own).await
}

/// Reads one conversation from the server. One that is gone, or no longer to be seen, leaves this computer too.
pub(crate) async fn fetch(context: &Context, id: ConversationId) -> Result<(), Failure> {
    let asked = context.order.ask();
    match context.api.conversation(id).await {
        Ok(update) => apply_updates(context, asked, vec![update]).await,
        Err(ClientError::Missing | ClientError::NotAllowed) => {
            let conversation = context.conversation(id);
            context.order.gone(asked, id);
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

/// Applies conversations with what came along, as they were when `asked` for, then decides their alerts.
pub(super) async fn apply_updates(
    context: &Context,
    asked: Asked,
    updates: Vec<ConversationUpdate>,
) -> Result<(), Failure> {
    let ids: Vec<ConversationId> = updates.iter().map(|update| update.conversation.id).collect();
    let closed = notices::closed_before(context, &ids).await?;
    let mut batch = Batch::new(context.key);
    for update in updates {
        let told = update.conversation;
        if context.order.believe(asked, told.id, told.updated_at) {
            batch.conversations.push(told);
        }
        batch.contacts.extend(update.contact);
        batch.agents.extend(update.agent);
        batch.messages.extend(update.messages);
    }
    keep(context, batch).await?;
    alerts::review(
        context,
        ids.into_iter().map(|id| context.conversation(id)).collect(),
    )
    .await?;
    notices::review_returns(context, closed).await
}
