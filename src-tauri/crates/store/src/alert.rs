//! Escalations that were told to a person, until nobody is needed any more.

use crate::file::{Fault, received};
use crate::{Change, Result, Store};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::sync::Arc;

/// A conversation that needs a person. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub conversation: ConversationRef,
    /// Since when it waits: with the conversation this names the escalation.
    pub since: i64,
    pub reason: Option<String>,
    pub raised_at: i64,
    /// When somebody here opened it; `None` = nobody has.
    pub acknowledged_at: Option<i64>,
}

pub(crate) const OPEN_SQL: &str =
    "SELECT account, conversation, since, reason, raised_at, acknowledged_at FROM alert ORDER BY since";

impl Store {
    /// Writes an escalation down. True the first time: then ring. False while this one is already raised, opened or not,
    /// and for one that began earlier than it. A settled one that waits again rings again, because nobody holds it.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn raise_alert(
        &self,
        conversation: ConversationRef,
        since: i64,
        reason: Option<String>,
        at: i64,
    ) -> Result<bool> {
        self.change_alerts("raise alert", conversation, move |transaction| {
            raise(transaction, conversation, since, reason.as_deref(), at)
        })
        .await
    }

    /// Somebody here has opened it at `at`. True when that was news.
    ///
    /// # Errors
    /// As every call.
    pub async fn acknowledge_alert(&self, conversation: ConversationRef, at: i64) -> Result<bool> {
        self.change_alerts("acknowledge alert", conversation, move |transaction| {
            let acknowledged = transaction.execute(
                "UPDATE alert SET acknowledged_at = ?3
                 WHERE account = ?1 AND conversation = ?2 AND acknowledged_at IS NULL",
                params![conversation.account.0, conversation.id.0, at],
            )?;
            Ok(acknowledged > 0)
        })
        .await
    }

    /// Nobody is needed there any more: taken, closed, or the AI goes on. True when one was raised.
    ///
    /// # Errors
    /// As every call.
    pub async fn settle_alerts(&self, conversation: ConversationRef) -> Result<bool> {
        self.change_alerts("settle alert", conversation, move |transaction| {
            let settled = transaction.execute(
                "DELETE FROM alert WHERE account = ?1 AND conversation = ?2",
                params![conversation.account.0, conversation.id.0],
            )?;
            Ok(settled > 0)
        })
        .await
    }

    /// Every raised escalation, the longest waiting first.
    ///
    /// # Errors
    /// As every call.
    pub async fn open_alerts(&self) -> Result<Vec<Alert>> {
        let alerts = self.inner.durable.read("alerts", |connection| {
            let mut statement = connection.prepare_cached(OPEN_SQL)?;
            Ok(statement.query_map([], alert)?.collect::<Result<_, _>>()?)
        });
        alerts.await
    }

    /// Announces only what really changed: catching up says the same again and again.
    async fn change_alerts(
        &self,
        what: &'static str,
        conversation: ConversationRef,
        change: impl FnOnce(&Transaction<'_>) -> Result<bool, Fault> + Send + 'static,
    ) -> Result<bool> {
        let inner = Arc::clone(&self.inner);
        let changed = self.inner.durable.write(what, change, move |changed| {
            if changed {
                inner.announce(vec![Change::Alerts, Change::Conversation(conversation)]);
            }
            changed
        });
        received(changed).await
    }
}

fn raise(
    transaction: &Transaction<'_>,
    conversation: ConversationRef,
    since: i64,
    reason: Option<&str>,
    at: i64,
) -> Result<bool, Fault> {
    let key = params![conversation.account.0, conversation.id.0];
    let raised: Option<i64> = transaction
        .prepare_cached("SELECT since FROM alert WHERE account = ?1 AND conversation = ?2")?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if raised.is_some_and(|raised| raised >= since) {
        return Ok(false);
    }
    transaction
        .prepare_cached(
            "INSERT INTO alert (account, conversation, since, reason, raised_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account, conversation) DO UPDATE SET since = excluded.since, reason = excluded.reason,
               raised_at = excluded.raised_at, acknowledged_at = NULL",
        )?
        .execute(params![conversation.account.0, conversation.id.0, since, reason, at])?;
    Ok(true)
}

fn alert(row: &Row<'_>) -> rusqlite::Result<Alert> {
    Ok(Alert {
        conversation: ConversationRef::new(AccountKey(row.get(0)?), ConversationId(row.get(1)?)),
        since: row.get(2)?,
        reason: row.get(3)?,
        raised_at: row.get(4)?,
        acknowledged_at: row.get(5)?,
    })
}
