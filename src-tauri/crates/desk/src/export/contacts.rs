//! Guests with their tags and notes. A guest the other side knows by identifier, e-mail or phone stays as it is there,
//! and gets what it lacks.

use super::client::Body;
use super::create::Thing;
use super::progress::kind;
use super::source::{self, Guest};
use super::target::list;
use super::{ExportError, Move, words};
use crate::db::contact::Contact;
use reqwest::Method;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use url::form_urlencoded;

/// Carries all guests.
pub async fn carry(export: &mut Move) -> Result<(), ExportError> {
    let mut after = 0;
    loop {
        let page = source::guests(&export.desk, export.property.id, after).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.contact.id;
        for guest in page {
            carry_one(export, &guest).await?;
        }
    }
}

async fn carry_one(export: &mut Move, guest: &Guest) -> Result<(), ExportError> {
    let contact = &guest.contact;
    let known = export.progress.target_id(kind::CONTACT, contact.id)?;
    let id = match known {
        Some(id) => id,
        None => match bring(export, contact).await? {
            Some(id) => id,
            None => return Ok(()),
        },
    };
    label(export, guest, id).await?;
    annotate(export, guest, id).await
}

/// Finds the guest there, or creates it.
async fn bring(export: &mut Move, contact: &Contact) -> Result<Option<i64>, ExportError> {
    let identifier = identifier(&export.property.origin, contact);
    if let Some(found) = find(export, contact, &identifier).await? {
        let Some(id) = found["id"].as_i64() else {
            return Err(ExportError::Strange("a contact has no number"));
        };
        complete(export, contact, &found, id).await?;
        export
            .progress
            .done(kind::CONTACT, contact.id, 0, &id.to_string())?;
        return Ok(Some(id));
    }
    let thing = Thing {
        kind: kind::CONTACT,
        source: contact.id,
        parent: 0,
        path: export.target.path("/contacts"),
        body: Body::Json(json!({
            "name": contact.name,
            "email": contact.email,
            "phone_number": contact.phone_number,
            "identifier": identifier,
            "additional_attributes": attributes(&contact.additional_attributes),
            "custom_attributes": attributes(&contact.custom_attributes),
        })),
        number: "/payload/contact/id",
    };
    let again = async |export: &mut Move| {
        let found = find(export, contact, &identifier).await?;
        Ok(found.and_then(|found| found["id"].as_i64()))
    };
    export.once(thing, again).await
}

/// By this it is found there.
fn identifier(origin: &str, contact: &Contact) -> String {
    let own = contact.identifier.clone().filter(|own| !own.is_empty());
    own.unwrap_or_else(|| words::key(origin, 'c', contact.id))
}

fn attributes(all: &Map<String, Value>) -> Map<String, Value> {
    all.iter()
        .map(|(key, value)| (key.clone(), words::bounded(value)))
        .collect()
}

/// The guest there, by identifier before e-mail before phone.
async fn find(export: &Move, contact: &Contact, identifier: &str) -> Result<Option<Value>, ExportError> {
    let mut known = vec![("identifier", identifier.to_owned())];
    known.extend(contact.email.clone().map(|email| ("email", email)));
    known.extend(contact.phone_number.clone().map(|phone| ("phone_number", phone)));
    let found = export
        .client
        .look(
            &export.target.path("/contacts/filter?page=1&sort=name"),
            json!({ "payload": clauses(&known) }),
        )
        .await?;
    if let Some(one) = holder(list(&found["payload"])?, &known) {
        return Ok(Some(one.clone()));
    }
    if identifier.to_lowercase() == identifier {
        return Ok(None);
    }
    // A filter compares with the lower-case value, a search minds the case (reference §7).
    let query: String = form_urlencoded::byte_serialize(identifier.as_bytes()).collect();
    let path = export
        .target
        .path(&format!("/contacts/search?sort=name&q={query}"));
    let found = export.client.get(&path).await?;
    Ok(holder(list(&found["payload"])?, &known).cloned())
}

/// Any of them; the last clause joins nothing (reference §3.3).
fn clauses(known: &[(&str, String)]) -> Vec<Value> {
    let last = known.len().saturating_sub(1);
    let clause = |(index, (key, value)): (usize, &(&str, String))| {
        // The server puts the + in front itself (reference §7).
        let value = if *key == "phone_number" {
            value.trim_start_matches('+')
        } else {
            value
        };
        json!({
            "attribute_key": key, "filter_operator": "equal_to", "values": [value],
            "query_operator": (index != last).then_some("or"),
        })
    };
    known.iter().enumerate().map(clause).collect()
}

