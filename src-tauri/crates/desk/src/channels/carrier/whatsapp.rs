//! WhatsApp messages in the form of Meta's cloud API.

use super::{Body, Letter, Proof, Read, Request, template};
use crate::db::carrier::Carrier as Settings;
use serde_json::{Value, json};

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
        return ("text", json!({ "preview_url": false, "body": letter.text }));
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
