//! A property moved to another server: the server is a second desk, behind faults.

use crate::admin::{admin, sign_in};
use crate::program::{Served, desk, done, refused_with, run_with};
use reqwest::multipart::{Form, Part};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

const PASSWORD: &str = "Front-Desk-1";

/// As [`source`], with but so many conversations.
async fn source_of(conversations: u32) -> TempDir {
    let data = source().await;
    let connection = Connection::open(data.path().join("desk.db")).unwrap();
    connection.pragma_update(None, "foreign_keys", true).unwrap();
    let newest = format!(
        "SELECT id FROM conversation WHERE account_id = 1 ORDER BY last_activity_at DESC LIMIT {conversations}"
    );
    let sql = format!("DELETE FROM conversation WHERE account_id = 1 AND id NOT IN ({newest})");
    connection.execute(&sql, []).unwrap();
    data
}

/// A data folder with the demo properties and what they lack; the first is the one that moves.
async fn source() -> TempDir {
    let data = TempDir::new().unwrap();
    let mut served = Served::start(data.path(), &["--demo"]);
    let token = served.facts["logins"]
        .as_array()
        .unwrap()
        .iter()
        .find(|login| login["role"] == "administrator")
        .unwrap()["access_token"]
        .clone();
    let token = token.as_str().unwrap();
    let url = format!("{}/api/v1/accounts/1", served.url());
    let conversation = get(&format!("{url}/conversations?status=open"), token).await;
    let conversation = conversation["data"]["payload"][0].clone();
    let (id, contact) = (&conversation["id"], &conversation["meta"]["sender"]["id"]);
    let messages = format!("{url}/conversations/{id}/messages");
    let quoted = post(
        &messages,
        token,
        json!({ "content": "Use `{{contact.name}}` as it is {{ open" }),
    )
    .await;
    let answer = json!({ "content": "As above", "content_attributes": { "in_reply_to": quoted["id"] } });
    post(&messages, token, answer).await;
    post(
        &messages,
        token,
        json!({ "content": "For colleagues", "private": true }),
    )
    .await;
    let photo = Part::bytes(b"bytes of a photo".to_vec()).file_name("room.png");
    let photo = photo.mime_str("image/png").unwrap();
    let form = Form::new()
        .text("content", "The room")
        .part("attachments[]", photo);
    let sent = reqwest::Client::new()
        .post(&messages)
        .header("api_access_token", token);
    assert_eq!(sent.multipart(form).send().await.unwrap().status(), 200);
    for text in ["Likes the quiet side", "Likes the quiet side"] {
        post(
            &format!("{url}/contacts/{contact}/notes"),
            token,
            json!({ "content": text }),
        )
        .await;
    }
    post(
        &format!("{url}/contacts/{contact}/labels"),
        token,
        json!({ "labels": ["vip"] }),
    )
    .await;
    let blocked = json!({ "name": "Mallory", "email": "Mallory@Example.org", "identifier": "Loyal-77" });
    let blocked = post(&format!("{url}/contacts"), token, blocked).await;
    let blocked = &blocked["payload"]["contact"]["id"];
    let path = format!("{url}/contacts/{blocked}");
    let request = reqwest::Client::new().put(path).header("api_access_token", token);
    let answer = request.json(&json!({ "blocked": true })).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    served.ask_to_stop();
    assert!(served.wait().success());
    data
}

async fn get(url: &str, token: &str) -> Value {
    let request = reqwest::Client::new().get(url).header("api_access_token", token);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200, "{url}");
    answer.json().await.unwrap()
}

async fn post(url: &str, token: &str, body: Value) -> Value {
    let request = reqwest::Client::new().post(url).header("api_access_token", token);
    let answer = request.json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{url}");
    answer.json().await.unwrap_or_default()
}

/// The server a property moves to, with its administrator's token.
struct Hosted {
    data: TempDir,
    served: Served,
    token: String,
}

