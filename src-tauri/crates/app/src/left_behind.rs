//! Words written in conversations that one may no longer see: kept until somebody has copied or discarded them.

use crate::core::{App, Running};
use crate::rows::PropertyNames;
use crate::schema::*;
use deskbell_domain::{AccountKey, ConversationRef, Job, OutboxItem, OutboxState, Subject};
use std::collections::BTreeMap;

/// Everything left behind, of all properties in step: elsewhere nobody knows what is gone.
pub(crate) async fn all(app: &App) -> Result<Vec<LeftBehindView>, CommandError> {
    let running = app.running().await?;
    let names = PropertyNames::load(&running.store).await?;
    let mut all = Vec::new();
    for account in running.store.accounts().await? {
        if !running.engine.status(account.key).is_online() {
            continue;
        }
        for (conversation, mut left) in waiting(&running, account.key).await? {
            if running.store.conversation(conversation).await?.is_none() {
                left.property = names.property(account.key);
                all.push(left);
            }
        }
    }
    Ok(all)
}

/// What waits in each conversation of an account, whether it is here or not.
async fn waiting(
    running: &Running,
    account: AccountKey,
) -> Result<BTreeMap<ConversationRef, LeftBehindView>, CommandError> {
    let mut found: BTreeMap<ConversationRef, LeftBehindView> = BTreeMap::new();
    for (conversation, draft) in running.store.drafts(account).await? {
        at(&mut found, conversation).words.push(LeftWords {
            item: None,
            text: draft.text,
            private: draft.private,
            at: draft.saved_at,
        });
    }
    for item in running.store.outbox_all(account).await? {
        if let Subject::Conversation(conversation) = item.subject
            && is_left(&item)
        {
            let left = at(&mut found, conversation);
            match words(&item) {
                Some(words) => left.words.push(words),
                None => left.changes.push(item.id),
            }
        }
    }
    Ok(found)
}

fn at(
    found: &mut BTreeMap<ConversationRef, LeftBehindView>,
    conversation: ConversationRef,
) -> &mut LeftBehindView {
    found
        .entry(conversation)
        .or_insert_with(|| LeftBehindView::nothing(conversation))
}

/// Not sent, and not something nobody pressed.
fn is_left(item: &OutboxItem) -> bool {
    !matches!(item.state, OutboxState::Sent { .. }) && !matches!(item.job, Job::MarkSeen | Job::MarkUnread)
}

fn words(item: &OutboxItem) -> Option<LeftWords> {
    let Job::Send { text, private, .. } = &item.job else {
        return None;
    };
    Some(LeftWords {
        item: Some(item.id),
        text: text.clone(),
        private: *private,
        at: item.created_at,
    })
}
