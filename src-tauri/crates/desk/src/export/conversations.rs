//! Conversations: opened, filled with their messages, and put into the state they are in here.

use super::client::Body;
use super::create::Thing;
use super::progress::kind;
use super::source::{self, Place, Talk};
use super::target::list;
use super::{ExportError, Move, messages, words};
use crate::wire::time::{epoch, iso};
use reqwest::Method;
use serde_json::{Map, Value, json};

/// Its guest could not be carried, so neither can it.
const WITHOUT_GUEST: u16 = 424;

/// Carries all conversations.
pub async fn carry(export: &mut Move) -> Result<(), ExportError> {
    let mut after = Place {
        last_activity_at: i64::MIN,
        id: 0,
    };
    loop {
        let page = source::talks(&export.desk, export.property.id, after).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Place {
            last_activity_at: last.conversation.last_activity_at,
            id: last.conversation.id,
        };
        for talk in page {
            carry_one(export, &talk).await?;
        }
    }
}

async fn carry_one(export: &mut Move, talk: &Talk) -> Result<(), ExportError> {
    let source = talk.conversation.id;
    let state = state_of(talk);
    if export.progress.target(kind::STATE, source)?.as_deref() == Some(&*state) {
        return Ok(());
    }
    let known = export.progress.target_id(kind::CONVERSATION, source)?;
    let (number, is_new) = match known {
        Some(number) => (number, false),
        None => match open(export, talk).await? {
            Some(opened) => opened,
            None => return Ok(()),
        },
    };
    let is_whole = messages::carry(export, talk, number, is_new).await?;
    match settle(export, talk, number, is_new).await? {
        // Where a message is missing the conversation is looked at again in the next run.
        Ok(()) if is_whole => export.progress.done(kind::STATE, source, 0, &state),
        Ok(()) => Ok(()),
        Err(status) => export.progress.refuse(kind::STATE, source, status),
    }
}

/// Changes when anything about it does.
fn state_of(talk: &Talk) -> String {
    format!("{} {}", talk.conversation.updated_at, talk.conversation.status)
}

/// Finds it there, or opens it; answers its number, and whether it is new.
async fn open(export: &mut Move, talk: &Talk) -> Result<Option<(i64, bool)>, ExportError> {
    let conversation = &talk.conversation;
    let key = words::key(&export.property.origin, 'v', conversation.display_id);
    // Also in a first run: whoever lost the progress file must not get everything twice.
    if let Some(number) = find(export, &key).await? {
        export
            .progress
            .done(kind::CONVERSATION, conversation.id, 0, &number.to_string())?;
        return Ok(Some((number, false)));
    }
    let Some(contact) = export
        .progress
        .target_id(kind::CONTACT, conversation.contact_id)?
    else {
        export
            .progress
            .refuse(kind::CONVERSATION, conversation.id, WITHOUT_GUEST)?;
        return Ok(None);
    };
    let thing = Thing {
        kind: kind::CONVERSATION,
        source: conversation.id,
        parent: 0,
        path: export.target.path("/conversations"),
        body: Body::Json(json!({
            "inbox_id": export.target.inbox,
            "contact_id": contact,
            // A guest's message would reopen it; the state it is in here comes last.
            "status": "open",
            "additional_attributes": bounded(&conversation.additional_attributes),
            "custom_attributes": custom_attributes(talk, &key),
        })),
        number: "/id",
    };
    let again = async |export: &mut Move| find(export, &key).await;
    let number = export.once(thing, again).await?;
    Ok(number.map(|number| (number, true)))
}

async fn find(export: &Move, key: &str) -> Result<Option<i64>, ExportError> {
    let clause = json!({
        "attribute_key": words::CONVERSATION_KEY, "filter_operator": "equal_to", "values": [key],
        "query_operator": null, "custom_attribute_type": "conversation_attribute",
    });
    let path = export.target.path("/conversations/filter?page=1");
    let found = export.client.look(&path, json!({ "payload": [clause] })).await?;
    let is_it = |one: &&Value| one["custom_attributes"][words::CONVERSATION_KEY] == key;
    Ok(list(&found["payload"])?
        .iter()
        .find(is_it)
        .and_then(|one| one["id"].as_i64()))
}

fn bounded(all: &Map<String, Value>) -> Map<String, Value> {
    all.iter()
        .map(|(key, value)| (key.clone(), words::bounded(value)))
        .collect()
}

/// Its own, and what the API cannot say otherwise: its number, its channel, when it began.
fn custom_attributes(talk: &Talk, key: &str) -> Map<String, Value> {
    let mut all = bounded(&talk.conversation.custom_attributes);
    all.insert(words::CONVERSATION_KEY.to_owned(), json!(key));
    all.insert("desk_channel".to_owned(), json!(talk.channel));
    all.insert(
        "desk_started_at".to_owned(),
        json!(iso(talk.conversation.created_at)),
    );
    all
}

/// Puts it into the state it is in here; each step is a value that is set. `Err` of the status of a refused one.
async fn settle(
    export: &Move,
    talk: &Talk,
    number: i64,
    is_new: bool,
) -> Result<Result<(), u16>, ExportError> {
    let mut refused = Ok(());
    for (step, body) in steps(export, talk, is_new) {
        let path = export.target.path(&format!("/conversations/{number}/{step}"));
        if let Err(status) = export.client.set(Method::POST, &path, body).await? {
            refused = Err(status);
        }
    }
    Ok(refused)
}

fn steps(export: &Move, talk: &Talk, is_new: bool) -> Vec<(&'static str, Value)> {
    let conversation = &talk.conversation;
    let mut steps = Vec::new();
    if !is_new {
        let key = words::key(&export.property.origin, 'v', conversation.display_id);
        steps.push((
            "custom_attributes",
            json!({ "custom_attributes": custom_attributes(talk, &key) }),
        ));
    }
    if !is_new || !talk.labels.is_empty() {
        steps.push(("labels", json!({ "labels": talk.labels })));
    }
    if !is_new || conversation.priority.is_some() {
        steps.push(("toggle_priority", json!({ "priority": conversation.priority })));
    }
    // The team first: setting it may take the assignee away (reference §3.4).
    let team = talk.team.as_ref().and_then(|name| export.target.teams.get(name));
    if let Some(id) = team {
        steps.push(("assignments", json!({ "team_id": id })));
    }
    let agent = talk
        .assignee
        .as_ref()
        .and_then(|email| export.target.agents.get(email));
    if let Some(id) = agent {
        steps.push(("assignments", json!({ "assignee_id": id })));
    }
    if !is_new || conversation.status != "open" {
        let until = conversation.snoozed_until.map(epoch);
        steps.push((
            "toggle_status",
            json!({ "status": conversation.status, "snoozed_until": until }),
        ));
    }
    steps
}
