use super::Fault;
use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// One step of a schema. Steps are never edited once released, only added to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    /// For the log.
    pub name: &'static str,
    pub sql: &'static str,
}

/// Steps a file has behind it.
pub(super) fn version(connection: &Connection) -> Result<usize, Fault> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Fault::Shape)
}

/// Refuses a file with more steps than this program knows. Writes nothing.
pub(super) fn refuse_newer(
    connection: &Connection,
    migrations: &[Migration],
    file: &'static str,
) -> Result<(), Fault> {
    if version(connection)? > migrations.len() {
        return Err(StoreError::NewerFile { file }.into());
    }
    Ok(())
}

/// Applies what is missing, all of it or nothing.
pub(super) fn migrate(
    connection: &mut Connection,
    migrations: &[Migration],
    application_id: i32,
) -> Result<(), Fault> {
    let done = version(connection)?;
    let Some(missing) = migrations.get(done..).filter(|missing| !missing.is_empty()) else {
        return Ok(());
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in missing {
        tracing::debug!(migration = migration.name, "Migrating");
        transaction.execute_batch(migration.sql)?;
    }
    transaction.pragma_update(None, "application_id", application_id)?;
    let version = i64::try_from(migrations.len()).map_err(|_| Fault::Shape)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Migration = Migration {
        name: "first",
        sql: "CREATE TABLE a (x INTEGER) STRICT;",
    };
    const SECOND: Migration = Migration {
        name: "second",
        sql: "ALTER TABLE a ADD COLUMN y TEXT;",
    };
    const BROKEN: Migration = Migration {
        name: "broken",
        sql: "CREATE TABLE b (x INTEGER); CREATE TABLE a (x);",
    };

    #[test]
    fn only_what_is_missing_is_applied() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &[FIRST], 7).unwrap();
        connection.execute("INSERT INTO a (x) VALUES (1)", []).unwrap();
        migrate(&mut connection, &[FIRST, SECOND], 7).unwrap();
        let row: (i64, Option<String>) = connection
            .query_row("SELECT x, y FROM a", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(
            (row, version(&connection).unwrap()),
            ((1, None), 2),
            "rows of the version before stay"
        );
    }

    #[test]
    fn a_failing_step_leaves_the_version_before() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &[FIRST], 7).unwrap();
        migrate(&mut connection, &[FIRST, BROKEN], 7).unwrap_err();
        assert_eq!(version(&connection).unwrap(), 1);
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 1, "the half of the broken step is taken back");
    }

    #[test]
    fn a_newer_file_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &[FIRST, SECOND], 7).unwrap();
        let refused = refuse_newer(&connection, &[FIRST], "x.db");
        assert!(matches!(refused, Err(Fault::Store(StoreError::NewerFile { .. }))));
    }
}
