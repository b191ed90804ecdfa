//! What somebody is still writing.

use crate::file::{Fault, received};
use crate::memory::Known;
use crate::{Change, Result, Store};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// An unsent text of the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    pub private: bool,
    /// Epoch seconds.
    pub saved_at: i64,
}

impl Store {
    /// The draft of a conversation.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn draft(&self, conversation: ConversationRef) -> Result<Option<Draft>> {
        Ok(self.inner.memory.known().drafts.get(&conversation).cloned())
    }

    /// All drafts of an account.
    ///
    /// # Errors
    /// As every call.
    pub async fn drafts(&self, account: AccountKey) -> Result<Vec<(ConversationRef, Draft)>> {
        let known = self.inner.memory.known();
        let of_account = known
            .drafts
            .iter()
            .filter(|(conversation, _)| conversation.account == account);
        Ok(of_account
            .map(|(conversation, draft)| (*conversation, draft.clone()))
            .collect())
    }

    /// Keeps what was typed by `at` (epoch seconds); an empty text forgets it.
    ///
    /// # Errors
    /// As every call.
    pub async fn save_draft(
        &self,
        conversation: ConversationRef,
        text: &str,
        private: bool,
        at: i64,
    ) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        let draft = (!text.is_empty()).then(|| Draft {
            text: text.to_owned(),
            private,
            saved_at: at,
        });
        let kept = draft.clone();
        let saved = self.inner.durable.write(
            "save draft",
            move |transaction| match &draft {
                Some(draft) => write(transaction, conversation, draft),
                None => forget(transaction, conversation),
            },
            move |()| {
                let drafts = &mut inner.memory.known().drafts;
                match kept {
                    Some(draft) => drafts.insert(conversation, draft),
                    None => drafts.remove(&conversation),
                };
                inner.announce(vec![Change::Conversation(conversation)]);
            },
        );
        received(saved).await
    }
}

/// Reads every draft into memory.
pub(crate) fn load(connection: &Connection, known: &mut Known) -> Result<(), Fault> {
    let mut statement =
        connection.prepare("SELECT account, conversation, text, private, saved_at FROM draft")?;
    let drafts = statement.query_map([], |row| {
        let conversation = ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?));
        Ok((
            conversation,
            Draft {
                text: row.get(2)?,
                private: row.get(3)?,
                saved_at: row.get(4)?,
            },
        ))
    })?;
    for draft in drafts {
        let (conversation, draft) = draft?;
        known.drafts.insert(conversation, draft);
    }
    Ok(())
}

fn write(connection: &Connection, conversation: ConversationRef, draft: &Draft) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO draft (account, conversation, text, private, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account, conversation) DO UPDATE SET text = excluded.text, private = excluded.private,
               saved_at = excluded.saved_at",
        )?
        .execute(params![
            conversation.account.0,
            conversation.id.0,
            draft.text,
            draft.private,
            draft.saved_at
        ])?;
    Ok(())
}

/// Puts a text before what the draft of a conversation holds. What is written to both the team and the guest stays with
/// the team: a note never becomes public by itself.
pub(crate) fn put_before(
    connection: &Connection,
    conversation: ConversationRef,
    text: &str,
    private: bool,
    at: i64,
) -> Result<Draft, Fault> {
    let kept: Option<(String, bool)> = connection
        .prepare_cached("SELECT text, private FROM draft WHERE account = ?1 AND conversation = ?2")?
        .query_row(params![conversation.account.0, conversation.id.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let draft = match kept {
        Some((typed, typed_private)) => Draft {
            text: format!("{text}\n\n{typed}"),
            private: private || typed_private,
            saved_at: at,
        },
        None => Draft {
            text: text.to_owned(),
            private,
            saved_at: at,
        },
    };
    match draft.text.is_empty() {
        true => forget(connection, conversation)?,
        false => write(connection, conversation, &draft)?,
    }
    Ok(draft)
}

/// Forgets the draft of a conversation.
pub(crate) fn forget(connection: &Connection, conversation: ConversationRef) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM draft WHERE account = ?1 AND conversation = ?2")?
        .execute(params![conversation.account.0, conversation.id.0])?;
    Ok(())
}
