//! What a pressed change is about: a conversation or a customer. Changes keep their order within one subject.

use crate::{AccountKey, ContactId, ConversationRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One customer of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct ContactRef {
    pub account: AccountKey,
    pub id: ContactId,
}

impl ContactRef {
    /// Addresses contact `id` of `account`.
    pub fn new(account: AccountKey, id: ContactId) -> Self {
        Self { account, id }
    }
}

/// The queue a change stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Subject {
    Conversation(ConversationRef),
    Contact(ContactRef),
}

impl Subject {
    /// The property it belongs to.
    pub fn account(self) -> AccountKey {
        match self {
            Self::Conversation(conversation) => conversation.account,
            Self::Contact(contact) => contact.account,
        }
    }

    /// The conversation, if it is one.
    pub fn conversation(self) -> Option<ConversationRef> {
        match self {
            Self::Conversation(conversation) => Some(conversation),
            Self::Contact(_) => None,
        }
    }

    /// The customer, if it is one.
    pub fn contact(self) -> Option<ContactRef> {
        match self {
            Self::Conversation(_) => None,
            Self::Contact(contact) => Some(contact),
        }
    }
}

impl From<ConversationRef> for Subject {
    fn from(conversation: ConversationRef) -> Self {
        Self::Conversation(conversation)
    }
}

impl From<ContactRef> for Subject {
    fn from(contact: ContactRef) -> Self {
        Self::Contact(contact)
    }
}
