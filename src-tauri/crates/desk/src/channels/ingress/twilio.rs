//! Text messages as Twilio brings them, and its receipts: signed forms.

use super::media::{self, Kept, Place};
use super::{LARGEST_TEXT, NOT_PROVED, Visit, signature};
use crate::channels::carrier::Proof;
use crate::channels::queue::{Receipt, receive_receipt};
use crate::channels::receive::{self, Brought, Sender};
use crate::db::carrier::Carrier;
use crate::db::inbound;
use crate::db::inbox::Inbox;
use crate::db::outbound::State;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::Answer;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::json;
use std::collections::HashMap;

/// A form, each name once.
struct Form(HashMap<String, String>);

impl Form {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    fn filled(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }
}

async fn proved(visit: Visit) -> Result<(Desk, Inbox, Carrier, Form), ApiError> {
    let (url, given) = (visit.url(), visit.header("x-twilio-signature").to_owned());
    let (desk, inbox, carrier, body) = visit.read(LARGEST_TEXT).await?;
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let is_twilios = carrier.kind == "twilio" && signature::is_twilios(&carrier.secret, &url, &pairs, &given);
    if !is_twilios {
        return Err(NOT_PROVED);
    }
    Ok((desk, inbox, carrier, Form(pairs.into_iter().collect())))
}

/// An answer that says nothing to the guest.
fn silence() -> Answer {
    let twiml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";
    Ok(([(CONTENT_TYPE, "text/xml")], twiml).into_response())
}

/// `POST /webhooks/twilio/{inbox}`.
pub async fn message(visit: Visit) -> Answer {
    let (desk, inbox, carrier, form) = proved(visit).await?;
    let provider_id = form.filled("MessageSid").or_else(|| form.filled("SmsSid"));
    let (Some(provider_id), Some(from)) = (provider_id.map(str::to_owned), form.filled("From")) else {
        return Err(ApiError::Malformed);
    };
    let (inbox_id, sought) = (inbox.id, provider_id.clone());
    if desk
        .read(move |view| inbound::is_known(view, inbox_id, &sought))
        .await?
    {
        return silence();
    }
    let (files, missing) = media::bring(&desk, &kept(&carrier, &form)).await?;
    let mut brought = Brought {
        provider_id,
        sender: sender(from, &form),
        text: form.text("Body").to_owned(),
        files: files.clone(),
        is_answered_by_carrier: form.filled("OptOutType").is_some(),
        ..Brought::default()
    };
    note_missing(&mut brought, missing);
    let taken = desk
        .write(move |change| receive::take(change, &inbox, brought))
        .await?;
    if taken.is_none() {
        media::discard(&desk, &files).await;
    }
    silence()
}

/// What could not be had is told, so that people may ask for it.
pub fn note_missing(brought: &mut Brought, missing: usize) {
    if missing == 0 {
        return;
    }
    brought
        .content_attributes
        .insert("missing_files".to_owned(), json!(missing));
    if brought.text.trim().is_empty() && brought.files.is_empty() {
        brought.text = "(A file that could not be fetched)".to_owned();
    }
}

fn sender(from: &str, form: &Form) -> Sender {
    let phone = from.strip_prefix("whatsapp:").unwrap_or(from);
    Sender {
        address: from.to_owned(),
        name: form.filled("ProfileName").map(str::to_owned),
        phone_number: Some(phone.to_owned()),
        email: None,
    }
}

/// The account's password goes to the provider alone.
fn kept(carrier: &Carrier, form: &Form) -> Vec<Kept> {
    let count: usize = form.text("NumMedia").parse().unwrap_or(0);
    let numbers = 0..count.min(media::MOST);
    let files = numbers.filter_map(|number| {
        let url = form.filled(&format!("MediaUrl{number}"))?;
        let is_own = is_of(url, &carrier.base_url);
        Some(Kept {
            place: Place::Url(url.to_owned()),
            proof: if is_own {
                Proof::Basic(carrier.account.clone(), carrier.secret.clone())
            } else {
                Proof::None
            },
            name: None,
            content_type: form
                .filled(&format!("MediaContentType{number}"))
                .map(str::to_owned),
        })
    });
    files.collect()
}

fn is_of(url: &str, base: &str) -> bool {
    let origin = |text: &str| url::Url::parse(text).map(|url| url.origin());
    origin(url)
        .ok()
        .zip(origin(base).ok())
        .is_some_and(|(one, other)| one == other)
}

/// `POST /webhooks/twilio/{inbox}/status?outbound=…`.
pub async fn receipt(visit: Visit) -> Answer {
    let outbound_id = visit.query("outbound").and_then(|id| id.parse().ok());
    let (desk, inbox, _, form) = proved(visit).await?;
    let status = form.filled("MessageStatus").or_else(|| form.filled("SmsStatus"));
    let state = match status.unwrap_or_default() {
        "queued" | "accepted" | "scheduled" | "sending" | "sent" => State::Sent,
        "delivered" => State::Delivered,
        "read" => State::Read,
        "failed" | "undelivered" | "canceled" => State::Failed,
        _ => return silence(),
    };
    let error = (state == State::Failed).then(|| match form.filled("ErrorCode") {
        Some(code) => format!(
            "{code}: {}",
            form.filled("ErrorMessage").unwrap_or("Message not delivered")
        ),
        None => "Message not delivered".to_owned(),
    });
    let receipt = Receipt {
        state,
        error,
        provider_id: form.filled("MessageSid").map(str::to_owned),
    };
    desk.write(move |change| receive_receipt(change, inbox.id, outbound_id, receipt))
        .await?;
    silence()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;

    #[test]
    fn only_the_provider_gets_the_password() {
        let base = "https://api.twilio.com";
        assert!(is_of("https://api.twilio.com/2010-04-01/x", base));
        assert!(!is_of("https://api.twilio.com.evil.example/x", base));
        assert!(!is_of("http://api.twilio.com/x", base));
        assert!(!is_of("nonsense", base));
    }

    #[test]
    fn what_is_missing_is_told() {
        let mut brought = Brought::default();
        note_missing(&mut brought, 1);
        assert_eq!(
            brought.content_attributes,
            Map::from_iter([("missing_files".to_owned(), json!(1))])
        );
        assert!(brought.text.contains("could not be fetched"));
    }
}
