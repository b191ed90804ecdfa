//! Pressed changes, until the server has them.
//!
//! Every write goes to `durable.db` first, then to memory, then over the cached rows; questions are answered from memory.

mod table;

pub(crate) use table::load;

use crate::file::{Fault, received};
use crate::{Change, Result, Store};
use deskbell_domain::{
    AccountKey, ConversationRef, Job, Message, MessageId, OutboxItem, OutboxState, StuckReason,
};
use rusqlite::Transaction;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A change somebody just pressed; it becomes a queued item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    pub conversation: ConversationRef,
    pub job: Job,
    /// Deskbell's own key (UUIDv7).
    pub client_ref: String,
    /// Epoch seconds.
    pub created_at: i64,
    pub after_message: Option<MessageId>,
    pub queued_offline: bool,
}

/// What a commit did to the items in memory.
enum Edit {
    Put(OutboxItem),
    Remove(ConversationRef, i64),
    ClearDraft(ConversationRef),
}

impl Edit {
    fn conversation(&self) -> ConversationRef {
        match self {
            Self::Put(item) => item.conversation,
            Self::Remove(conversation, _) | Self::ClearDraft(conversation) => *conversation,
        }
    }
}

impl Store {
    /// Makes pressed changes durable, all or none, and shows them.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`]; then nothing was kept.
    pub async fn enqueue(&self, items: Vec<NewItem>) -> Result<Vec<OutboxItem>> {
        self.add_items(items, false).await
    }

    /// As [`Store::enqueue`], and forgets the drafts of these conversations in the same commit: what was typed is either
    /// still a draft or queued, never both and never neither.
    ///
    /// # Errors
    /// As [`Store::enqueue`].
    pub async fn enqueue_clearing_draft(&self, items: Vec<NewItem>) -> Result<Vec<OutboxItem>> {
        self.add_items(items, true).await
    }

    async fn add_items(&self, items: Vec<NewItem>, clear_drafts: bool) -> Result<Vec<OutboxItem>> {
        self.change_outbox("enqueue", move |transaction| {
            let mut edits = Vec::new();
            let mut added = Vec::with_capacity(items.len());
            for item in items {
                let item = table::insert(transaction, item)?;
                if clear_drafts {
                    crate::draft::forget(transaction, item.conversation)?;
                    edits.push(Edit::ClearDraft(item.conversation));
                }
                edits.push(Edit::Put(item.clone()));
                added.push(item);
            }
            Ok((added, edits))
        })
        .await
    }

