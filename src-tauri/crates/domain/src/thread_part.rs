//! Which stretch of a thread is asked for.

use crate::MessageId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stretch of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "part", content = "message", rename_all = "snake_case")]
pub enum ThreadPart {
    /// The end of it.
    Newest,
    Before(MessageId),
    After(MessageId),
    /// The message in its middle; the newest where it is not kept here.
    Around(MessageId),
}
