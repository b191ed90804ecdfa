//! Writing contacts, with the columns search reads.

use crate::contact_name::sort_name;
use crate::conversation::traits;
use crate::file::Fault;
use crate::{Change, Result, Store};
use deskbell_domain::{AccountKey, Contact, ContactId, ContactRef, ConversationId, ConversationRef};
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// A customer with what somebody typed laid over it, or `None` when it is not (or no longer) known.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn contact(&self, contact: ContactRef) -> Result<Option<Contact>> {
        let kept = self
            .inner
            .cache
            .read("contact", move |connection| kept(connection, contact));
        let kept = kept.await?;
        let known = self.inner.memory.known();
        Ok(kept.map(|kept| known.shown_contact(contact.account, kept)))
    }
}

/// A customer as the server last told it.
pub(crate) fn kept(connection: &Connection, contact: ContactRef) -> Result<Option<Contact>, Fault> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM contact WHERE account = ?1 AND id = ?2")?
        .query_row(params![contact.account.0, contact.id.0], |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Stores what the server told of a contact. Answers the conversations whose row or details show it.
pub(crate) fn save(
    connection: &Connection,
    account: AccountKey,
    told: &Contact,
) -> Result<Vec<Change>, Fault> {
    let kept: Option<(String, i64)> = connection
        .prepare_cached("SELECT body, traits FROM contact WHERE account = ?1 AND id = ?2")?
        .query_row(params![account.0, told.id.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let mut merged = told.clone();
    if let Some((kept, _)) = &kept {
        merged = serde_json::from_str(kept)?;
        merged.merge(told);
    }
    let body = serde_json::to_string(&merged)?;
    let traits_before = kept.as_ref().map_or(0, |(_, traits)| *traits);
    if traits_before >= 0 && kept.is_some_and(|(kept, _)| kept == body) {
        return Ok(Vec::new());
    }
    write(connection, account, &merged, &body)?;
    let mut changes = shown_in(connection, account, told.id)?;
    let traits = traits::of_contact(&merged);
    if traits != traits_before {
        filter_by(connection, ContactRef::new(account, told.id), traits)?;
        changes.push(Change::List);
    }
    Ok(changes)
}

/// Works out what filters and the address book ask of the customers an earlier version left.
pub(crate) fn work_out_traits(connection: &Connection) -> Result<(), Fault> {
    let mut statement = connection.prepare("SELECT account, body FROM contact WHERE traits < 0")?;
    let left = statement.query_map([], |row| Ok((AccountKey(row.get(0)?), row.get::<_, String>(1)?)))?;
    for row in left.collect::<Result<Vec<_>, _>>()? {
        let (account, body) = row;
        write(connection, account, &serde_json::from_str(&body)?, &body)?;
    }
    Ok(())
}

/// Takes what filters ask of a customer over into the lists.
fn filter_by(connection: &Connection, contact: ContactRef, traits: i64) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(
        "UPDATE conversation SET traits = ?4 WHERE account = ?1 AND contact = ?2 AND id = ?3 AND traits >= 0",
    )?;
    let mut of_tags = connection
        .prepare_cached("UPDATE conversation_label SET traits = ?3 WHERE account = ?1 AND id = ?2")?;
    let mut conversations = connection
        .prepare_cached("SELECT id, traits FROM conversation WHERE account = ?1 AND contact = ?2")?;
    let (account, contact) = (contact.account.0, contact.id.0);
    let conversations = conversations.query_map([account, contact], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in conversations.collect::<Result<Vec<(i64, i64)>, _>>()? {
        let (id, before) = row;
        let traits = traits::with_guest(before, traits);
        statement.execute([account, contact, id, traits])?;
        of_tags.execute([account, id, traits])?;
    }
    Ok(())
}

fn write(connection: &Connection, account: AccountKey, contact: &Contact, body: &str) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO contact (account, id, name, email, identifier, digits, body, traits, sort_name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, email = excluded.email,
               identifier = excluded.identifier, digits = excluded.digits, body = excluded.body,
               traits = excluded.traits, sort_name = excluded.sort_name",
        )?
        .execute(params![
            account.0,
            contact.id.0,
            contact.name,
            contact.email.as_deref().unwrap_or_default(),
            contact.identifier.as_deref().unwrap_or_default(),
            digits(contact),
            body,
            traits::of_contact(contact),
            sort_name(contact),
        ])?;
    Ok(())
}

/// Digits of phone number and identifier, apart from each other, so that no run reaches from one into the other.
fn digits(contact: &Contact) -> String {
    let only_digits = |text: &Option<String>| -> String {
        text.iter()
            .flat_map(|text| text.chars())
            .filter(char::is_ascii_digit)
            .collect()
    };
    let (phone, identifier) = (
        only_digits(&contact.phone_number),
        only_digits(&contact.identifier),
    );
    format!("{phone} {identifier}").trim().to_owned()
}

/// The conversations whose row or details show this customer.
pub(crate) fn shown_in(
    connection: &Connection,
    account: AccountKey,
    contact: ContactId,
) -> Result<Vec<Change>, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM conversation WHERE account = ?1 AND contact = ?2")?;
    let shown = statement.query_map(params![account.0, contact.0], |row| {
        Ok(Change::Conversation(ConversationRef::new(
            account,
            ConversationId(row.get(0)?),
        )))
    })?;
    Ok(shown.collect::<Result<_, _>>()?)
}