impl Hosted {
    async fn open() -> Self {
        let data = TempDir::new().unwrap();
        done(&admin(&data, &["add-property", "Hotel Aurora"]), "");
        let user = [
            "add-user",
            "ada@aurora.example",
            "--name",
            "Ada",
            "--role",
            "administrator",
            "--property",
            "1",
        ];
        done(&admin(&data, &user), PASSWORD);
        let inbox = [
            "add-inbox",
            "From the desk",
            "--property",
            "1",
            "--timezone",
            "UTC",
            "--without-assistant",
        ];
        done(&admin(&data, &inbox), "");
        let served = Served::start(data.path(), &["--test-controls"]);
        let (_, signed_in) = sign_in(served.url(), "ada@aurora.example", PASSWORD).await;
        let token = signed_in["data"]["access_token"].as_str().unwrap().to_owned();
        Self { data, served, token }
    }

    async fn faults(&self, rules: Value) {
        post(
            &format!("{}/test/faults", self.served.url()),
            "",
            json!({ "rules": rules }),
        )
        .await;
    }

    async fn no_faults(&self) {
        let path = format!("{}/test/faults", self.served.url());
        reqwest::Client::new().delete(path).send().await.unwrap();
    }

    fn arguments<'a>(&'a self, from: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
        let mut all = vec![
            "export",
            "--to-chatwoot",
            self.served.url(),
            "--data",
            from.to_str().unwrap(),
        ];
        all.extend([
            "--property",
            "1",
            "--inbox",
            "1",
            "--per-minute",
            "100000",
            "--settle",
            "2",
        ]);
        all.extend(more);
        all
    }
}

