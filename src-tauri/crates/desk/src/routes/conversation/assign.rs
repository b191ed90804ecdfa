//! Giving a conversation to somebody (reference §3.4).

use crate::db::conversation::Conversation;
use crate::db::{people, team};
use crate::desk::Change;
use crate::error::ApiError;
use crate::routes::call::{Answer, AnyCall};
use crate::routes::ok;
use crate::service::assignment;
use crate::wire;
use serde_json::Value;

/// What is asked for; a person or bot counts before a team.
enum To {
    Person(Option<i64>),
    Bot(i64),
    Team(Option<i64>),
    Nothing,
}

fn wanted(call: &AnyCall) -> To {
    let params = &call.params;
    if params.has("assignee_id") {
        let id = params.integer("assignee_id");
        return match params.text("assignee_type").as_deref() {
            Some("AgentBot") => To::Bot(id.unwrap_or(0)),
            _ => To::Person(id),
        };
    }
    if params.has("team_id") {
        return To::Team(params.integer("team_id"));
    }
    To::Nothing
}

/// `POST …/assignments`.
pub async fn assign(call: AnyCall) -> Answer {
    let (door, to) = (call.conversation(), wanted(&call));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let found = door.open(change)?;
            give(change, &found, &to)
        })
        .await?;
    ok(json)
}

fn give(change: &mut Change<'_>, found: &Conversation, to: &To) -> Result<Value, ApiError> {
    match to {
        To::Person(id) => {
            let after = assignment::to_person(change, found, *id)?;
            let user = after.assignee_id.map(|id| people::user(change, id)).transpose()?;
            match user.flatten() {
                Some(user) => wire::people::agent(change, found.account_id, &user),
                None => Ok(Value::Null),
            }
        }
        To::Bot(id) => {
            let after = assignment::to_bot(change, found, *id)?;
            if after.assignee_bot_id != Some(*id) {
                return Ok(Value::Null);
            }
            Ok(people::bot(change, *id)?.map_or(Value::Null, |bot| wire::people::bot_slim(&bot)))
        }
        To::Team(id) => {
            let after = assignment::to_team(change, found, *id)?;
            let team = after
                .team_id
                .map(|id| team::find_in(change, found.account_id, id));
            let team = team.transpose()?.flatten();
            Ok(team.map_or(Value::Null, |team| wire::team::record(&team)))
        }
        To::Nothing => Ok(Value::Null),
    }
}
