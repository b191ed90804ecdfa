//! Messages of a page or an Instagram account in the form of Meta's send API.

use super::whatsapp::error;
use super::{Body, Choice, Letter, Proof, Read, Request};
use crate::db::carrier::Carrier as Settings;
use serde_json::{Value, json};

/// More, or longer ones, are refused by the provider.
const MOST_CHOICES: usize = 13;
const LONGEST_CHOICE: usize = 20;

pub fn request(settings: &Settings, letter: &Letter) -> Request {
    let content = match letter.files.first() {
        Some(file) => json!({
            "attachment": { "type": file.file_type, "payload": { "url": file.url, "is_reusable": false } },
        }),
        None if letter.offers(MOST_CHOICES, LONGEST_CHOICE) => json!({
            "text": letter.text,
            "quick_replies": letter.choices.iter().map(quick_reply).collect::<Vec<_>>(),
        }),
        None => json!({ "text": letter.words() }),
    };
    let mut message = json!({
        "recipient": { "id": letter.recipient },
        "messaging_type": "RESPONSE",
        "message": content,
    });
    if !letter.is_within_a_day {
        message["messaging_type"] = json!("MESSAGE_TAG");
        message["tag"] = json!("HUMAN_AGENT");
    }
    Request {
        url: format!("{}/{}/messages", settings.base_url, settings.account),
        proof: Proof::Bearer(settings.token.clone()),
        body: Body::Json(message),
    }
}

fn quick_reply(choice: &Choice) -> Value {
    json!({ "content_type": "text", "title": choice.title, "payload": choice.value })
}

pub fn answer(status: u16, answer: &Value) -> Read {
    if (200..300).contains(&status) {
        return Ok(answer["message_id"].as_str().map(str::to_owned));
    }
    Err(error(&answer["error"]))
}
