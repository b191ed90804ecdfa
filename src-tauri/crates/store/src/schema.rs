//! Which files there are, and the steps of their schemas. `schema/*.sql` explains every column.

use crate::file::{FileSpec, Migration};

/// Only this computer knows it: never dropped, never rebuilt.
pub(crate) const DURABLE: FileSpec = FileSpec {
    name: crate::DURABLE_FILE,
    application_id: 0x4462_4475,
    synchronous: "FULL",
    log_pages: 1000,
    migrations: &[
        Migration {
            name: "first",
            sql: include_str!("../migrations/durable/01_first.sql"),
        },
        Migration {
            name: "outbox subjects and files",
            sql: include_str!("../migrations/durable/02_outbox_subjects_and_files.sql"),
        },
        Migration {
            name: "access",
            sql: include_str!("../migrations/durable/03_access.sql"),
        },
    ],
};

/// The server can tell it again. Stored entities are JSON of `deskbell-domain`: a change of their form that old rows do
/// not fit needs a step that empties the tables.
pub(crate) const CACHE: FileSpec = FileSpec {
    name: "cache.db",
    application_id: 0x4462_4361,
    synchronous: "NORMAL",
    log_pages: 4000,
    migrations: &[
        Migration {
            name: "first",
            sql: include_str!("../migrations/cache/01_first.sql"),
        },
        Migration {
            name: "search by hand",
            sql: include_str!("../migrations/cache/02_search_by_hand.sql"),
        },
        Migration {
            name: "activity",
            sql: include_str!("../migrations/cache/03_activity.sql"),
        },
        Migration {
            name: "attachment files",
            sql: include_str!("../migrations/cache/04_attachment_file.sql"),
        },
        Migration {
            name: "filters",
            sql: include_str!("../migrations/cache/05_filters.sql"),
        },
        Migration {
            name: "catalog and notifications",
            sql: include_str!("../migrations/cache/06_catalog_and_notifications.sql"),
        },
        Migration {
            name: "contact notes",
            sql: include_str!("../migrations/cache/07_contact_notes.sql"),
        },
        Migration {
            name: "traits",
            sql: include_str!("../migrations/cache/08_traits.sql"),
        },
        Migration {
            name: "names",
            sql: include_str!("../migrations/cache/09_names.sql"),
        },
        Migration {
            name: "take-overs",
            sql: include_str!("../migrations/cache/10_take_over.sql"),
        },
        Migration {
            name: "order by when an answer is due",
            sql: include_str!("../migrations/cache/11_answer_due.sql"),
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Connector;
    use crate::{Key, StoreError};
    use rusqlite::Connection;

    /// Statements without comments and with single spaces.
    fn statements(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
            .unwrap();
        let written = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        written
            .map(|sql| plain(&sql.unwrap()))
            .filter(|sql| !sql.contains("sqlite_stat"))
            .collect()
    }

    fn plain(sql: &str) -> String {
        let lines = sql
            .lines()
            .map(|line| line.split("--").next().unwrap_or_default());
        lines
            .flat_map(str::split_whitespace)
            .collect::<Vec<_>>()
            .join(" ")
            .replace(" ,", ",")
    }

    fn fresh(spec: FileSpec) -> (tempfile::TempDir, Connection) {
        let dir = tempfile::tempdir().unwrap();
        let connection = Connector::new(dir.path(), spec, &Key::random().unwrap())
            .writer()
            .unwrap();
        (dir, connection)
    }

    #[test]
    fn the_documented_schemas_are_those_of_fresh_files() {
        for (spec, documented) in [
            (DURABLE, include_str!("../schema/durable.sql")),
            (CACHE, include_str!("../schema/cache.sql")),
        ] {
            let page = Connection::open_in_memory().unwrap();
            page.execute_batch(documented).unwrap();
            let (_dir, file) = fresh(spec);
            assert_eq!(statements(&page), statements(&file), "schema of {}", spec.name);
        }
    }

    #[test]
    fn every_table_of_ours_is_strict() {
        for spec in [DURABLE, CACHE] {
            let (_dir, file) = fresh(spec);
            let loose: i64 = file
                .query_row(
                    "SELECT count(*) FROM pragma_table_list
                     WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(loose, 0, "{}", spec.name);
        }
    }

    #[test]
    fn connections_are_set_up_as_they_must_be() {
        let dir = tempfile::tempdir().unwrap();
        let connector = Connector::new(dir.path(), DURABLE, &Key::random().unwrap());
        let (writer, reader) = (connector.writer().unwrap(), connector.reader().unwrap());
        let asked = |connection: &Connection, name: &str| -> String {
            connection
                .query_row(
                    &format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"),
                    [],
                    |row| row.get(0),
                )
                .unwrap()
        };
        assert_eq!(asked(&writer, "journal_mode"), "wal");
        assert_eq!(asked(&writer, "synchronous"), "2", "FULL");
        assert_eq!(asked(&writer, "foreign_keys"), "1");
        assert_eq!(asked(&reader, "query_only"), "1");
        assert!(reader.execute("DELETE FROM setting", []).is_err());
    }

    #[test]
    fn a_file_of_a_newer_program_is_refused_without_a_write() {
        for spec in [DURABLE, CACHE] {
            let dir = tempfile::tempdir().unwrap();
            let connector = Connector::new(dir.path(), spec, &Key::random().unwrap());
            connector
                .writer()
                .unwrap()
                .pragma_update(None, "user_version", 99)
                .unwrap();
            let before = std::fs::read(dir.path().join(spec.name)).unwrap();
            assert!(matches!(connector.writer(), Err(StoreError::NewerFile { file }) if file == spec.name));
            assert_eq!(std::fs::read(dir.path().join(spec.name)).unwrap(), before);
        }
    }

    #[test]
    fn one_file_is_not_taken_for_the_other() {
        let dir = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        drop(Connector::new(dir.path(), CACHE, &key).writer().unwrap());
        std::fs::rename(dir.path().join(CACHE.name), dir.path().join(DURABLE.name)).unwrap();
        let swapped = Connector::new(dir.path(), DURABLE, &key).writer();
        assert!(matches!(swapped, Err(StoreError::Damaged { file: "durable.db" })));
    }

    /// Work that waited before the step still waits, in its order, and no number is given twice.
    #[test]
    fn unsent_work_of_the_first_release_goes_on() {
        let connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "foreign_keys", true).unwrap();
        connection.execute_batch(DURABLE.migrations[0].sql).unwrap();
        connection
            .execute_batch(
                r#"INSERT INTO login VALUES (1, 'https://desk.example', 0, 'm@desk.example', 7, 'Mara', 't', 'p');
                INSERT INTO account VALUES (1, 1, 1, 'Hotel', 'agent', 0);
                INSERT INTO outbox VALUES
                  (3, 1, 5, '{"job":"send","text":"Hi","private":false}', '{"state":"queued"}', 'a', 9, 0, 4, 1),
                  (8, 1, 5, '{"job":"close"}', '{"state":"queued"}', 'b', 9, 0, NULL, 0);
                DELETE FROM outbox WHERE id = 8;"#,
            )
            .unwrap();
        connection.execute_batch(DURABLE.migrations[1].sql).unwrap();
        let kept: (i64, i64, Option<i64>, i64, i64) = connection
            .query_row(
                "SELECT id, conversation, contact, after_message, queued_offline FROM outbox",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
            .unwrap();
        assert_eq!(kept, (3, 5, None, 4, 1));
        connection
            .execute_batch(
                "INSERT INTO outbox (account, contact, job, state, client_ref, created_at, attempts, queued_offline)
                 VALUES (1, 2, '', '', 'c', 9, 0, 0)",
            )
            .unwrap();
        assert_eq!(connection.last_insert_rowid(), 9);
    }
}
