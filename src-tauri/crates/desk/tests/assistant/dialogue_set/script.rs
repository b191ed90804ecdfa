//! The files of dialogues.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;

/// Friday morning, both houses open.
const USUAL: &str = "2025-11-21T10:00";

/// A file of one theme.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    theme: String,
    dialogues: Vec<Dialogue>,
}

/// One guest's conversation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    pub id: String,
    /// `en`, `de`, `es` or `hu`: what the guest writes and must be answered in.
    pub language: String,
    /// Name of the house.
    pub property: String,
    /// The house's clock.
    #[serde(default = "usual")]
    pub now: String,
    #[serde(default = "nobody")]
    pub guest: String,
    #[serde(default)]
    pub bookings: Vec<Booking>,
    /// A note of the staff about the guest.
    pub note: Option<String>,
    pub turns: Vec<Turn>,
    #[serde(skip)]
    pub theme: String,
}

/// A booking the guest has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    pub reference: String,
    pub title: String,
    pub with: Option<String>,
    /// On the house's clock.
    pub starts: String,
    /// An hour where nothing is said.
    pub minutes: Option<i64>,
    /// A stay, until 11:00 of the last day.
    pub nights: Option<i64>,
}

/// What the guest says and what must follow.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    pub says: String,
    pub answered: Option<Answered>,
    pub escalated: Option<Escalated>,
}

/// The assistant answers and keeps the conversation. In `contains`, `a|b` asks for one of the two.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Answered {
    pub contains: Vec<String>,
    pub not: Vec<String>,
    pub tools: Vec<String>,
    /// Attributes of the conversation.
    pub learns: Map<String, Value>,
    /// Attributes of the guest.
    pub guest: Map<String, Value>,
}

/// A person is called. One of the reasons must be named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalated {
    pub reason: Vec<String>,
    #[serde(default)]
    pub contains: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
    #[serde(default)]
    pub urgent: bool,
}

fn usual() -> String {
    USUAL.to_owned()
}

fn nobody() -> String {
    "Robin Keller".to_owned()
}

/// Every dialogue of every file, files by name.
pub fn all() -> Vec<Dialogue> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/dialogues");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut set = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: File =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for mut dialogue in file.dialogues {
            dialogue.theme.clone_from(&file.theme);
            assert_is_played(&dialogue);
            set.push(dialogue);
        }
    }
    set
}

/// Each turn demands one thing, and nothing is said after a person was called.
fn assert_is_played(dialogue: &Dialogue) {
    let id = &dialogue.id;
    assert!(!dialogue.turns.is_empty(), "{id}");
    let last = dialogue.turns.len() - 1;
    for (number, turn) in dialogue.turns.iter().enumerate() {
        assert!(turn.answered.is_some() != turn.escalated.is_some(), "{id}");
        assert!(number == last || turn.escalated.is_none(), "{id}");
    }
}
