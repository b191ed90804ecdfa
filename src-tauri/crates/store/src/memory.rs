//! What both files' threads know without asking a file: unsent changes, drafts, who I am, tokens not to be kept.
//!
//! It follows `durable.db` commit by commit, on its writer thread. The cache's writer lays unsent changes over whatever
//! it stores, so the two files need no common transaction.

use crate::{Draft, LoginKey};
use deskbell_domain::overlay::overlay_contact;
use deskbell_domain::{AccountKey, AgentId, Contact, ContactRef, ConversationRef, OutboxItem, Subject};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Shared by all threads of a store.
#[derive(Default)]
pub(crate) struct Memory {
    inner: Mutex<Known>,
}

/// What is laid over the server's version of one conversation.
pub(crate) struct Unsent {
    pub items: Vec<OutboxItem>,
    pub me: AgentId,
}

/// The values themselves.
#[derive(Default)]
pub(crate) struct Known {
    /// Oldest first within a subject.
    pub outbox: BTreeMap<Subject, Vec<OutboxItem>>,
    pub drafts: HashMap<ConversationRef, Draft>,
    pub me: HashMap<AccountKey, AgentId>,
    /// (token, pubsub token) of logins that are not to be kept on this computer.
    pub tokens: HashMap<LoginKey, (String, String)>,
}

impl Memory {
    /// Held for moments only: never across a statement or an await.
    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    pub(crate) fn items(&self, subject: impl Into<Subject>) -> Vec<OutboxItem> {
        self.outbox.get(&subject.into()).cloned().unwrap_or_default()
    }

    /// A customer with what is on its way.
    pub(crate) fn shown_contact(&self, account: AccountKey, server: Contact) -> Contact {
        let subject = ContactRef::new(account, server.id).into();
        match self.outbox.get(&subject) {
            Some(items) => overlay_contact(&server, items),
            None => server,
        }
    }

    pub(crate) fn unsent(&self, conversation: ConversationRef) -> Unsent {
        // An account that was just removed has no me: -1 is nobody's number.
        let me = self.me.get(&conversation.account).copied().unwrap_or(AgentId(-1));
        Unsent {
            items: self.items(conversation),
            me,
        }
    }

    pub(crate) fn all_items(&self) -> impl Iterator<Item = &OutboxItem> {
        self.outbox.values().flatten()
    }

    pub(crate) fn item(&self, id: i64) -> Option<&OutboxItem> {
        self.all_items().find(|item| item.id == id)
    }

    /// Adds it, or takes it over in place.
    pub(crate) fn put_item(&mut self, item: OutboxItem) {
        let items = self.outbox.entry(item.subject).or_default();
        match items.iter_mut().find(|known| known.id == item.id) {
            Some(known) => *known = item,
            None => {
                items.push(item);
                items.sort_by_key(|item| item.id);
            }
        }
    }

    pub(crate) fn remove_item(&mut self, subject: Subject, id: i64) {
        if let Some(items) = self.outbox.get_mut(&subject) {
            items.retain(|item| item.id != id);
            if items.is_empty() {
                self.outbox.remove(&subject);
            }
        }
    }

    pub(crate) fn forget_account(&mut self, account: AccountKey) {
        self.outbox.retain(|subject, _| subject.account() != account);
        self.drafts
            .retain(|conversation, _| conversation.account != account);
        self.me.remove(&account);
    }
}
