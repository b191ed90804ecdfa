//! What the sender does with an item.

use super::{Edit, table};
use crate::file::received;
use crate::{Change, Result, Store};
use deskbell_domain::{Job, Message, OutboxItem, OutboxState, StuckReason, Subject};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Store {
    /// Takes an item up for sending, in one commit: from here on nobody edits it or throws it away. Answers the item as it
    /// is at this moment: send that one. `None` when a person was faster, or it does not wait to be sent.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`]; then it must not be sent.
    pub async fn begin_item(&self, id: i64) -> Result<Option<OutboxItem>> {
        self.change_item("begin item", id, |item| {
            let waits = matches!(item.state, OutboxState::Queued | OutboxState::Waiting { .. });
            if waits {
                item.state = OutboxState::Sending;
                item.refusal = None;
            }
            waits
        })
        .await
    }

    /// Moves an item to its next state. `None` when it is gone.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_item(&self, id: i64, state: OutboxState, attempts: u32) -> Result<Option<OutboxItem>> {
        self.change_item("set item", id, move |item| {
            (item.state, item.attempts) = (state, attempts);
            true
        })
        .await
    }

    /// Remembers what the server's validation said about an item.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_refusal(&self, id: i64, refusal: String) -> Result<()> {
        self.change_item("set refusal", id, move |item| {
            item.refusal = Some(refusal);
            true
        })
        .await?;
        Ok(())
    }

    /// The subject is gone on the server: whatever else waits in its queue is stuck as well, and nobody is asked about
    /// having looked at it. Answers how many became stuck.
    ///
    /// # Errors
    /// As every call.
    pub async fn strand_subject(&self, subject: Subject) -> Result<usize> {
        self.change_outbox("strand subject", move |transaction| {
            let mut edits = Vec::new();
            let mut stuck = 0;
            for mut item in table::of_subject(transaction, subject)? {
                if !matches!(item.state, OutboxState::Queued | OutboxState::Waiting { .. }) {
                    continue;
                }
                if matches!(item.job, Job::MarkSeen | Job::MarkUnread) {
                    table::delete(transaction, item.id)?;
                    edits.push(Edit::Remove(subject, item.id));
                    continue;
                }
                item.state = OutboxState::Stuck {
                    reason: StuckReason::Missing,
                };
                table::update(transaction, &item)?;
                edits.push(Edit::Put(Box::new(item)));
                stuck += 1;
            }
            Ok((stuck, edits))
        })
        .await
    }

    /// Forgets an item the server has. Its `message` is in the cache before the item leaves memory, so that nothing
    /// blinks.
    ///
    /// # Errors
    /// As every call.
    pub async fn finish_item(&self, id: i64, message: Option<Message>) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        let finished = self.inner.durable.write(
            "finish item",
            move |transaction| {
                let item = table::read(transaction, id)?;
                table::delete(transaction, id)?;
                Ok(item.map(|item| item.subject))
            },
            move |subject| {
                let subject = subject?;
                let shown = match subject {
                    Subject::Conversation(conversation) => {
                        crate::show::finish(&inner, conversation, id, message)
                    }
                    Subject::Contact(_) => {
                        inner.memory.known().remove_item(subject, id);
                        crate::show::show(&inner, BTreeSet::from([subject]))
                    }
                };
                Some((subject, shown))
            },
        );
        let Some((subject, shown)) = received(finished).await? else {
            return Ok(());
        };
        let shown = received(shown).await;
        if shown.is_err() {
            // No longer durable, so it must not stay in memory either; catching up brings the message.
            self.inner.memory.known().remove_item(subject, id);
            self.inner
                .announce(subject.conversation().map(Change::Outbox).into_iter().collect());
        }
        shown
    }

    /// Call once at start, before anything is sent: whatever was being sent when the program ended has an unknown fate.
    /// A message becomes unsure since `now` (epoch seconds), anything else is queued again; what the server already has
    /// is forgotten, because catching up brings it.
    ///
    /// # Errors
    /// As every call.
    pub async fn recover_sending(&self, now: i64) -> Result<()> {
        self.change_outbox("recover sending", move |transaction| {
            let mut edits = Vec::new();
            super::forget_unfinished(transaction)?;
            for mut item in table::all(transaction)? {
                match item.state {
                    OutboxState::Sending if item.job.is_message() => {
                        item.state = OutboxState::Unsure { since: now }
                    }
                    OutboxState::Sending => {
                        // It may have had its effect: nothing is folded into it or takes it back unsent.
                        item.attempts = item.attempts.max(1);
                        item.state = OutboxState::Queued;
                    }
                    OutboxState::Sent { .. } => {
                        table::delete(transaction, item.id)?;
                        edits.push(Edit::Remove(item.subject, item.id));
                        continue;
                    }
                    _ => continue,
                }
                table::update(transaction, &item)?;
                edits.push(Edit::Put(Box::new(item)));
            }
            Ok(((), edits))
        })
        .await
    }
}
