//! Taking what a provider brought into the desk, once: guest, conversation, message, and what STOP and the like want.

use super::consent;
use crate::db::contact::{self, Contact, ContactInbox, Known, NewContact};
use crate::db::conversation::{self, Conversation};
use crate::db::inbound;
use crate::db::inbox::Inbox;
use crate::db::json::Object;
use crate::desk::{Actor, Change};
use crate::error::ApiError;
use crate::service::contact as contacts;
use crate::service::conversation::{Start, link_in, set_status_in, start_in};
use crate::service::message::{NewFile, NewMessage, create_in};
use crate::wire::attachment;
use serde_json::{Value, json};

/// The longest text a message holds (reference §4.1).
const MOST_CHARACTERS: usize = 150_000;

/// Who sent something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// Their address on the channel.
    pub address: String,
    pub name: Option<String>,
    /// E.164.
    pub phone_number: Option<String>,
    pub email: Option<String>,
}

/// One thing a provider brought.
#[derive(Clone, Default)]
pub struct Brought {
    /// The provider's name for it.
    pub provider_id: String,
    pub sender: Sender,
    pub text: String,
    pub files: Vec<NewFile>,
    /// Places and contact cards, as the wire has them among the attachments; they have no bytes.
    pub shared: Vec<Value>,
    /// Empty means `text`.
    pub content_type: String,
    pub content_attributes: Object,
    /// The conversation it answers in, where the channel has threads (database id).
    pub thread: Option<i64>,
    /// Channels with threads begin a new one otherwise.
    pub has_threads: bool,
    /// What a conversation it begins is given.
    pub start: Object,
    /// The carrier has answered STOP, START or HELP by itself.
    pub is_answered_by_carrier: bool,
}

/// Takes it; none when it was brought before. Answers the database id of the conversation.
pub fn take(change: &mut Change<'_>, inbox: &Inbox, brought: Brought) -> Result<Option<i64>, ApiError> {
    let (provider_id, now_ms) = (brought.provider_id.clone(), change.now_ms);
    if !inbound::remember(change, inbox.id, &provider_id, now_ms)? {
        return Ok(None);
    }
    let (guest, link) = guest(change, inbox, &brought.sender)?;
    change.performer = Actor::Contact(guest.id);
    let about = conversation(change, inbox, &link, &brought)?;
    inbound::set_conversation(change, inbox.id, &provider_id, about.id)?;
    let word = consent::word(inbox, &guest, &brought.text).filter(|_| brought.files.is_empty());
    let mut attributes = brought.content_attributes;
    if let Some(word) = word {
        attributes.extend(consent::mark(word));
    }
    let incoming = NewMessage {
        content_type: brought.content_type,
        content_attributes: attributes,
        source_id: Some(provider_id),
        files: brought.files,
        additional_attributes: attachment::keep_shared(brought.shared),
        ..NewMessage::incoming(about.id, cut(brought.text))
    };
    create_in(change, incoming)?;
    match word {
        Some(word) => {
            let guest = contact::find(change, guest.id)?.ok_or(ApiError::NotFound)?;
            consent::obey_in(
                change,
                &guest,
                inbox,
                about.id,
                word,
                brought.is_answered_by_carrier,
            )?;
        }
        None => leave_to_people(change, &guest, about.id)?,
    }
    Ok(Some(about.id))
}

/// The assistant is silent to guests who opted out, so what they write is for people at once.
fn leave_to_people(change: &mut Change<'_>, guest: &Contact, conversation_id: i64) -> Result<(), ApiError> {
    let found = conversation::find(change, conversation_id)?;
    let is_pending = found.is_some_and(|found| found.status == "pending");
    if is_pending && consent::is_opted_out(guest) && !guest.blocked {
        set_status_in(change, conversation_id, "open", None)?;
    }
    Ok(())
}

fn cut(text: String) -> String {
    if text.len() <= MOST_CHARACTERS {
        return text;
    }
    text.chars().take(MOST_CHARACTERS).collect()
}

