//! The e-mail about a booking: by the real program, into a folder and to a mail server, once.

use crate::admin::{admin, stand_up};
use crate::mail_server::{Behaviour, MailServer};
use crate::program::{Served, done};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HEAD: &str = "reference,title,starts,ends,name,email,phone,language";

/// Bookings taken over by command.
fn import(data: &TempDir, rows: &[&str]) {
    let files = TempDir::new().unwrap();
    let path = files.path().join("bookings.csv");
    std::fs::write(&path, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    let path = path.to_str().unwrap();
    done(&admin(data, &["import-bookings", path, "--property", "1"]), "");
}

fn letters(data: &Path) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(data.join("mail/new")) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// What the database says of the letters, in order of their bookings.
fn states(data: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(data.join("desk.db")).unwrap();
    let mut statement = connection
        .prepare("SELECT state FROM letter ORDER BY booking_id")
        .unwrap();
    let states = statement.query_map([], |row| row.get(0)).unwrap();
    states.collect::<rusqlite::Result<_>>().unwrap()
}

async fn until(data: &Path, expected: &[&str]) {
    while states(data) != expected {
        tokio::task::yield_now().await;
    }
}

/// The text of a letter, whatever it was encoded in.
fn text_of(letter: &str) -> String {
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    if head.contains("base64") {
        let text: String = body.split_whitespace().collect();
        return String::from_utf8(base64(&text)).unwrap();
    }
    if !head.contains("quoted-printable") {
        return body.to_owned();
    }
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' {
            let digits = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|one| *one == letter).unwrap();
        bits = (bits << 6) | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    bytes
}

fn link_in(text: &str) -> String {
    let link = text.split_whitespace().find(|word| word.contains("/chat/"));
    link.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}

const IDA: &str = "A-1,Doppelzimmer,2099-12-01,2099-12-03,Ida Berg,ida@mail.example,,de";
const JOE: &str = "A-2,Single room,2099-12-05,2099-12-06,Joe Hill,joe@mail.example,,";
const PHONE_ONLY: &str = "A-3,Single room,2099-12-05,2099-12-06,Kim Ito,,+49 30 555010,";

#[tokio::test]
async fn each_booking_gets_one_letter_in_the_guests_language() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    import(&data, &[IDA, JOE, PHONE_ONLY]);
    let desk = Served::start(data.path(), &[]);
    until(data.path(), &["sent", "sent"]).await;
    let found = letters(data.path());
    let [ida, joe] = found.as_slice() else {
        panic!("{found:?}")
    };
    let ida = std::fs::read_to_string(ida).unwrap();
    for head in [
        "To: \"Ida Berg\" <ida@mail.example>",
        "Message-ID: <booking-1-",
        "Date: ",
        "From: ",
    ] {
        assert!(ida.contains(head), "{head} in {ida}");
    }
    let text = text_of(&ida);
    assert!(
        text.contains("Ihre Buchung A-1 ist bestätigt") && text.contains("01.12.2099 – 03.12.2099"),
        "{text}"
    );
    let page = reqwest::get(link_in(&text)).await.unwrap();
    assert_eq!(page.status(), 200, "the link opens the chat");
    let joe = text_of(&std::fs::read_to_string(joe).unwrap());
    assert!(joe.contains("your booking A-2 is confirmed"), "{joe}");
    assert_ne!(link_in(&text), link_in(&joe));
    drop(desk);
    import(&data, &[IDA, JOE, PHONE_ONLY]);
    import(
        &data,
        &["A-4,Suite,2099-12-01,2099-12-02,Lee Ray,lee@mail.example,,en"],
    );
    let _desk = Served::start(data.path(), &[]);
    until(data.path(), &["sent", "sent", "sent"]).await;
    assert_eq!(
        letters(data.path()).len(),
        3,
        "the first two are not written again"
    );
}

#[tokio::test]
async fn a_booking_that_was_cancelled_meanwhile_gets_none() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    import(&data, &[IDA]);
    let files = TempDir::new().unwrap();
    let path = files.path().join("bookings.csv");
    std::fs::write(&path, format!("{HEAD},status\n{IDA},cancelled\n{JOE},\n")).unwrap();
    let path = path.to_str().unwrap();
    done(&admin(&data, &["import-bookings", path, "--property", "1"]), "");
    let _desk = Served::start(data.path(), &[]);
    until(data.path(), &["failed", "sent"]).await;
    assert_eq!(letters(data.path()).len(), 1);
}

