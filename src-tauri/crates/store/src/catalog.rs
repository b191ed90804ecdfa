//! What an account has once: inboxes, people, teams, tags, templates, macros, saved views and definitions of attributes,
//! in the server's order.

use crate::codec::word;
use crate::file::{Fault, received};
use crate::{Change, Result, Store};
use deskbell_domain::{
    AccountKey, Agent, AgentId, AttributeDefinition, Availability, CannedResponse, Inbox, Label, Macro,
    SavedView, Team, merge_more,
};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A kind of thing with a table `(account, id, position, …, body)`; `EXTRA` is the one column more, if any.
trait Entry: Serialize + DeserializeOwned + Clone + PartialEq + Send + 'static {
    const TABLE: &'static str;
    const EXTRA: Option<&'static str> = None;

    fn id(&self) -> i64;

    fn extra(&self) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    /// Takes from what is kept what `self` leaves out.
    fn keep(&mut self, _kept: &Self) {}
}

impl Entry for Inbox {
    const TABLE: &'static str = "inbox";
    const EXTRA: Option<&'static str> = Some("channel");

    fn id(&self) -> i64 {
        self.id.0
    }

    fn extra(&self) -> Result<Option<String>, Fault> {
        Ok(Some(word(&self.channel)?))
    }

    /// Whether an AI answers is asked inbox by inbox, later than the list.
    fn keep(&mut self, kept: &Self) {
        if self.has_bot.is_none() {
            (self.has_bot, self.bot_name) = (kept.has_bot, kept.bot_name.clone());
        }
    }
}

impl Entry for Agent {
    const TABLE: &'static str = "agent";
    const EXTRA: Option<&'static str> = Some("name");

    fn id(&self) -> i64 {
        self.id.0
    }

    fn extra(&self) -> Result<Option<String>, Fault> {
        Ok(Some(self.name.clone()))
    }

    fn keep(&mut self, kept: &Self) {
        self.role = self.role.or(kept.role);
        if self.email.is_empty() {
            self.email.clone_from(&kept.email);
        }
        self.more = merge_more(&kept.more, &self.more);
    }
}

impl Entry for Team {
    const TABLE: &'static str = "team";

    fn id(&self) -> i64 {
        self.id.0
    }
}

impl Entry for Label {
    const TABLE: &'static str = "label";

    fn id(&self) -> i64 {
        self.id
    }
}

impl Entry for CannedResponse {
    const TABLE: &'static str = "canned_response";

    fn id(&self) -> i64 {
        self.id
    }
}

impl Entry for Macro {
    const TABLE: &'static str = "macro";

    fn id(&self) -> i64 {
        self.id
    }
}

impl Entry for SavedView {
    const TABLE: &'static str = "saved_view";

    /// Shared ones count apart, so they are kept below zero.
    fn id(&self) -> i64 {
        if self.shared { -self.id } else { self.id }
    }
}

impl Entry for AttributeDefinition {
    const TABLE: &'static str = "attribute_definition";

    fn id(&self) -> i64 {
        self.id
    }
}

/// Each pair reads and replaces one kind.
macro_rules! catalog {
    ($($kind:ty: $read:ident, $replace:ident;)*) => {
        impl Store {
            $(
                /// All of an account, in the server's order.
                ///
                /// # Errors
                /// As every call: [`crate::StoreError`].
                pub async fn $read(&self, account: AccountKey) -> Result<Vec<$kind>> {
                    self.inner.cache.read(stringify!($read), move |connection| read(connection, account)).await
                }

                /// Takes the server's whole list; what it no longer names is gone.
                ///
                /// # Errors
                /// As every call.
                pub async fn $replace(&self, account: AccountKey, entries: Vec<$kind>) -> Result<()> {
                    self.change_catalog(stringify!($replace), account, move |connection| {
                        replace(connection, account, entries)
                    })
                    .await
                }
            )*
        }
    };
}

catalog! {
    Inbox: inboxes, replace_inboxes;
    Agent: agents, replace_agents;
    Team: teams, replace_teams;
    Label: labels, replace_labels;
    CannedResponse: canned, replace_canned;
    Macro: macros, replace_macros;
    SavedView: saved_views, replace_saved_views;
    AttributeDefinition: attribute_definitions, replace_attribute_definitions;
}

