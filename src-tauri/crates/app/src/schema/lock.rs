use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the lock page shows: nothing of any guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LockedView {
    /// Whose screen it is.
    pub name: String,
    pub property: String,
    /// Guests who need a person.
    pub waiting: u32,
    /// Of the one who is to be answered first.
    pub nearest: Option<NearestGoal>,
    /// After wrong tries: when the next may be made.
    pub retry_at: Option<i64>,
}

/// How long somebody waits, and until when they are to be answered (epoch seconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NearestGoal {
    pub waiting_since: i64,
    pub answer_due: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum LockOutcome {
    Locked,
    /// A PIN has to be chosen first.
    NeedsPin,
}

#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SetPinRequest {
    /// Four to eight digits.
    pub pin: String,
    /// The one there is; absent = there is none.
    #[serde(default)]
    #[ts(optional)]
    pub current: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SetPinOutcome {
    Done,
    /// It is not four to eight digits.
    NotAPin,
    /// The current one was wrong, or it is too early for another try.
    Wrong {
        retry_at: Option<i64>,
    },
}

#[derive(Clone, Serialize, Deserialize, TS)]
pub struct EnterPinRequest {
    pub pin: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum EnterPinOutcome {
    Unlocked,
    /// It was wrong, or it is too early for another try.
    Wrong {
        retry_at: Option<i64>,
    },
}