fn open(data: &Path) -> Connection {
    Connection::open_with_flags(data.join("desk.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// Rows as texts and numbers.
fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| {
        let value = |index| {
            Ok(match row.get_ref(index)? {
                rusqlite::types::ValueRef::Integer(number) => json!(number),
                rusqlite::types::ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
                _ => Value::Null,
            })
        };
        (0..columns).map(value).collect::<rusqlite::Result<Vec<Value>>>()
    };
    statement
        .query_map([], read)
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap()
}

/// As [`compare_sets`], and each thread in its order.
fn compare(from: &Path, to: &Path) {
    compare_sets(from, to);
    let (here, there) = (open(from), open(to));
    assert_eq!(threads(&here, "id"), threads(&there, "source_id"));
}

/// Both sides, thing by thing: nothing missing, nothing twice, nothing that is not from here.
fn compare_sets(from: &Path, to: &Path) {
    let (here, there) = (open(from), open(to));
    let same = |what: &str, ours: &str, theirs: &str| {
        let ours = rows(&here, ours);
        assert!(!ours.is_empty(), "{what}: there is something to compare");
        assert_eq!(ours, rows(&there, theirs), "{what}");
    };
    let labels =
        "SELECT title, description, color, show_on_sidebar FROM label WHERE account_id = 1 ORDER BY title";
    same("tags", labels, labels);
    let templates =
        "SELECT short_code, content FROM canned_response WHERE account_id = 1 ORDER BY short_code";
    same("templates", templates, templates);
    let contacts = "SELECT name, email, phone_number, blocked, custom_attributes,
           (SELECT group_concat(title) FROM contact_label WHERE contact_id = contact.id)
         FROM contact WHERE account_id = 1 ORDER BY name, email, phone_number";
    same("contacts", contacts, contacts);
    let notes = "SELECT contact.name, count(*) FROM note JOIN contact ON contact.id = contact_id
         WHERE account_id = 1 GROUP BY contact.name ORDER BY contact.name";
    same("notes", notes, notes);
    compare_conversations(&here, &there);
    compare_messages(&here, &there);
}

/// By the number in a key such as `desk-0a1b2c3d4e5f-m17`.
fn keyed(connection: &Connection, sql: &str) -> BTreeMap<i64, Vec<Value>> {
    let mut all = BTreeMap::new();
    for mut row in rows(connection, sql) {
        let key = row.remove(0);
        let number = key
            .as_i64()
            .or_else(|| key.as_str()?.rsplit(['v', 'm']).next()?.parse().ok());
        let number = number.unwrap_or_else(|| panic!("not from here: {key} {row:?}"));
        assert!(all.insert(number, row).is_none(), "twice: {number}");
    }
    all
}

fn compare_conversations(here: &Connection, there: &Connection) {
    let rest = "status, priority, (SELECT name FROM contact WHERE id = contact_id),
        (SELECT group_concat(title) FROM conversation_label WHERE conversation_id = conversation.id)
        FROM conversation WHERE account_id = 1";
    let ours = keyed(here, &format!("SELECT display_id, {rest}"));
    let key = "custom_attributes ->> 'desk_conversation'";
    assert_eq!(ours, keyed(there, &format!("SELECT {key}, {rest}")));
}

fn compare_messages(here: &Connection, there: &Connection) {
    // In the order of each thread, with what belongs to it.
    let rest = "message_type, private, (SELECT count(*) FROM attachment WHERE message_id = message.id),
        content FROM message WHERE account_id = 1";
    let ours = keyed(here, &format!("SELECT id, {rest}"));
    // Lines about what happened that the other side wrote itself have no key.
    let theirs = keyed(
        there,
        &format!("SELECT source_id, {rest} AND source_id IS NOT NULL"),
    );
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>(),
        "missing or foreign"
    );
    for (id, our) in &ours {
        let their = &theirs[id];
        assert_eq!(our[..3], their[..3], "message {id}");
        let text = our[3].as_str().unwrap_or_default();
        let carried = their[3].as_str().unwrap().replace('\u{2060}', "");
        assert!(carried.contains(text), "message {id}: {text} in {carried}");
        assert!(carried.contains(" UTC"), "message {id} says when: {carried}");
    }
    let own = "SELECT count(*) FROM message WHERE source_id IS NULL AND message_type <> 2";
    assert_eq!(
        rows(there, own)[0][0],
        0,
        "the other side wrote nothing of its own to guests"
    );
}

/// The numbers here of the messages of each conversation, in its order.
fn threads(connection: &Connection, key: &str) -> BTreeSet<Vec<i64>> {
    let sql = format!(
        "SELECT conversation_id, {key} FROM message WHERE account_id = 1 AND {key} IS NOT NULL
         ORDER BY conversation_id, created_at, id"
    );
    let mut threads: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in rows(connection, &sql) {
        let number = row[1]
            .as_i64()
            .or_else(|| row[1].as_str()?.rsplit('m').next()?.parse().ok());
        threads
            .entry(row[0].as_i64().unwrap())
            .or_default()
            .push(number.unwrap());
    }
    threads.into_values().collect()
}

#[tokio::test]
async fn a_property_arrives_whole_and_once() {
    let (from, hosted) = (source_of(60).await, Hosted::open().await);
    let arguments = hosted.arguments(from.path(), &[]);
    let said = done(&arguments, &format!("{}\n", hosted.token));
    assert!(said.starts_with("carried: "), "{said}");
    compare(from.path(), hosted.data.path());
    let before = rows(&open(hosted.data.path()), "SELECT count(*) FROM message");
    assert_eq!(done(&arguments, &hosted.token), said, "once more is nothing more");
    assert_eq!(
        rows(&open(hosted.data.path()), "SELECT count(*) FROM message"),
        before
    );
    // Whoever lost the progress file gets nothing twice either.
    std::fs::remove_file(from.path().join("export-1.db")).unwrap();
    assert_eq!(done(&arguments, &hosted.token), said);
    compare(from.path(), hosted.data.path());
}

#[tokio::test]
async fn authors_times_files_and_quotes_are_kept() {
    let (from, hosted) = (source_of(20).await, Hosted::open().await);
    done(&hosted.arguments(from.path(), &[]), &hosted.token);
    let there = open(hosted.data.path());
    let here = open(from.path());
    let attributes = "SELECT content_attributes ->> 'desk_author', content_attributes ->> 'external_created_at' FROM message WHERE content LIKE '%The room'";
    let kept = rows(&there, attributes);
    let written = rows(
        &here,
        "SELECT created_at / 1000 FROM message WHERE content = 'The room'",
    );
    assert_eq!(
        kept[0][1], written[0][0],
        "the time it was written, not that of the move"
    );
    let author = kept[0][0].as_str().unwrap();
    let content = rows(
        &there,
        "SELECT content FROM message WHERE content LIKE '%The room'",
    );
    assert!(content[0][0].as_str().unwrap().starts_with(author), "{content:?}");
    let quoted = "SELECT content_attributes ->> 'in_reply_to', (SELECT id FROM message WHERE content LIKE '%Use `%as it is%')
         FROM message WHERE content LIKE '%As above'";
    let quoted = rows(&there, quoted);
    assert_eq!(quoted[0][0], quoted[0][1], "the answer names the message there");
    let key = rows(
        &there,
        "SELECT key FROM attachment JOIN message ON message.id = message_id WHERE content LIKE '%The room'",
    );
    let key = key[0][0].as_str().unwrap();
    let bytes = std::fs::read(hosted.data.path().join("files").join(key)).unwrap();
    assert_eq!(bytes, b"bytes of a photo");
}

#[tokio::test]
async fn lost_answers_and_refusals_on_the_way_change_nothing() {
    let (from, hosted) = (source_of(20).await, Hosted::open().await);
    let rule = |path: &str, times: u64, action: Value| json!({ "method": "POST", "path_contains": path, "times": times, "action": action });
    hosted
        .faults(json!([
            rule("/labels", 1, json!({ "cut": "after" })),
            rule("/canned_responses", 1, json!({ "instead": 502 })),
            rule("/custom_attribute_definitions", 1, json!({ "halve": true })),
            rule("/contacts", 3, json!({ "delay_ms": 0 })),
            rule("/contacts", 2, json!({ "cut": "after" })),
            rule("/contacts", 1, json!({ "cut": "before" })),
            rule("/notes", 1, json!({ "cut": "after" })),
            rule("/messages", 3, json!({ "cut": "after" })),
            rule("/messages", 1, json!({ "status": 429, "body": "Retry later\n" })),
            rule("/messages", 1, json!({ "status": 500 })),
            rule("/messages", 2, json!({ "late_ms": 700 })),
            rule("/messages", 1, json!({ "late_ms": 700, "status": 504 })),
            rule("/messages", 2, json!({ "halve": true })),
            rule(
                "/messages",
                1,
                json!({ "status": 422, "body": { "error": "Validation failed: Too many messages" } })
            ),
            rule("/messages", 1, json!({ "instead": 200, "body": {} })),
            rule("/conversations", 4, json!({ "cut": "after" })),
            rule("/conversations", 1, json!({ "late_ms": 700 })),
        ]))
        .await;
    done(&hosted.arguments(from.path(), &[]), &hosted.token);
    compare(from.path(), hosted.data.path());
}

#[tokio::test]
async fn killed_between_commit_and_answer_it_goes_on_where_it_was() {
    let (from, hosted) = (source_of(20).await, Hosted::open().await);
    let arguments = hosted.arguments(from.path(), &[]);
    let mut arrived = 0;
    for more in [0, 1, 25, 3] {
        let pass = json!({ "method": "POST", "path_contains": "/messages", "times": more, "action": { "delay_ms": 0 } });
        let hold = json!({ "method": "POST", "path_contains": "/messages", "times": 1, "action": { "hold_answer_ms": 600_000 } });
        hosted.faults(json!([pass, hold])).await;
        let before = rows(
            &open(hosted.data.path()),
            "SELECT count(*) FROM message WHERE source_id IS NOT NULL",
        );
        assert_eq!(before[0][0], json!(arrived));
        let mut export = desk().args(&arguments).spawn().unwrap();
        writeln!(export.stdin.take().unwrap(), "{}", hosted.token).unwrap();
        arrived += more + 1;
        let connection = open(hosted.data.path());
        while rows(
            &connection,
            "SELECT count(*) FROM message WHERE source_id IS NOT NULL",
        )[0][0]
            != json!(arrived)
        {
            tokio::task::yield_now().await;
        }
        export.kill().unwrap();
        export.wait().unwrap();
        hosted.no_faults().await;
    }
    done(&arguments, &hosted.token);
    compare(from.path(), hosted.data.path());
}

#[tokio::test]
async fn what_was_still_under_way_when_it_was_killed_is_waited_for() {
    let (from, hosted) = (source_of(20).await, Hosted::open().await);
    let rule = |times: u64, delay_ms: u64| json!({ "method": "POST", "path_contains": "/messages", "times": times, "action": { "delay_ms": delay_ms } });
    hosted.faults(json!([rule(5, 0), rule(1, 3000)])).await;
    let mut arguments = hosted.arguments(from.path(), &[]);
    let settle = arguments.iter().position(|one| *one == "--settle").unwrap() + 1;
    arguments[settle] = "8";
    let mut export = desk().args(&arguments).spawn().unwrap();
    writeln!(export.stdin.take().unwrap(), "{}", hosted.token).unwrap();
    // The sixth has left when no rule waits any more; it is performed when its sender is long gone.
    let faults = format!("{}/test/faults", hosted.served.url());
    while get(&faults, "").await["in_force"] != 0 {
        tokio::task::yield_now().await;
    }
    export.kill().unwrap();
    export.wait().unwrap();
    done(&arguments, &hosted.token);
    compare(from.path(), hosted.data.path());
}

#[tokio::test]
async fn what_the_server_refuses_is_named_and_tried_again() {
    let (from, hosted) = (source_of(20).await, Hosted::open().await);
    let rule = json!({ "method": "POST", "path_contains": "/messages", "times": 1, "action": { "status": 422, "body": { "error": "no" } } });
    hosted.faults(json!([rule])).await;
    let arguments = hosted.arguments(from.path(), &[]);
    let words = refused_with(&arguments, &hosted.token);
    assert!(words.contains("the server refused 1: message "), "{words}");
    done(&arguments, &hosted.token);
    // What came later stands later.
    compare_sets(from.path(), hosted.data.path());
}

#[tokio::test]
async fn nothing_is_sent_where_it_does_not_fit() {
    let (from, hosted) = (source_of(20).await, Hosted::open().await);
    let words = refused_with(&hosted.arguments(from.path(), &[]), "wrong-token");
    assert!(words.contains("does not take the token"), "{words}");
    assert!(!words.contains("wrong-token"), "{words}");
    let mut elsewhere = hosted.arguments(from.path(), &[]);
    elsewhere[2] = "http://chat.example.org";
    assert!(refused_with(&elsewhere, &hosted.token).contains("https://"));
    let noisy = Connection::open(hosted.data.path().join("desk.db")).unwrap();
    noisy
        .execute("UPDATE inbox SET greeting_enabled = 1", [])
        .unwrap();
    let words = refused_with(&hosted.arguments(from.path(), &[]), &hosted.token);
    assert!(words.contains("switch its greeting off"), "{words}");
    assert_eq!(
        rows(&open(hosted.data.path()), "SELECT count(*) FROM contact")[0][0],
        0
    );
    let _running = Served::start(from.path(), &[]);
    let words = refused_with(&hosted.arguments(from.path(), &[]), &hosted.token);
    assert!(words.contains("a desk is running on"), "{words}");
    let output = run_with(&["export", "--help"], "");
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("DESKBELL_EXPORT_TOKEN")
    );
}
