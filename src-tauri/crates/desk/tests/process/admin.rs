//! A site stood up from nothing by commands alone.

use crate::program::{Served, done, refused_with, run_with};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const PASSWORD: &str = "Front-Desk-1";

/// `admin …` on a data folder.
pub fn admin<'a>(data: &'a TempDir, arguments: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["admin"];
    all.extend(arguments);
    all.extend(["--data", data.path().to_str().unwrap()]);
    all
}

fn add_property(data: &TempDir) {
    let said = done(&admin(data, &["add-property", "Hotel Adler"]), "");
    assert_eq!(said, "property 1 added\n");
}

fn add_user(data: &TempDir, email: &str, role: &str) -> String {
    let arguments = [
        "add-user",
        email,
        "--name",
        "Ana Ruiz",
        "--role",
        role,
        "--property",
        "1",
    ];
    done(&admin(data, &arguments), &format!("{PASSWORD}\n"))
}

fn add_inbox(data: &TempDir) {
    let arguments = [
        "add-inbox",
        "Web chat",
        "--property",
        "1",
        "--timezone",
        "Europe/Berlin",
        "--hours",
        "mon-sun 07:00-23:00",
    ];
    done(&admin(data, &arguments), "");
}

/// A property with an administrator, an agent and a web chat.
pub fn stand_up(data: &TempDir) {
    add_property(data);
    add_user(data, "ada@adler.example", "administrator");
    add_inbox(data);
    add_user(data, "ana@adler.example", "agent");
}

/// A file beside the data.
pub fn file(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

pub fn import(data: &TempDir, command: &str, path: &str) -> Result<String, String> {
    let output = run_with(&admin(data, &[command, path, "--property", "1"]), "");
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout).unwrap());
    }
    assert_eq!(output.status.code(), Some(2));
    Err(String::from_utf8(output.stderr).unwrap())
}

pub fn guest_links(data: &TempDir) -> Vec<String> {
    let url = "https://chat.adler.example/";
    let said = done(
        &admin(data, &["guest-links", "--property", "1", "--url", url]),
        "",
    );
    said.lines().skip(1).map(str::to_owned).collect()
}

fn bookings(rows: &[&str]) -> String {
    let head = "reference,title,starts,ends,name,email,phone";
    format!("{head}\n{}\n", rows.join("\n"))
}

