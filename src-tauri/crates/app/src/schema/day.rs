//! The day's two screens: the morning check, and what is handed over when a shift ends.

use super::RowView;
use deskbell_domain::{AccountKey, ConversationRef, Finished, Look};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `account: null` = all properties together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MorningRequest {
    pub account: Option<AccountKey>,
    /// When the last evening began at the property: the night is counted from then where nobody knows when the person
    /// went. Epoch seconds.
    pub evening: i64,
}

/// Each conversation stands in one list, the night aside; at most 100 in each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MorningView {
    /// When the night began: epoch seconds.
    pub since: i64,
    /// Conversations in which the AI answered since.
    pub answered: u32,
    /// Guests who wait for a person, those left out here among them.
    pub in_need: u32,
    pub urgent: Vec<DayRow>,
    /// Who waits longest comes first.
    pub waiting: Vec<DayRow>,
    pub mine: Vec<DayRow>,
    /// What the AI answered, the newest first; `look` says which are worth it.
    pub night: Vec<DayRow>,
    pub left: Vec<DayRow>,
    pub notes: Vec<DayNote>,
}

/// A conversation on one of the day's screens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DayRow {
    pub row: RowView,
    /// Somebody checked it here, and nobody has written since.
    pub checked: bool,
    /// What the AI did alone is worth a look; `null` where it is not, or a person answers by now.
    pub look: Option<Look>,
    /// What the AI looked for or proposes, in its words.
    pub about: Option<String>,
}

/// A colleague's note on what is mine now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayNote {
    /// The newest conversation it stands in.
    pub conversation: ConversationRef,
    pub text: String,
    pub author: String,
    pub at: i64,
    pub timezone: Option<String>,
    /// In how many conversations it stands.
    pub times: u32,
}

/// As [`MorningRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandoverRequest {
    pub account: Option<AccountKey>,
}

/// At most 100 in each list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HandoverView {
    /// What I answer in, the newest first.
    pub mine: Vec<EndedRow>,
    pub promised: Vec<PromisedRow>,
    /// What the AI answers in, and looks finished.
    pub finished: Vec<EndedRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EndedRow {
    pub row: RowView,
    /// `null`: it goes on.
    pub finished: Option<Finished>,
    /// When the guest last wrote.
    pub guest_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PromisedRow {
    pub row: RowView,
    /// In the AI's words.
    pub promised: Vec<String>,
    /// Somebody here says that it is done.
    pub done: bool,
}

/// Ticks something off, on this computer, or takes the tick back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckRequest {
    pub conversation: ConversationRef,
    pub what: Check,
    pub on: bool,
}

/// What a tick says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Somebody looked; it holds until anybody writes.
    Looked,
    /// What was promised is done.
    Done,
}