impl Store {
    /// Who is at the desk now; whoever is not named is offline (reference §10.2).
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn set_agent_presence(
        &self,
        account: AccountKey,
        presence: Vec<(AgentId, Availability)>,
    ) -> Result<()> {
        self.change_catalog("agent presence", account, move |connection| {
            let mut agents: Vec<Agent> = read(connection, account)?;
            for agent in &mut agents {
                let named = presence.iter().find(|(id, _)| *id == agent.id);
                agent.availability = named.map_or(Availability::Offline, |(_, availability)| *availability);
            }
            replace(connection, account, agents)
        })
        .await
    }

    /// Open conversations each person holds, as far as this computer knows.
    ///
    /// # Errors
    /// As every call.
    pub async fn open_load(&self, account: AccountKey) -> Result<Vec<(AgentId, u32)>> {
        let load = self.inner.cache.read("open load", move |connection| {
            let mut statement = connection.prepare_cached(LOAD_SQL)?;
            let load = statement.query_map([account.0], |row| Ok((AgentId(row.get(0)?), row.get(1)?)))?;
            Ok(load.collect::<Result<_, _>>()?)
        });
        load.await
    }

    /// `change` says whether it changed anything: presence comes every few seconds and mostly says the same.
    async fn change_catalog(
        &self,
        what: &'static str,
        account: AccountKey,
        change: impl FnOnce(&Connection) -> Result<bool, Fault> + Send + 'static,
    ) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        let changed = self.inner.cache.write(
            what,
            move |transaction| change(transaction),
            move |changed| {
                if changed {
                    inner.announce(vec![Change::Catalog(account)]);
                }
            },
        );
        received(changed).await
    }
}

pub(crate) const LOAD_SQL: &str = "SELECT assignee, count(*) FROM conversation
    WHERE account = ?1 AND open = 1 AND assignee IS NOT NULL GROUP BY assignee";

/// Adds or updates people met in conversations.
pub(crate) fn meet_agents(
    connection: &Connection,
    account: AccountKey,
    met: &[Agent],
) -> Result<Vec<Change>, Fault> {
    if met.is_empty() {
        return Ok(Vec::new());
    }
    let mut agents: Vec<Agent> = read(connection, account)?;
    for agent in met {
        match agents.iter_mut().find(|known| known.id == agent.id) {
            Some(known) => {
                let kept = std::mem::replace(known, agent.clone());
                known.keep(&kept);
            }
            None => agents.push(agent.clone()),
        }
    }
    let changed = replace(connection, account, agents)?;
    Ok(changed.then_some(Change::Catalog(account)).into_iter().collect())
}

/// A bound on what is read: no account has as many (saved views end at 1000, reference §8).
const MOST: usize = 5_000;

fn read<T: Entry>(connection: &Connection, account: AccountKey) -> Result<Vec<T>, Fault> {
    let sql = format!(
        "SELECT body FROM {} WHERE account = ?1 ORDER BY position, id LIMIT {MOST}",
        T::TABLE
    );
    connection
        .prepare_cached(&sql)?
        .query_and_then([account.0], |row| {
            Ok(serde_json::from_str(&row.get::<_, String>(0)?)?)
        })?
        .collect()
}

fn replace<T: Entry>(
    connection: &Connection,
    account: AccountKey,
    mut entries: Vec<T>,
) -> Result<bool, Fault> {
    entries.truncate(MOST);
    let kept: Vec<T> = read(connection, account)?;
    for entry in &mut entries {
        if let Some(kept) = kept.iter().find(|kept| kept.id() == entry.id()) {
            entry.keep(kept);
        }
    }
    if entries == kept {
        return Ok(false);
    }
    connection.execute(
        &format!("DELETE FROM {} WHERE account = ?1", T::TABLE),
        [account.0],
    )?;
    let sql = match T::EXTRA {
        Some(extra) => format!(
            "INSERT OR REPLACE INTO {} (account, id, position, body, {extra}) VALUES (?1, ?2, ?3, ?4, ?5)",
            T::TABLE
        ),
        None => format!(
            "INSERT OR REPLACE INTO {} (account, id, position, body) VALUES (?1, ?2, ?3, ?4)",
            T::TABLE
        ),
    };
    let mut insert = connection.prepare_cached(&sql)?;
    for (position, entry) in (0_i64..).zip(&entries) {
        let body = serde_json::to_string(entry)?;
        match entry.extra()? {
            Some(extra) => insert.execute(params![account.0, entry.id(), position, body, extra])?,
            None => insert.execute(params![account.0, entry.id(), position, body])?,
        };
    }
    Ok(true)
}
