//! What was carried, written down so that it outlives this program and the computer: a thing that is listed here is on
//! the other side, and a thing that was being tried is known to have been.

use super::ExportError;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::time::Duration;

/// Kinds of things, as they are listed and named to people.
pub mod kind {
    pub const LABEL: &str = "tag";
    pub const CANNED_RESPONSE: &str = "template";
    pub const DEFINITION: &str = "attribute definition";
    pub const CONTACT: &str = "contact";
    pub const CONTACT_LABELS: &str = "tags of contact";
    pub const NOTE: &str = "contact note";
    pub const CONVERSATION: &str = "conversation";
    pub const MESSAGE: &str = "message";
    pub const STATE: &str = "state of conversation";
    pub const BLOCKED: &str = "block of contact";
}

/// Those that a summary counts.
const COUNTED: &[&str] = &[
    kind::LABEL,
    kind::CANNED_RESPONSE,
    kind::DEFINITION,
    kind::CONTACT,
    kind::NOTE,
    kind::CONVERSATION,
    kind::MESSAGE,
];

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS journey (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    origin TEXT NOT NULL, server TEXT NOT NULL, account INTEGER NOT NULL, inbox INTEGER NOT NULL
) STRICT;
-- `source` is the number here, `target` what it is there, `parent` the number here of what it belongs to (0: nothing).
CREATE TABLE IF NOT EXISTS carried (
    kind TEXT NOT NULL, source INTEGER NOT NULL, target TEXT NOT NULL, parent INTEGER NOT NULL,
    PRIMARY KEY (kind, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS carried_by_parent ON carried (kind, parent);
CREATE TABLE IF NOT EXISTS refused (
    kind TEXT NOT NULL, source INTEGER NOT NULL, status INTEGER NOT NULL, PRIMARY KEY (kind, source)
) STRICT, WITHOUT ROWID;
-- When something was last begun whose end is not known; epoch milliseconds.
CREATE TABLE IF NOT EXISTS attempt (only INTEGER PRIMARY KEY CHECK (only = 1), at INTEGER NOT NULL) STRICT;
";

/// From where to where.
#[derive(Debug, PartialEq, Eq)]
pub struct Journey {
    /// What the property's things are called there.
    pub origin: String,
    pub server: String,
    pub account: i64,
    pub inbox: i64,
}

/// Something the server will not take.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: String,
    /// Its number here.
    pub source: i64,
    /// What the server answered with.
    pub status: i64,
}

/// The file.
pub struct Progress {
    connection: Connection,
}

impl Progress {
    /// Opens or makes it. One of another journey is refused, and one in use as well.
    pub fn open(path: &Path, journey: &Journey) -> Result<Self, ExportError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(2))?;
        // Exclusive: two exports at once would each create what the other just did.
        connection
            .execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE;")?;
        connection.execute_batch(SCHEMA)?;
        connection.execute(
            "INSERT OR IGNORE INTO journey (only, origin, server, account, inbox) VALUES (1, ?1, ?2, ?3, ?4)",
            params![journey.origin, journey.server, journey.account, journey.inbox],
        )?;
        let known =
            connection.query_row("SELECT origin, server, account, inbox FROM journey", [], |row| {
                Ok(Journey {
                    origin: row.get(0)?,
                    server: row.get(1)?,
                    account: row.get(2)?,
                    inbox: row.get(3)?,
                })
            })?;
        connection.execute_batch("COMMIT")?;
        if known != *journey {
            let problem =
                "it is that of another property, server, account or inbox; name another with --progress";
            return Err(ExportError::Progress(problem.to_owned()));
        }
        Ok(Self { connection })
    }

    /// What a thing is there, if it was carried.
    pub fn target(&self, kind: &str, source: i64) -> Result<Option<String>, ExportError> {
        let sql = "SELECT target FROM carried WHERE kind = ?1 AND source = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params![kind, source], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// As [`Progress::target`], where it is a number there.
    pub fn target_id(&self, kind: &str, source: i64) -> Result<Option<i64>, ExportError> {
        let target = self.target(kind, source)?;
        Ok(target.and_then(|target| target.parse().ok()))
    }

    /// The highest number there of what belongs to a thing: all that is newer has to be looked at. 0 when nothing is.
    pub fn newest(&self, kind: &str, parent: i64) -> Result<i64, ExportError> {
        let sql =
            "SELECT coalesce(max(CAST(target AS INTEGER)), 0) FROM carried WHERE kind = ?1 AND parent = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![kind, parent], |row| row.get(0))?)
    }

    /// Something is about to be created; on disk when this returns.
    pub fn begin(&self, now_ms: i64) -> Result<(), ExportError> {
        let sql = "INSERT INTO attempt (only, at) VALUES (1, ?1) ON CONFLICT DO UPDATE SET at = ?1";
        self.connection.prepare_cached(sql)?.execute([now_ms])?;
        Ok(())
    }

    /// A thing is there.
    pub fn done(&mut self, kind: &str, source: i64, parent: i64, target: &str) -> Result<(), ExportError> {
        let transaction = self.connection.transaction()?;
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO carried (kind, source, target, parent) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![kind, source, target, parent])?;
        transaction
            .prepare_cached("DELETE FROM refused WHERE kind = ?1 AND source = ?2")?
            .execute(params![kind, source])?;
        transaction.execute("DELETE FROM attempt", [])?;
        transaction.commit()?;
        Ok(())
    }

    /// The server does not take a thing; it is tried again in the next run.
    pub fn refuse(&mut self, kind: &str, source: i64, status: u16) -> Result<(), ExportError> {
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "INSERT OR REPLACE INTO refused (kind, source, status) VALUES (?1, ?2, ?3)",
            params![kind, source, status],
        )?;
        transaction.execute("DELETE FROM attempt", [])?;
        transaction.commit()?;
        Ok(())
    }

    /// Until when the server may still be working on what a run before this one began; epoch milliseconds.
    pub fn settles_at(&self, settle: Duration) -> Result<Option<i64>, ExportError> {
        let at: Option<i64> = self
            .connection
            .query_row("SELECT at FROM attempt", [], |row| row.get(0))
            .optional()?;
        let settle = i64::try_from(settle.as_millis()).unwrap_or(i64::MAX);
        Ok(at.map(|at| at.saturating_add(settle)))
    }

    /// What was refused and never taken.
    pub fn refused(&self) -> Result<Vec<Refusal>, ExportError> {
        let sql = "SELECT kind, source, status FROM refused ORDER BY kind, source LIMIT 1000";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Refusal {
                kind: row.get(0)?,
                source: row.get(1)?,
                status: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// `carried: 3 tags, 12 contacts, …`, over all runs.
    pub fn summary(&self) -> Result<String, ExportError> {
        let mut counts = Vec::new();
        for kind in COUNTED {
            let sql = "SELECT count(*) FROM carried WHERE kind = ?1";
            let count: i64 = self.connection.query_row(sql, [kind], |row| row.get(0))?;
            let plural = if count == 1 { "" } else { "s" };
            counts.push(format!("{count} {kind}{plural}"));
        }
        Ok(format!("carried: {}", counts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journey(account: i64) -> Journey {
        Journey {
            origin: "desk-1".to_owned(),
            server: "https://example.org".to_owned(),
            account,
            inbox: 1,
        }
    }

    #[test]
    fn what_was_done_and_what_was_tried_outlive_the_program() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("export.db");
        let mut first = Progress::open(&path, &journey(1)).unwrap();
        first.begin(5000).unwrap();
        first.done(kind::MESSAGE, 7, 3, "70").unwrap();
        assert_eq!(first.settles_at(Duration::from_secs(2)).unwrap(), None);
        first.begin(9000).unwrap();
        drop(first);
        let second = Progress::open(&path, &journey(1)).unwrap();
        assert_eq!(second.settles_at(Duration::from_secs(2)).unwrap(), Some(11_000));
        assert_eq!(second.target_id(kind::MESSAGE, 7).unwrap(), Some(70));
        assert_eq!(second.newest(kind::MESSAGE, 3).unwrap(), 70);
        assert_eq!(second.newest(kind::MESSAGE, 4).unwrap(), 0);
        assert!(second.summary().unwrap().ends_with("0 conversations, 1 message"));
    }

    #[test]
    fn a_file_of_another_journey_or_in_use_is_refused() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("export.db");
        let held = Progress::open(&path, &journey(1)).unwrap();
        assert!(Progress::open(&path, &journey(1)).is_err(), "it is in use");
        drop(held);
        assert!(Progress::open(&path, &journey(2)).is_err(), "another account");
        assert!(Progress::open(&path, &journey(1)).is_ok());
    }

    #[test]
    fn what_was_refused_is_listed_until_it_is_taken() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut progress = Progress::open(&folder.path().join("export.db"), &journey(1)).unwrap();
        progress.refuse(kind::LABEL, 1, 422).unwrap();
        assert_eq!(progress.refused().unwrap()[0].status, 422);
        progress.done(kind::LABEL, 1, 0, "9").unwrap();
        assert_eq!(progress.refused().unwrap(), []);
    }
}
