//! Bytes no browser sends, straight onto the socket of the real program: it never falls over, others are served on, and
//! nothing that comes back holds anybody's secret.

use crate::program::{Served, desk};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use tempfile::TempDir;

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// A desk with the demo properties, what it complains about, and everybody's secrets.
struct Ground {
    served: Served,
    data: TempDir,
    secrets: Vec<String>,
    /// A web chat's name in the client API.
    chat: String,
}

impl Ground {
    fn open() -> Self {
        let data = TempDir::new().unwrap();
        let mut command = desk();
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--print-json",
            "--demo",
            "--data",
        ]);
        command.arg(data.path().join("desk"));
        let complaints = File::create(data.path().join("complaints")).unwrap();
        let served = Served::of(command.stderr(complaints));
        let connection = open(&data.path().join("desk"));
        let chat = texts(
            &connection,
            "SELECT identifier FROM inbox WHERE identifier IS NOT NULL AND account_id = 1",
        );
        let secrets = [
            "SELECT access_token FROM user",
            "SELECT pubsub_token FROM user",
            "SELECT password_hash FROM user",
            "SELECT access_token FROM agent_bot",
            "SELECT source_id FROM contact_inbox",
            "SELECT pubsub_token FROM contact_inbox",
            "SELECT token FROM guest_link",
        ];
        let secrets: Vec<String> = secrets.iter().flat_map(|sql| texts(&connection, sql)).collect();
        assert!(secrets.len() > 20 && secrets.iter().all(|secret| secret.len() > 8));
        Self {
            served,
            data,
            secrets,
            chat: chat[0].clone(),
        }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.served.address()).unwrap()
    }

    /// Says something, and nothing more; answers all that comes back until it is hung up.
    fn answer_to(&self, said: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // It may have hung up in the middle of something long.
        let _ = stream.write_all(said);
        let _ = stream.shutdown(Shutdown::Write);
        self.rest(stream)
    }

    /// As [`Ground::answer_to`], of something that ends the connection by itself.
    fn answer_to_whole(&self, said: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        let _ = stream.write_all(said);
        self.rest(stream)
    }

    fn rest(&self, mut stream: TcpStream) -> Vec<u8> {
        let mut answer = Vec::new();
        // A connection that is reset has nothing more to say either.
        let _ = stream.read_to_end(&mut answer);
        self.holds_no_secret(&answer);
        answer
    }

    fn holds_no_secret(&self, answer: &[u8]) {
        let text = String::from_utf8_lossy(answer);
        assert!(
            !self.secrets.iter().any(|secret| text.contains(secret)),
            "a secret in {text}"
        );
    }

    /// How many guests there are.
    fn guests(&self) -> usize {
        let connection = open(&self.data.path().join("desk"));
        texts(&connection, "SELECT name FROM contact").len()
    }

    /// Another guest comes, writes, and is kept.
    fn serves_others(&self) {
        let base = format!("/public/api/v1/inboxes/{}/contacts", self.chat);
        let guest = self.post(&base, &json!({ "name": "Emma" }));
        let source = guest["source_id"].as_str().unwrap();
        let talks = format!("{base}/{source}/conversations");
        let talk = self.post(&talks, &json!({}));
        let said = self.post(
            &format!("{talks}/{}/messages", talk["id"]),
            &json!({ "content": "Is it open?" }),
        );
        assert_eq!(said["content"], "Is it open?");
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-type: application/json\r\n"
        );
        let mut stream = self.connect();
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    /// Still there, and nothing broke inside.
    fn ends_whole(mut self) {
        self.serves_others();
        assert!(self.served.child.try_wait().unwrap().is_none(), "it runs");
        let complaints = std::fs::read_to_string(self.data.path().join("complaints")).unwrap();
        assert!(!complaints.contains("panicked"), "{complaints}");
        assert!(!complaints.contains("ERROR"), "{complaints}");
        assert!(
            !self.secrets.iter().any(|secret| complaints.contains(secret)),
            "{complaints}"
        );
    }
}

