//! What a person does with an item that was not sent yet.

use super::{Edit, file, table};
use crate::file::Fault;
use crate::{LoginKey, Result, Store, draft};
use deskbell_domain::{AccountKey, Job, MessageId, OutboxItem, OutboxState, StuckReason};
use rusqlite::Connection;

impl Store {
    /// Gives a message that is not being sent another text. False when it is being sent, was or may have been sent, is
    /// gone, or has a text that cannot be changed (a template) or none.
    ///
    /// # Errors
    /// As every call.
    pub async fn edit_item(&self, id: i64, text: &str) -> Result<bool> {
        let text = text.to_owned();
        let edited = self.change_item("edit item", id, move |item| {
            // What may have arrived keeps its words: found on the server it would be finished, and the new ones lost.
            let unknown = StuckReason::Unknown;
            let at_rest = item.rests() && item.state != OutboxState::Stuck { reason: unknown };
            match &mut item.job {
                // A template's text is the preview of what its values make: it cannot be changed alone.
                Job::Send {
                    text: known, extras, ..
                } if at_rest && extras.template.is_none() => *known = text,
                Job::AddContactNote { text: known } | Job::EditContactNote { text: known, .. } if at_rest => {
                    *known = text;
                }
                _ => return false,
            }
            true
        });
        Ok(edited.await?.is_some())
    }

    /// Queues a held, stuck or waiting item anew, as if pressed `at` (epoch seconds) with `after` as the newest message
    /// known: what changed before is no reason to hold it again. False when it is being sent, was sent or is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn press_again(&self, id: i64, at: i64, after: Option<MessageId>) -> Result<bool> {
        let pressed = self.change_item("press again", id, move |item| {
            let again = item.rests();
            if again {
                // Whether it arrived is looked up once more before it is sent again.
                let unknown = StuckReason::Unknown;
                item.attempts = u32::from(item.state == OutboxState::Stuck { reason: unknown });
                item.state = OutboxState::Queued;
                item.created_at = at;
                item.after_message = after.or(item.after_message);
                item.queued_offline = false;
                item.refusal = None;
            }
            again
        });
        Ok(pressed.await?.is_some())
    }

    /// Takes a message back into the composer, with its files, in one commit; what was typed there since stays behind it.
    /// `at` in epoch seconds. False when it is being sent, was sent, is gone or is no message.
    ///
    /// # Errors
    /// As every call.
    pub async fn recall_item(&self, id: i64, at: i64) -> Result<bool> {
        self.change_outbox("recall item", move |transaction| {
            let item = table::read(transaction, id)?.filter(OutboxItem::rests);
            let Some(item) = item else {
                return Ok((false, Vec::new()));
            };
            let (Job::Send { text, private, .. }, Some(conversation)) = (&item.job, item.conversation())
            else {
                return Ok((false, Vec::new()));
            };
            file::recall(transaction, id)?;
            table::delete(transaction, id)?;
            let draft = draft::put_before(transaction, conversation, text, *private, at)?;
            let back = match draft.text.is_empty() {
                true => Edit::ClearDraft(conversation),
                false => Edit::SetDraft(conversation, draft),
            };
            Ok((true, vec![Edit::Remove(item.subject, id), back]))
        })
        .await
    }

    /// Throws an item away, with its files. False when it is being sent, was sent or is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn discard_item(&self, id: i64) -> Result<bool> {
        self.change_outbox("discard item", move |transaction| {
            let Some(item) = table::read(transaction, id)? else {
                return Ok((false, Vec::new()));
            };
            if !item.rests() && !matches!(item.state, OutboxState::Unsure { .. }) {
                return Ok((false, Vec::new()));
            }
            table::delete(transaction, id)?;
            Ok((true, vec![Edit::Remove(item.subject, id)]))
        })
        .await
    }

    /// Unsent changes of all accounts that somebody would miss: that a conversation was looked at is none.
    ///
    /// # Errors
    /// As every call.
    pub async fn unsent_count(&self) -> Result<u32> {
        Ok(self.count_missed(|_| true))
    }

    /// As [`Store::unsent_count`], of one account.
    ///
    /// # Errors
    /// As every call.
    pub async fn unsent_count_of(&self, account: AccountKey) -> Result<u32> {
        Ok(self.count_missed(|item| item.subject.account() == account))
    }

    fn count_missed(&self, counts: impl Fn(&OutboxItem) -> bool) -> u32 {
        let known = self.inner.memory.known();
        let missed = known
            .all_items()
            .filter(|item| is_missed(item) && counts(item))
            .count();
        u32::try_from(missed).unwrap_or(u32::MAX)
    }
}

/// True for what somebody would miss.
fn is_missed(item: &OutboxItem) -> bool {
    !matches!(item.state, OutboxState::Sent { .. }) && item.job != Job::MarkSeen
}

/// Unsent changes of these logins that somebody would miss.
pub(crate) fn unsent_of(connection: &Connection, logins: &[LoginKey]) -> Result<u32, Fault> {
    let mut accounts = Vec::new();
    let mut statement = connection.prepare_cached("SELECT key FROM account WHERE login = ?1")?;
    for login in logins {
        let keys = statement.query_map([login.0], |row| row.get::<_, i64>(0))?;
        accounts.extend(keys.collect::<Result<Vec<_>, _>>()?);
    }
    let unsent = table::all(connection)?
        .iter()
        .filter(|item| accounts.contains(&item.subject.account().0) && is_missed(item))
        .count();
    Ok(u32::try_from(unsent).unwrap_or(u32::MAX))
}
