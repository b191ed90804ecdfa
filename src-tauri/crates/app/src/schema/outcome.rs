use deskbell_domain::{AssignTarget, ConversationRef, MessageId, Priority, TemplateMessage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A reply or a note to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SendRequest {
    pub conversation: ConversationRef,
    pub text: String,
    pub private: bool,
    /// The questions a person has already answered with "send anyway".
    #[serde(default)]
    pub confirmed: Vec<SendQuestion>,
    /// Files of this composer (`add_file`), all of them whole.
    #[serde(default)]
    #[ts(as = "Option<Vec<i64>>", optional)]
    pub files: Vec<i64>,
    /// The message of this conversation it answers.
    #[serde(default)]
    #[ts(optional)]
    pub reply_to: Option<MessageId>,
    /// `text` is then its rendered preview. It goes out through a closed window, too.
    #[serde(default)]
    #[ts(optional)]
    pub template: Option<TemplateMessage>,
    /// For how many seconds it can be taken back, at most 60; absent = it goes at once.
    #[serde(default)]
    #[ts(optional)]
    pub undo_seconds: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SendOutcome {
    /// It is durable, and its take-over with it where the AI was answering.
    Queued {
        item: i64,
        took_over: bool,
    },
    /// Ask first; the text stays in the composer.
    Ask {
        question: SendQuestion,
        name: Option<String>,
        seconds_ago: Option<i64>,
    },
    Refused {
        reason: Refusal,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SendQuestion {
    AnsweredByColleague,
    TakenByColleague,
    OptedOut,
    /// Offline while the AI answers: it goes out when back, and asks again if the AI went on meanwhile.
    OfflineWhileAi,
}

/// Why something cannot be pressed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The AI goes on answering without this computer, so this needs the connection.
    Offline,
    WindowClosed,
    Closed,
    Empty,
    TooLong,
    SignedOut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ActOutcome {
    /// Shown at once, durable, on its way.
    Done,
    Refused {
        reason: Refusal,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EscalateRequest {
    pub conversation: ConversationRef,
    /// Optional; written as a note for the team.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssignRequest {
    pub conversation: ConversationRef,
    pub to: AssignTarget,
    /// Optional; written as a note for the team.
    pub note: String,
    pub urgent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CloseRequest {
    pub conversation: ConversationRef,
    /// Optional; sent before closing.
    pub final_message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SnoozeRequest {
    pub conversation: ConversationRef,
    /// Epoch seconds; `null` = until the guest writes.
    pub until: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriorityRequest {
    pub conversation: ConversationRef,
    pub priority: Option<Priority>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LabelsRequest {
    pub conversation: ConversationRef,
    pub add: Vec<String>,
    pub remove: Vec<String>,
}

/// Kept per conversation; empty text forgets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRequest {
    pub conversation: ConversationRef,
    pub text: String,
    pub private: bool,
}

/// An item of the outbox: try it again, send it anyway, or throw it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ItemRequest {
    pub item: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditItemRequest {
    pub item: i64,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ItemOutcome {
    Done,
    /// It is being sent at this moment, or already was.
    TooLate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum LoadOlderOutcome {
    Loaded { count: u32 },
    AtStart,
    Offline,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypingRequest {
    pub conversation: ConversationRef,
    pub on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LookingRequest {
    pub conversation: ConversationRef,
    pub on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkRequest {
    /// Only http, https, mailto and tel are opened.
    pub url: String,
}
