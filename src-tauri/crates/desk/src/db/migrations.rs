//! Migrations as data. Each module brings its own list; the runner applies what a file lacks, in one transaction.

use crate::error::DeskError;
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::HashSet;

/// One step of the schema. The name is never reused or changed once released.
pub struct Migration {
    /// Unique in the whole program, such as `core/1`.
    pub name: &'static str,
    pub sql: &'static str,
}

/// The tables of the server itself.
pub const CORE: &[Migration] = &[
    Migration {
        name: "core/1",
        sql: include_str!("schema.sql"),
    },
    Migration {
        name: "core/2",
        sql: include_str!("steps/02_macros.sql"),
    },
    Migration {
        name: "core/3",
        sql: include_str!("steps/03_notifications.sql"),
    },
    Migration {
        name: "core/4",
        sql: include_str!("steps/04_webhooks.sql"),
    },
    Migration {
        name: "core/5",
        sql: include_str!("steps/05_roles.sql"),
    },
    Migration {
        name: "core/6",
        sql: include_str!("steps/06_mfa.sql"),
    },
    Migration {
        name: "core/7",
        sql: include_str!("steps/07_shared_views.sql"),
    },
    Migration {
        name: "core/8",
        sql: include_str!("steps/08_memberships.sql"),
    },
];

/// Every list, in the order of application.
pub fn all() -> Vec<&'static Migration> {
    let lists: [&'static [Migration]; 6] = [
        CORE,
        crate::assistant::MIGRATIONS,
        crate::channels::MIGRATIONS,
        crate::guest::MIGRATIONS,
        crate::demo::MIGRATIONS,
        crate::mail::MIGRATIONS,
    ];
    lists.into_iter().flatten().collect()
}

/// Brings the file up to date; a file that holds an unknown step was written by a newer program and is refused.
pub fn run(connection: &mut Connection, migrations: &[&Migration], now_ms: i64) -> Result<(), DeskError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT",
    )?;
    let applied = applied(&transaction)?;
    if applied
        .iter()
        .any(|name| !migrations.iter().any(|migration| migration.name == name))
    {
        return Err(DeskError::NewerData);
    }
    for migration in migrations {
        if !applied.contains(migration.name) {
            transaction.execute_batch(migration.sql)?;
            transaction.execute(
                "INSERT INTO migration (name, applied_at) VALUES (?1, ?2)",
                params![migration.name, now_ms],
            )?;
        }
    }
    transaction.commit()?;
    Ok(())
}

fn applied(connection: &Connection) -> rusqlite::Result<HashSet<String>> {
    let mut statement = connection.prepare("SELECT name FROM migration")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_applied_once() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, &all(), 1).unwrap();
        run(&mut connection, &all(), 2).unwrap();
        let first: i64 = connection
            .query_row("SELECT max(applied_at) FROM migration", [], |row| row.get(0))
            .unwrap();
        assert_eq!(first, 1);
    }

    #[test]
    fn a_file_of_a_newer_program_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        let newer = Migration {
            name: "core/999",
            sql: "",
        };
        let mut steps = all();
        steps.push(&newer);
        run(&mut connection, &steps, 1).unwrap();
        assert!(matches!(
            run(&mut connection, &all(), 2),
            Err(DeskError::NewerData)
        ));
    }

    #[test]
    fn names_are_unique() {
        let names: HashSet<&str> = all().iter().map(|migration| migration.name).collect();
        assert_eq!(names.len(), all().len());
    }
}
