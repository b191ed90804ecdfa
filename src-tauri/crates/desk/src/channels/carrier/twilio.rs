//! Text messages in Twilio's form.

use super::{Body, Letter, Proof, Read, Request};
use crate::db::carrier::Carrier as Settings;
use serde_json::Value;

/// More files than this are refused by the provider.
const MOST_FILES: usize = 10;

pub fn request(settings: &Settings, letter: &Letter) -> Request {
    let account = &settings.account;
    let mut form = vec![("To", letter.recipient.clone()), ("From", letter.sender.clone())];
    let words = letter.words();
    if !words.is_empty() {
        form.push(("Body", words));
    }
    for file in letter.files.iter().take(MOST_FILES) {
        form.push(("MediaUrl", file.url.clone()));
    }
    form.push(("StatusCallback", letter.receipts_url.clone()));
    Request {
        url: format!(
            "{}/2010-04-01/Accounts/{account}/Messages.json",
            settings.base_url
        ),
        proof: Proof::Basic(account.clone(), settings.token.clone()),
        body: Body::Form(form),
    }
}

pub fn answer(status: u16, answer: &Value) -> Read {
    if (200..300).contains(&status) {
        return Ok(answer["sid"].as_str().map(str::to_owned));
    }
    let words = answer["message"].as_str();
    Err(words.map(|words| match answer["code"].as_i64() {
        Some(code) => format!("{code}: {words}"),
        None => words.to_owned(),
    }))
}