/// The guest behind an address: who wrote from it before, who is known by it otherwise, or somebody new.
fn guest(
    change: &mut Change<'_>,
    inbox: &Inbox,
    sender: &Sender,
) -> Result<(Contact, ContactInbox), ApiError> {
    if let Some(link) = contact::link_by_source(change, inbox.id, &sender.address)? {
        let guest = contact::find(change, link.contact_id)?.ok_or(ApiError::NotFound)?;
        return Ok((guest, link));
    }
    let guest = match known(change, inbox.account_id, sender)? {
        Some(guest) => guest,
        None => contacts::create_in(change, new(inbox.account_id, sender))?,
    };
    let link = link_in(change, guest.id, inbox, Some(&sender.address))?;
    Ok((guest, link))
}

fn known(change: &Change<'_>, account_id: i64, sender: &Sender) -> Result<Option<Contact>, ApiError> {
    if let Some(phone) = &sender.phone_number
        && let Some(guest) = contact::known(change, account_id, &Known::Phone(phone))?
    {
        return Ok(Some(guest));
    }
    match &sender.email {
        Some(email) => contact::known(change, account_id, &Known::Email(&email.to_lowercase())),
        None => Ok(None),
    }
}

fn new(account_id: i64, sender: &Sender) -> NewContact {
    let name = sender.name.clone().filter(|name| !name.trim().is_empty());
    let name = name
        .or_else(|| sender.phone_number.clone())
        .or_else(|| sender.email.clone());
    let name = name.unwrap_or_else(|| "Guest".to_owned());
    NewContact {
        account_id,
        name: name.chars().take(255).collect(),
        email: sender.email.clone().filter(|email| contacts::is_email(email)),
        phone_number: sender
            .phone_number
            .clone()
            .filter(|phone| contacts::is_phone_number(phone)),
        ..NewContact::default()
    }
}

/// With threads the one it answers in, otherwise the guest's newest that goes on (reference §5).
fn conversation(
    change: &mut Change<'_>,
    inbox: &Inbox,
    link: &ContactInbox,
    brought: &Brought,
) -> Result<Conversation, ApiError> {
    if let Some(id) = brought.thread
        && let Some(found) = conversation::find(change, id)?
        // Whoever got hold of a mail's name speaks for nobody else.
        && found.contact_inbox_id == link.id
    {
        return Ok(found);
    }
    let newest = conversation::newest_of_link(change, link.id)?;
    let goes_on = |found: &Conversation| {
        inbox.lock_to_single_conversation || (found.status != "resolved" && !brought.has_threads)
    };
    if let Some(newest) = newest.filter(goes_on) {
        return Ok(newest);
    }
    let start = Start {
        additional_attributes: brought.start.clone(),
        ..Start::default()
    };
    start_in(change, link, start)
}

/// A finished call, kept with the guest: the newest come first, and not for ever.
pub fn note_call(change: &mut Change<'_>, conversation_id: i64, call: Object) -> Result<(), ApiError> {
    const MOST_CALLS: usize = 50;
    let about = conversation::find(change, conversation_id)?.ok_or(ApiError::NotFound)?;
    let mut guest = contact::find(change, about.contact_id)?.ok_or(ApiError::NotFound)?;
    let calls = guest
        .custom_attributes
        .get("calls")
        .and_then(|calls| calls.as_array().cloned());
    let mut calls = calls.unwrap_or_default();
    calls.insert(0, json!(call));
    calls.truncate(MOST_CALLS);
    guest.custom_attributes.insert("calls".to_owned(), json!(calls));
    contacts::save_in(change, guest).map(drop)
}

/// The conversation of the mails before one, by their names: one of the desk's own names it, one of the guest's was
/// brought before.
pub fn thread_of(change: &Change<'_>, inbox: &Inbox, references: &[String]) -> Result<Option<i64>, ApiError> {
    for reference in references.iter().rev() {
        let own = reference
            .strip_prefix("conversation/")
            .and_then(|rest| rest.split('/').next());
        if let Some(uuid) = own
            && let Some(found) =
                conversation::by_uuid(change, uuid)?.filter(|found| found.inbox_id == inbox.id)
        {
            return Ok(Some(found.id));
        }
        if let Some(id) = inbound::conversation_of(change, inbox.id, reference)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
