//! Queueing what somebody pressed: all or none, merged with what waits, in one commit.

use super::{Edit, NewItem, file, table};
use crate::file::Fault;
use crate::{Result, Store, contact, conversation};
use deskbell_domain::supersede::{Folded, ServerNow, fold};
use deskbell_domain::{Contact, Conversation, OutboxItem, Subject};
use rusqlite::Transaction;
use std::collections::BTreeMap;

/// A subject as the server last told it.
enum Told {
    Conversation(Box<Conversation>),
    Contact(Box<Contact>),
}

impl Told {
    fn now(&self) -> ServerNow<'_> {
        match self {
            Self::Conversation(conversation) => ServerNow::Conversation(conversation),
            Self::Contact(contact) => ServerNow::Contact(contact),
        }
    }
}

type TheTold = BTreeMap<Subject, Told>;

impl Store {
    /// Makes pressed changes durable, all or none, and shows them. A change that only says anew what waits for its first
    /// attempt becomes part of that, and one that takes it back takes it out; answered are the items that carry these
    /// presses now, which may be fewer.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`]; then nothing was kept.
    pub async fn enqueue(&self, items: Vec<NewItem>) -> Result<Vec<OutboxItem>> {
        self.add_items(items, false).await
    }

    /// As [`Store::enqueue`], and forgets the drafts of these conversations in the same commit: what was typed is either
    /// still a draft or queued, never both and never neither. Files that were not pressed stay in the composer.
    ///
    /// # Errors
    /// As [`Store::enqueue`].
    pub async fn enqueue_clearing_draft(&self, items: Vec<NewItem>) -> Result<Vec<OutboxItem>> {
        self.add_items(items, true).await
    }

    async fn add_items(&self, items: Vec<NewItem>, clear_drafts: bool) -> Result<Vec<OutboxItem>> {
        let told = self.told_of(&items).await?;
        self.change_outbox("enqueue", move |transaction| {
            let mut edits = Vec::new();
            let mut kept = Vec::with_capacity(items.len());
            for item in items {
                let cleared = item.subject.conversation().filter(|_| clear_drafts);
                kept.extend(add(transaction, item, &told, &mut edits)?);
                if let Some(conversation) = cleared {
                    crate::draft::forget(transaction, conversation)?;
                    edits.push(Edit::ClearDraft(conversation));
                }
            }
            Ok((kept, edits))
        })
        .await
    }

    /// What the server last told of those subjects where something waits already: only there can a press take back
    /// another. Asked before the commit, because it is in the other file; a colleague's change in between is as if it
    /// came a moment later.
    async fn told_of(&self, items: &[NewItem]) -> Result<TheTold> {
        let mut subjects: Vec<Subject> = items.iter().map(|item| item.subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        {
            let known = self.inner.memory.known();
            subjects.retain(|subject| known.outbox.contains_key(subject));
        }
        if subjects.is_empty() {
            return Ok(TheTold::new());
        }
        let told = self.inner.cache.read("told", move |connection| {
            let mut told = TheTold::new();
            for subject in subjects {
                let now = match subject {
                    Subject::Conversation(one) => conversation::kept(connection, one)?
                        .map(|kept| Told::Conversation(Box::new(kept.server))),
                    Subject::Contact(one) => {
                        contact::kept(connection, one)?.map(|kept| Told::Contact(Box::new(kept)))
                    }
                };
                told.extend(now.map(|now| (subject, now)));
            }
            Ok(told)
        });
        // A cache that cannot be read takes nothing back; the press is kept all the same.
        Ok(told.await.unwrap_or_default())
    }
}

/// Adds one press; answers the item that carries it, or none where it took another back.
fn add(
    transaction: &Transaction<'_>,
    new: NewItem,
    told: &TheTold,
    edits: &mut Vec<Edit>,
) -> Result<Option<OutboxItem>, Fault> {
    let queue = table::of_subject(transaction, new.subject)?;
    let now = told.get(&new.subject).map_or(ServerNow::Unknown, Told::now);
    let waiting = |id: i64| queue.iter().find(|item| item.id == id).cloned();
    match fold(&queue, &new.job, now) {
        Folded::Append => {
            let item = table::insert(transaction, new)?;
            file::press(transaction, &item)?;
            edits.push(Edit::Put(Box::new(item.clone())));
            Ok(Some(item))
        }
        Folded::Keep(id) => Ok(waiting(id)),
        Folded::Replace(id, job) => {
            let mut item = waiting(id).ok_or(Fault::Shape)?;
            (item.job, item.created_at) = (job, new.created_at);
            table::update(transaction, &item)?;
            edits.push(Edit::Put(Box::new(item.clone())));
            Ok(Some(item))
        }
        Folded::Remove(id) => {
            table::delete(transaction, id)?;
            edits.push(Edit::Remove(new.subject, id));
            Ok(None)
        }
    }
}
