use super::CompanyView;
use deskbell_domain::ConversationRef;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something changed. Carries ids; the screen asks again for what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The session, a connection, or the settings.
    Session,
    /// Order or membership of lists, and counts.
    List,
    /// These conversations: their rows, header and details.
    Conversations { conversations: Vec<ConversationRef> },
    /// The messages (sent or pending) of this conversation.
    Thread { conversation: ConversationRef },
    /// Somebody else came, writes, stopped or went.
    Company {
        conversation: ConversationRef,
        company: CompanyView,
    },
    /// Templates, tags, agents or teams.
    Catalog,
    /// A guest needs a person: spoken by the live region. `name` is empty for a stranger.
    Rang {
        conversation: ConversationRef,
        name: String,
        reason: Option<String>,
        property: Option<String>,
    },
    /// The host asks the screen to show this conversation (a notification was clicked).
    Open { conversation: ConversationRef },
    /// Replies that had to wait went out.
    BackInStep { sent: u32 },
    /// A change could not be carried out; its item says why.
    NotSent {
        conversation: ConversationRef,
        /// A reply or note; otherwise something else that was pressed.
        message: bool,
    },
    /// Too much happened at once: ask again for everything.
    Reload,
}

/// Events travel in batches, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventBatch {
    pub events: Vec<Event>,
}
