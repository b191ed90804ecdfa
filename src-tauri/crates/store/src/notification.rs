//! What the server told the signed-in person to look at: the newest, without what it has taken back.

use crate::file::{Fault, received};
use crate::{Change, Result, Store};
use deskbell_domain::{AccountKey, Notification};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// How many of an account are kept. The server itself keeps 300 of each person.
const MOST: u32 = 500;

pub(crate) const NEWEST_SQL: &str = "SELECT body FROM notification WHERE account = ?1
    ORDER BY last_activity_at DESC, id DESC LIMIT ?2";
pub(crate) const UNREAD_SQL: &str = "SELECT count(*) FROM notification WHERE account = ?1 AND unread = 1";
pub(crate) const BEYOND_SQL: &str = "SELECT id FROM notification WHERE account = ?1
    ORDER BY last_activity_at DESC, id DESC LIMIT -1 OFFSET ?2";

/// The newest notifications as the server just listed them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewestNotifications {
    pub items: Vec<Notification>,
    /// How many of all are unread by the server's count.
    pub unread_count: u32,
    /// True where `items` is all there are.
    pub is_all: bool,
}

impl Store {
    /// The newest `limit` notifications of an account, newest first, and how many of all that are kept are unread.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn notifications(&self, account: AccountKey, limit: u32) -> Result<(Vec<Notification>, u32)> {
        let read = self.inner.cache.read("notifications", move |connection| {
            let mut statement = connection.prepare_cached(NEWEST_SQL)?;
            let newest = statement.query_and_then(params![account.0, limit.min(MOST)], |row| {
                Ok(serde_json::from_str(&row.get::<_, String>(0)?)?)
            })?;
            let newest = newest.collect::<Result<Vec<_>, Fault>>()?;
            let mut statement = connection.prepare_cached(UNREAD_SQL)?;
            Ok((newest, statement.query_row([account.0], |row| row.get(0))?))
        });
        read.await
    }

    /// Takes the server's newest. What is kept and should be among them but is not was taken back without an event.
    ///
    /// # Errors
    /// As every call.
    pub async fn take_notifications(&self, account: AccountKey, newest: NewestNotifications) -> Result<()> {
        self.change_notifications("notifications", account, move |connection| {
            let mut changed = forget_taken_back(connection, account, &newest)?;
            for told in newest.items {
                changed |= save(connection, account, told)?;
            }
            Ok(changed)
        })
        .await
    }

    /// Adds a notification or brings it up to date.
    ///
    /// # Errors
    /// As every call.
    pub async fn save_notification(&self, account: AccountKey, told: Notification) -> Result<()> {
        self.change_notifications("notification", account, move |connection| {
            save(connection, account, told)
        })
        .await
    }

    /// The server took a notification back.
    ///
    /// # Errors
    /// As every call.
    pub async fn remove_notification(&self, account: AccountKey, id: i64) -> Result<()> {
        self.change_notifications("remove notification", account, move |connection| {
            remove(connection, account, id)
        })
        .await
    }

    async fn change_notifications(
        &self,
        what: &'static str,
        account: AccountKey,
        change: impl FnOnce(&Connection) -> Result<bool, Fault> + Send + 'static,
    ) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        let changed = self.inner.cache.write(
            what,
            move |transaction| {
                let changed = change(transaction)?;
                if changed {
                    drop_beyond(transaction, account)?;
                }
                Ok(changed)
            },
            move |changed| {
                if changed {
                    inner.announce(vec![Change::Notifications(account)]);
                }
            },
        );
        received(changed).await
    }
}

fn save(connection: &Connection, account: AccountKey, mut told: Notification) -> Result<bool, Fault> {
    let kept: Option<String> = connection
        .prepare_cached("SELECT body FROM notification WHERE account = ?1 AND id = ?2")?
        .query_row(params![account.0, told.id], |row| row.get(0))
        .optional()?;
    if let Some(kept) = kept {
        let kept: Notification = serde_json::from_str(&kept)?;
        told.keep(&kept);
        if told == kept {
            return Ok(false);
        }
    }
    connection
        .prepare_cached(
            "INSERT INTO notification (account, id, last_activity_at, unread, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account, id) DO UPDATE SET last_activity_at = excluded.last_activity_at,
               unread = excluded.unread, body = excluded.body",
        )?
        .execute(params![
            account.0,
            told.id,
            told.last_activity_at,
            told.is_unread(),
            serde_json::to_string(&told)?
        ])?;
    Ok(true)
}

fn remove(connection: &Connection, account: AccountKey, id: i64) -> Result<bool, Fault> {
    let mut statement =
        connection.prepare_cached("DELETE FROM notification WHERE account = ?1 AND id = ?2")?;
    Ok(statement.execute(params![account.0, id])? > 0)
}

/// Marking all as read makes no event either (reference §8.1): where every unread one is among the newest, an older one
/// that still counts as unread here is not as it is kept.
fn forget_taken_back(
    connection: &Connection,
    account: AccountKey,
    newest: &NewestNotifications,
) -> Result<bool, Fault> {
    let oldest = newest.items.iter().map(|told| told.last_activity_at).min();
    let told_unread = newest.items.iter().filter(|told| told.is_unread()).count();
    let has_all_unread = usize::try_from(newest.unread_count).is_ok_and(|all| all <= told_unread);
    let mut changed = false;
    for (id, at, unread) in all_kept(connection, account)? {
        let told = newest.items.iter().any(|told| told.id == id);
        let should_be_told = newest.is_all || oldest.is_some_and(|oldest| at > oldest);
        if !told && (should_be_told || unread && has_all_unread) {
            changed |= remove(connection, account, id)?;
        }
    }
    Ok(changed)
}

fn all_kept(connection: &Connection, account: AccountKey) -> Result<Vec<(i64, i64, bool)>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT id, last_activity_at, unread FROM notification WHERE account = ?1")?;
    let rows = statement.query_map([account.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn drop_beyond(connection: &Connection, account: AccountKey) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(BEYOND_SQL)?;
    let beyond = statement.query_map(params![account.0, MOST], |row| row.get::<_, i64>(0))?;
    for id in beyond.collect::<Result<Vec<_>, _>>()? {
        remove(connection, account, id)?;
    }
    Ok(())
}
