//! Conversations in a file for a spreadsheet.

use deskbell_domain::{AccountKey, ListFilter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The conversations that went on from `from` (epoch seconds, included) to `to` (not), as far as the filter leaves them,
/// with what was said in them then. The filter's own moments do not matter; `account: null` = all properties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportRequest {
    pub account: Option<AccountKey>,
    pub from: i64,
    pub to: i64,
    pub filter: ListFilter,
    pub words: ExportWords,
}

/// What the file says in the language on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportWords {
    /// The titles of the 20 columns.
    pub columns: Vec<String>,
    /// For the wire's words: channels, states, topics, results, and yes, no, ai, server, message, note.
    #[ts(type = "Record<string, string>")]
    pub cells: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ExportOutcome {
    Done {
        /// What it is called in the folder of downloads.
        name: String,
        conversations: u32,
        /// There were more than one file takes.
        is_cut: bool,
    },
    /// It could not be written; nothing was left behind.
    Failed,
}