    /// Unfinished items of a conversation, oldest first.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox(&self, conversation: ConversationRef) -> Result<Vec<OutboxItem>> {
        Ok(self.inner.memory.known().items(conversation))
    }

    /// Unfinished items of an account, by conversation, oldest first.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox_all(&self, account: AccountKey) -> Result<Vec<OutboxItem>> {
        let known = self.inner.memory.known();
        Ok(known
            .all_items()
            .filter(|item| item.conversation.account == account)
            .cloned()
            .collect())
    }

    /// The first item of each conversation of an account that the server does not have, oldest first: only these may go.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox_heads(&self, account: AccountKey) -> Result<Vec<OutboxItem>> {
        let known = self.inner.memory.known();
        let of_account = known
            .outbox
            .iter()
            .filter(|(conversation, _)| conversation.account == account);
        let mut heads: Vec<OutboxItem> = of_account
            .filter_map(|(_, items)| {
                items
                    .iter()
                    .find(|item| !matches!(item.state, OutboxState::Sent { .. }))
            })
            .cloned()
            .collect();
        heads.sort_by_key(|item| item.id);
        Ok(heads)
    }

    /// One item, unless it is finished.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox_item(&self, id: i64) -> Result<Option<OutboxItem>> {
        Ok(self.inner.memory.known().item(id).cloned())
    }

    /// Moves an item to its next state. Answers the item as it is now, with the text it has at this moment: send that
    /// one. `None` when it is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_item(&self, id: i64, state: OutboxState, attempts: u32) -> Result<Option<OutboxItem>> {
        self.change_item("set item", id, move |item| {
            (item.state, item.attempts) = (state, attempts);
            true
        })
        .await
    }

    /// Gives a waiting message another text. False when it is being sent, was sent, is gone or is not a message.
    ///
    /// # Errors
    /// As every call.
    pub async fn edit_item(&self, id: i64, text: &str) -> Result<bool> {
        let text = text.to_owned();
        let edited = self.change_item("edit item", id, move |item| {
            let at_rest = rests(&item.state);
            match &mut item.job {
                Job::Send { text: known, .. } if at_rest => {
                    *known = text;
                    true
                }
                _ => false,
            }
        });
        Ok(edited.await?.is_some())
    }

    /// Queues a held, stuck or waiting item anew, as if pressed `at` (epoch seconds) with `after` as the newest message
    /// known: what changed before is no reason to hold it again. False when it is being sent, was sent or is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn press_again(&self, id: i64, at: i64, after: Option<MessageId>) -> Result<bool> {
        let pressed = self.change_item("press again", id, move |item| {
            let again = rests(&item.state);
            if again {
                // Whether it arrived is looked up once more before it is sent again.
                let unknown = StuckReason::Unknown;
                item.attempts = u32::from(item.state == OutboxState::Stuck { reason: unknown });
                item.state = OutboxState::Queued;
                item.created_at = at;
                item.after_message = after.or(item.after_message);
                item.queued_offline = false;
            }
            again
        });
        Ok(pressed.await?.is_some())
    }

    /// Throws an item away. False when it is being sent, was sent or is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn discard_item(&self, id: i64) -> Result<bool> {
        self.change_outbox("discard item", move |transaction| {
            let Some(item) = table::read(transaction, id)? else {
                return Ok((false, Vec::new()));
            };
            if !rests(&item.state) && !matches!(item.state, OutboxState::Unsure { .. }) {
                return Ok((false, Vec::new()));
            }
            table::delete(transaction, id)?;
            Ok((true, vec![Edit::Remove(item.conversation, id)]))
        })
        .await
    }

    /// Forgets an item the server has. Its `message` is in the cache before the item leaves memory, so that nothing
    /// blinks.
    ///
    /// # Errors
    /// As every call.
    pub async fn finish_item(&self, id: i64, message: Option<Message>) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        let finished = self.inner.durable.write(
            "finish item",
            move |transaction| {
                let item = table::read(transaction, id)?;
                table::delete(transaction, id)?;
                Ok(item.map(|item| item.conversation))
            },
            move |conversation| {
                let conversation = conversation?;
                Some((
                    conversation,
                    crate::show::finish(&inner, conversation, id, message),
                ))
            },
        );
        let Some((conversation, shown)) = received(finished).await? else {
            return Ok(());
        };
        let shown = received(shown).await;
        if shown.is_err() {
            // No longer durable, so it must not stay in memory either; catching up brings the message.
            self.inner.memory.known().remove_item(conversation, id);
            self.inner.announce(vec![Change::Outbox(conversation)]);
        }
        shown
    }

    /// Call once at start, before anything is sent: whatever was being sent when the program ended has an unknown fate.
    /// A message becomes unsure since `now` (epoch seconds), anything else is queued again; what the server already has
    /// is forgotten, because catching up brings it.
    ///
    /// # Errors
    /// As every call.
    pub async fn recover_sending(&self, now: i64) -> Result<()> {
        self.change_outbox("recover sending", move |transaction| {
            let mut edits = Vec::new();
            for mut item in table::all(transaction)? {
                match item.state {
                    OutboxState::Sending if item.job.is_message() => {
                        item.state = OutboxState::Unsure { since: now }
                    }
                    OutboxState::Sending => item.state = OutboxState::Queued,
                    OutboxState::Sent { .. } => {
                        table::delete(transaction, item.id)?;
                        edits.push(Edit::Remove(item.conversation, item.id));
                        continue;
                    }
                    _ => continue,
                }
                table::update(transaction, &item)?;
                edits.push(Edit::Put(item));
            }
            Ok(((), edits))
        })
        .await
    }

    /// Unsent changes of all accounts that somebody would miss: that a conversation was looked at is none.
    ///
    /// # Errors
    /// As every call.
    pub async fn unsent_count(&self) -> Result<u32> {
        let known = self.inner.memory.known();
        let unsent = known
            .all_items()
            .filter(|item| !matches!(item.state, OutboxState::Sent { .. }) && item.job != Job::MarkSeen)
            .count();
        Ok(u32::try_from(unsent).unwrap_or(u32::MAX))
    }

    async fn change_item(
        &self,
        what: &'static str,
        id: i64,
        change: impl FnOnce(&mut OutboxItem) -> bool + Send + 'static,
    ) -> Result<Option<OutboxItem>> {
        self.change_outbox(what, move |transaction| {
            let Some(mut item) = table::read(transaction, id)? else {
                return Ok((None, Vec::new()));
            };
            if !change(&mut item) {
                return Ok((None, Vec::new()));
            }
            table::update(transaction, &item)?;
            Ok((Some(item.clone()), vec![Edit::Put(item)]))
        })
        .await
    }

    /// Durable first, then memory, then what is shown; announced when all three agree. Once the commit is made the rest
    /// happens even if nobody waits for it.
    async fn change_outbox<T: Send + 'static>(
        &self,
        what: &'static str,
        change: impl FnOnce(&Transaction<'_>) -> Result<(T, Vec<Edit>), Fault> + Send + 'static,
    ) -> Result<T> {
        let inner = Arc::clone(&self.inner);
        let changed = self.inner.durable.write(what, change, move |(answer, edits)| {
            let conversations: BTreeSet<ConversationRef> = edits.iter().map(Edit::conversation).collect();
            remember(&inner, edits);
            (answer, crate::show::show(&inner, conversations))
        });
        let (answer, shown) = received(changed).await?;
        // The change is durable; a cache that cannot show it now is told so in the log and catches up at the next start.
        if let Err(error) = received(shown).await {
            tracing::warn!(%error, "An unsent change could not be shown");
        }
        Ok(answer)
    }
}

fn remember(inner: &crate::store::Inner, edits: Vec<Edit>) {
    let mut known = inner.memory.known();
    for edit in edits {
        match edit {
            Edit::Put(item) => known.put_item(item),
            Edit::Remove(conversation, id) => known.remove_item(conversation, id),
            Edit::ClearDraft(conversation) => {
                known.drafts.remove(&conversation);
            }
        }
    }
}

/// Whether a person may still change it without a race against the sender.
fn rests(state: &OutboxState) -> bool {
    matches!(
        state,
        OutboxState::Queued
            | OutboxState::Waiting { .. }
            | OutboxState::Held { .. }
            | OutboxState::Stuck { .. }
    )
}
