//! The people of the desk and what they share (reference §2.1, §8).

use super::Read;
use super::more::more;
use deskbell_domain::{Access, Agent, AgentId, Availability, CannedResponse, Label, Role, Team, TeamId};
use serde_json::Value;

/// `type` says which kind of sender a socket frame names.
const MODELLED_OF_AGENT: &[&str] = &[
    "id",
    "account_id",
    "name",
    "email",
    "role",
    "availability_status",
    "type",
];
const MODELLED_OF_TEAM: &[&str] = &["id", "account_id", "name", "is_member"];
const MODELLED_OF_CANNED: &[&str] = &["id", "account_id", "short_code", "content"];
const MODELLED_OF_LABEL: &[&str] = &["id", "account_id", "title", "color"];

/// The role of an account membership; custom roles say `agent`.
pub(crate) fn role(value: &Value) -> Option<Role> {
    match value.raw("role")?.as_str()? {
        "administrator" => Some(Role::Administrator),
        _ => Some(Role::Agent),
    }
}

/// What the membership lets the person do. Releases before 3.11 tell the role alone.
pub(crate) fn access(value: &Value) -> Access {
    Access {
        role: role(value).unwrap_or(Role::Agent),
        name: value
            .raw("custom_role")
            .and_then(|custom| custom.some_text("name")),
        permissions: value.texts("permissions"),
    }
}

pub(crate) fn agent(value: &Value) -> Option<Agent> {
    Some(Agent {
        id: AgentId(value.int("id")?),
        name: value.text_or("name", "available_name"),
        email: value.text("email"),
        role: role(value),
        availability: Availability::parse(&value.text("availability_status")),
        more: more(value, MODELLED_OF_AGENT),
    })
}

pub(crate) fn team(value: &Value) -> Option<Team> {
    Some(Team {
        id: TeamId(value.int("id")?),
        name: value.text("name"),
        is_member: value.flag("is_member").unwrap_or(false),
        more: more(value, MODELLED_OF_TEAM),
    })
}

pub(crate) fn canned_response(value: &Value) -> Option<CannedResponse> {
    Some(CannedResponse {
        id: value.int("id")?,
        short_code: value.text("short_code"),
        content: value.text("content"),
        more: more(value, MODELLED_OF_CANNED),
    })
}

pub(crate) fn label(value: &Value) -> Option<Label> {
    Some(Label {
        id: value.int("id")?,
        title: value.some_text("title")?,
        color: value.some_text("color").unwrap_or_else(|| "#1f93ff".to_owned()),
        more: more(value, MODELLED_OF_LABEL),
    })
}