fn open(data: &Path) -> Connection {
    Connection::open_with_flags(data.join("desk.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

/// The number in `HTTP/1.1 400 …`; none when there was no answer.
fn status(answer: &[u8]) -> Option<u16> {
    let text = String::from_utf8_lossy(answer);
    text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

fn valid(chat: &str) -> String {
    let body = r#"{"name":"Noah"}"#;
    format!(
        "POST /public/api/v1/inboxes/{chat}/contacts HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn every_half_of_a_request_is_let_go() {
    let ground = Ground::open();
    let whole = valid(&ground.chat);
    for end in 0..whole.len() {
        let answer = ground.answer_to(&whole.as_bytes()[..end]);
        assert!(
            status(&answer).is_none_or(|status| (400..500).contains(&status)),
            "{end}: {answer:?}"
        );
    }
    assert_eq!(status(&ground.answer_to_whole(whole.as_bytes())), Some(200));
    ground.ends_whole();
}

#[test]
fn those_who_never_finish_hold_nobody_up() {
    let ground = Ground::open();
    let whole = valid(&ground.chat);
    let halves = [0, 1, 9, 60, whole.len() - 20, whole.len() - 1];
    let held: Vec<TcpStream> = (0..300)
        .map(|index| {
            let mut stream = ground.connect();
            stream
                .write_all(&whole.as_bytes()[..halves[index % halves.len()]])
                .unwrap();
            stream
        })
        .collect();
    ground.serves_others();
    // Byte by byte they go on, and still hold nobody up.
    for mut stream in &held {
        let _ = stream.write_all(b"x");
    }
    ground.serves_others();
    drop(held);
    ground.ends_whole();
}

#[test]
fn two_hundred_who_say_nothing_keep_nobody_out() {
    let ground = Ground::open();
    let silent: Vec<TcpStream> = (0..200).map(|_| ground.connect()).collect();
    ground.serves_others();
    // The last that came may still say what it wants.
    let mut last = &silent[silent.len() - 1];
    last.write_all(valid(&ground.chat).as_bytes()).unwrap();
    let mut answer = Vec::new();
    last.read_to_end(&mut answer).unwrap();
    assert_eq!(status(&answer), Some(200));
    ground.holds_no_secret(&answer);
    drop(silent);
    ground.ends_whole();
}

#[test]
fn a_body_shorter_than_its_length_is_waited_for_and_never_taken() {
    let ground = Ground::open();
    let whole = valid(&ground.chat);
    let before = ground.guests();
    let short = ground.answer_to(&whole.as_bytes()[..whole.len() - 1]);
    assert!(
        status(&short).is_none_or(|status| (400..500).contains(&status)),
        "{short:?}"
    );
    assert_eq!(ground.guests(), before, "nobody came of it");
    ground.ends_whole();
}

#[test]
fn heads_of_any_size_and_shape_are_refused() {
    let ground = Ground::open();
    let head = |lines: &str| {
        format!("GET /api HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n{lines}\r\n").into_bytes()
    };
    let long = "a".repeat(4 << 20);
    let shapes: Vec<(&str, Vec<u8>)> = vec![
        ("a line of 4 MB", head(&format!("x: {long}\r\n"))),
        ("a name of 4 MB", head(&format!("{long}: x\r\n"))),
        (
            "a path of 4 MB",
            format!("GET /{long} HTTP/1.1\r\nhost: desk\r\n\r\n").into_bytes(),
        ),
        (
            "a method of 4 MB",
            format!("{long} / HTTP/1.1\r\n\r\n").into_bytes(),
        ),
        ("50 000 lines", head(&"x: y\r\n".repeat(50_000))),
        ("no colon", head("nothing\r\n")),
        ("a folded line", head("x: y\r\n z\r\n")),
        ("a zero byte", head("x: a\0b\r\n")),
        ("a name with a blank", head("x : y\r\n")),
        ("a length below zero", head("content-length: -1\r\n")),
        (
            "a length beyond numbers",
            head("content-length: 99999999999999999999999\r\n"),
        ),
        ("two lengths", head("content-length: 1\r\ncontent-length: 2\r\n")),
        ("an unknown coding", head("transfer-encoding: gzip\r\n")),
        ("HTTP/0.9", b"GET /api\r\n".to_vec()),
        ("HTTP/3.0", b"GET /api HTTP/3.0\r\n\r\n".to_vec()),
        (
            "HTTP/2 without asking",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec(),
        ),
        (
            "a TLS hello",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(40),
        ),
        ("zero bytes", vec![0; 100_000]),
        ("all bytes", (0..=255_u8).cycle().take(100_000).collect()),
        ("empty lines", b"\r\n".repeat(50_000)),
    ];
    for (what, said) in shapes {
        let answer = ground.answer_to(&said);
        assert!(
            status(&answer).is_none_or(|status| (400..500).contains(&status)),
            "{what}: {:?}",
            status(&answer)
        );
    }
    ground.ends_whole();
}

#[test]
fn garbage_behind_a_request_does_not_reach_it() {
    let ground = Ground::open();
    let first = "GET /api HTTP/1.1\r\nhost: desk\r\n\r\n";
    for garbage in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"GARBAGE\r\n\r\n",
        b"GET /api HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        &[0xff; 5000],
    ] {
        let answer = ground.answer_to_whole(&[first.as_bytes(), garbage].concat());
        assert_eq!(status(&answer), Some(200), "the first was whole");
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (_, behind) = text.split_at(12);
        let second = behind
            .find("HTTP/1.1 ")
            .map(|at| behind[at + 9..at + 12].to_owned());
        assert!(second.is_none_or(|second| second.starts_with('4')), "{text}");
    }
    // Chunks that are none, and a request hidden behind two lengths.
    let chunked = "POST /auth/sign_in HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n";
    for rest in [
        "\r\nxyz\r\n{}\r\n0\r\n\r\n",
        "\r\nffffffffffffffffff\r\n{}",
        "\r\n-1\r\n{}\r\n",
        "\r\n2\r\n{}garbage\r\n0\r\n\r\n",
        "content-length: 3\r\n\r\n0\r\n\r\nGET /api/v1/profile HTTP/1.1\r\nhost: desk\r\n\r\n",
    ] {
        let answer = ground.answer_to(format!("{chunked}{rest}").as_bytes());
        assert!(
            status(&answer).is_none_or(|status| (400..500).contains(&status)),
            "{rest}: {answer:?}"
        );
    }
    // Many whole ones at once are all answered, in order.
    let many = first.repeat(199) + "GET /api HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n";
    let answer = ground.answer_to_whole(many.as_bytes());
    assert_eq!(
        String::from_utf8_lossy(&answer).matches("HTTP/1.1 200 ").count(),
        200
    );
    ground.ends_whole();
}

/// A socket after its handshake.
fn socket(ground: &Ground) -> BufReader<TcpStream> {
    let mut stream = ground.connect();
    write!(
        stream,
        "GET /cable HTTP/1.1\r\nhost: desk\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: {KEY}\r\nsec-websocket-protocol: actioncable-v1-json\r\n\r\n"
    )
    .unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 101 "), "{line}");
    while line.trim() != "" {
        line.clear();
        reader.read_line(&mut line).unwrap();
    }
    reader
}

/// A frame of a client; masked with nothing, which leaves the bytes readable.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ 0..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
        length @ 126..65_536 => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            frame.push(0x80 | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// The next frame of the server: its kind and what it holds.
fn read_frame(reader: &mut BufReader<TcpStream>) -> (u8, Vec<u8>) {
    let mut head = [0; 2];
    reader.read_exact(&mut head).unwrap();
    let length = match head[1] {
        126 => {
            let mut long = [0; 2];
            reader.read_exact(&mut long).unwrap();
            usize::from(u16::from_be_bytes(long))
        }
        127 => {
            let mut long = [0; 8];
            reader.read_exact(&mut long).unwrap();
            usize::try_from(u64::from_be_bytes(long)).unwrap()
        }
        short => usize::from(short),
    };
    let mut payload = vec![0; length];
    reader.read_exact(&mut payload).unwrap();
    (head[0], payload)
}

/// A well-behaved guest's socket: what it is told until a text arrives.
fn hears(reader: &mut BufReader<TcpStream>, text: &str) -> String {
    let mut heard = String::new();
    while !heard.contains(text) {
        let (kind, payload) = read_frame(reader);
        assert_ne!(kind & 0x0f, 8, "hung up: {heard}");
        heard.push_str(&String::from_utf8(payload).unwrap());
    }
    heard
}

#[test]
fn frames_that_break_the_protocol_end_their_socket_only() {
    let ground = Ground::open();
    let base = format!("/public/api/v1/inboxes/{}/contacts", ground.chat);
    let guest = ground.post(&base, &json!({ "name": "Lucy" }));
    let (source, own) = (
        guest["source_id"].as_str().unwrap(),
        guest["pubsub_token"].as_str().unwrap(),
    );
    let talk = ground.post(&format!("{base}/{source}/conversations"), &json!({}));
    let mut listener = socket(&ground);
    let identifier = json!({ "channel": "RoomChannel", "pubsub_token": own }).to_string();
    let subscribe = json!({ "command": "subscribe", "identifier": identifier }).to_string();
    listener
        .get_mut()
        .write_all(&frame(0x81, subscribe.as_bytes()))
        .unwrap();
    hears(&mut listener, "confirm_subscription");

    let huge = |length: u64| [&[0x81, 0xff][..], &length.to_be_bytes(), &[0; 4], b"{}"].concat();
    let shapes: Vec<(&str, Vec<u8>)> = vec![
        ("unmasked", vec![0x81, 2, b'{', b'}']),
        ("an unknown opcode", frame(0x83, b"x")),
        ("an unknown control opcode", frame(0x8b, b"x")),
        ("a reserved bit", frame(0xc1, b"{}")),
        ("all reserved bits", frame(0xf1, b"{}")),
        ("text that is no UTF-8", frame(0x81, &[0xff, 0xfe, 0xc0])),
        ("a length beyond memory", huge(u64::MAX)),
        ("a length of 1 GB", huge(1 << 30)),
        ("1 MB of text", frame(0x81, &vec![b'a'; 1 << 20])),
        (
            "endless parts",
            [frame(0x01, &[b'a'; 1000]), frame(0x00, &[b'a'; 1000]).repeat(200)].concat(),
        ),
        ("a part of nothing", frame(0x80, b"x")),
        (
            "a text inside a text",
            [frame(0x01, b"x"), frame(0x81, b"y")].concat(),
        ),
        ("a ping in parts", frame(0x09, b"x")),
        ("a ping of 200 bytes", frame(0x89, &[b'x'; 200])),
        ("a close of one byte", frame(0x88, b"x")),
        ("a close without a meaning", frame(0x88, &[0, 1])),
        ("a close that is no UTF-8", frame(0x88, &[3, 0xe8, 0xff, 0xfe])),
        ("half a frame", frame(0x81, &[b'x'; 500])[..100].to_vec()),
        ("HTTP", b"GET /api HTTP/1.1\r\n\r\n".to_vec()),
    ];
    for (what, said) in shapes {
        let mut reader = socket(&ground);
        let _ = reader.get_mut().write_all(&said);
        let _ = reader.get_mut().shutdown(Shutdown::Write);
        let mut rest = Vec::new();
        let _ = reader.read_to_end(&mut rest);
        ground.holds_no_secret(&rest);
        assert!(rest.len() < 4096, "{what}: {} bytes", rest.len());
    }
    ground.post(
        &format!("{base}/{source}/conversations/{}/messages", talk["id"]),
        &json!({ "content": "Still here" }),
    );
    let heard = hears(&mut listener, "Still here");
    ground.holds_no_secret(heard.as_bytes());
    ground.ends_whole();
}

#[test]
fn floods_of_pings_and_of_nonsense_are_borne() {
    let ground = Ground::open();
    let nonsense = [
        frame(0x89, b"ping"),
        frame(0x8a, b"pong"),
        frame(0x81, b"not json"),
        frame(
            0x81,
            br#"{"command":"subscribe","identifier":"{\"channel\":\"RoomChannel\",\"pubsub_token\":\"x\"}"}"#,
        ),
        frame(
            0x81,
            br#"{"command":"message","identifier":"x","data":"{\"action\":\"update_presence\"}"}"#,
        ),
        frame(0x82, &[0, 1, 2]),
    ];
    // Nobody reads what comes back to these.
    let deaf: Vec<BufReader<TcpStream>> = (0..4)
        .map(|_| {
            let mut reader = socket(&ground);
            let flood = frame(0x89, b"ping").repeat(2000);
            let _ = reader.get_mut().write_all(&flood);
            reader
        })
        .collect();
    let mut reader = socket(&ground);
    for kind in &nonsense {
        reader.get_mut().write_all(&kind.repeat(2000)).unwrap();
    }
    reader.get_mut().write_all(&frame(0x88, &[3, 0xe8])).unwrap();
    let mut rest = Vec::new();
    let _ = reader.read_to_end(&mut rest);
    ground.holds_no_secret(&rest);
    assert!(!rest.is_empty(), "it was welcomed at least");
    ground.serves_others();
    drop(deaf);
    ground.ends_whole();
}

#[test]
fn frames_tell_a_guest_nobody_elses_secrets() {
    let ground = Ground::open();
    let base = format!("/public/api/v1/inboxes/{}/contacts", ground.chat);
    let guest = ground.post(&base, &json!({ "name": "Grace" }));
    let (source, own) = (
        guest["source_id"].as_str().unwrap(),
        guest["pubsub_token"].as_str().unwrap(),
    );
    let talks = format!("{base}/{source}/conversations");
    let talk = ground.post(&talks, &json!({}));
    let mut listener = socket(&ground);
    let identifier = json!({ "channel": "RoomChannel", "pubsub_token": own }).to_string();
    let subscribe = json!({ "command": "subscribe", "identifier": identifier }).to_string();
    listener
        .get_mut()
        .write_all(&frame(0x81, subscribe.as_bytes()))
        .unwrap();
    hears(&mut listener, "confirm_subscription");
    let token = ground.served.facts["logins"][0]["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    ground.post(
        &format!("{talks}/{}/messages", talk["id"]),
        &json!({ "content": "I want to complain" }),
    );
    let mut heard = hears(&mut listener, "message.created");
    for (path, body) in [
        ("toggle_status", json!({ "status": "open" })),
        ("assignments", json!({ "assignee_id": 1 })),
        ("toggle_priority", json!({ "priority": "high" })),
        ("labels", json!({ "labels": ["vip"] })),
        ("toggle_typing_status", json!({ "typing_status": "on" })),
        ("messages", json!({ "content": "A note", "private": true })),
        ("messages", json!({ "content": "The last word" })),
    ] {
        let path = format!("/api/v1/accounts/1/conversations/{}/{path}", talk["id"]);
        ground.authorized_post(&path, &token, &body);
    }
    heard.push_str(&hears(&mut listener, "The last word"));
    ground.holds_no_secret(heard.as_bytes());
    assert!(!heard.contains("A note"), "notes are for colleagues");
    ground.ends_whole();
}

impl Ground {
    fn authorized_post(&self, path: &str, token: &str, body: &Value) {
        let body = body.to_string();
        let mut stream = self.connect();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\napi-access-token: {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
    }
}
