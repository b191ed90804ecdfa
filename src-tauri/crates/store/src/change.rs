//! What a commit changed, for whoever shows it.

use deskbell_domain::{AccountKey, ConversationRef};

/// One thing that changed. Carries ids; the reader asks again for what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Its row or its details.
    Conversation(ConversationRef),
    /// Order or membership of lists, and counts.
    List,
    /// Its messages, or what is known of its history.
    Thread(ConversationRef),
    /// Inboxes, agents, teams, labels, canned responses, macros, saved views or definitions of attributes.
    Catalog(AccountKey),
    /// Its unsent changes.
    Outbox(ConversationRef),
    Alerts,
    /// What the server told the signed-in person to look at.
    Notifications(AccountKey),
    Settings,
    Accounts,
}
