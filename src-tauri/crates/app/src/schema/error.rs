use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A code exists only if the screen acts on it; everything else is [`ErrorCode::Failed`] with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// What was asked for is not (or no longer) there.
    NotFound,
    /// The server has it no more, or this person may not see it any more.
    Gone,
    /// The screen is locked.
    Locked,
    /// Nobody is signed in, or the key is not there yet.
    NotReady,
    /// The disk is full or cannot be written; what was typed is still on screen.
    Disk,
    /// The request itself made no sense.
    BadRequest,
    Failed,
}

/// What a command answers when it could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CommandError {
    pub code: ErrorCode,
    /// For the log and for "Show details"; the screen has its own words.
    pub message: String,
    pub retryable: bool,
}
