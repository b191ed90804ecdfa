//! A conversation as the server last told it.

use crate::{AgentId, ContactId, ConversationId, InboxId, TeamId, merge_more};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// The wire's conversation status. Unknown values are kept as [`Status::Open`] by the client: better rung than lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Pending,
    Snoozed,
    Resolved,
}

impl Status {
    /// The wire's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Snoozed => "snoozed",
            Self::Resolved => "resolved",
        }
    }

    /// Reads the wire's word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "open" => Self::Open,
            "pending" => Self::Pending,
            "snoozed" => Self::Snoozed,
            "resolved" => Self::Resolved,
            _ => return None,
        })
    }
}

/// None < low < medium < high < urgent, as the server orders them (reference §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Low,
    Medium,
    High,
    Urgent,
}

impl Priority {
    /// The wire's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// Reads the wire's word; anything else is no priority.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "low" => Self::Low,
            "medium" => Self::Medium,
            "high" => Self::High,
            "urgent" => Self::Urgent,
            _ => return None,
        })
    }
}

/// Who holds a conversation. A bot holder counts as unassigned everywhere (reference §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Assignee {
    Agent(AgentId),
    Bot(i64),
}

/// One conversation. Fields that socket frames leave out are `Option`: `None` there means "not said", and a merge keeps
/// what was known (reference §10.4). All times are epoch seconds; the wire's 0 is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub inbox_id: InboxId,
    pub contact_id: Option<ContactId>,
    pub uuid: Option<String>,
    pub status: Status,
    pub priority: Option<Priority>,
    pub assignee: Option<Assignee>,
    pub team_id: Option<TeamId>,
    pub labels: Vec<String>,
    pub can_reply: bool,
    pub muted: Option<bool>,
    pub snoozed_until: Option<i64>,
    /// Unread incoming messages, capped at 10 by the server and shared by all agents.
    pub unread_count: u32,
    pub created_at: i64,
    /// Fractional epoch seconds; orders two versions of one conversation. `None` before server 4.0.2.
    pub updated_at: Option<f64>,
    pub last_activity_at: i64,
    pub agent_last_seen_at: Option<i64>,
    pub contact_last_seen_at: Option<i64>,
    pub first_reply_created_at: Option<i64>,
    pub waiting_since: Option<i64>,
    pub custom_attributes: Map<String, Value>,
    pub additional_attributes: Map<String, Value>,
    /// What the server told beyond these fields, under the wire's names.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Conversation {
    /// The person who holds it; bots do not count.
    pub fn agent(&self) -> Option<AgentId> {
        match self.assignee {
            Some(Assignee::Agent(id)) => Some(id),
            _ => None,
        }
    }

    /// Takes over what `newer` says and keeps what it leaves out. Returns `false`, changing nothing, when `newer` is
    /// older than what is known: a late frame never moves a conversation back in time.
    pub fn merge(&mut self, newer: &Conversation) -> bool {
        if let (Some(known), Some(told)) = (self.updated_at, newer.updated_at)
            && told < known
        {
            return false;
        }
        let kept = std::mem::replace(self, newer.clone());
        self.more = merge_more(&kept.more, &self.more);
        self.uuid = self.uuid.take().or(kept.uuid);
        self.muted = self.muted.or(kept.muted);
        self.contact_id = self.contact_id.or(kept.contact_id);
        self.updated_at = self.updated_at.or(kept.updated_at);
        self.last_activity_at = self.last_activity_at.max(kept.last_activity_at);
        true
    }

    /// Nobody of the desk has looked at it or answered.
    pub fn is_new(&self) -> bool {
        self.first_reply_created_at.is_none() && self.agent_last_seen_at.is_none() && self.unread_count > 0
    }

    /// What the conversation is about when it has a subject line (e-mail).
    pub fn subject(&self) -> Option<&str> {
        self.additional_attributes
            .get("mail_subject")?
            .as_str()
            .filter(|text| !text.is_empty())
    }

    /// An otherwise empty open conversation, for tests and for rows that arrive in parts.
    pub fn blank(id: ConversationId, inbox_id: InboxId, at: i64) -> Self {
        Self {
            id,
            inbox_id,
            contact_id: None,
            uuid: None,
            status: Status::Open,
            priority: None,
            assignee: None,
            team_id: None,
            labels: Vec::new(),
            can_reply: true,
            muted: None,
            snoozed_until: None,
            unread_count: 0,
            created_at: at,
            updated_at: None,
            last_activity_at: at,
            agent_last_seen_at: None,
            contact_last_seen_at: None,
            first_reply_created_at: None,
            waiting_since: None,
            custom_attributes: Map::new(),
            additional_attributes: Map::new(),
            more: Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(updated_at: f64) -> Conversation {
        let mut conversation = Conversation::blank(ConversationId(7), InboxId(1), 100);
        conversation.updated_at = Some(updated_at);
        conversation
    }

    #[test]
    fn a_late_frame_changes_nothing() {
        let mut known = at(20.5);
        let mut late = at(20.4);
        late.status = Status::Resolved;
        assert!(!known.merge(&late));
        assert_eq!(known.status, Status::Open, "the older frame must not close it");
    }

    #[test]
    fn a_merge_keeps_what_the_frame_leaves_out() {
        let mut known = at(20.0);
        known.uuid = Some("u".into());
        known.muted = Some(true);
        let mut frame = at(21.0);
        frame.status = Status::Pending;
        assert!(known.merge(&frame));
        assert_eq!(
            (known.uuid.as_deref(), known.muted, known.status),
            (Some("u"), Some(true), Status::Pending)
        );
    }
}
