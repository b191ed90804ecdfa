//! Notes about customers, as they were last read: readable without a network.

use crate::file::{Fault, received};
use crate::{Result, Store};
use deskbell_domain::{ContactNote, ContactRef};
use rusqlite::params;

/// Notes kept of one customer: a bound, not a wish.
const MOST: usize = 1_000;

pub(crate) const OF_CONTACT_SQL: &str =
    "SELECT body FROM contact_note WHERE account = ?1 AND contact = ?2 ORDER BY position LIMIT ?3";

impl Store {
    /// The notes about a customer that were read last, in the server's order: newest first.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn contact_notes(&self, contact: ContactRef) -> Result<Vec<ContactNote>> {
        let read = self.inner.cache.read("contact notes", move |connection| {
            let mut statement = connection.prepare_cached(OF_CONTACT_SQL)?;
            let notes = statement
                .query_and_then(params![contact.account.0, contact.id.0, MOST as i64], |row| {
                    Ok(serde_json::from_str(&row.get::<_, String>(0)?)?)
                })?;
            notes.collect::<Result<Vec<_>, Fault>>()
        });
        read.await
    }

    /// Takes the server's whole list about one customer; what it no longer names is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn replace_contact_notes(
        &self,
        contact: ContactRef,
        mut notes: Vec<ContactNote>,
    ) -> Result<()> {
        notes.truncate(MOST);
        let saved = self.inner.cache.write(
            "replace contact notes",
            move |transaction| {
                let (account, id) = (contact.account.0, contact.id.0);
                transaction.execute(
                    "DELETE FROM contact_note WHERE account = ?1 AND contact = ?2",
                    params![account, id],
                )?;
                let mut insert = transaction.prepare_cached(
                    "INSERT OR REPLACE INTO contact_note (account, contact, id, position, body)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?;
                for (position, note) in (0_i64..).zip(&notes) {
                    insert.execute(params![
                        account,
                        id,
                        note.id,
                        position,
                        serde_json::to_string(note)?
                    ])?;
                }
                Ok(())
            },
            |()| (),
        );
        received(saved).await
    }
}
