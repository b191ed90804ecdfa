//! Customers in the order of an address book, each with their newest conversation.

use crate::contact_name::{NO_LETTER_SHOWN, letter};
use crate::file::Fault;
use crate::{Result, Row, Store, conversation};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Customers that are answered at once, at most.
const ROWS: u32 = 200;

/// A stretch of the customers.
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    /// In order: first letters, then `#` for what begins with none, and how many stand under each. All of them, not
    /// only the stretch.
    pub letters: Vec<(String, u32)>,
    /// Their newest conversations.
    pub rows: Vec<Row>,
}

impl Store {
    /// A stretch of the customers of some accounts (none = all) who have a conversation here and a name or a number;
    /// `limit` is cut to 200.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn customers(&self, accounts: &[AccountKey], offset: u32, limit: u32) -> Result<Customers> {
        let keys: Vec<i64> = accounts.iter().map(|account| account.0).collect();
        let read = self.inner.cache.read("customers", move |connection| {
            let letters = letters(connection, &keys)?;
            let mut rows = Vec::new();
            for (offset, limit) in stretches(&letters, offset, limit.min(ROWS)) {
                rows.extend(self::rows(connection, &keys, offset, limit)?);
            }
            Ok(Customers {
                letters: numbers_last(letters),
                rows,
            })
        });
        let mut customers = read.await?;
        customers.rows = self.with_unsent(customers.rows);
        Ok(customers)
    }
}

/// Answers (account, id of the newest conversation); offset and limit are bound last.
pub(crate) fn page_sql(accounts: usize) -> String {
    let (from, order) = from(accounts);
    format!(
        "SELECT k.account, (SELECT c.id FROM conversation c WHERE c.account = k.account AND c.contact = k.id
           ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 1)
         {from} ORDER BY {order} LIMIT ? OFFSET ?"
    )
}

/// Answers (first sign, how many).
pub(crate) fn letters_sql(accounts: usize) -> String {
    let (from, _) = from(accounts);
    format!("SELECT substr(k.sort_name, 1, 1), count(*) {from} GROUP BY 1")
}

fn from(accounts: usize) -> (String, &'static str) {
    let (index, account, order) = match accounts {
        1 => (
            "contact_name_of_account",
            "k.account = ?1 AND",
            "k.sort_name, k.id",
        ),
        0 => ("contact_name", "", "k.sort_name, k.account, k.id"),
        _ => (
            "contact_name",
            "+k.account IN (SELECT value FROM json_each(?1)) AND",
            "k.sort_name, k.account, k.id",
        ),
    };
    let from = format!(
        "FROM contact k INDEXED BY {index} WHERE {account} k.sort_name > ''
           AND EXISTS (SELECT 1 FROM conversation c WHERE c.account = k.account AND c.contact = k.id)"
    );
    (from, order)
}

fn bound(accounts: &[i64]) -> Result<Vec<Value>, Fault> {
    Ok(match accounts {
        [] => Vec::new(),
        [account] => vec![(*account).into()],
        several => vec![serde_json::to_string(several)?.into()],
    })
}

fn letters(connection: &Connection, accounts: &[i64]) -> Result<Vec<(String, u32)>, Fault> {
    let mut statement = connection.prepare_cached(&letters_sql(accounts.len()))?;
    let found = statement.query_map(params_from_iter(bound(accounts)?), |row| {
        Ok((letter(&row.get::<_, String>(0)?), row.get(1)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// People look for names: what begins with no letter comes first in the file and last on the screen.
fn numbers_last(mut letters: Vec<(String, u32)>) -> Vec<(String, u32)> {
    let numbers = letters
        .iter()
        .take_while(|(letter, _)| letter == NO_LETTER_SHOWN)
        .count();
    letters.rotate_left(numbers);
    letters
}

/// Where the rows of a stretch lie in the file: (offset, limit) of those with a letter, then of those without.
fn stretches(letters: &[(String, u32)], offset: u32, limit: u32) -> [(u32, u32); 2] {
    let size = |of_numbers: bool| {
        let sizes = letters
            .iter()
            .filter(|(letter, _)| (letter == NO_LETTER_SHOWN) == of_numbers);
        sizes.map(|(_, count)| count).sum::<u32>()
    };
    let (numbers, named) = (size(true), size(false));
    let of_named = limit.min(named.saturating_sub(offset));
    let into_numbers = offset.saturating_sub(named);
    let of_numbers = (limit - of_named).min(numbers.saturating_sub(into_numbers));
    [(numbers + offset, of_named), (into_numbers, of_numbers)]
}

fn rows(connection: &Connection, accounts: &[i64], offset: u32, limit: u32) -> Result<Vec<Row>, Fault> {
    let mut values = bound(accounts)?;
    values.extend([limit.into(), offset.into()]);
    let mut statement = connection.prepare_cached(&page_sql(accounts.len()))?;
    let newest = statement.query_map(params_from_iter(values), |row| {
        Ok(ConversationRef::new(
            AccountKey(row.get(0)?),
            ConversationId(row.get(1)?),
        ))
    })?;
    let newest = newest.collect::<Result<Vec<_>, _>>()?;
    conversation::rows(connection, newest)
}
