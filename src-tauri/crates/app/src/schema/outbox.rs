use super::{PendingChange, PendingKind};
use deskbell_domain::{
    AttributeChange, ContactEdit, ContactRef, ConversationRef, MessageId, OutboxState, OutgoingFile, Subject,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Puts a file into the composer of a conversation; its bytes follow with `append_file`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddFileRequest {
    pub conversation: ConversationRef,
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// Bytes of the whole.
    pub size: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum AddFileOutcome {
    Added {
        file: i64,
    },
    Refused {
        reason: FileRefusal,
        /// The limit it is over: bytes, or files.
        limit: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileRefusal {
    Empty,
    TooLarge,
    /// All files of the message together.
    MessageTooLarge,
    TooMany,
}

/// The next bytes of a file, at most 4 MB at a time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppendFileRequest {
    pub file: i64,
    /// Base64.
    pub data: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileRequest {
    pub file: i64,
}

/// Merged into the server's attributes when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttributesRequest {
    pub conversation: ConversationRef,
    pub change: AttributeChange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MuteRequest {
    pub conversation: ConversationRef,
    pub muted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeleteMessageRequest {
    pub conversation: ConversationRef,
    pub message: MessageId,
}

/// Only the fields somebody touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditContactRequest {
    pub contact: ContactRef,
    pub edit: ContactEdit,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactLabelsRequest {
    pub contact: ContactRef,
    pub add: Vec<String>,
    pub remove: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactNoteRequest {
    pub contact: ContactRef,
    pub text: String,
}

/// Notes about a customer, newest first, with what is on its way laid over them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactNotesView {
    pub notes: Vec<ContactNoteView>,
    /// False when the server could not be asked: they are as they were last read here.
    pub is_current: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactNoteView {
    /// `null` = not on the server yet.
    pub id: Option<i64>,
    /// As the screen may claim it: with an edit that is on its way.
    pub text: String,
    /// Name of who wrote it, if they are known here.
    pub author: Option<String>,
    pub is_mine: bool,
    pub created_at: i64,
    /// When its text was changed last; `null` = never.
    pub edited_at: Option<i64>,
    /// The unsent change of it.
    pub pending: Option<PendingChange>,
    /// The words of an edit that is held or stuck: not shown as the note's own, and not lost.
    pub mine: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditContactNoteRequest {
    pub contact: ContactRef,
    pub note: i64,
    pub text: String,
    /// What it said when the person began: if it says something else by now, they are asked.
    pub was: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeleteContactNoteRequest {
    pub contact: ContactRef,
    pub note: i64,
}

/// Everything that is not on a server yet, by subject, oldest first; also of conversations that are gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OutboxView {
    pub items: Vec<OutboxItemView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OutboxItemView {
    pub item: i64,
    pub subject: Subject,
    pub property: String,
    /// Who it is about, if this computer still knows.
    pub name: String,
    pub change: PendingKind,
    /// The words of a message or a note.
    pub text: Option<String>,
    pub files: Vec<OutgoingFile>,
    pub created_at: i64,
    pub state: OutboxState,
    /// What the server's validation said.
    pub refusal: Option<String>,
}

/// What was written in a conversation that one may no longer see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftBehindView {
    pub conversation: ConversationRef,
    pub property: String,
    /// The draft first, then messages that were not sent, oldest first.
    pub words: Vec<LeftWords>,
    /// Items that are no messages.
    pub changes: Vec<i64>,
}

impl LeftBehindView {
    pub(crate) fn nothing(conversation: ConversationRef) -> Self {
        Self {
            conversation,
            property: String::new(),
            words: Vec::new(),
            changes: Vec::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftWords {
    /// `null` = the draft; discarded by saving an empty one.
    pub item: Option<i64>,
    pub text: String,
    pub private: bool,
    /// When it was written, epoch seconds.
    pub at: i64,
}
