//! The desk the dialogues are played on: the demo's houses at a time that stands still, and a guest of its own for each.

use super::judge;
use super::known::Known;
use super::script::{Booking, Dialogue};
use crate::demo_desk::{DemoDesk, Guest, Person};
use deskbell_desk::db::contact::NewContact;
use deskbell_desk::db::{inbox, note, rows};
use deskbell_desk::guest::link;
use deskbell_desk::service::{contact, conversation};
use deskbell_desk::{ApiError, Change};
use jiff::ToSpan;
use jiff::civil::DateTime;
use rusqlite::params;
use std::collections::HashMap;

/// When the story of the demo is told up to: before the first dialogue.
const BEGIN: &str = "2025-11-21T09:00";
const ZONE: &str = "Europe/Berlin";

/// A desk with a guest for every dialogue.
pub struct Stage {
    desk: DemoDesk,
    nadia: Person,
    http: reqwest::Client,
    /// Addresses of the guests' pages, by dialogue.
    links: HashMap<String, String>,
}

impl Stage {
    pub async fn open(set: &[Dialogue]) -> Self {
        let desk = DemoDesk::at(epoch_ms(BEGIN)).await;
        let mut links = HashMap::new();
        for dialogue in set {
            let guest = NewGuest::of(dialogue);
            let made = desk.running.desk().write(move |change| guest.make(change)).await;
            let token = made.unwrap_or_else(|error| panic!("{}: {error}", dialogue.id));
            links.insert(
                dialogue.id.clone(),
                format!("{}/chat/{token}", desk.running.url()),
            );
        }
        Self {
            nadia: desk.nadia().await,
            http: reqwest::Client::new(),
            desk,
            links,
        }
    }

    /// Holds the desk's clock at a time of day of the houses.
    pub fn holds_at(&self, now: &str) {
        self.desk.running.desk().clock().hold(epoch_ms(now));
    }

    /// Plays a dialogue over the guest's page; answers what was wrong.
    pub async fn play(&self, dialogue: &Dialogue) -> Vec<String> {
        let account = account(&dialogue.property);
        let mut known = Known::of(dialogue);
        let mut guest = Guest::open_over(
            self.http.clone(),
            self.desk.running.url(),
            &self.links[&dialogue.id],
        )
        .await;
        let mut complaints = Vec::new();
        for turn in &dialogue.turns {
            guest.writes(&turn.says).await;
            let answer = guest.hears().await;
            let seen = self
                .nadia
                .conversation(account, guest.conversation.unwrap())
                .await;
            let found = judge::turn(dialogue, turn, &mut known, &answer, &seen);
            if !found.is_empty() {
                complaints.push(format!(
                    "“{}” → {}",
                    turn.says,
                    answer["content"].as_str().unwrap_or_default()
                ));
                complaints.extend(found.into_iter().map(|complaint| format!("  {complaint}")));
            }
            if seen["status"] != "pending" {
                break;
            }
        }
        complaints
    }
}

fn account(property: &str) -> i64 {
    match property {
        "Hotel Aurora" => 1,
        "Studio Mira" => 2,
        other => panic!("there is no {other}"),
    }
}

/// Epoch milliseconds of a time on the houses' clocks.
fn epoch_ms(civil: &str) -> i64 {
    let at: DateTime = civil.parse().unwrap_or_else(|error| panic!("{civil}: {error}"));
    at.in_tz(ZONE).unwrap().timestamp().as_millisecond()
}

/// What a dialogue's guest brings along.
struct NewGuest {
    account_id: i64,
    name: String,
    note: Option<String>,
    /// When the link to the page was sent, epoch milliseconds: a month later it would have ended.
    linked_at: i64,
    /// Reference, title, with whom, from and to.
    bookings: Vec<(String, String, Option<String>, i64, i64)>,
}

impl NewGuest {
    fn of(dialogue: &Dialogue) -> Self {
        Self {
            account_id: account(&dialogue.property),
            name: dialogue.guest.clone(),
            note: dialogue.note.clone(),
            linked_at: epoch_ms(&dialogue.now),
            bookings: dialogue.bookings.iter().map(row).collect(),
        }
    }

    /// Answers the token of the guest's page.
    fn make(&self, change: &mut Change<'_>) -> Result<String, ApiError> {
        let account_id = self.account_id;
        let web: Option<i64> = rows::value(
            change,
            "SELECT contact_inbox.inbox_id FROM guest_link JOIN contact_inbox ON contact_inbox.id = contact_inbox_id
             WHERE guest_link.account_id = ?1",
            [account_id],
        )?;
        let inbox = inbox::find(change, web.unwrap_or(0))?.ok_or(ApiError::NotFound)?;
        let guest = contact::create_in(
            change,
            NewContact {
                account_id,
                name: self.name.clone(),
                ..NewContact::default()
            },
        )?;
        if let Some(text) = &self.note {
            note::insert(change, guest.id, None, text, change.now_ms)?;
        }
        for (reference, title, with, from, to) in &self.bookings {
            let notice = if account_id == 1 { 48 } else { 24 } * 3_600_000;
            let moves = (account_id == 2).then_some(from - notice);
            rows::execute(
                change,
                "INSERT INTO booking (account_id, contact_id, reference, title, resource, starts_at, ends_at, cancel_until, move_until)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![account_id, guest.id, reference, title, with, from, to, from - notice, moves],
            )?;
        }
        let own = conversation::link_in(change, guest.id, &inbox, None)?;
        link::make(change, account_id, own.id, None, self.linked_at)
    }
}

fn row(booking: &Booking) -> (String, String, Option<String>, i64, i64) {
    let starts: DateTime = booking.starts.parse().unwrap();
    let ends = match booking.nights {
        Some(nights) => starts
            .date()
            .checked_add(nights.days())
            .unwrap()
            .at(11, 0, 0, 0)
            .in_tz(ZONE)
            .unwrap()
            .timestamp()
            .as_millisecond(),
        None => epoch_ms(&booking.starts) + booking.minutes.unwrap_or(60) * 60_000,
    };
    (
        booking.reference.clone(),
        booking.title.clone(),
        booking.with.clone(),
        epoch_ms(&booking.starts),
        ends,
    )
}
