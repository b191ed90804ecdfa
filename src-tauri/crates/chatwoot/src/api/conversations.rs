//! Reading conversations: the list, its counts, one of them (reference §3.1, §3.2).

use super::AccountApi;
use crate::ClientError;
use crate::http::Route;
use crate::wire::{ConversationUpdate, Read, conversation_update};
use deskbell_domain::{ConversationId, Status};
use serde_json::Value;

/// Which statuses a list covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    #[default]
    All,
    Only(Status),
}

/// Whose conversations a list covers. A bot's count as unassigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssigneeFilter {
    Me,
    Unassigned,
    Assigned,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    NewestActivity,
    OldestActivity,
    NewestCreated,
    LongestWaiting,
    HighestPriority,
}

/// What a list should hold. Pages count from 1 and hold 25; with `updated_within` (seconds) everything that fits comes
/// at once, unpaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    pub status: StatusFilter,
    pub page: u32,
    pub assignee_type: Option<AssigneeFilter>,
    pub sort_by: Option<SortBy>,
    pub updated_within: Option<i64>,
    /// Any of these labels; empty = no matter.
    pub labels: Vec<String>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            status: StatusFilter::All,
            page: 1,
            assignee_type: None,
            sort_by: None,
            updated_within: None,
            labels: Vec::new(),
        }
    }
}

impl ListQuery {
    fn onto(&self, route: Route) -> Route {
        let status = match self.status {
            StatusFilter::All => "all",
            StatusFilter::Only(status) => status.as_str(),
        };
        let route = route
            .with("status", status)
            .with("page", self.page.max(1))
            .with_some("assignee_type", self.assignee_type.map(AssigneeFilter::as_str))
            .with_some("sort_by", self.sort_by.map(SortBy::as_str))
            .with_some("updated_within", self.updated_within);
        self.labels
            .iter()
            .fold(route, |route, label| route.with("labels[]", label))
    }
}

impl AssigneeFilter {
    fn as_str(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Unassigned => "unassigned",
            Self::Assigned => "assigned",
        }
    }
}

impl SortBy {
    fn as_str(self) -> &'static str {
        match self {
            Self::NewestActivity => "last_activity_at_desc",
            Self::OldestActivity => "last_activity_at_asc",
            Self::NewestCreated => "created_at_desc",
            Self::LongestWaiting => "waiting_since_asc",
            Self::HighestPriority => "priority_desc",
        }
    }
}

/// How many conversations a query finds, whoever holds them: the counts ignore `assignee_type`, `page` and
/// `updated_within`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub mine: u32,
    pub assigned: u32,
    pub unassigned: u32,
    pub all: u32,
}

impl Counts {
    fn read(meta: &Value) -> Self {
        let count = |key| meta.int(key).and_then(|count| u32::try_from(count).ok());
        let all = count("all_count").unwrap_or(0);
        let unassigned = count("unassigned_count").unwrap_or(0);
        Self {
            mine: count("mine_count").unwrap_or(0),
            assigned: count("assigned_count").unwrap_or_else(|| all.saturating_sub(unassigned)),
            unassigned,
            all,
        }
    }
}

/// One page of a list. A page with fewer than 25 items is the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConversationPage {
    pub counts: Counts,
    pub items: Vec<ConversationUpdate>,
}

impl AccountApi {
    /// One page of conversations.
    pub async fn conversations(&self, query: &ListQuery) -> Result<ConversationPage, ClientError> {
        let route = query.onto(self.route("api/v1/accounts/{}/conversations", &[]));
        let answer = self.http.get(route).await?;
        // The list has a `data` wrapper which no other list of conversations has.
        let body = answer.raw("data").unwrap_or(&answer);
        let items = super::items(body, conversation_update)?;
        Ok(ConversationPage {
            counts: body.raw("meta").map(Counts::read).unwrap_or_default(),
            items,
        })
    }

    /// The counts alone. Limited to 30 a minute from release 4.11.2 on.
    pub async fn counts(&self, query: &ListQuery) -> Result<Counts, ClientError> {
        let route = query.onto(self.route("api/v1/accounts/{}/conversations/meta", &[]));
        let answer = self.http.get(route).await?;
        answer.raw("meta").map(Counts::read).ok_or(ClientError::Unknown)
    }

    /// One conversation.
    pub async fn conversation(&self, id: ConversationId) -> Result<ConversationUpdate, ClientError> {
        let answer = self
            .http
            .get(self.of(id, "api/v1/accounts/{}/conversations/{}"))
            .await?;
        conversation_update(&answer).ok_or(ClientError::Unknown)
    }
}
