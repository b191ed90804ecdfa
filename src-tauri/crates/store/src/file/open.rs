use super::migrate::{migrate, refuse_newer, version};
use super::{Fault, Migration};
use crate::{Key, Result, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// Page cache of each connection. SQLCipher decrypts every page that is not in it: 100,000 messages are searched in 26 ms
/// with 64 MB and in 62 with the default 2.
const PAGE_CACHE_KIB: i32 = 32 * 1024;

/// What tells the files apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileSpec {
    pub name: &'static str,
    /// In the file's header: a file of another program, or the other one of ours, is not taken for this one.
    pub application_id: i32,
    /// `FULL` loses nothing in a power cut, `NORMAL` the last moments.
    pub synchronous: &'static str,
    /// Pages of 4 KiB the log holds before it is folded into the file: the more, the fewer times a page that changes often
    /// is folded.
    pub log_pages: i32,
    pub migrations: &'static [Migration],
}

/// Opens connections to one file.
pub(crate) struct Connector {
    pub spec: FileSpec,
    path: PathBuf,
    key: Key,
}

impl Connector {
    pub(crate) fn new(dir: &Path, spec: FileSpec, key: &Key) -> Self {
        Self {
            spec,
            path: dir.join(spec.name),
            key: key.clone(),
        }
    }

    /// Opens the file for writing, makes it if need be, and brings its schema up to date. A file of a newer or another
    /// program is refused before anything is written.
    pub(crate) fn writer(&self) -> Result<Connection> {
        self.refuse_plain()?;
        self.open_writer()
            .map_err(|fault| fault.into_error(self.spec.name, "open"))
    }

    /// Opens a connection that cannot write.
    pub(crate) fn reader(&self) -> Result<Connection> {
        let open = || -> Result<Connection, Fault> {
            let connection = self.keyed()?;
            self.prepare(&connection)?;
            connection.pragma_update(None, "query_only", true)?;
            Ok(connection)
        };
        open().map_err(|fault| fault.into_error(self.spec.name, "open"))
    }

    fn open_writer(&self) -> Result<Connection, Fault> {
        let mut connection = self.keyed()?;
        self.refuse_foreign(&connection)?;
        refuse_newer(&connection, self.spec.migrations, self.spec.name)?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        self.prepare(&connection)?;
        migrate(&mut connection, self.spec.migrations, self.spec.application_id)?;
        Ok(connection)
    }

    fn keyed(&self) -> Result<Connection, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        // SQLCipher writes to the standard error otherwise; what matters comes back as an error anyway.
        connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
        if self.key.encrypts() {
            connection.execute_batch(&key_statement(&self.key))?;
        }
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }

    fn prepare(&self, connection: &Connection) -> Result<(), Fault> {
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "synchronous", self.spec.synchronous)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "cache_size", -PAGE_CACHE_KIB)?;
        connection.pragma_update_and_check(None, "wal_autocheckpoint", self.spec.log_pages, |_| Ok(()))?;
        connection.pragma_update_and_check(None, "journal_size_limit", 16 * 1024 * 1024, |_| Ok(()))?;
        Ok(())
    }

    /// With a key SQLCipher calls a plain database "not a database", as it does with a wrong key: look first.
    fn refuse_plain(&self) -> Result<()> {
        let mut header = [0; 16];
        let Ok(mut file) = std::fs::File::open(&self.path) else {
            return Ok(());
        };
        match file.read_exact(&mut header) {
            Ok(()) if &header == b"SQLite format 3\0" && self.key.encrypts() => {
                Err(StoreError::Damaged { file: self.spec.name })
            }
            _ => Ok(()),
        }
    }

    fn refuse_foreign(&self, connection: &Connection) -> Result<(), Fault> {
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let is_new = tables == 0 && version(connection)? == 0;
        if !is_new && id != self.spec.application_id {
            return Err(StoreError::Damaged { file: self.spec.name }.into());
        }
        Ok(())
    }
}

/// The raw key skips SQLCipher's slow derivation: it is random already.
fn key_statement(key: &Key) -> Zeroizing<String> {
    let mut statement = Zeroizing::new(String::with_capacity(96));
    statement.push_str("PRAGMA key = \"x'");
    for byte in key.bytes() {
        // Writing to a String cannot fail.
        let _ = write!(statement, "{byte:02x}");
    }
    statement.push_str("'\"");
    statement
}
