//! What a conversation shows about the guest: topic, intent, dates; persona and lead where they are plain.

use super::dates;
use super::draft::{Draft, Matter};
use super::text::{self, holds_any};
use super::turn::Turn;
use serde_json::{Map, Value, json};

/// Conversation attributes and contact attributes to merge.
pub fn learn(turn: &Turn, draft: &Draft) -> (Map<String, Value>, Map<String, Value>) {
    let said = turn.question();
    let mut conversation = Map::new();
    if let Some(topic) = topic(turn, draft) {
        conversation.insert("topic".to_owned(), json!(topic));
    }
    let dates = dates::of_interest(&said, turn.now, &turn.property.zone);
    if let Some(level) = intent_level(turn, draft, dates.is_some()) {
        conversation.insert("intent_level".to_owned(), json!(level));
    }
    if let Some(dates) = dates.filter(|_| !draft.matters.is_empty()) {
        conversation.insert("dates_of_interest".to_owned(), json!(dates));
    }
    (conversation, guest(turn, draft, &said))
}

fn topic(turn: &Turn, draft: &Draft) -> Option<&'static str> {
    let mut topics: Vec<&'static str> = Vec::new();
    if let Some(known) = turn.attributes.get("topic").and_then(Value::as_str) {
        match known {
            "mixed" => return None,
            "booking" => topics.push("booking"),
            "lead" => topics.push("lead"),
            "faq" => topics.push("faq"),
            _ => {}
        }
    }
    for matter in &draft.matters {
        let topic = match matter {
            Matter::Booking => "booking",
            Matter::Lead => "lead",
            Matter::Price | Matter::Faq => "faq",
        };
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    match topics[..] {
        [] => None,
        [one] => Some(one),
        _ => Some("mixed"),
    }
}

/// Never sinks: once a guest wanted to book, they are not a low intent again.
fn intent_level(turn: &Turn, draft: &Draft, with_dates: bool) -> Option<&'static str> {
    let rank = |level: &str| ["low", "medium", "high"].iter().position(|known| *known == level);
    let known = turn
        .attributes
        .get("intent_level")
        .and_then(Value::as_str)
        .and_then(rank);
    let level = if draft.matters.contains(&Matter::Lead) {
        "high"
    } else if draft.matters.contains(&Matter::Price) || (with_dates && !draft.matters.is_empty()) {
        "medium"
    } else if draft.matters.is_empty() {
        return None;
    } else {
        "low"
    };
    (rank(level) > known).then_some(level)
}

/// Personas by plain words: who travels, and which words said so.
const PERSONAS: &[(&str, &[&str])] = &[
    (
        "Family",
        &[
            "our|my|the|two|three|with kids|children|child|son|daughter|toddler",
            "baby",
            "family",
            "kinder",
            "familie",
            "ninos",
            "familia",
            "gyerek*",
            "csalad*",
        ],
    ),
    (
        "Couple",
        &[
            "honeymoon",
            "anniversary",
            "my|our wife|husband|girlfriend|boyfriend|fiance*|partner",
            "romantic",
            "hochzeitstag",
            "luna de miel",
            "naszut*",
        ],
    ),
    (
        "Business traveller",
        &[
            "business trip|travel|guest",
            "conference",
            "company|corporate invoice|rate|account",
            "meeting room",
            "work trip",
            "colleagues and",
            "geschaftsreise",
            "viaje de negocios",
            "uzleti ut*",
        ],
    ),
    (
        "Group",
        &[
            "group of",
            "we are 6|7|8|9|10|12|15|20",
            "bachelorette",
            "hen party",
            "team of",
            "wedding party",
        ],
    ),
];

fn guest(turn: &Turn, draft: &Draft, said: &str) -> Map<String, Value> {
    let mut attributes = Map::new();
    let words = text::words(said);
    let persona = PERSONAS.iter().find(|(_, signs)| holds_any(&words, signs));
    if let Some((persona, _)) = persona
        && !turn.guest.attributes.contains_key("persona")
    {
        attributes.insert("persona".to_owned(), json!(persona));
        attributes.insert(
            "persona_reason".to_owned(),
            json!(format!("Wrote: “{}”", text::shorten(said, 120))),
        );
    }
    if draft.matters.contains(&Matter::Lead)
        && draft.has_booking != Some(true)
        && !turn.guest.attributes.contains_key("lead")
    {
        let with_dates = dates::of_interest(said, turn.now, &turn.property.zone).is_some();
        attributes.insert("lead".to_owned(), json!(true));
        attributes.insert("lead_status".to_owned(), json!("New"));
        attributes.insert(
            "lead_temperature".to_owned(),
            json!(if with_dates { "hot" } else { "warm" }),
        );
    }
    attributes
}
