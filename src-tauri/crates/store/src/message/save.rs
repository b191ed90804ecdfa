//! Writing messages, so that telling the same twice changes nothing and a late frame undoes nothing.

use super::read_message;
use crate::Result;
use crate::attachment_file;
use crate::file::Fault;
use deskbell_domain::{AccountKey, Delivery, Message, MessageKind, merge_more};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

pub(crate) const KEPT_SQL: &str = "SELECT text, body FROM message WHERE account = ?1 AND id = ?2";
pub(crate) const TAKEN_SQL: &str = "SELECT 1 FROM message WHERE doc = ?1";

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    New,
    Changed,
    Known,
}

/// Stores what the server told of a message, and lets search find it.
pub(crate) fn save(connection: &Connection, account: AccountKey, told: &Message) -> Result<Saved, Fault> {
    let (saved, doc) = save_unsearched(connection, account, told)?;
    if let Some(doc) = doc {
        add_to_search(connection, doc, told)?;
    }
    Ok(saved)
}

/// As [`save`], but leaves it to the caller to call [`add_to_search`] with the answered row number: many messages go in
/// faster one table after the other.
pub(crate) fn save_unsearched(
    connection: &Connection,
    account: AccountKey,
    told: &Message,
) -> Result<(Saved, Option<i64>), Fault> {
    let kept = connection
        .prepare_cached(KEPT_SQL)?
        .query_and_then(params![account.0, told.id.0], read_message)?
        .next()
        .transpose()?;
    let Some(kept) = kept else {
        let doc = insert(connection, account, told)?;
        return Ok((Saved::New, Some(doc)));
    };
    let merged = merge(&kept, told);
    if merged == kept {
        return Ok((Saved::Known, None));
    }
    update(connection, account, &merged)?;
    if merged.attachments != kept.attachments {
        attachment_file::remove_of(connection, account, &merged)?;
    }
    Ok((Saved::Changed, None))
}

/// Lets search find a new message by its row number; activity lines are left out. Later changes are the triggers'.
pub(crate) fn add_to_search(connection: &Connection, doc: i64, message: &Message) -> Result<(), Fault> {
    if message.kind != MessageKind::Activity {
        connection
            .prepare_cached("INSERT INTO message_search (rowid, text) VALUES (?1, ?2)")?
            .execute(params![doc, message.content])?;
    }
    Ok(())
}

/// `told` with what it leaves out. Messages carry no version, so the two things that only ever go one way decide: a
/// text that was taken back stays so, and a delivery that was confirmed is not unconfirmed.
fn merge(kept: &Message, told: &Message) -> Message {
    if kept.is_deleted() && !told.is_deleted() {
        return kept.clone();
    }
    let mut merged = told.clone();
    // These two say what a message is; no later word changes them.
    (merged.kind, merged.created_at) = (kept.kind, kept.created_at);
    merged.conversation_id = kept.conversation_id;
    let goes_back = matches!(
        (kept.delivery, told.delivery),
        (Delivery::Delivered, Delivery::Sent) | (Delivery::Read, Delivery::Sent | Delivery::Delivered)
    );
    if goes_back {
        merged.delivery = kept.delivery;
    }
    merged.sender = merged.sender.or_else(|| kept.sender.clone());
    merged.source_id = merged.source_id.or_else(|| kept.source_id.clone());
    merged.echo_id = merged.echo_id.or_else(|| kept.echo_id.clone());
    merged.more = more(kept, told);
    if merged.content_attributes.is_empty() {
        merged.content_attributes = kept.content_attributes.clone();
    }
    merged
}

/// What was told of another text, or of one taken back, is not said of this one.
fn more(kept: &Message, told: &Message) -> Map<String, Value> {
    if told.is_deleted() {
        return told.more.clone();
    }
    let mut stands = kept.more.clone();
    if told.content != kept.content {
        stands.remove("processed_message_content");
    }
    merge_more(&stands, &told.more)
}

/// Answers the row number.
fn insert(connection: &Connection, account: AccountKey, message: &Message) -> Result<i64, Fault> {
    let doc = free_doc(connection, message)?;
    connection
        .prepare_cached(
            "INSERT INTO message (doc, account, id, conversation, kind, created_at, human, client_ref, text, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            doc,
            account.0,
            message.id.0,
            message.conversation_id.0,
            kind_number(message.kind),
            message.created_at,
            message.is_human_reply(),
            message.client_ref(),
            message.content,
            body(message)?,
        ])?;
    Ok(doc)
}

fn update(connection: &Connection, account: AccountKey, message: &Message) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE message SET human = ?3, client_ref = ?4, text = ?5, body = ?6 WHERE account = ?1 AND id = ?2",
        )?
        .execute(params![
            account.0,
            message.id.0,
            message.is_human_reply(),
            message.client_ref(),
            message.content,
            body(message)?,
        ])?;
    Ok(())
}

/// The text has a column of its own, which search reads; it is not kept twice.
fn body(message: &Message) -> Result<String, Fault> {
    let mut body = message.clone();
    body.content = String::new();
    Ok(serde_json::to_string(&body)?)
}

const NUMBER_BITS: u32 = 24;

/// The lowest row number of a message written at `second` (epoch). A later one may be higher than it should be by as many
/// as had to make room.
pub(crate) fn first_doc_of(second: i64) -> i64 {
    second.clamp(0, (1 << (62 - NUMBER_BITS)) - 1) << NUMBER_BITS
}

/// Row numbers grow with time, so that search walks from the newest match and stops when it has enough.
fn free_doc(connection: &Connection, message: &Message) -> Result<i64, Fault> {
    let mut doc = first_doc_of(message.created_at) | (message.id.0 & ((1 << NUMBER_BITS) - 1));
    let mut taken = connection.prepare_cached(TAKEN_SQL)?;
    while taken.query_row([doc], |_| Ok(())).optional()?.is_some() {
        doc += 1;
    }
    Ok(doc)
}

/// Values of the column `kind`; the partial indexes name them.
pub(crate) fn kind_number(kind: MessageKind) -> i64 {
    match kind {
        MessageKind::Incoming => 0,
        MessageKind::Outgoing => 1,
        MessageKind::Activity => 2,
        MessageKind::Template => 3,
    }
}
