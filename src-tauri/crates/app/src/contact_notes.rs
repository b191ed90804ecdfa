//! Notes about a customer as the screen shows them: the server's, with what this computer has not sent yet laid over them.

use crate::core::App;
use crate::rows::PropertyNames;
use crate::schema::*;
use crate::unsent::pending_change;
use deskbell_domain::overlay::is_on_its_way;
use deskbell_domain::{Agent, AgentId, ContactNote, ContactRef, Job, OutboxItem};
use serde_json::Value;

/// Who wrote them, and who looks.
struct People {
    agents: Vec<Agent>,
    me: AgentId,
}

/// Notes about a customer, with their authors' names.
pub(crate) async fn notes(app: &App, contact: ContactRef) -> Result<ContactNotesView, CommandError> {
    let running = app.running().await?;
    let told = running.engine.contact_notes(contact).await?;
    let people = People {
        agents: running.store.agents(contact.account).await?,
        me: PropertyNames::load(&running.store).await?.me(contact.account),
    };
    // Read after the answer: what left meanwhile is in it.
    let unsent = running.store.outbox(contact).await?;
    let added = unsent.iter().rev().filter_map(not_there_yet);
    let kept = told.notes.iter().map(|note| view(note, &people));
    let orphans = unsent
        .iter()
        .rev()
        .filter_map(|item| without_note(item, &told.notes));
    Ok(ContactNotesView {
        notes: added
            .chain(orphans)
            .chain(kept.filter_map(|note| with_unsent(note, &unsent)))
            .collect(),
        is_current: told.is_current,
    })
}

fn view(note: &ContactNote, people: &People) -> ContactNoteView {
    let author = people.agents.iter().find(|agent| Some(agent.id) == note.author);
    let changed = note.more.get("updated_at").and_then(Value::as_i64);
    ContactNoteView {
        id: Some(note.id),
        text: note.content.clone(),
        author: author.map(|agent| agent.name.clone()),
        is_mine: note.author == Some(people.me),
        created_at: note.created_at,
        edited_at: changed.filter(|changed| *changed > note.created_at),
        pending: None,
        mine: None,
    }
}

/// A note that was written here and is not on the server.
fn not_there_yet(item: &OutboxItem) -> Option<ContactNoteView> {
    match &item.job {
        Job::AddContactNote { text } => unsent_note(item, text),
        _ => None,
    }
}

fn unsent_note(item: &OutboxItem, text: &str) -> Option<ContactNoteView> {
    Some(ContactNoteView {
        id: None,
        text: text.to_owned(),
        author: None,
        is_mine: true,
        created_at: item.created_at,
        edited_at: None,
        pending: Some(pending_change(item)?),
        mine: None,
    })
}

/// An edit whose note somebody took away: its words are not lost with it.
fn without_note(item: &OutboxItem, notes: &[ContactNote]) -> Option<ContactNoteView> {
    match &item.job {
        Job::EditContactNote { note_id, text, .. } if notes.iter().all(|note| note.id != *note_id) => {
            unsent_note(item, text)
        }
        _ => None,
    }
}

/// The note with the unsent changes of it; `None` = it is being taken away.
fn with_unsent(mut note: ContactNoteView, unsent: &[OutboxItem]) -> Option<ContactNoteView> {
    for item in unsent {
        match &item.job {
            Job::EditContactNote { note_id, text, .. } if Some(*note_id) == note.id => {
                match is_on_its_way(item) {
                    true => note.text = text.clone(),
                    false => note.mine = Some(text.clone()),
                }
            }
            Job::DeleteContactNote { note_id } if Some(*note_id) == note.id => {
                if is_on_its_way(item) {
                    return None;
                }
            }
            _ => continue,
        }
        note.pending = pending_change(item);
    }
    Some(note)
}
