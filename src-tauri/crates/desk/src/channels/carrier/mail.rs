//! Mail in Postmark's form: JSON with the headers of the thread.

use super::{Body, Letter, Proof, Read, Request};
use crate::base64;
use crate::db::carrier::Carrier as Settings;
use serde_json::{Value, json};

pub fn request(settings: &Settings, letter: &Letter) -> Request {
    let envelope = letter.mail.clone().unwrap_or_default();
    let own = format!("<{}>", envelope.message_id);
    let mut headers = vec![
        json!({ "Name": "Message-ID", "Value": own }),
        // Without it the provider puts a name of its own in its place.
        json!({ "Name": "X-PM-KeepID", "Value": "true" }),
    ];
    if let Some(last) = envelope.references.last() {
        let bracketed: Vec<String> = envelope.references.iter().map(|id| format!("<{id}>")).collect();
        headers.push(json!({ "Name": "In-Reply-To", "Value": format!("<{last}>") }));
        headers.push(json!({ "Name": "References", "Value": bracketed.join(" ") }));
    }
    let files: Vec<Value> = letter
        .files
        .iter()
        .map(|file| {
            json!({
                "Name": file.name,
                "Content": base64::encode(&file.bytes),
                "ContentType": file.content_type,
            })
        })
        .collect();
    let mail = json!({
        "From": format!("\"{}\" <{}>", quotable(&letter.property), letter.sender),
        "To": envelope.to.join(", "),
        "Cc": envelope.cc.join(", "),
        "Bcc": envelope.bcc.join(", "),
        "Subject": envelope.subject,
        "TextBody": letter.words(),
        "Headers": headers,
        "Attachments": files,
    });
    Request {
        url: format!("{}/email", settings.base_url),
        proof: Proof::Header("x-postmark-server-token", settings.token.clone()),
        body: Body::Json(mail),
    }
}

fn quotable(name: &str) -> String {
    name.chars()
        .filter(|letter| !matches!(letter, '"' | '\\') && !letter.is_control())
        .collect()
}

/// The mail's own name is the one replies come back with.
pub fn answer(status: u16, answer: &Value, letter: &Letter) -> Read {
    if (200..300).contains(&status) {
        return Ok(letter.mail.as_ref().map(|envelope| envelope.message_id.clone()));
    }
    let words = answer["Message"].as_str();
    Err(words.map(|words| match answer["ErrorCode"].as_i64() {
        Some(code) => format!("{code}: {words}"),
        None => words.to_owned(),
    }))
}
