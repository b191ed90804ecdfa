//! How SQLite answers what is asked all day: by the index meant for it, without reading or sorting whole tables.

use crate::file::{Connector, FileSpec};
use crate::list::Filter;
use crate::{
    Key, WindowQuery, alert, attachment_file, catalog, conversation, customers, day, export, message,
    missing, notification, schema, search, statistics, take_over,
};
use deskbell_domain::{AccountKey, AssignedFilter, Channel, ListFilter, StatusFilter, Topic, View};
use rusqlite::Connection;

fn cache() -> (tempfile::TempDir, Connection) {
    open(schema::CACHE)
}

fn open(spec: FileSpec) -> (tempfile::TempDir, Connection) {
    let dir = tempfile::tempdir().unwrap();
    let connection = Connector::new(dir.path(), spec, &Key::random().unwrap())
        .writer()
        .unwrap();
    (dir, connection)
}

fn plan(connection: &Connection, sql: &str) -> String {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows = statement
        .query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3))
        .unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

fn assert_uses(connection: &Connection, sql: &str, index: &str) {
    let plan = plan(connection, sql);
    let names_it = plan.split_whitespace().any(|word| word == index);
    assert!(names_it, "{index} is not used:\n{sql}\n{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "it sorts:\n{sql}\n{plan}");
    for line in plan
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("SCAN"))
    {
        let harmless = line.contains("json_each")
            || line.contains("(subquery")
            || line.contains("INDEX")
            || line.contains("CONSTANT")
            // The inboxes: a handful, and read once.
            || line == "SCAN i";
        assert!(harmless, "it reads a whole table:\n{sql}\n{plan}");
    }
}

fn query(view: View, accounts: &[i64]) -> WindowQuery {
    WindowQuery {
        view,
        accounts: accounts.iter().copied().map(AccountKey).collect(),
        filter: ListFilter::default(),
        now: 0,
        offset: 0,
        limit: 50,
    }
}

/// Every combination of filters.
fn filters() -> Vec<ListFilter> {
    let mut filters = Vec::new();
    for (bits, labels) in (0..32).flat_map(|bits| [(bits, 0), (bits, 1), (bits, 2)]) {
        let chosen = |bit: i32| bits & (1 << bit) != 0;
        let mut one = ListFilter {
            labels: ["vip".to_owned(), "spa".to_owned()]
                .into_iter()
                .take(labels)
                .collect(),
            ..ListFilter::default()
        };
        if chosen(0) {
            one.channels = vec![Channel::Web];
        }
        if chosen(1) {
            one.statuses = StatusFilter::EVERY.to_vec();
        }
        if chosen(2) {
            one.topics = vec![Topic::Faq];
        }
        if chosen(3) {
            one.assigned = vec![AssignedFilter::Me];
        }
        if chosen(4) {
            (one.active_from, one.active_until) = (Some(1), Some(2));
        }
        filters.push(one);
    }
    filters
}

#[test]
fn windows_counts_and_places_read_one_index_in_its_order() {
    let (_dir, connection) = cache();
    for (accounts, suffix) in [(vec![1], "_of_account"), (vec![1, 2], ""), (vec![], "")] {
        for view in View::EVERY {
            for filter in filters() {
                let query = WindowQuery {
                    filter,
                    ..query(view, &accounts)
                };
                let (base, member_index) = match (query.filter.labels.len(), view) {
                    (1, _) => ("conversation_label_order", "SEARCH c USING PRIMARY KEY"),
                    (_, View::Ai) => (
                        "conversation_ai_order",
                        "SEARCH c USING INDEX sqlite_autoindex_conversation_1",
                    ),
                    _ => (
                        "conversation_order",
                        "SEARCH c USING INDEX sqlite_autoindex_conversation_1",
                    ),
                };
                let index = format!("{base}{suffix}");
                let filter = Filter::of(&query).unwrap();
                assert_uses(&connection, &filter.page_sql(), &index);
                assert_uses(&connection, &filter.group_sql(), &index);
                assert_uses(&connection, &filter.before_sql(), &index);
                let member = plan(&connection, &filter.member_sql());
                assert!(member.contains(member_index), "{member}");
            }
        }
        let keys: Vec<AccountKey> = accounts.iter().copied().map(AccountKey).collect();
        assert_uses(
            &connection,
            &Filter::counted(&keys).group_sql(),
            &format!("conversation_order{suffix}"),
        );
    }
}

