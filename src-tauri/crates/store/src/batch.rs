//! News from the server, merged into what is known in one transaction.

use deskbell_domain::{
    AccountKey, Agent, Contact, Conversation, ConversationId, ConversationRef, Message, MessageId,
};

/// What the server told about one account. Any order, any number of times.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub account: AccountKey,
    pub conversations: Vec<Conversation>,
    pub contacts: Vec<Contact>,
    pub messages: Vec<Message>,
    /// People met on the way; they are added or updated, nobody is removed.
    pub agents: Vec<Agent>,
    /// Conversations the server no longer has.
    pub removed: Vec<ConversationId>,
}

impl Batch {
    /// An empty batch for `account`.
    pub fn new(account: AccountKey) -> Self {
        Self {
            account,
            conversations: Vec::new(),
            contacts: Vec::new(),
            messages: Vec::new(),
            agents: Vec::new(),
            removed: Vec::new(),
        }
    }
}

/// What a batch really changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Conversations whose server version changed, in no order.
    pub changed: Vec<ConversationRef>,
    /// Messages that were not known before, oldest first.
    pub new_messages: Vec<(ConversationId, MessageId)>,
}
