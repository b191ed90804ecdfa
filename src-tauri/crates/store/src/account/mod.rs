//! Logins and their accounts: who is signed in where.

mod save;

use crate::codec::from_word;
use crate::file::{Fault, received};
use crate::memory::Known;
use crate::{Change, Result, Store, cache, outbox};
use deskbell_domain::{Access, AccountKey, AgentId};
use rusqlite::{Connection, Row, Transaction};
use std::sync::Arc;
use tokio::sync::oneshot;

/// This computer's own number for one person on one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoginKey(pub i64);

/// One account of a login: a property.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    pub key: AccountKey,
    pub login: LoginKey,
    /// Base address, without a slash at the end.
    pub server: String,
    /// The desk that comes with Deskbell.
    pub built_in: bool,
    pub email: String,
    /// The account's number on its server.
    pub account_id: i64,
    pub name: String,
    pub access: Access,
    pub me: AgentId,
    pub my_name: String,
    /// Empty = sign in again: the session was not to be kept on this computer.
    pub token: String,
    pub pubsub_token: String,
    /// 0 to 5: which of the property colours.
    pub color: u32,
}

/// Shown without tokens, names and addresses.
impl std::fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountRow")
            .field("key", &self.key)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// A sign-in as the server answered it. The same person on the same server again is updated in place; of the built-in
/// desk only the person counts, because its address changes with every start.
#[derive(Clone)]
pub struct NewLogin {
    pub server: String,
    pub built_in: bool,
    pub email: String,
    pub user_id: i64,
    pub user_name: String,
    pub token: String,
    pub pubsub_token: String,
    /// False keeps the tokens in memory only.
    pub stay: bool,
    pub accounts: Vec<NewAccount>,
}

/// An account the login may work in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub account_id: i64,
    pub name: String,
    pub access: Access,
}

/// What became of forgetting a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOut {
    Done,
    /// Nothing was forgotten: so many unsent changes would be lost.
    Unsent {
        count: u32,
    },
}

impl Store {
    /// Every account, in the order they were added.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn accounts(&self) -> Result<Vec<AccountRow>> {
        let mut accounts = self.inner.durable.read("accounts", rows).await?;
        let known = self.inner.memory.known();
        for account in &mut accounts {
            if let Some((token, pubsub_token)) = known.tokens.get(&account.login) {
                (account.token, account.pubsub_token) = (token.clone(), pubsub_token.clone());
            }
        }
        Ok(accounts)
    }

    /// Keeps a sign-in and answers the keys of its accounts, in its order. The same person on the same server keeps the
    /// keys; an account the server no longer names goes, unless unsent work waits in it.
    ///
    /// # Errors
    /// As every call.
    pub async fn save_login(&self, login: NewLogin) -> Result<Vec<AccountKey>> {
        let inner = Arc::clone(&self.inner);
        let me = AgentId(login.user_id);
        let tokens = (!login.stay).then(|| (login.token.clone(), login.pubsub_token.clone()));
        let saved = self.inner.durable.write(
            "save login",
            move |transaction| save::login(transaction, &login),
            move |saved| {
                {
                    let mut known = inner.memory.known();
                    known.me.extend(saved.keys.iter().map(|&key| (key, me)));
                    match tokens {
                        Some(tokens) => known.tokens.insert(saved.login, tokens),
                        None => known.tokens.remove(&saved.login),
                    };
                }
                (saved.keys, forget(&inner, saved.gone))
            },
        );
        let (keys, forgotten) = received(saved).await?;
        received(forgotten).await?;
        Ok(keys)
    }

    /// What the person may do in an account, as the server told it just now.
    ///
    /// # Errors
    /// As every call.
    pub async fn keep_access(&self, account: AccountKey, access: Access) -> Result<()> {
        let inner = Arc::clone(&self.inner);
        let kept = self.inner.durable.write(
            "keep access",
            move |transaction| save::access(transaction, account, &access),
            move |changed| {
                if changed {
                    inner.announce(vec![Change::Accounts]);
                }
            },
        );
        received(kept).await
    }

    /// The built-in desk listens at another address now.
    ///
    /// # Errors
    /// As every call.
    pub async fn update_built_in_server(&self, url: &str) -> Result<()> {
        let (inner, url) = (Arc::clone(&self.inner), url.trim_end_matches('/').to_owned());
        let updated = self.inner.durable.write(
            "move built-in desk",
            move |transaction| {
                Ok(transaction.execute(
                    "UPDATE login SET server = ?1 WHERE built_in = 1 AND server <> ?1",
                    [url],
                )?)
            },
            move |updated| {
                if updated > 0 {
                    inner.announce(vec![Change::Accounts]);
                }
            },
        );
        received(updated).await
    }

    /// Forgets logins with their accounts: their cache, drafts, alerts and unsent changes. Unless `discard_unsent`, nothing
    /// is forgotten while somebody would miss an unsent change; asked and done in one commit.
    ///
    /// # Errors
    /// As every call.
    pub async fn remove_logins(&self, logins: Vec<LoginKey>, discard_unsent: bool) -> Result<SignedOut> {
        let inner = Arc::clone(&self.inner);
        let removed = self.inner.durable.write(
            "remove logins",
            move |transaction| {
                let unsent = outbox::unsent_of(transaction, &logins)?;
                if unsent > 0 && !discard_unsent {
                    return Ok(Err(unsent));
                }
                let mut gone = Vec::new();
                for &login in &logins {
                    gone.extend(remove(transaction, login)?);
                }
                Ok(Ok((logins, gone)))
            },
            move |removed| {
                removed.map(|(logins, gone)| {
                    let mut known = inner.memory.known();
                    logins.iter().for_each(|login| drop(known.tokens.remove(login)));
                    drop(known);
                    forget(&inner, gone)
                })
            },
        );
        match received(removed).await? {
            Ok(forgotten) => received(forgotten).await.map(|()| SignedOut::Done),
            Err(count) => Ok(SignedOut::Unsent { count }),
        }
    }

    /// As [`Store::remove_logins`], whatever waits.
    ///
    /// # Errors
    /// As every call.
    pub async fn remove_login(&self, login: LoginKey) -> Result<()> {
        self.remove_logins(vec![login], true).await.map(drop)
    }
}

