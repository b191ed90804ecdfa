//! The demo's people, guests and conversations as they lie in `assets/demo`.

use crate::error::ApiError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Who works where.
#[derive(Deserialize)]
pub struct PeopleFile {
    pub people: Vec<PersonFile>,
    pub hotel: HouseFile,
    pub salon: HouseFile,
}

/// Somebody who can sign in, with the role in each property: `administrator`, `agent`, or `staff`, whom the bookings call
/// by their first name.
#[derive(Deserialize)]
pub struct PersonFile {
    pub name: String,
    pub email: String,
    pub hotel: Option<String>,
    pub salon: Option<String>,
}

/// How a property is organised: (name, description, members), (title, colour, description), (short code, text).
#[derive(Deserialize)]
pub struct HouseFile {
    pub teams: Vec<(String, String, Vec<String>)>,
    pub labels: Vec<(String, String, String)>,
    pub canned_responses: Vec<(String, String)>,
}

/// Names and calling codes by language.
pub type GuestsFile = BTreeMap<String, Vec<(String, String)>>;

/// A property's conversations.
#[derive(Deserialize)]
pub struct ConversationsFile {
    /// Told again and again to different guests over the weeks.
    pub scripts: Vec<Script>,
    /// Told once, a few minutes or hours ago.
    pub now: Vec<Script>,
}

/// One conversation; `about` in the file is for its readers. Lines begin with who speaks: `g:` guest, `a:` AI, `a[Tool|Summary;…]:` AI with look-ups, `h[Reason]:`
/// AI handing over, `s:` staff, `n:` note, `f:` staff, not delivered.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Script {
    pub language: Option<String>,
    /// `ai`, `person` or `closed`: who has it in the end.
    pub ends: String,
    pub lines: Vec<String>,
    pub topic: Option<String>,
    pub intent: Option<String>,
    pub dates: Option<String>,
    pub persona: Option<String>,
    /// Temperature of a lead.
    pub lead: Option<String>,
    /// (kind, label).
    pub conversions: Vec<(String, String)>,
    pub labels: Vec<String>,
    /// Something the AI did.
    pub action: Option<String>,
    /// (title, with whom, minutes after midnight).
    pub booking: Option<(String, Option<String>, u16)>,
    pub call: bool,
    pub channel: Option<String>,
    // Only of those told once:
    pub minutes: i64,
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Empty = open and waiting for a person.
    pub state: String,
    pub assignee: Option<String>,
    pub opted_out: bool,
    pub reason: Option<String>,
    pub wants: Option<String>,
    pub tried: Vec<String>,
    pub next: Option<String>,
    pub ticket: Option<String>,
    pub priority: Option<String>,
}

pub const PEOPLE: &str = include_str!("../../../../../assets/demo/people.json");
pub const GUESTS: &str = include_str!("../../../../../assets/demo/guests.json");
pub const HOTEL: &str = include_str!("../../../../../assets/demo/hotel-conversations.json");
pub const SALON: &str = include_str!("../../../../../assets/demo/salon-conversations.json");

/// Reads one of the files; they are part of the program, so a failure is a defect a test finds.
pub fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::Broken("a demo file cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads() {
        read::<PeopleFile>(PEOPLE).unwrap();
        read::<GuestsFile>(GUESTS).unwrap();
        read::<ConversationsFile>(HOTEL).unwrap();
        read::<ConversationsFile>(SALON).unwrap();
        read::<crate::demo::property::PropertyFile>(crate::demo::property::HOTEL).unwrap();
        read::<crate::demo::property::PropertyFile>(crate::demo::property::SALON).unwrap();
    }
}