#[test]
fn the_address_book_is_read_in_its_order() {
    let (_dir, connection) = cache();
    for (accounts, index) in [
        (0, "contact_name"),
        (1, "contact_name_of_account"),
        (2, "contact_name"),
    ] {
        assert_uses(&connection, &customers::page_sql(accounts), index);
        let letters = plan(&connection, &customers::letters_sql(accounts));
        assert!(letters.split_whitespace().any(|word| word == index), "{letters}");
    }
}

#[test]
fn unfiltered_counts_never_touch_the_rows() {
    let (_dir, connection) = cache();
    for accounts in [vec![], vec![AccountKey(1)], vec![AccountKey(1), AccountKey(2)]] {
        let plan = plan(&connection, &Filter::counted(&accounts).group_sql());
        assert!(plan.contains("COVERING INDEX"), "{plan}");
    }
}

#[test]
fn a_row_and_a_thread_read_only_their_own() {
    let (_dir, connection) = cache();
    for (sql, index) in [
        (message::SAID_SQL, "message_said"),
        (message::INCOMING_SQL, "message_incoming"),
        (message::HUMAN_SQL, "message_human"),
        (message::NEWEST_PAGE_SQL, "message_order"),
        (message::PAGE_BEFORE_SQL, "message_order"),
        (message::PAGE_FROM_SQL, "message_order"),
        (message::PAGE_AFTER_SQL, "message_number"),
        (message::NEWEST_ID_SQL, "message_number"),
        (message::NEWEST_BEFORE_SQL, "message_number"),
        (message::CLIENT_REF_SQL, "message_client_ref"),
        (conversation::OF_CONTACT_SQL, "conversation_of_contact"),
        (catalog::LOAD_SQL, "conversation_load"),
        (notification::NEWEST_SQL, "notification_order"),
        (notification::UNREAD_SQL, "notification_unread"),
        (notification::BEYOND_SQL, "notification_order"),
        (missing::ACTIVE_SQL, "conversation_told"),
        (attachment_file::OLDEST_SQL, "attachment_file_age"),
        (attachment_file::TOTAL_SQL, "attachment_file_age"),
        (attachment_file::MISSING_SQL, "conversation_told"),
        (missing::THIN_SQL, "conversation_unfinished"),
        (missing::SHALLOW_SQL, "conversation_activity"),
        (missing::REACHES_SQL, "message_order"),
        (missing::OLDEST_ID_SQL, "message_number"),
    ] {
        assert_uses(&connection, sql, index);
    }
    let take_overs = plan(&connection, take_over::TAKE_OVERS_SQL);
    assert_eq!(
        take_overs,
        "SEARCH take_over USING PRIMARY KEY (account=? AND conversation=?)"
    );
    let header = plan(&connection, conversation::HEADER_SQL);
    assert!(!header.contains("SCAN"), "{header}");
}

#[test]
fn search_starts_with_the_match() {
    let (_dir, connection) = cache();
    search::first_hits(&connection).unwrap();
    let messages = plan(&connection, search::MESSAGES_SQL);
    assert!(
        messages.starts_with("SCAN message_search VIRTUAL TABLE"),
        "{messages}"
    );
    assert!(
        messages.contains("SEARCH m USING INTEGER PRIMARY KEY"),
        "{messages}"
    );
    assert!(
        !messages.contains("TEMP B-TREE"),
        "the newest come first without sorting: {messages}"
    );
    let narrowed = plan(&connection, &search::narrowed_sql(" AND c.traits & 1 <> 0"));
    for table in ["m", "c"] {
        assert!(narrowed.contains(&format!("SEARCH {table} USING")), "{narrowed}");
    }
    assert!(!narrowed.contains("TEMP B-TREE"), "{narrowed}");
    for sql in [search::contacts_sql, search::numbers_sql, search::subjects_sql] {
        let plan = plan(&connection, &sql(""));
        let mut scans = plan.lines().filter(|line| line.starts_with("SCAN"));
        assert!(scans.next().unwrap().contains("_search VIRTUAL TABLE"), "{plan}");
        assert_eq!(scans.next(), Some("SCAN s"), "only what matched: {plan}");
        for line in scans {
            assert!(line.contains("json_each"), "{plan}");
        }
    }
}