fn remove(transaction: &Transaction<'_>, login: LoginKey) -> Result<Vec<AccountKey>, Fault> {
    let gone = transaction
        .prepare("SELECT key FROM account WHERE login = ?1")?
        .query_map([login.0], |row| row.get(0).map(AccountKey))?
        .collect::<Result<_, _>>()?;
    transaction.execute("DELETE FROM login WHERE id = ?1", [login.0])?;
    Ok(gone)
}

/// Takes accounts that are gone out of memory and the cache, then says that accounts changed.
fn forget(inner: &Arc<crate::store::Inner>, gone: Vec<AccountKey>) -> oneshot::Receiver<Result<()>> {
    let told = Arc::clone(inner);
    for &account in &gone {
        inner.memory.known().forget_account(account);
    }
    let mut changes = vec![Change::Accounts];
    if !gone.is_empty() {
        changes.extend([Change::List, Change::Alerts]);
    }
    inner.cache.write(
        "forget accounts",
        move |connection| {
            gone.iter()
                .try_for_each(|&account| cache::forget_account(connection, account))
        },
        move |()| told.announce(changes),
    )
}

/// Reads into memory who I am in each account.
pub(crate) fn load(connection: &Connection, known: &mut Known) -> Result<(), Fault> {
    known
        .me
        .extend(rows(connection)?.iter().map(|account| (account.key, account.me)));
    Ok(())
}

fn rows(connection: &Connection) -> Result<Vec<AccountRow>, Fault> {
    connection
        .prepare_cached(
            "SELECT a.key, a.login, l.server, l.built_in, l.email, a.account_id, a.name, a.role, l.user_id,
               l.user_name, l.token, l.pubsub_token, a.color, a.role_name, a.permissions
             FROM account a JOIN login l ON l.id = a.login ORDER BY a.key",
        )?
        .query_and_then([], account)?
        .collect()
}

fn account(row: &Row<'_>) -> Result<AccountRow, Fault> {
    let (role, permissions): (String, String) = (row.get(7)?, row.get(14)?);
    let access = Access {
        role: from_word(role)?,
        name: row.get(13)?,
        permissions: serde_json::from_str(&permissions)?,
    };
    Ok(AccountRow {
        key: AccountKey(row.get(0)?),
        login: LoginKey(row.get(1)?),
        server: row.get(2)?,
        built_in: row.get(3)?,
        email: row.get(4)?,
        account_id: row.get(5)?,
        name: row.get(6)?,
        access,
        me: AgentId(row.get(8)?),
        my_name: row.get(9)?,
        token: row.get(10)?,
        pubsub_token: row.get(11)?,
        color: row.get(12)?,
    })
}
