//! The people of the desk and what they share (reference §2.1, §8).

use super::Read;
use deskbell_domain::{Agent, AgentId, Availability, CannedResponse, Label, Role, Team, TeamId};
use serde_json::Value;

/// The role of an account membership; custom roles say `agent`.
pub(crate) fn role(value: &Value) -> Option<Role> {
    match value.raw("role")?.as_str()? {
        "administrator" => Some(Role::Administrator),
        _ => Some(Role::Agent),
    }
}

pub(crate) fn agent(value: &Value) -> Option<Agent> {
    Some(Agent {
        id: AgentId(value.int("id")?),
        name: value.text_or("name", "available_name"),
        email: value.text("email"),
        role: role(value),
        availability: Availability::parse(&value.text("availability_status")),
    })
}

pub(crate) fn team(value: &Value) -> Option<Team> {
    Some(Team {
        id: TeamId(value.int("id")?),
        name: value.text("name"),
        is_member: value.flag("is_member").unwrap_or(false),
    })
}

pub(crate) fn canned_response(value: &Value) -> Option<CannedResponse> {
    Some(CannedResponse {
        id: value.int("id")?,
        short_code: value.text("short_code"),
        content: value.text("content"),
    })
}

pub(crate) fn label(value: &Value) -> Option<Label> {
    Some(Label {
        id: value.int("id")?,
        title: value.some_text("title")?,
        color: value.some_text("color").unwrap_or_else(|| "#1f93ff".to_owned()),
    })
}
