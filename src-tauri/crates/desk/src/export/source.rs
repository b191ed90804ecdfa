//! What is to be carried, read from the data folder a page at a time.

use super::{ExportError, words};
use crate::db::attachment::{self, Attachment};
use crate::db::contact::{self, Contact};
use crate::db::conversation::{self, Conversation};
use crate::db::message::{ACTIVITY, INCOMING, Message};
use crate::db::note::{self, Note};
use crate::db::{account, inbox, people, rows, team};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use rusqlite::params;

const PAGE: i64 = 100;

/// The property that moves.
pub struct Property {
    pub id: i64,
    /// What its things are called on the other side.
    pub origin: String,
}

/// A property by its number.
pub async fn property(desk: &Desk, id: i64) -> Result<Property, ExportError> {
    let found = desk.read(move |view| account::find(view, id)).await?;
    let found = found.ok_or(ExportError::NoProperty(id))?;
    Ok(Property {
        id,
        origin: words::origin(id, found.created_at),
    })
}

/// A guest with tags and notes; each note with its author's name.
pub struct Guest {
    pub contact: Contact,
    pub labels: Vec<String>,
    pub notes: Vec<(Note, String)>,
}

/// The next guests behind a number, by number.
pub async fn guests(desk: &Desk, account_id: i64, after: i64) -> Result<Vec<Guest>, ExportError> {
    let page = move |view: &View<'_>| {
        let sql = "SELECT * FROM contact WHERE account_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        let contacts: Vec<Contact> = rows::many(view, sql, params![account_id, after, PAGE])?;
        contacts.into_iter().map(|contact| guest(view, contact)).collect()
    };
    Ok(desk.read(page).await?)
}

fn guest(view: &View<'_>, contact: Contact) -> Result<Guest, ApiError> {
    let mut notes = Vec::new();
    for note in note::all(view, contact.id)?.into_iter().rev() {
        let author = match note.user_id {
            Some(id) => user_name(view, id)?,
            None => FORMER.to_owned(),
        };
        notes.push((note, author));
    }
    Ok(Guest {
        labels: contact::labels(view, contact.id)?,
        contact,
        notes,
    })
}

/// Somebody who wrote and is not known any more.
const FORMER: &str = "A former colleague";

fn user_name(view: &View<'_>, id: i64) -> Result<String, ApiError> {
    let user = people::user(view, id)?;
    Ok(user.map_or_else(|| FORMER.to_owned(), |user| user.name))
}

/// A conversation with all that is its own.
pub struct Talk {
    pub conversation: Conversation,
    pub channel: String,
    pub labels: Vec<String>,
    /// E-mail of whoever holds it, in lower case.
    pub assignee: Option<String>,
    /// Name of its team, in lower case.
    pub team: Option<String>,
}

/// Where a page of conversations ended.
#[derive(Clone, Copy)]
pub struct Place {
    pub last_activity_at: i64,
    pub id: i64,
}

/// The next conversations, least recent activity first: so the newest is the newest on the other side too.
pub async fn talks(desk: &Desk, account_id: i64, after: Place) -> Result<Vec<Talk>, ExportError> {
    let page = move |view: &View<'_>| {
        let sql = "SELECT * FROM conversation WHERE account_id = ?1 AND (last_activity_at, id) > (?2, ?3)
                   ORDER BY last_activity_at, id LIMIT ?4";
        let wanted = params![account_id, after.last_activity_at, after.id, PAGE];
        let found: Vec<Conversation> = rows::many(view, sql, wanted)?;
        found.into_iter().map(|one| talk(view, one)).collect()
    };
    Ok(desk.read(page).await?)
}

fn talk(view: &View<'_>, conversation: Conversation) -> Result<Talk, ApiError> {
    let assignee = match conversation.assignee_id {
        Some(id) => people::user(view, id)?.map(|user| user.email.to_lowercase()),
        None => None,
    };
    let team = match conversation.team_id {
        Some(id) => team::find_in(view, conversation.account_id, id)?.map(|team| team.name.to_lowercase()),
        None => None,
    };
    Ok(Talk {
        channel: inbox::find(view, conversation.inbox_id)?.map_or_else(String::new, |inbox| inbox.name),
        labels: conversation::labels(view, conversation.id)?,
        assignee,
        team,
        conversation,
    })
}

/// A message with its author's name and its files.
pub struct Written {
    pub message: Message,
    pub author: String,
    pub files: Vec<Attachment>,
}

/// The next messages of a conversation behind (time, number), oldest first.
pub async fn messages(
    desk: &Desk,
    conversation_id: i64,
    after: (i64, i64),
) -> Result<Vec<Written>, ExportError> {
    let page = move |view: &View<'_>| {
        let sql = "SELECT * FROM message WHERE conversation_id = ?1 AND (created_at, id) > (?2, ?3)
                   ORDER BY created_at, id LIMIT ?4";
        let found: Vec<Message> = rows::many(view, sql, params![conversation_id, after.0, after.1, PAGE])?;
        found.into_iter().map(|one| written(view, one)).collect()
    };
    Ok(desk.read(page).await?)
}

fn written(view: &View<'_>, message: Message) -> Result<Written, ApiError> {
    Ok(Written {
        author: author(view, &message)?,
        files: attachment::of_message(view, message.id)?,
        message,
    })
}

fn author(view: &View<'_>, message: &Message) -> Result<String, ApiError> {
    let name = match (message.sender_type.as_deref(), message.sender_id) {
        (Some("User"), Some(id)) => user_name(view, id)?,
        (Some("AgentBot"), Some(id)) => {
            people::bot(view, id)?.map_or_else(|| "A former bot".to_owned(), |bot| bot.name)
        }
        (Some("Contact"), Some(id)) => contact::find(view, id)?
            .map(|contact| contact.name)
            .unwrap_or_default(),
        _ => String::new(),
    };
    Ok(match message.message_type {
        _ if !name.trim().is_empty() => name,
        INCOMING => "Guest".to_owned(),
        ACTIVITY => String::new(),
        _ => "Automatic message".to_owned(),
    })
}
