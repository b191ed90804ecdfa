//! Teams (reference §2.1, §3.4).

use super::time::iso;
use crate::db::team::Team;
use serde_json::{Value, json};

/// TEAM as one caller sees it.
pub fn rest(team: &Team, is_member: bool) -> Value {
    json!({
        "id": team.id,
        "name": team.name,
        "description": team.description,
        "allow_auto_assign": team.allow_auto_assign,
        "account_id": team.account_id,
        "is_member": is_member,
    })
}

/// The plain record an assignment answers.
pub fn record(team: &Team) -> Value {
    json!({
        "id": team.id,
        "name": team.name,
        "description": team.description,
        "allow_auto_assign": team.allow_auto_assign,
        "account_id": team.account_id,
        "created_at": iso(team.created_at),
        "updated_at": iso(team.updated_at),
    })
}

/// A team in a pushed conversation.
pub fn push(team: &Team) -> Value {
    json!({ "id": team.id, "name": team.name })
}
