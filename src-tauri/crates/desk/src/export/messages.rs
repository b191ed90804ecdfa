//! The messages of one conversation, in order, with their files.

use super::client::{Body, File};
use super::create::Thing;
use super::progress::kind;
use super::source::{self, Talk, Written};
use super::target::list;
use super::{ExportError, Move, words};
use crate::db::message::{ACTIVITY, INCOMING, Message, OUTGOING};
use serde_json::{Map, Value, json};

/// As many as one answer holds (reference §4.3).
const PAGE: usize = 100;
/// These show items, and need them (reference §4.4).
const WITH_ITEMS: &[&str] = &["input_select", "cards", "form", "article"];
/// Attributes that mean something else there, or are written anew.
const NOT_CARRIED: &[&str] = &[
    "in_reply_to",
    "in_reply_to_external_id",
    "external_error",
    "client_ref",
];

/// Carries what is not there yet; whether all is there now.
pub async fn carry(export: &mut Move, talk: &Talk, number: i64, is_new: bool) -> Result<bool, ExportError> {
    let conversation = talk.conversation.id;
    // What a run before this one sent last may have arrived without its knowing.
    let mut has_looked = is_new;
    let mut is_whole = true;
    let mut after = (i64::MIN, 0);
    loop {
        let page = source::messages(&export.desk, conversation, after).await?;
        let Some(last) = page.last() else {
            return Ok(is_whole);
        };
        after = (last.message.created_at, last.message.id);
        for written in page {
            let id = written.message.id;
            if export.progress.target(kind::MESSAGE, id)?.is_some() {
                continue;
            }
            if !has_looked {
                has_looked = true;
                recognise(export, conversation, number).await?;
                if export.progress.target(kind::MESSAGE, id)?.is_some() {
                    continue;
                }
            }
            is_whole &= send(export, &written, conversation, number).await?;
        }
    }
}

async fn send(
    export: &mut Move,
    written: &Written,
    conversation: i64,
    number: i64,
) -> Result<bool, ExportError> {
    let id = written.message.id;
    let thing = Thing {
        kind: kind::MESSAGE,
        source: id,
        parent: conversation,
        path: export.target.path(&format!("/conversations/{number}/messages")),
        body: body(export, written).await?,
        number: "/id",
    };
    let find = async |export: &mut Move| {
        recognise(export, conversation, number).await?;
        export.progress.target_id(kind::MESSAGE, id)
    };
    Ok(export.once(thing, find).await?.is_some())
}

/// Writes down which messages of a conversation are there, behind the newest that is known to be: each has its key as
/// source id, which all servers keep (reference §4.4).
async fn recognise(export: &mut Move, conversation: i64, number: i64) -> Result<(), ExportError> {
    let prefix = format!("{}-m", export.property.origin);
    let mut after = export.progress.newest(kind::MESSAGE, conversation)?;
    loop {
        let path = export
            .target
            .path(&format!("/conversations/{number}/messages?after={after}"));
        let answer = export.client.get(&path).await?;
        let page = list(&answer["payload"])?;
        for one in page {
            let id = one["id"]
                .as_i64()
                .ok_or(ExportError::Strange("a message has no number"))?;
            after = after.max(id);
            let key = one["source_id"]
                .as_str()
                .and_then(|key| key.strip_prefix(&prefix));
            if let Some(source) = key.and_then(|source| source.parse().ok()) {
                export
                    .progress
                    .done(kind::MESSAGE, source, conversation, &id.to_string())?;
            }
        }
        if page.len() < PAGE {
            return Ok(());
        }
    }
}

async fn body(export: &Move, written: &Written) -> Result<Body, ExportError> {
    let message = &written.message;
    let mut files = Vec::new();
    let mut lost = 0;
    for file in &written.files {
        match tokio::fs::read(export.desk.files().join(&file.key)).await {
            Ok(bytes) => files.push(File {
                name: file.file_name.clone(),
                content_type: file.content_type.clone(),
                bytes,
            }),
            Err(_) => lost += 1,
        }
    }
    let key = words::key(&export.property.origin, 'm', message.id);
    let answered = message
        .content_attributes
        .get("in_reply_to")
        .and_then(Value::as_i64);
    let answered = answered
        .map(|id| export.progress.target_id(kind::MESSAGE, id))
        .transpose()?
        .flatten();
    let attributes = Value::Object(attributes(written, &key, answered));
    let content = content(written, lost);
    if files.is_empty() {
        return Ok(Body::Json(json!({
            "content": content,
            "message_type": message_type(message),
            "private": message.private,
            "source_id": key,
            "content_type": content_type(message),
            "content_attributes": attributes,
        })));
    }
    // Attributes are a text here (reference §4.4).
    let fields = vec![
        ("content", content),
        ("message_type", message_type(message).to_owned()),
        ("private", message.private.to_string()),
        ("source_id", key),
        ("content_attributes", attributes.to_string()),
    ];
    Ok(Body::Form { fields, files })
}

fn message_type(message: &Message) -> &'static str {
    match message.message_type {
        INCOMING => "incoming",
        OUTGOING => "outgoing",
        ACTIVITY => "activity",
        _ => "template",
    }
}

/// A survey that was answered long ago is not asked again.
fn content_type(message: &Message) -> &str {
    let items = message.content_attributes.get("items").and_then(Value::as_array);
    let has_items = items.is_some_and(|items| !items.is_empty());
    if has_items && WITH_ITEMS.contains(&message.content_type.as_str()) {
        return &message.content_type;
    }
    "text"
}

fn attributes(written: &Written, key: &str, answered: Option<i64>) -> Map<String, Value> {
    let message = &written.message;
    let mut all = message.content_attributes.clone();
    all.retain(|key, _| !NOT_CARRIED.contains(&key.as_str()));
    if let Value::Object(ours) = words::attributes(&written.author, message.created_at, key) {
        all.extend(ours);
    }
    if let Some(id) = answered {
        all.insert("in_reply_to".to_owned(), json!(id));
    }
    all
}

fn content(written: &Written, lost_files: usize) -> String {
    let message = &written.message;
    let text = message.content.as_deref().unwrap_or_default();
    if message.message_type == ACTIVITY {
        return format!("{text} · {}", words::moment(message.created_at));
    }
    let mut remarks = Vec::new();
    if message.status == "failed" {
        remarks.push("not delivered".to_owned());
    }
    if lost_files > 0 {
        remarks.push(format!("{lost_files} files are lost"));
    }
    let headed = words::headed(&written.author, message.created_at, &remarks.join(", "), text);
    if message.message_type == OUTGOING {
        return words::literal(&headed);
    }
    headed
}
