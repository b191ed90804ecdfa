//! Search in what this computer has.

use crate::Row;
use deskbell_domain::MessageId;

/// A message that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageHit {
    pub id: MessageId,
    /// Epoch seconds.
    pub at: i64,
    /// A short piece of the text; parts alternate plain, marked, plain, …
    pub parts: Vec<String>,
}

/// A conversation whose guest, subject or messages match.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    pub row: Row,
    /// The newest matching message, if it is a message that matches.
    pub message: Option<MessageHit>,
}
