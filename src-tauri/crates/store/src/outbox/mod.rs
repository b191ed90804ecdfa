//! Pressed changes, until the server has them.
//!
//! Every write goes to `durable.db` first, then to memory, then over the cached rows; questions are answered from memory.

mod attempt;
mod file;
mod person;
mod press;
mod table;

pub use file::NewFile;
pub(crate) use file::forget_unfinished;
pub(crate) use person::unsent_of;
pub(crate) use table::load;

use crate::file::{Fault, received};
use crate::{Draft, Result, Store};
use deskbell_domain::{AccountKey, ConversationRef, Job, MessageId, OutboxItem, OutboxState, Subject};
use rusqlite::Transaction;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A change somebody just pressed; it becomes a queued item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    pub subject: Subject,
    pub job: Job,
    /// Deskbell's own key (UUIDv7).
    pub client_ref: String,
    /// Epoch seconds.
    pub created_at: i64,
    pub after_message: Option<MessageId>,
    pub queued_offline: bool,
    /// It may be taken back until then (epoch seconds); `None` = it goes at once.
    pub not_before: Option<i64>,
}

/// What a commit did to the items in memory.
enum Edit {
    Put(Box<OutboxItem>),
    Remove(Subject, i64),
    ClearDraft(ConversationRef),
    SetDraft(ConversationRef, Draft),
}

impl Edit {
    fn subject(&self) -> Subject {
        match self {
            Self::Put(item) => item.subject,
            Self::Remove(subject, _) => *subject,
            Self::ClearDraft(conversation) | Self::SetDraft(conversation, _) => {
                Subject::Conversation(*conversation)
            }
        }
    }
}

impl Store {
    /// Unfinished items of a conversation or a customer, oldest first.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox(&self, subject: impl Into<Subject>) -> Result<Vec<OutboxItem>> {
        Ok(self.inner.memory.known().items(subject))
    }

    /// Unfinished items of an account, by subject, oldest first.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox_all(&self, account: AccountKey) -> Result<Vec<OutboxItem>> {
        let known = self.inner.memory.known();
        Ok(known
            .all_items()
            .filter(|item| item.subject.account() == account)
            .cloned()
            .collect())
    }

    /// The first item of each subject of an account that the server does not have, oldest first: only these may go.
    ///
    /// # Errors
    /// As every call.
    pub async fn outbox_heads(&self, account: AccountKey) -> Result<Vec<OutboxItem>> {
        let known = self.inner.memory.known();
        let of_account = known
            .outbox
            .iter()
            .filter(|(subject, _)| subject.account() == account);
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
            Ok((Some(item.clone()), vec![Edit::Put(Box::new(item))]))
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
            let subjects: BTreeSet<Subject> = edits.iter().map(Edit::subject).collect();
            remember(&inner, edits);
            (answer, crate::show::show(&inner, subjects))
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
            Edit::Put(item) => known.put_item(*item),
            Edit::Remove(subject, id) => known.remove_item(subject, id),
            Edit::ClearDraft(conversation) => {
                known.drafts.remove(&conversation);
            }
            Edit::SetDraft(conversation, draft) => {
                known.drafts.insert(conversation, draft);
            }
        }
    }
}