fn holder<'a>(found: &'a [Value], known: &[(&str, String)]) -> Option<&'a Value> {
    let holds = |one: &Value, key: &str, value: &str| {
        one[key].as_str().is_some_and(|held| match key {
            "email" => held.to_lowercase() == value.to_lowercase(),
            _ => held == value,
        })
    };
    known
        .iter()
        .find_map(|(key, value)| found.iter().find(|one| holds(one, key, value)))
}

/// Gives a guest who was there already the custom attributes it lacks; what it has stays.
async fn complete(export: &Move, contact: &Contact, found: &Value, id: i64) -> Result<(), ExportError> {
    let mut missing = attributes(&contact.custom_attributes);
    missing.retain(|key, _| found["custom_attributes"].get(key).is_none());
    if missing.is_empty() {
        return Ok(());
    }
    let path = export.target.path(&format!("/contacts/{id}"));
    // What a server does not take of it is no reason to leave the guest behind.
    let _ = export
        .client
        .set(Method::PUT, &path, json!({ "custom_attributes": missing }))
        .await?;
    Ok(())
}

async fn label(export: &mut Move, guest: &Guest, id: i64) -> Result<(), ExportError> {
    let ours = guest.labels.join("\n");
    let known = export
        .progress
        .target(kind::CONTACT_LABELS, guest.contact.id)?
        .unwrap_or_default();
    if known == ours {
        return Ok(());
    }
    let path = export.target.path(&format!("/contacts/{id}/labels"));
    // Setting replaces all (reference §7), so those that are there go along.
    let there = export.client.get(&path).await?;
    let there = list(&there["payload"])?
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned);
    let all: BTreeSet<String> = there.chain(guest.labels.iter().cloned()).collect();
    match export
        .client
        .set(Method::POST, &path, json!({ "labels": all }))
        .await?
    {
        Ok(_) => export
            .progress
            .done(kind::CONTACT_LABELS, guest.contact.id, 0, &ours),
        Err(status) => export
            .progress
            .refuse(kind::CONTACT_LABELS, guest.contact.id, status),
    }
}

async fn annotate(export: &mut Move, guest: &Guest, id: i64) -> Result<(), ExportError> {
    let mut looked = false;
    for (note, author) in &guest.notes {
        if export.progress.target(kind::NOTE, note.id)?.is_some() {
            continue;
        }
        let number = words::key(&export.property.origin, 'n', note.id);
        let content = words::headed(author, note.created_at, &number, &note.content);
        let path = export.target.path(&format!("/contacts/{id}/notes"));
        if !looked {
            looked = true;
            recognise(export, guest, &path).await?;
            if export.progress.target(kind::NOTE, note.id)?.is_some() {
                continue;
            }
        }
        let thing = Thing {
            kind: kind::NOTE,
            source: note.id,
            parent: guest.contact.id,
            path: path.clone(),
            body: Body::Json(json!({ "note": { "content": content } })),
            number: "/id",
        };
        let find = async |export: &mut Move| {
            recognise(export, guest, &path).await?;
            export.progress.target_id(kind::NOTE, note.id)
        };
        export.once(thing, find).await?;
    }
    Ok(())
}

/// Writes down which of the guest's notes are there: each has its key on its first line.
async fn recognise(export: &mut Move, guest: &Guest, path: &str) -> Result<(), ExportError> {
    let there = export.client.get(path).await?;
    for (note, _) in &guest.notes {
        let key = format!(" · {}", words::key(&export.property.origin, 'n', note.id));
        let is_it = |one: &&Value| {
            let first = one["content"].as_str().and_then(|content| content.lines().next());
            first.is_some_and(|first| first.ends_with(&key))
        };
        if let Some(id) = list(&there)?
            .iter()
            .find(is_it)
            .and_then(|one| one["id"].as_i64())
        {
            export
                .progress
                .done(kind::NOTE, note.id, guest.contact.id, &id.to_string())?;
        }
    }
    Ok(())
}

/// Blocks there who is blocked here. At the end: what a blocked guest wrote reopens nothing (reference §5).
pub async fn block(export: &mut Move) -> Result<(), ExportError> {
    let mut after = 0;
    loop {
        let page = source::guests(&export.desk, export.property.id, after).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.contact.id;
        for guest in page.iter().filter(|guest| guest.contact.blocked) {
            let source = guest.contact.id;
            let Some(id) = export.progress.target_id(kind::CONTACT, source)? else {
                continue;
            };
            if export.progress.target(kind::BLOCKED, source)?.is_some() {
                continue;
            }
            let path = export.target.path(&format!("/contacts/{id}"));
            match export
                .client
                .set(Method::PUT, &path, json!({ "blocked": true }))
                .await?
            {
                Ok(_) => export.progress.done(kind::BLOCKED, source, 0, "blocked")?,
                Err(status) => export.progress.refuse(kind::BLOCKED, source, status)?,
            }
        }
    }
}
