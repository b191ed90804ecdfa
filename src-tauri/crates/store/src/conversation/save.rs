//! Writing conversations: the server's version as told, the shown one with unsent changes laid over it.

use super::place::Place;
use super::traits;
use crate::file::Fault;
use crate::memory::{Memory, Unsent};
use crate::{Change, Result};
use deskbell_domain::overlay::overlay;
use deskbell_domain::{Conversation, ConversationRef};
use rusqlite::{Connection, OptionalExtension, params};

/// What is stored now.
pub(crate) struct Kept {
    pub server: Conversation,
    shown: Option<Conversation>,
    /// Left by an earlier version: what filters ask is not worked out yet.
    untraited: bool,
}

pub(crate) const KEPT_SQL: &str =
    "SELECT server, shown, traits FROM conversation WHERE account = ?1 AND id = ?2";

/// Reads what is stored of `conversation`.
pub(crate) fn kept(connection: &Connection, conversation: ConversationRef) -> Result<Option<Kept>, Fault> {
    let mut statement = connection.prepare_cached(KEPT_SQL)?;
    let found: Option<(String, Option<String>, i64)> = statement
        .query_row(params![conversation.account.0, conversation.id.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((server, shown, traits)) = found else {
        return Ok(None);
    };
    let shown = shown.map(|shown| serde_json::from_str(&shown)).transpose()?;
    Ok(Some(Kept {
        server: serde_json::from_str(&server)?,
        shown,
        untraited: traits < 0,
    }))
}

/// Stores `server` with the `unsent` changes laid over it; `before` is what was kept.
pub(crate) fn save(
    connection: &Connection,
    unsent: &Unsent,
    conversation: ConversationRef,
    server: &Conversation,
    before: Option<&Kept>,
) -> Result<Vec<Change>, Fault> {
    let shown = overlay(server, &unsent.items, unsent.me);
    let guest = guest_traits(connection, conversation, &shown)?;
    let place_of = |shown: &Conversation| {
        let place = Place::of(shown, unsent.me);
        let traits = traits::with_guest(place.traits, guest);
        Place { traits, ..place }
    };
    let place = place_of(&shown);
    let untraited = before.is_some_and(|kept| kept.untraited);
    let shown_before = before.map(|kept| kept.shown.as_ref().unwrap_or(&kept.server));
    if !untraited && before.is_some_and(|kept| kept.server == *server) && shown_before == Some(&shown) {
        return Ok(Vec::new());
    }
    write(connection, conversation, server, &shown, &place)?;
    let place_before = shown_before.map(place_of).filter(|_| !untraited);
    if place_before.as_ref() != Some(&place) {
        write_labels(connection, conversation, &place)?;
    }
    let mut changes = vec![Change::Conversation(conversation)];
    if place_before != Some(place) {
        changes.push(Change::List);
    }
    Ok(changes)
}

/// What filters ask of its guest, as far as they are known: they come before or after their conversations.
fn guest_traits(
    connection: &Connection,
    conversation: ConversationRef,
    shown: &Conversation,
) -> Result<i64, Fault> {
    let Some(contact) = shown.contact_id else {
        return Ok(0);
    };
    let traits: Option<i64> = connection
        .prepare_cached("SELECT traits FROM contact WHERE account = ?1 AND id = ?2")?
        .query_row([conversation.account.0, contact.0], |row| row.get(0))
        .optional()?;
    Ok(traits.unwrap_or_default().max(0))
}

/// Lays the unsent changes of these conversations over them again.
pub(crate) fn refresh(
    connection: &Connection,
    memory: &Memory,
    conversations: &[ConversationRef],
) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    for &conversation in conversations {
        if let Some(kept) = kept(connection, conversation)? {
            let unsent = memory.known().unsent(conversation);
            changes.extend(save(
                connection,
                &unsent,
                conversation,
                &kept.server,
                Some(&kept),
            )?);
        }
    }
    Ok(changes)
}

fn write(
    connection: &Connection,
    conversation: ConversationRef,
    server: &Conversation,
    shown: &Conversation,
    place: &Place,
) -> Result<(), Fault> {
    let overlaid = (shown != server)
        .then(|| serde_json::to_string(shown))
        .transpose()?;
    connection
        .prepare_cached(
            "INSERT INTO conversation
               (account, id, list, sort, ai, open, assignee, inbox, unread, contact, last_activity_at, subject,
                server, shown, traits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT (account, id) DO UPDATE SET
               list = excluded.list, sort = excluded.sort, ai = excluded.ai, open = excluded.open,
               assignee = excluded.assignee, inbox = excluded.inbox, unread = excluded.unread,
               contact = excluded.contact, last_activity_at = excluded.last_activity_at,
               subject = excluded.subject, server = excluded.server, shown = excluded.shown,
               traits = excluded.traits",
        )?
        .execute(params![
            conversation.account.0,
            conversation.id.0,
            place.list,
            place.sort,
            place.ai,
            place.open,
            place.assignee,
            place.inbox,
            place.unread,
            place.contact,
            shown.last_activity_at,
            shown.subject().unwrap_or_default(),
            serde_json::to_string(server)?,
            overlaid,
            place.traits,
        ])?;
    Ok(())
}

/// A list filtered by a tag is read from the tags alone, so they move with their conversation.
fn write_labels(connection: &Connection, conversation: ConversationRef, place: &Place) -> Result<(), Fault> {
    let (account, id) = (conversation.account.0, conversation.id.0);
    connection
        .prepare_cached("DELETE FROM conversation_label WHERE account = ?1 AND id = ?2")?
        .execute([account, id])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO conversation_label (account, id, label, list, sort, ai, inbox, unread, traits)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for label in &place.labels {
        insert.execute(params![
            account,
            id,
            label,
            place.list,
            place.sort,
            place.ai,
            place.inbox,
            place.unread,
            place.traits
        ])?;
    }
    Ok(())
}

/// Forgets a conversation the server no longer has.
pub(crate) fn remove(connection: &Connection, conversation: ConversationRef) -> Result<Vec<Change>, Fault> {
    let key = params![conversation.account.0, conversation.id.0];
    let removed = connection.execute("DELETE FROM conversation WHERE account = ?1 AND id = ?2", key)?;
    connection.execute(
        "DELETE FROM conversation_label WHERE account = ?1 AND id = ?2",
        params![conversation.account.0, conversation.id.0],
    )?;
    for table in ["message", "history_gap", "take_over", "attachment_file"] {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND conversation = ?2");
        connection.execute(&sql, params![conversation.account.0, conversation.id.0])?;
    }
    if removed == 0 {
        return Ok(Vec::new());
    }
    Ok(vec![
        Change::Conversation(conversation),
        Change::Thread(conversation),
        Change::List,
    ])
}