pub async fn sign_in(url: &str, email: &str, password: &str) -> (u16, Value) {
    let request = reqwest::Client::new().post(format!("{url}/auth/sign_in"));
    let answer = request.json(&json!({ "email": email, "password": password }));
    let answer = answer.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn get(url: &str, path: &str, token: &str) -> Value {
    let request = reqwest::Client::new().get(format!("{url}{path}"));
    let answer = request.header("api_access_token", token).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

#[tokio::test]
async fn from_nothing_to_people_who_sign_in() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let desk = Served::start(data.path(), &[]);
    assert_eq!(
        desk.facts["accounts"],
        json!([{ "id": 1, "name": "Hotel Adler" }])
    );
    assert_eq!(desk.facts["logins"], json!([]), "no password is known to anybody");
    let (status, _) = sign_in(desk.url(), "ana@adler.example", "Another-1").await;
    assert_eq!(status, 401);
    for (email, role) in [
        ("ada@adler.example", "administrator"),
        ("ana@adler.example", "agent"),
    ] {
        let (status, json) = sign_in(desk.url(), email, PASSWORD).await;
        assert_eq!(status, 200);
        assert_eq!(json["data"]["accounts"][0]["role"], role);
        let token = json["data"]["access_token"].as_str().unwrap();
        let inboxes = get(desk.url(), "/api/v1/accounts/1/inboxes", token).await;
        let inbox = &inboxes["payload"][0];
        assert_eq!(inbox["name"], "Web chat", "{role}");
        assert_eq!(inbox["timezone"], "Europe/Berlin");
        assert_eq!(inbox["working_hours_enabled"], true);
        assert_eq!(inbox["working_hours"][3]["open_hour"], 7);
    }
}

#[tokio::test]
async fn a_guest_with_a_booking_is_answered_from_what_was_imported() {
    let data = TempDir::new().unwrap();
    let files = TempDir::new().unwrap();
    stand_up(&data);
    let knowledge = "# Parking\nKeywords: car, garage\n\nOur garage has 24 places, 18 euros per night.\n";
    let said = import(&data, "import-knowledge", &file(&files, "house.md", knowledge));
    assert_eq!(said.unwrap(), "1 article taken, 0 of them replaced\n");
    let rows = bookings(&[
        "A-1,Double room,2099-12-01,2099-12-03,Ida Berg,ida@mail.example,",
        "A-2,Single room,2001-12-01,2001-12-03,Ida Berg,ida@mail.example,",
    ]);
    let said = import(&data, "import-bookings", &file(&files, "rooms.csv", &rows));
    assert_eq!(
        said.unwrap(),
        "2 bookings taken: 2 new, 0 changed; 1 new guest, 1 new chat link\n"
    );
    let links = guest_links(&data);
    assert_eq!(links.len(), 1, "a stay that is over needs no chat");
    let begin = "A-1,Ida Berg,ida@mail.example,,https://chat.adler.example/chat/";
    let token = links[0].strip_prefix(begin).unwrap();
    let desk = Served::start(data.path(), &[]);
    let page = reqwest::get(format!("{}/chat/{token}", desk.url()))
        .await
        .unwrap();
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    assert!(page.contains("Hotel Adler"), "{page}");
    let answer = ask(&desk, &page, "Where can I park my car?").await;
    assert!(answer.contains("18 euros"), "{answer}");
}

/// Writes as the guest of a chat page and waits for the assistant's answer.
pub async fn ask(desk: &Served, page: &str, question: &str) -> String {
    let named = |name: &str| {
        let (_, rest) = page.split_once(&format!("data-{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let base = format!(
        "{}/public/api/v1/inboxes/{}/contacts/{}/conversations",
        desk.url(),
        named("inbox"),
        named("source")
    );
    let client = reqwest::Client::new();
    let made: Value = client.post(&base).send().await.unwrap().json().await.unwrap();
    let messages = format!("{base}/{}/messages", made["id"]);
    let sent = client
        .post(&messages)
        .json(&json!({ "content": question }))
        .send();
    assert_eq!(sent.await.unwrap().status(), 200);
    loop {
        let all: Value = client.get(&messages).send().await.unwrap().json().await.unwrap();
        let answers = all.as_array().unwrap().iter();
        let mut answers = answers.filter(|message| message["message_type"] == 1);
        if let Some(answer) = answers.next() {
            return answer["content"].as_str().unwrap().to_owned();
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn imported_again_it_is_the_same_once() {
    let data = TempDir::new().unwrap();
    let files = TempDir::new().unwrap();
    stand_up(&data);
    let row = "A-1,Double room,2099-12-01,2099-12-03,Ida Berg,ida@mail.example,";
    let path = file(&files, "rooms.csv", &bookings(&[row]));
    import(&data, "import-bookings", &path).unwrap();
    let links = guest_links(&data);
    let said = import(&data, "import-bookings", &path).unwrap();
    assert_eq!(
        said,
        "1 booking taken: 0 new, 1 changed; 0 new guests, 0 new chat links\n"
    );
    assert_eq!(guest_links(&data), links);
    let path = file(&files, "house.csv", "title,content\nPool,None.\n");
    import(&data, "import-knowledge", &path).unwrap();
    let said = import(&data, "import-knowledge", &path).unwrap();
    assert_eq!(said, "1 article taken, 1 of them replaced\n");
}

#[test]
fn a_wrong_line_is_named_and_nothing_of_the_file_is_taken() {
    let data = TempDir::new().unwrap();
    let files = TempDir::new().unwrap();
    stand_up(&data);
    let rows = bookings(&[
        "A-1,Double room,2099-12-01,2099-12-03,Ida Berg,ida@mail.example,",
        "A-2,Double room,soon,2099-12-03,Ole Lund,ole@mail.example,",
    ]);
    let path = file(&files, "rooms.csv", &rows);
    let words = import(&data, "import-bookings", &path).unwrap_err();
    assert!(words.contains("rooms.csv, line 3: starts"), "{words}");
    assert!(!words.contains("Ole"), "{words}");
    assert_eq!(guest_links(&data), Vec::<String>::new());
    let path = file(&files, "house.csv", "title,content\nPool,None.\nSauna,\"open\n");
    let words = import(&data, "import-knowledge", &path).unwrap_err();
    assert!(words.contains("house.csv, line 3: a quote"), "{words}");
    std::fs::write(files.path().join("old.csv"), b"title,content\nCaf\xe9,x\n").unwrap();
    let path = files.path().join("old.csv");
    let words = import(&data, "import-knowledge", path.to_str().unwrap()).unwrap_err();
    assert!(words.contains("line 2: this is not UTF-8"), "{words}");
    let path = file(&files, "rooms.txt", "x");
    let words = import(&data, "import-bookings", &path).unwrap_err();
    assert!(words.contains(".csv or an .ics"), "{words}");
    let words = import(&data, "import-bookings", "nowhere.csv").unwrap_err();
    assert!(words.contains("cannot read nowhere.csv"), "{words}");
}

#[test]
fn a_calendar_is_taken_too() {
    let data = TempDir::new().unwrap();
    let files = TempDir::new().unwrap();
    stand_up(&data);
    let event = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:7\nSUMMARY:Suite\nDTSTART;VALUE=DATE:20991201\n\
                 DTEND;VALUE=DATE:20991203\nATTENDEE;CN=Ida:mailto:ida@mail.example\nEND:VEVENT\nEND:VCALENDAR\n";
    import(&data, "import-bookings", &file(&files, "rooms.ics", event)).unwrap();
    assert!(guest_links(&data)[0].starts_with("7,Ida,ida@mail.example,,https://"));
}

#[test]
fn what_cannot_be_is_one_line_and_status_2() {
    let data = TempDir::new().unwrap();
    let refuse = |arguments: &[&str], input: &str| refused_with(&admin(&data, arguments), input);
    let user = |email, property| {
        [
            "add-user",
            email,
            "--name",
            "Ana",
            "--role",
            "agent",
            "--property",
            property,
        ]
    };
    assert!(refuse(&user("a@b.example", "1"), "x").contains("there is no desk in"));
    assert!(!data.path().join("desk.db").exists());
    add_property(&data);
    assert!(refuse(&["add-property", "hotel ADLER"], "").contains("exists"));
    assert!(refuse(&["add-property", " "], "").contains("1 to 255"));
    assert!(refuse(&user("a@b.example", "9"), PASSWORD).contains("no property 9"));
    assert!(refuse(&user("nobody", "1"), PASSWORD).contains("e-mail"));
    assert!(refuse(&user("a@b.example", "1"), "short\n").contains("too short"));
    assert!(refuse(&user("a@b.example", "1"), "").contains("too short"));
    add_user(&data, "a@b.example", "agent");
    assert!(refuse(&user("A@B.example", "1"), PASSWORD).contains("works in property 1 already"));
    let inbox = |zone, hours| {
        [
            "add-inbox",
            "Chat",
            "--property",
            "1",
            "--timezone",
            zone,
            "--hours",
            hours,
        ]
    };
    assert!(refuse(&inbox("Mars/North", "mon 08:00-09:00"), "").contains("time zone"));
    assert!(refuse(&inbox("UTC", "always"), "").contains("mon-fri 07:00-22:00"));
    let links = ["import-bookings", "x.csv", "--property", "1"];
    std::fs::write(data.path().join("x.csv"), "").unwrap();
    let path = data.path().join("x.csv");
    let links = [links[0], path.to_str().unwrap(), links[2], links[3]];
    assert!(refuse(&links, "").contains("has no web chat"));
}

#[test]
fn while_a_desk_runs_nothing_is_changed_behind_its_back() {
    let data = TempDir::new().unwrap();
    add_property(&data);
    let _desk = Served::start(data.path(), &[]);
    let words = refused_with(&admin(&data, &["add-property", "Salon Mira"]), "");
    assert!(words.contains("a desk is running on"), "{words}");
}

#[test]
fn somebody_of_another_property_keeps_the_password() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    done(
        &admin(&data, &["add-property", "Salon Mira", "--kind", "salon"]),
        "",
    );
    let arguments = [
        "add-user",
        "ana@adler.example",
        "--name",
        "Ana",
        "--role",
        "agent",
        "--property",
        "2",
    ];
    let said = done(&admin(&data, &arguments), "");
    assert!(said.contains("with the password of before"), "{said}");
    assert!(Path::new(data.path()).join("desk.db").exists());
}

#[tokio::test]
async fn everybody_gets_the_role_they_were_added_with() {
    let data = TempDir::new().unwrap();
    add_property(&data);
    for role in ["owner", "manager", "reception"] {
        add_user(&data, &format!("{role}@adler.example"), role);
    }
    let staff = |email| {
        let arguments = [
            "add-user",
            email,
            "--name",
            "Mia Lind",
            "--role",
            "staff",
            "--property",
            "1",
        ];
        run_with(&admin(&data, &arguments), &format!("{PASSWORD}\n"))
    };
    assert!(staff("staff@adler.example").status.success());
    let twice = staff("staff.two@adler.example");
    assert_eq!(twice.status.code(), Some(2), "two of one name in the bookings");
    let desk = Served::start(data.path(), &[]);
    for (name, role, permission) in [
        ("owner", "administrator", "administrator"),
        ("manager", "agent", "report_manage"),
        ("reception", "agent", "agent"),
        ("staff", "agent", "conversation_participating_manage"),
    ] {
        let (status, json) = sign_in(desk.url(), &format!("{name}@adler.example"), PASSWORD).await;
        assert_eq!(status, 200);
        let account = &json["data"]["accounts"][0];
        assert_eq!(account["role"], role);
        let permissions = account["permissions"].as_array().unwrap();
        assert!(
            permissions.contains(&json!(permission)),
            "{name}: {permissions:?}"
        );
    }
}

#[tokio::test]
async fn a_password_that_is_set_ends_what_the_old_one_gained() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let desk = Served::start(data.path(), &[]);
    let (_, json) = sign_in(desk.url(), "ana@adler.example", PASSWORD).await;
    let old = json["data"]["access_token"].as_str().unwrap().to_owned();
    drop(desk);
    let new = "Another-Desk-2";
    let said = done(
        &admin(&data, &["set-password", "ana@adler.example"]),
        &format!("{new}\n"),
    );
    assert_eq!(said, "password set; they have to sign in again everywhere\n");
    refused_with(
        &admin(&data, &["set-password", "ben@adler.example"]),
        &format!("{new}\n"),
    );
    refused_with(&admin(&data, &["reset-mfa", "ana@adler.example"]), "");
    let desk = Served::start(data.path(), &[]);
    assert_eq!(sign_in(desk.url(), "ana@adler.example", PASSWORD).await.0, 401);
    assert_eq!(sign_in(desk.url(), "ana@adler.example", new).await.0, 200);
    let asked = reqwest::Client::new().get(format!("{}/api/v1/profile", desk.url()));
    let answer = asked.header("api_access_token", old).send().await.unwrap();
    assert_eq!(answer.status(), 401);
}

#[tokio::test]
async fn a_second_factor_that_was_lost_is_taken_away() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let desk = Served::start(data.path(), &[]);
    let (_, json) = sign_in(desk.url(), "ana@adler.example", PASSWORD).await;
    let token = json["data"]["access_token"].as_str().unwrap();
    let client = reqwest::Client::new();
    let ask = |path: &str, body: Value| {
        let request = client.post(format!("{}/api/v1/profile/{path}", desk.url()));
        request.header("api_access_token", token).json(&body).send()
    };
    let begun: Value = ask("mfa", json!({})).await.unwrap().json().await.unwrap();
    let code = code_of(begun["secret"].as_str().unwrap());
    let answer = ask("mfa/verify", json!({ "otp_code": code })).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(sign_in(desk.url(), "ana@adler.example", PASSWORD).await.0, 206);
    drop(desk);
    let said = done(&admin(&data, &["reset-mfa", "ana@adler.example"]), "");
    assert_eq!(said, "second factor taken away; the password alone signs in\n");
    let desk = Served::start(data.path(), &[]);
    assert_eq!(sign_in(desk.url(), "ana@adler.example", PASSWORD).await.0, 200);
}

/// The code an app would show now.
fn code_of(secret: &str) -> String {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in secret.bytes() {
        let value = if letter.is_ascii_digit() {
            letter - b'2' + 26
        } else {
            letter - b'A'
        };
        bits = (bits << 5) | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let step = deskbell_desk::service::totp::step_at(now.as_secs().cast_signed());
    deskbell_desk::service::totp::code(&bytes, step)
}
