//! Writing a sign-in.

use super::{LoginKey, NewAccount, NewLogin};
use crate::Result;
use crate::codec::word;
use crate::file::Fault;
use deskbell_domain::{Access, AccountKey};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// How many property colours there are.
const COLORS: u32 = 6;

/// What a sign-in became.
pub(super) struct SavedLogin {
    pub login: LoginKey,
    pub keys: Vec<AccountKey>,
    /// Accounts the server no longer names.
    pub gone: Vec<AccountKey>,
}

pub(super) fn login(transaction: &Transaction<'_>, login: &NewLogin) -> Result<SavedLogin, Fault> {
    let id = match find(transaction, login)? {
        Some(id) => update(transaction, id, login)?,
        None => insert(transaction, login)?,
    };
    let keys = login
        .accounts
        .iter()
        .map(|account| save_account(transaction, id, account))
        .collect::<Result<Vec<_>, _>>()?;
    let gone = remove_unnamed(transaction, id, &keys)?;
    Ok(SavedLogin {
        login: id,
        keys,
        gone,
    })
}

fn server(login: &NewLogin) -> &str {
    login.server.trim_end_matches('/')
}

/// What is written of the tokens: nothing, when the session is not to be kept.
fn tokens(login: &NewLogin) -> (&str, &str) {
    if login.stay {
        (&login.token, &login.pubsub_token)
    } else {
        ("", "")
    }
}

fn find(connection: &Connection, login: &NewLogin) -> Result<Option<LoginKey>, Fault> {
    let found = if login.built_in {
        connection
            .query_row(
                "SELECT id FROM login WHERE built_in = 1 AND user_id = ?1",
                [login.user_id],
                |row| row.get(0),
            )
            .optional()?
    } else {
        connection
            .query_row(
                "SELECT id FROM login WHERE built_in = 0 AND server = ?1 AND user_id = ?2",
                params![server(login), login.user_id],
                |row| row.get(0),
            )
            .optional()?
    };
    Ok(found.map(LoginKey))
}

fn update(connection: &Connection, id: LoginKey, login: &NewLogin) -> Result<LoginKey, Fault> {
    let (token, pubsub_token) = tokens(login);
    connection.execute(
        "UPDATE login SET server = ?2, email = ?3, user_name = ?4, token = ?5, pubsub_token = ?6 WHERE id = ?1",
        params![id.0, server(login), login.email, login.user_name, token, pubsub_token],
    )?;
    Ok(id)
}

fn insert(connection: &Connection, login: &NewLogin) -> Result<LoginKey, Fault> {
    let (token, pubsub_token) = tokens(login);
    connection.execute(
        "INSERT INTO login (server, built_in, email, user_id, user_name, token, pubsub_token)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            server(login),
            login.built_in,
            login.email,
            login.user_id,
            login.user_name,
            token,
            pubsub_token
        ],
    )?;
    Ok(LoginKey(connection.last_insert_rowid()))
}

fn save_account(connection: &Connection, login: LoginKey, account: &NewAccount) -> Result<AccountKey, Fault> {
    let key = connection.query_row(
        "INSERT INTO account (login, account_id, name, role, color, role_name, permissions)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (login, account_id) DO UPDATE SET name = excluded.name, role = excluded.role,
           role_name = excluded.role_name, permissions = excluded.permissions
         RETURNING key",
        params![
            login.0,
            account.account_id,
            account.name,
            word(&account.access.role)?,
            free_color(connection)?,
            account.access.name,
            serde_json::to_string(&account.access.permissions)?
        ],
        |row| row.get(0),
    )?;
    Ok(AccountKey(key))
}

/// Writes what somebody may do; true when it was something else before.
pub(super) fn access(connection: &Connection, account: AccountKey, access: &Access) -> Result<bool, Fault> {
    let changed = connection.execute(
        "UPDATE account SET role = ?2, role_name = ?3, permissions = ?4
         WHERE key = ?1 AND (role, role_name, permissions) IS NOT (?2, ?3, ?4)",
        params![
            account.0,
            word(&access.role)?,
            access.name,
            serde_json::to_string(&access.permissions)?
        ],
    )?;
    Ok(changed > 0)
}

/// The first colour the fewest properties have.
fn free_color(connection: &Connection) -> Result<u32, Fault> {
    let mut used = connection.prepare_cached("SELECT count(*) FROM account WHERE color = ?1")?;
    let mut best = (i64::MAX, 0);
    for color in 0..COLORS {
        let count: i64 = used.query_row([color], |row| row.get(0))?;
        best = best.min((count, color));
    }
    Ok(best.1)
}

fn remove_unnamed(
    connection: &Connection,
    login: LoginKey,
    named: &[AccountKey],
) -> Result<Vec<AccountKey>, Fault> {
    let named: Vec<i64> = named.iter().map(|key| key.0).collect();
    let gone = connection
        .prepare(
            "DELETE FROM account
             WHERE login = ?1 AND key NOT IN (SELECT value FROM json_each(?2))
               AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.account = account.key)
             RETURNING key",
        )?
        .query_map(params![login.0, serde_json::to_string(&named)?], |row| {
            row.get(0).map(AccountKey)
        })?
        .collect::<Result<_, _>>()?;
    Ok(gone)
}
