//! What it costs that people see different conversations: the queries of an administrator, an agent and somebody with
//! customers of their own, over a desk of fifty thousand conversations. Prints milliseconds, the middle of eleven.
//!
//! `cargo run -p deskbell-desk --example sight -- 50000`

// What fails ends the measurement.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use deskbell_desk::db::json::Object;
use deskbell_desk::db::{inbox, people, rows};
use deskbell_desk::desk::DeskSetup;
use deskbell_desk::service::roles::{self, Kind};
use deskbell_desk::service::setup;
use deskbell_desk::{ApiError, Change, Desk, routes};
use std::time::Instant;
use tower_service::Service;

const TRIES: usize = 11;
/// Of the guests, one in so many has a booking with the person, and one in so many conversations is followed.
const SERVED: i64 = 50;
const PATHS: &[&str] = &[
    "conversations?status=open",
    "conversations?status=all",
    "conversations?status=all&page=40",
    "conversations?status=all&sort_by=waiting_since_asc",
    "conversations?status=resolved&assignee_type=me",
    "conversations?conversation_type=participating&status=all",
    "conversations/meta?status=all",
    "conversations/search?q=sauna",
    "conversations/25000",
    "contacts?sort=name",
    "contacts/search?q=Guest%2049",
    "search/conversations?q=Guest%2049",
    "search/messages?q=sauna",
    "notifications",
];

/// One property with three people, in three roles.
struct Ground {
    desk: Desk,
    router: Router,
    account: i64,
    people: Vec<Person>,
}

/// Somebody's role and access token.
type Person = (&'static str, String);

/// Answers the property's number and its people.
fn furnish(change: &mut Change<'_>) -> Result<(i64, Vec<Person>), ApiError> {
    let account = setup::account(change, "Large")?;
    let nothing = Object::new();
    let mut channels = Vec::new();
    for name in ["Web", "Phone", "Mail"] {
        channels.push(setup::channel(
            change,
            account,
            name,
            "Channel::Api",
            &nothing,
            None,
        )?);
    }
    let mut people = Vec::new();
    for (who, kind) in [
        ("owner", Kind::Owner),
        ("reception", Kind::Reception),
        ("staff", Kind::Staff),
    ] {
        let id = setup::user(change, who, &format!("{who}@example.org"), "Front-Desk-1")?;
        roles::join(change, account, id, kind, (kind == Kind::Staff).then_some(who))?;
        for channel in &channels {
            inbox::add_member(change, *channel, id)?;
        }
        let user = people::user(change, id)?.ok_or(ApiError::NotFound)?;
        people.push((who, user.access_token));
    }
    Ok((account, people))
}

/// Bookings, followers and notifications of the person with customers.
fn serve(change: &mut Change<'_>, account: i64) -> Result<(), ApiError> {
    let staff = "(SELECT id FROM user WHERE name = 'staff')";
    for sql in [
        format!(
            "INSERT INTO booking (account_id, contact_id, reference, title, resource, status, starts_at, ends_at)
             SELECT account_id, id, 'R-' || id, 'Cut', 'staff', 'confirmed', 1, 2 FROM contact
             WHERE account_id = ?1 AND id % {SERVED} = 0"
        ),
        "INSERT INTO booking (account_id, contact_id, reference, title, resource, status, starts_at, ends_at)
         SELECT account_id, id, 'S-' || id, 'Cut', 'somebody else', 'confirmed', 1, 2 FROM contact
         WHERE account_id = ?1 AND id % 3 = 0"
            .to_owned(),
        format!(
            "INSERT OR IGNORE INTO participant (conversation_id, user_id)
             SELECT id, {staff} FROM conversation WHERE account_id = ?1 AND id % {SERVED} = 1"
        ),
        format!(
            "INSERT OR IGNORE INTO notification (account_id, user_id, notification_type, conversation_id,
               last_activity_at, created_at)
             SELECT account_id, {staff}, 'conversation_mention', id, 1, 1 FROM conversation
             WHERE account_id = ?1 AND id % 200 = 0"
        ),
    ] {
        rows::execute(change, &sql, [account])?;
    }
    Ok(())
}

impl Ground {
    async fn open(folder: &std::path::Path, conversations: i64) -> Self {
        let desk = Desk::open(DeskSetup {
            data: folder,
            url: "http://desk.test".to_owned(),
            llm: None,
            sends_privately: false,
        });
        let desk = desk.unwrap();
        let (account, people) = desk.write(furnish).await.unwrap();
        let ground = Self {
            router: routes::all(&desk, true),
            desk: desk.clone(),
            account,
            people,
        };
        let amount =
            format!(r#"{{"account_id":{account},"conversations":{conversations},"messages_each":3}}"#);
        ground.ask("POST", "/test/bulk", "", amount).await;
        desk.write(move |change| serve(change, account)).await.unwrap();
        ground
    }

    /// How long an answer takes, in milliseconds.
    async fn ask(&self, method: &str, path: &str, token: &str, body: String) -> f64 {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("api_access_token", token)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap();
        let begun = Instant::now();
        let Ok(answer) = self.router.clone().call(request).await;
        let status = answer.status();
        to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        assert!(status.is_success() || status == 401, "{path}: {status}");
        took
    }

    async fn middle(&self, path: &str, token: &str) -> f64 {
        let path = format!("/api/v1/accounts/{}/{path}", self.account);
        let mut times = Vec::new();
        for _ in 0..TRIES {
            times.push(self.ask("GET", &path, token, String::new()).await);
            // A minute's limit is not what is measured.
            self.desk.clock().advance(3);
        }
        times.sort_by(f64::total_cmp);
        times[TRIES / 2]
    }
}

#[tokio::main]
async fn main() {
    let conversations = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let conversations = conversations.unwrap_or(50_000);
    let folder = tempfile::TempDir::new().unwrap();
    let ground = Ground::open(folder.path(), conversations).await;
    println!("{conversations} conversations, milliseconds");
    println!("| GET | owner | reception | staff |");
    println!("| --- | --: | --: | --: |");
    for path in PATHS {
        let mut line = format!("| {path} |");
        for (_, token) in &ground.people {
            line += &format!(" {:.1} |", ground.middle(path, token).await);
        }
        println!("{line}");
    }
}
