//! Files of every earlier version are brought up to date with all they hold. `fixtures` has rows of each version as that
//! version wrote them; a new step needs the rows of the version before it.

use crate::file::{Connector, FileSpec};
use crate::{Key, SearchQuery, Store, WindowQuery, schema};
use deskbell_domain::{
    AccountKey, AssignedFilter, ConversationId, ConversationRef, Job, ListFilter, REGULAR_GOAL, StatusFilter,
    View,
};
use rusqlite::Connection;
use std::path::Path;

/// Rows of version 1, 2, …
const DURABLE: &[&str] = &[
    include_str!("../fixtures/durable/01.sql"),
    include_str!("../fixtures/durable/02.sql"),
];
const CACHE: &[&str] = &[
    include_str!("../fixtures/cache/01.sql"),
    include_str!("../fixtures/cache/02.sql"),
    include_str!("../fixtures/cache/03.sql"),
    include_str!("../fixtures/cache/04.sql"),
    include_str!("../fixtures/cache/05.sql"),
    include_str!("../fixtures/cache/06.sql"),
    include_str!("../fixtures/cache/07.sql"),
    include_str!("../fixtures/cache/08.sql"),
    include_str!("../fixtures/cache/09.sql"),
    include_str!("../fixtures/cache/10.sql"),
];

/// Makes a file as the program of that version left it.
fn write(dir: &Path, spec: FileSpec, key: &Key, version: usize, rows: &str) {
    let then = FileSpec {
        migrations: &spec.migrations[..version],
        ..spec
    };
    let file = Connector::new(dir, then, key).writer().unwrap();
    file.execute_batch(rows).unwrap();
}

/// How many rows each of our tables has.
fn counts(file: &Connection) -> Vec<(String, i64)> {
    let mut tables = file
        .prepare(
            "SELECT name FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .unwrap();
    let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let names: Vec<String> = names.map(Result::unwrap).collect();
    let count = |name: &String| {
        let sql = format!("SELECT count(*) FROM {name}");
        file.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    names.iter().map(|name| (name.clone(), count(name))).collect()
}

#[test]
fn no_row_of_an_earlier_version_is_lost() {
    for (spec, fixtures) in [(schema::DURABLE, DURABLE), (schema::CACHE, CACHE)] {
        assert!(
            fixtures.len() + 1 >= spec.migrations.len(),
            "rows of the version before are missing for {}",
            spec.name
        );
        for (version, rows) in (1..).zip(fixtures) {
            let (dir, key) = (tempfile::tempdir().unwrap(), Key::random().unwrap());
            write(dir.path(), spec, &key, version, rows);
            let before = Connector::new(dir.path(), spec, &key).reader().unwrap();
            let before = counts(&before);
            let after = counts(&Connector::new(dir.path(), spec, &key).writer().unwrap());
            assert!(before.iter().any(|(_, count)| *count > 0));
            for table in &before {
                let gone = !after.contains(table);
                assert!(
                    !gone,
                    "{} version {version}: {table:?} became {after:?}",
                    spec.name
                );
            }
        }
    }
}

#[test]
fn who_waits_is_sorted_by_when_an_answer_is_due() {
    for (version, rows) in (1..).zip(CACHE) {
        let (dir, key) = (tempfile::tempdir().unwrap(), Key::random().unwrap());
        write(dir.path(), schema::CACHE, &key, version, rows);
        let file = Connector::new(dir.path(), schema::CACHE, &key).writer().unwrap();
        for table in ["conversation", "conversation_label"] {
            let sql = format!("SELECT sort FROM {table} WHERE list = 0");
            let sort: i64 = file.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(sort, 90 + REGULAR_GOAL, "{table} of version {version}");
        }
    }
}

#[tokio::test]
async fn the_program_works_with_files_of_every_earlier_version() {
    for (version, cache) in (1..).zip(CACHE) {
        let (dir, key) = (tempfile::tempdir().unwrap(), Key::random().unwrap());
        let durable = version.min(DURABLE.len());
        write(dir.path(), schema::DURABLE, &key, durable, DURABLE[durable - 1]);
        write(dir.path(), schema::CACHE, &key, version, cache);
        let store = Store::open(dir.path(), &key).unwrap();
        let at = ConversationRef::new(AccountKey(1), ConversationId(9));
        let queued = store.outbox(at).await.unwrap();
        assert!(matches!(&queued[0].job, Job::Send { text, .. } if text == "Queued before"));
        assert_eq!(store.draft(at).await.unwrap().unwrap().text, "Written before");
        assert_eq!(store.open_alerts().await.unwrap().len(), 1);
        assert_eq!(store.messages(at, None, 10).await.unwrap().len(), 2);
        for text in ["sauna", "booking", "ada"] {
            let hits = store.search(&SearchQuery::new(text, 10)).await.unwrap();
            assert_eq!(hits.len(), 1, "version {version}: {text}");
        }
        let hits = store.search(&SearchQuery::new("opened", 10)).await.unwrap();
        assert!(hits.is_empty(), "activity lines are not searched");
        let left = WindowQuery {
            view: View::All,
            accounts: Vec::new(),
            filter: ListFilter {
                statuses: vec![StatusFilter::Active],
                assigned: vec![AssignedFilter::Nobody],
                ..ListFilter::default()
            },
            now: 0,
            offset: 0,
            limit: 9,
        };
        let tagged = WindowQuery {
            filter: ListFilter {
                labels: vec!["vip".into()],
                ..left.filter.clone()
            },
            ..left.clone()
        };
        for query in [left, tagged] {
            assert_eq!(store.window(&query).await.unwrap().total, 1, "version {version}");
        }
        let customers = store.customers(&[], 0, 9).await.unwrap();
        assert_eq!(customers.letters, [("A".to_owned(), 1)], "version {version}");
        assert_eq!(store.damage().await.unwrap(), Vec::<String>::new());
        assert!(store.sync_state(AccountKey(1)).await.unwrap().bootstrapped);
        store.close().await;
    }
}