/// kill -9 at any moment: every letter is there once.
#[tokio::test]
async fn a_folder_has_each_letter_once_whenever_the_program_is_killed() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let rows: Vec<String> = (0..120)
        .map(|number| {
            format!("K-{number},Room,2099-12-01,2099-12-03,Guest {number},g{number}@mail.example,,")
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    import(&data, &rows);
    let mut kills = 0;
    loop {
        let before = letters(data.path()).len();
        if before >= rows.len() {
            break;
        }
        let mut desk = Served::start(data.path(), &[]);
        // Some more are written, then it is over in the middle of the next.
        while letters(data.path()).len() < (before + 9).min(rows.len()) {
            tokio::task::yield_now().await;
        }
        desk.kill();
        kills += 1;
    }
    let _desk = Served::start(data.path(), &[]);
    until(data.path(), &vec!["sent"; rows.len()]).await;
    assert!(kills >= 5, "{kills}");
    let mut to: Vec<String> = letters(data.path())
        .iter()
        .map(|path| {
            let letter = std::fs::read_to_string(path).unwrap();
            letter
                .lines()
                .find(|line| line.starts_with("To:"))
                .unwrap()
                .to_owned()
        })
        .collect();
    to.sort();
    to.dedup();
    assert_eq!((letters(data.path()).len(), to.len()), (rows.len(), rows.len()));
}

fn with_server(server: &MailServer) -> Vec<String> {
    let url = format!("smtp://{}", server.address);
    ["--smtp", &url, "--mail-from", "desk@adler.example"]
        .map(str::to_owned)
        .to_vec()
}

fn serve(data: &TempDir, server: &MailServer) -> Served {
    let more = with_server(server);
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    Served::start(data.path(), &[&more[..], &["--test-controls"]].concat())
}

#[tokio::test]
async fn a_mail_server_gets_each_letter_once() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    import(&data, &[IDA, JOE]);
    let server = MailServer::open(Behaviour::Takes).await;
    let desk = serve(&data, &server);
    until(data.path(), &["sent", "sent"]).await;
    let taken = server.letters();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].from, "desk@adler.example");
    assert_eq!(taken[0].to, "ida@mail.example");
    let text = text_of(&taken[0].text);
    assert_eq!(reqwest::get(link_in(&text)).await.unwrap().status(), 200);
    drop(desk);
    import(
        &data,
        &["A-4,Suite,2099-12-01,2099-12-02,Lee Ray,lee@mail.example,,en"],
    );
    let _again = serve(&data, &server);
    until(data.path(), &["sent", "sent", "sent"]).await;
    assert_eq!(server.letters().len(), 3, "the first two are not sent again");
    assert!(letters(data.path()).is_empty(), "none into the folder");
}

#[tokio::test]
async fn a_letter_the_server_had_not_acknowledged_is_not_sent_again() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    import(&data, &[IDA]);
    let server = MailServer::open(Behaviour::NeverAnswersTheLetter).await;
    let mut desk = serve(&data, &server);
    server.has(1).await;
    assert_eq!(states(data.path()), ["sending"]);
    desk.kill();
    server.behave(Behaviour::Takes);
    let _desk = serve(&data, &server);
    until(data.path(), &["unsure"]).await;
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_server_that_takes_nothing_now_is_asked_again_later() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    import(&data, &[IDA]);
    let server = MailServer::open(Behaviour::Later).await;
    let desk = serve(&data, &server);
    server.was_asked(1).await;
    until(data.path(), &["waiting"]).await;
    server.behave(Behaviour::Takes);
    let client = reqwest::Client::new();
    let clock = client.post(format!("{}/test/clock", desk.url()));
    let moved = clock
        .json(&serde_json::json!({ "advance_seconds": 3600 }))
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), 200);
    until(data.path(), &["sent"]).await;
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_letter_that_is_refused_is_not_tried_again() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    import(&data, &[IDA]);
    let server = MailServer::open(Behaviour::Never).await;
    let _desk = serve(&data, &server);
    until(data.path(), &["failed"]).await;
    assert!(server.letters().is_empty());
}
