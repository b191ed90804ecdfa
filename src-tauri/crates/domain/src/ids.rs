//! Identifiers. Each kind is its own type, so that a contact's number cannot be taken for a conversation's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }
    };
}

id!(
    /// This computer's own number for one account of one server. Never sent to a server.
    AccountKey
);
id!(
    /// A conversation's number within its account: the wire's `display_id`, never the database id.
    ConversationId
);
id!(
    /// A message's number within its account.
    MessageId
);
id!(
    /// A contact's number within its account.
    ContactId
);
id!(
    /// An inbox's number within its account.
    InboxId
);
id!(
    /// A user's number on its server; people of one server share it across accounts.
    AgentId
);
id!(
    /// A team's number within its account.
    TeamId
);

/// One conversation of one account: the address used everywhere above the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct ConversationRef {
    pub account: AccountKey,
    pub id: ConversationId,
}

impl ConversationRef {
    /// Addresses conversation `id` of `account`.
    pub fn new(account: AccountKey, id: ConversationId) -> Self {
        Self { account, id }
    }
}
