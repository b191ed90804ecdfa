//! WhatsApp messages in the form of Meta's cloud API.

use super::{Body, Choice, Letter, Proof, Read, Request, template};
use crate::db::carrier::Carrier as Settings;
use serde_json::{Value, json};

/// More, or longer ones, are refused by the provider.
const MOST_BUTTONS: usize = 3;
const LONGEST_BUTTON: usize = 20;
const MOST_ROWS: usize = 10;
const LONGEST_ROW: usize = 24;
/// What opens a list: a sign every language reads.
const LIST: &str = "☰";

pub fn request(settings: &Settings, letter: &Letter) -> Request {
    let mut message = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": letter.recipient,
        // Comes back with every receipt, also where the answer to this request was lost.
        "biz_opaque_callback_data": letter.outbound_id.to_string(),
    });
    if let Some(answers) = &letter.answers {
        message["context"] = json!({ "message_id": answers });
    }
    let (kind, content) = content(letter);
    message["type"] = json!(kind);
    message[kind] = content;
    Request {
        url: format!("{}/{}/messages", settings.base_url, settings.account),
        proof: Proof::Bearer(settings.token.clone()),
        body: Body::Json(message),
    }
}

fn content(letter: &Letter) -> (&'static str, Value) {
    if let Some(template) = &letter.template {
        return ("template", template::of(template));
    }
    let Some(file) = letter.files.first() else {
        return choices(letter).unwrap_or_else(|| {
            let words = letter.words();
            ("text", json!({ "preview_url": false, "body": words }))
        });
    };
    let mut content = json!({ "link": file.url });
    let kind = match file.file_type.as_str() {
        "image" => "image",
        "video" => "video",
        "audio" => "audio",
        _ => {
            content["filename"] = json!(file.name);
            "document"
        }
    };
    (kind, content)
}

/// Buttons for a few, a list for more; none where the provider would refuse both.
fn choices(letter: &Letter) -> Option<(&'static str, Value)> {
    if letter.text.trim().is_empty() {
        return None;
    }
    let body = json!({ "text": letter.text });
    let reply = |choice: &Choice| json!({ "id": choice.value, "title": choice.title });
    let rows = letter.choices.iter().map(reply);
    if letter.offers(MOST_BUTTONS, LONGEST_BUTTON) {
        let buttons: Vec<Value> = rows
            .map(|reply| json!({ "type": "reply", "reply": reply }))
            .collect();
        return Some((
            "interactive",
            json!({ "type": "button", "body": body, "action": { "buttons": buttons } }),
        ));
    }
    if letter.offers(MOST_ROWS, LONGEST_ROW) {
        let sections = json!([{ "rows": rows.collect::<Vec<_>>() }]);
        let action = json!({ "button": LIST, "sections": sections });
        return Some((
            "interactive",
            json!({ "type": "list", "body": body, "action": action }),
        ));
    }
    None
}

pub fn answer(status: u16, answer: &Value) -> Read {
    if (200..300).contains(&status) {
        return Ok(answer["messages"][0]["id"].as_str().map(str::to_owned));
    }
    Err(error(&answer["error"]))
}

/// Code and words of an error as Meta gives them, in answers and receipts.
pub fn error(error: &Value) -> Option<String> {
    let words = error["message"].as_str().or_else(|| error["title"].as_str())?;
    Some(match error["code"].as_i64() {
        Some(code) => format!("{code}: {words}"),
        None => words.to_owned(),
    })
}
