use deskbell_domain::{AccountKey, ViewFilter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A saved view, named across properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewRef {
    pub account: AccountKey,
    pub id: i64,
    /// Own and shared views count apart.
    pub shared: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedViewsView {
    /// In the order the person gave them.
    pub views: Vec<SavedViewView>,
    /// Properties whose server keeps views for the team.
    pub sharing: Vec<AccountKey>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedViewView {
    pub view: ViewRef,
    pub name: String,
    /// Rename, change and delete are offered.
    pub may_change: bool,
    /// `null` when it filters by something this list cannot: then it is not applied.
    pub filter: Option<ViewFilter>,
    /// The server's names of what that is.
    pub unknown: Vec<String>,
}

/// A new view, or an own one under a new name or with other filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveViewRequest {
    pub account: AccountKey,
    /// `null` = a new one.
    pub view: Option<ViewRef>,
    pub name: String,
    /// `null` = as it is.
    pub filter: Option<ViewFilter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareViewRequest {
    pub view: ViewRef,
    /// For the team, or for me alone.
    pub shared: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderViewsRequest {
    pub views: Vec<ViewRef>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ViewOutcome {
    Done,
    /// Views are kept on the server, which cannot be asked now.
    Offline,
    /// The role may not, the view is gone, or the server shares none.
    NotAllowed,
    /// The name is empty or too long, or there are too many.
    Refused,
}

/// A file for the person to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepFileRequest {
    /// A bare name; what would lead elsewhere is refused.
    pub name: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepFileOutcome {
    /// The name it has in the folder of downloads; `null` = it could not be written.
    pub name: Option<String>,
}
