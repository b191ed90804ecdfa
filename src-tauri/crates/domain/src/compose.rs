//! What a message carries beside its text.

use crate::MessageId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// The server's limit for one file (reference §4.1), in bytes.
pub const MOST_FILE_BYTES: u64 = 40 * 1024 * 1024;
/// The server's limit of files in one message (reference §4.4).
pub const MOST_FILES: usize = 15;
/// All files of one message together, in bytes: they travel in one request, and proxies bound those.
pub const MOST_MESSAGE_BYTES: u64 = 100 * 1024 * 1024;

/// A file that goes with a message. Its bytes are kept in `durable.db` under `id` until the message left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutgoingFile {
    pub id: i64,
    pub name: String,
    /// MIME type; it decides how the server shows the file.
    pub content_type: String,
    /// Bytes.
    pub size: u64,
}

/// A WhatsApp template with its values filled in (reference §6). The message's text is the rendered preview: the server
/// shows that and renders nothing itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateMessage {
    pub name: String,
    pub language: String,
    pub category: String,
    #[serde(default)]
    pub namespace: Option<String>,
    /// `{"body":{"1":"x"},"header":{…},"buttons":[…]}`, or flat for servers before 4.5.
    #[ts(type = "Record<string, unknown>")]
    pub processed_params: Map<String, Value>,
}

/// The rest of a message: nothing of it for a plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageExtras {
    /// The message of this conversation it answers.
    pub reply_to: Option<MessageId>,
    pub files: Vec<OutgoingFile>,
    pub template: Option<TemplateMessage>,
}
