//! Whether an answer is what the dialogue demands, and what every answer owes: the guest's language, no number from
//! nowhere, and a brief that says what the guest wrote.

use super::known::{self, Known};
use super::script::{Answered, Dialogue, Escalated, Turn};
use serde_json::{Map, Value};

/// What is wrong with an answer, as a guest heard it and a person sees the conversation.
pub fn turn(
    dialogue: &Dialogue,
    turn: &Turn,
    known: &mut Known,
    answer: &Value,
    seen: &Value,
) -> Vec<String> {
    let text = answer["content"].as_str().unwrap_or_default();
    let mut wrong = Vec::new();
    if let Some(expected) = &turn.answered {
        answered(expected, answer, seen, &mut wrong);
        if let Some(number) = known.stranger(text, tools(answer).contains(&"Calendar")) {
            wrong.push(format!("{number} comes from nowhere"));
        }
        if known::runs(text).next().is_some() && tools(answer).is_empty() {
            wrong.push("it states a fact without a look-up".to_owned());
        }
    }
    known.learn(text);
    if let Some(expected) = &turn.escalated {
        escalated(expected, &turn.says, answer, seen, &mut wrong);
    }
    if !is_in(&dialogue.language, text) {
        wrong.push(format!("not in the guest's language, {}", dialogue.language));
    }
    wrong
}

fn answered(expected: &Answered, answer: &Value, seen: &Value, wrong: &mut Vec<String>) {
    if seen["status"] != "pending" {
        wrong.push(format!("a person was called: {}", reason(seen)));
    }
    words(&expected.contains, &expected.not, answer, wrong);
    for tool in &expected.tools {
        if !tool.split('|').any(|tool| tools(answer).contains(&tool)) {
            wrong.push(format!("{tool} was not used, {:?}", tools(answer)));
        }
    }
    learnt(&expected.learns, &seen["custom_attributes"], wrong);
    learnt(
        &expected.guest,
        &seen["meta"]["sender"]["custom_attributes"],
        wrong,
    );
}

fn learnt(expected: &Map<String, Value>, found: &Value, wrong: &mut Vec<String>) {
    for (key, value) in expected {
        if &found[key] != value {
            wrong.push(format!("{key} is {} instead of {value}", found[key]));
        }
    }
}

fn escalated(expected: &Escalated, says: &str, answer: &Value, seen: &Value, wrong: &mut Vec<String>) {
    words(&expected.contains, &expected.not, answer, wrong);
    if seen["status"] != "open" {
        wrong.push("no person was called".to_owned());
        return;
    }
    let named = reason(seen).to_lowercase();
    let is_named = |class: &String| named.contains(&words_of(class).to_lowercase());
    if !expected.reason.iter().any(is_named) {
        wrong.push(format!("called for {named:?} instead of {:?}", expected.reason));
    }
    if (seen["priority"] == "urgent") != expected.urgent {
        wrong.push(format!("the priority is {}", seen["priority"]));
    }
    let brief = &seen["custom_attributes"]["handoff_brief"];
    let wants = brief["wants"].as_str().unwrap_or_default();
    let beginning: String = says.chars().take(60).collect();
    if !wants.contains(beginning.trim()) && !says.contains('\n') {
        wrong.push(format!("the brief does not say what the guest wrote: {wants:?}"));
    }
    if brief["next"].as_str().is_none_or(str::is_empty) || brief["promised"][0]["message_id"] != answer["id"]
    {
        wrong.push(format!("the brief is not complete: {brief}"));
    }
}

/// The words of `escalation_reason` for a class of reasons.
fn words_of(class: &str) -> &'static str {
    match class {
        "emergency" => "Health or safety",
        "payment" => "Payment dispute",
        "compensation" => "Asks for compensation",
        "legal" => "Legal threat",
        "complaint" => "Complaint",
        "person" => "Asks for a person",
        "custom" => "Custom request",
        "anger" => "Guest is upset",
        "repeated" => "Asked twice",
        "instruction" => "Tries to instruct the AI",
        "unknown" => "AI has no answer",
        "no booking" => "Booking not found",
        other => panic!("there is no reason {other}"),
    }
}

fn reason(seen: &Value) -> &str {
    seen["custom_attributes"]["escalation_reason"]
        .as_str()
        .unwrap_or_default()
}

fn words(contains: &[String], not: &[String], answer: &Value, wrong: &mut Vec<String>) {
    let text = answer["content"].as_str().unwrap_or_default().to_lowercase();
    let holds = |wanted: &String| {
        wanted
            .to_lowercase()
            .split('|')
            .any(|wanted| text.contains(wanted))
    };
    wrong.extend(
        contains
            .iter()
            .filter(|wanted| !holds(wanted))
            .map(|wanted| format!("does not say {wanted:?}")),
    );
    wrong.extend(
        not.iter()
            .filter(|unwanted| holds(unwanted))
            .map(|unwanted| format!("says {unwanted:?}")),
    );
}

fn tools(answer: &Value) -> Vec<&str> {
    let tools = answer["content_attributes"]["ai_tools"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    tools
        .iter()
        .filter(|tool| tool["ok"] == true)
        .filter_map(|tool| tool["name"].as_str())
        .collect()
}

/// Small words of each language; most of an answer's must be of the guest's.
const SMALL_WORDS: [(&str, &[&str]); 4] = [
    (
        "en",
        &[
            "the",
            "is",
            "are",
            "and",
            "you",
            "your",
            "to",
            "of",
            "can",
            "with",
            "from",
            "i",
            "have",
            "costs",
            "we",
            "in",
            "everything",
            "what",
            "hello",
            "welcome",
            "for",
            "or",
            "them",
            "after",
            "without",
            "on",
            "at",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "ist", "sind", "und", "sie", "ihr", "ihre", "ihnen", "ich", "mit", "von",
            "kostet", "wir", "im", "nicht", "ein", "eine", "am", "um", "gern", "alles", "den", "bis",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "es", "son", "y", "usted", "su", "de", "con", "le", "cuesta", "que",
            "en", "no", "un", "una", "por", "para", "está", "todo", "hasta", "nada", "estamos", "lunes",
            "abiertos",
        ],
    ),
    (
        "hu",
        &[
            "a",
            "az",
            "és",
            "van",
            "ön",
            "önnek",
            "egy",
            "nem",
            "hogy",
            "itt",
            "ára",
            "vagy",
            "is",
            "ezt",
            "szívesen",
            "minden",
            "kérem",
            "között",
            "foglalása",
            "időpontja",
            "vagyunk",
        ],
    ),
];

fn is_in(language: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|sign: char| !sign.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    let own = SMALL_WORDS
        .iter()
        .find(|(own, _)| *own == language)
        .map_or(0, |(_, list)| count(list));
    own > 0
        && SMALL_WORDS
            .iter()
            .all(|(other, list)| *other == language || count(list) < own)
}
