//! Opening the cache: what cannot be used is set aside, because the server can tell it again.

use crate::file::{Connector, DatabaseFile, Fault, FolderLock};
use crate::memory::Memory;
use crate::{Key, Result, StoreError, contact, conversation, schema};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Tables whose rows belong to an account.
const TABLES: [&str; 18] = [
    "conversation",
    "conversation_label",
    "contact",
    "message",
    "history_gap",
    "take_over",
    "attachment_file",
    "inbox",
    "agent",
    "team",
    "label",
    "canned_response",
    "macro",
    "saved_view",
    "attribute_definition",
    "notification",
    "contact_note",
    "sync_state",
];

/// Left by a run that met damage in the middle of the file: the next start begins anew.
const DAMAGE_MARK: &str = "cache.damaged";

/// Opens the cache with its rows in step with what is unsent.
pub(crate) fn open(dir: &Path, key: &Key, lock: &Arc<FolderLock>, memory: &Memory) -> Result<DatabaseFile> {
    let connector = Connector::new(dir, schema::CACHE, key);
    if dir.join(DAMAGE_MARK).exists() || is_blocked(dir) {
        set_aside(dir)?;
    }
    let opened = match open_in_step(&connector, memory) {
        Err(StoreError::WrongKey { .. } | StoreError::Damaged { .. }) => {
            tracing::warn!("The cache cannot be used: set aside, and begun anew");
            set_aside(dir)?;
            open_in_step(&connector, memory)
        }
        opened => opened,
    };
    opened?;
    DatabaseFile::open(&connector, lock, Some(dir.join(DAMAGE_MARK)))
}

fn open_in_step(connector: &Connector, memory: &Memory) -> Result<()> {
    let mut connection = connector.writer()?;
    bring_in_step(&mut connection, memory)
        .map_err(|fault| fault.into_error(schema::CACHE.name, "bring in step"))
}

/// The run before may have ended between the commits of the two files: rows of accounts that are gone go, and unsent
/// changes are laid over again.
fn bring_in_step(connection: &mut Connection, memory: &Memory) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let accounts: BTreeSet<AccountKey> = memory.known().me.keys().copied().collect();
    for table in TABLES {
        for account in accounts_in(&transaction, table)?.difference(&accounts) {
            forget_account(&transaction, *account)?;
        }
    }
    let mut affected: BTreeSet<ConversationRef> = memory
        .known()
        .outbox
        .keys()
        .filter_map(|subject| subject.conversation())
        .collect();
    contact::work_out_traits(&transaction)?;
    affected.extend(to_be_written_again(&transaction)?);
    conversation::refresh(&transaction, memory, &affected.into_iter().collect::<Vec<_>>())?;
    transaction.commit()?;
    Ok(())
}

/// Jumps from account to account along the index: reading every row would make each start read the whole file.
fn accounts_in(connection: &Connection, table: &str) -> Result<BTreeSet<AccountKey>, Fault> {
    let sql = format!(
        "WITH RECURSIVE found (account) AS (
           SELECT min(account) FROM {table}
           UNION ALL
           SELECT (SELECT min(account) FROM {table} WHERE account > found.account) FROM found
           WHERE found.account IS NOT NULL
         ) SELECT account FROM found WHERE account IS NOT NULL"
    );
    let mut statement = connection.prepare(&sql)?;
    let accounts = statement.query_map([], |row| row.get(0).map(AccountKey))?;
    Ok(accounts.collect::<Result<_, _>>()?)
}

/// What had unsent changes laid over it, and what an earlier version left.
fn to_be_written_again(connection: &Connection) -> Result<Vec<ConversationRef>, Fault> {
    let mut statement = connection.prepare(
        "SELECT account, id FROM conversation WHERE shown IS NOT NULL
         UNION ALL SELECT account, id FROM conversation WHERE traits < 0",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ConversationRef::new(
            AccountKey(row.get(0)?),
            ConversationId(row.get(1)?),
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets everything of an account.
pub(crate) fn forget_account(connection: &Connection, account: AccountKey) -> Result<(), Fault> {
    for table in TABLES {
        connection.execute(
            &format!("DELETE FROM {table} WHERE account = ?1"),
            params![account.0],
        )?;
    }
    Ok(())
}

/// What SQLite keeps beside the file begins with its name.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];

/// A folder where one of the files belongs: SQLite cannot open it, and it will not go away by itself.
fn is_blocked(dir: &Path) -> bool {
    let mut files = SUFFIXES
        .iter()
        .map(|suffix| dir.join(format!("{}{suffix}", schema::CACHE.name)));
    files.any(|file| file.is_dir())
}

/// Renames the file, so that whoever helps can still look at it; only the latest is kept.
fn set_aside(dir: &Path) -> Result<()> {
    for suffix in SUFFIXES {
        let from = dir.join(format!("{}{suffix}", schema::CACHE.name));
        let to = dir.join(format!("{}.set-aside{suffix}", schema::CACHE.name));
        // Windows renames over nothing that exists, and no system over a folder with something in it.
        let _ = std::fs::remove_file(&to).or_else(|_| std::fs::remove_dir_all(&to));
        if from.exists() {
            std::fs::rename(from, to).map_err(|_| StoreError::Disk)?;
        }
    }
    let _ = std::fs::remove_file(dir.join(DAMAGE_MARK));
    Ok(())
}
