//! What the person may see: told with each connection, and noticed when a conversation is no longer theirs to open. Nothing
//! on the wire says so by itself (reference §2.3, §10.3).

use super::failure::Failure;
use super::{Context, apply};
use deskbell_chatwoot::{ClientError, Profile};
use deskbell_domain::{ConversationId, ConversationRef, OutboxState, Subject};
use std::collections::HashSet;

/// Whether a conversation can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Here,
    /// The person may not see it any more, or the server has none.
    Gone,
    /// The server cannot be asked now.
    Unknown,
}

/// Keeps what the profile says of the role in this account.
pub(super) async fn learn(context: &Context, profile: &Profile) -> Result<(), Failure> {
    let mine = |account: &&deskbell_chatwoot::ProfileAccount| account.id == context.row.account_id;
    let Some(account) = profile.accounts.iter().find(mine) else {
        tracing::warn!(account = %context.key, "The profile does not name this account any more");
        return Ok(());
    };
    context.set_sight(account.access.sight());
    context
        .store
        .keep_access(context.key, account.access.clone())
        .await?;
    Ok(())
}

/// A call about a conversation was refused: is it still there to be seen?
pub(crate) async fn refused(context: &Context, id: ConversationId, error: &ClientError) {
    if matches!(error, ClientError::NotAllowed | ClientError::Missing) {
        check(context, id).await;
    }
}

/// Asks for a conversation; one that may not be seen leaves this computer.
pub(crate) async fn check(context: &Context, id: ConversationId) {
    if let Err(error) = apply::fetch(context, id).await {
        tracing::info!(%error, conversation = %id, "A conversation could not be asked for");
    }
}

/// Looks for a conversation that is not kept here.
pub(crate) async fn look_for(context: &Context, id: ConversationId) -> Result<Found, Failure> {
    if context.order.is_gone(id) {
        return Ok(Found::Gone);
    }
    if !context.status().is_online() {
        return Ok(Found::Unknown);
    }
    match apply::fetch(context, id).await {
        Err(Failure::Wire(_)) => Ok(Found::Unknown),
        Err(error) => Err(error),
        Ok(()) => {
            let kept = context.store.conversation(context.conversation(id)).await?;
            Ok(kept.map_or(Found::Gone, |_| Found::Here))
        }
    }
}

/// Asks for the conversations in which words wait and that no list named: after that, one that is not here is gone.
pub(super) async fn look_for_words(context: &Context) -> Result<(), Failure> {
    for conversation in with_words(context).await? {
        if context.store.conversation(conversation).await?.is_none() {
            apply::fetch(context, conversation.id).await?;
        }
    }
    Ok(())
}

/// Conversations with a draft or something unsent.
async fn with_words(context: &Context) -> Result<HashSet<ConversationRef>, Failure> {
    let drafts = context.store.drafts(context.key).await?.into_iter();
    let mut found: HashSet<ConversationRef> = drafts.map(|(conversation, _)| conversation).collect();
    for item in context.store.outbox_all(context.key).await? {
        if let Subject::Conversation(conversation) = item.subject
            && !matches!(item.state, OutboxState::Sent { .. })
        {
            found.insert(conversation);
        }
    }
    Ok(found)
}