#[test]
fn numbers_read_the_period_and_its_talk_alone() {
    let (_dir, connection) = cache();
    assert_uses(&connection, statistics::ACTIVE_SQL, "conversation_activity");
    assert_uses(&connection, statistics::TALK_SQL, "message_said");
    assert_uses(&connection, statistics::ANSWERED_SQL, "message_human");
    assert_uses(&connection, statistics::STARTED_SQL, "conversation_activity");
}

#[test]
fn a_file_reads_what_went_on_in_its_period() {
    let (_dir, connection) = cache();
    for filter in filters() {
        let (sql, _) = export::which_sql(&filter, 0).unwrap();
        assert_uses(&connection, &sql, "conversation_activity");
    }
    assert_uses(&connection, export::SAID_SQL, "message_said");
    let whole = plan(&connection, conversation::WHOLE_SQL);
    assert!(!whole.contains("SCAN"), "{whole}");
}

#[test]
fn who_is_late_stands_first_in_the_list() {
    let (_dir, connection) = cache();
    for (accounts, index) in [
        (vec![], "conversation_order"),
        (vec![AccountKey(1)], "conversation_order_of_account"),
        (vec![AccountKey(1), AccountKey(2)], "conversation_order"),
    ] {
        let late = Filter::late(&accounts, 0);
        assert_uses(&connection, &late.page_sql(), index);
        assert_uses(&connection, &late.group_sql(), index);
    }
}

#[test]
fn the_day_reads_the_night_and_the_active_ones_alone() {
    let (_dir, connection) = cache();
    for (sql, index) in [
        (day::NIGHT_SQL, "conversation_activity"),
        (day::NIGHT_SQL, "message_said"),
        (day::SAID_SINCE_SQL, "message_said"),
        (day::OF_GUEST_SQL, "message_incoming"),
    ] {
        assert_uses(&connection, sql, index);
    }
    for (accounts, suffix) in [(vec![1], "_of_account"), (vec![1, 2], ""), (vec![], "")] {
        let accounts: Vec<AccountKey> = accounts.into_iter().map(AccountKey).collect();
        let index = format!("conversation_order{suffix}");
        assert_uses(&connection, &day::held(&accounts).page_sql(), &index);
        assert_uses(&connection, &day::with_promise(&accounts).page_sql(), &index);
        for sql in [
            day::held(&accounts).page_sql(),
            day::with_promise(&accounts).page_sql(),
        ] {
            let plan = plan(&connection, &sql);
            assert!(
                plan.contains("list>? AND list<?"),
                "closed ones are not read: {plan}"
            );
        }
    }
}

#[test]
fn messages_of_guests_are_followed_from_the_match() {
    let (_dir, connection) = cache();
    let plan = plan(&connection, &search::of_guests_sql(""));
    for table in ["m", "c", "k"] {
        assert!(plan.contains(&format!("SEARCH {table} USING")), "{plan}");
    }
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    assert!(
        plan.contains("SEARCH c USING COVERING INDEX conversation_of_contact"),
        "no conversation is read to know whose it is: {plan}"
    );
    for sql in [search::GUESTS_SQL, search::SNIPPET_SQL] {
        let plan = self::plan(&connection, sql);
        assert!(
            plan.contains("VIRTUAL TABLE INDEX") && plan.lines().count() == 1,
            "{plan}"
        );
    }
}

#[test]
fn filling_looks_up_what_is_kept_by_its_number() {
    let (_dir, connection) = cache();
    assert_uses(&connection, message::KEPT_SQL, "sqlite_autoindex_message_1");
    assert_uses(
        &connection,
        conversation::KEPT_SQL,
        "sqlite_autoindex_conversation_1",
    );
    let taken = plan(&connection, message::TAKEN_SQL);
    assert!(
        taken.contains("SEARCH message USING INTEGER PRIMARY KEY"),
        "{taken}"
    );
}

/// Heads of the outbox, drafts and unsent items are answered from memory: no statement to look at.
#[test]
fn alerts_read_one_small_table() {
    let (_dir, connection) = open(schema::DURABLE);
    let plan = plan(&connection, alert::OPEN_SQL);
    assert_eq!(
        plan, "SCAN alert\nUSE TEMP B-TREE FOR ORDER BY",
        "all rows are asked for"
    );
}
