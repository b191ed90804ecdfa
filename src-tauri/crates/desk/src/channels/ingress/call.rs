//! What follows a call: a small signed form of whatever answers the phone. The call becomes a message of the caller, who
//! is answered by text, and is kept with the guest.

use super::{LARGEST_TEXT, NOT_PROVED, Visit};
use crate::channels::receive::{self, Brought, Sender};
use crate::db::inbox::Inbox;
use crate::db::json::Object;
use crate::error::ApiError;
use crate::hooks::signature;
use crate::routes::call::Answer;
use crate::routes::empty;
use crate::service::contact::is_phone_number;
use crate::service::tokens;
use serde::Deserialize;
use serde_json::{Map, json};

const LONGEST_SUMMARY: usize = 1500;

/// The form, as JSON.
#[derive(Deserialize)]
struct Call {
    /// The phone system's own name for the call.
    id: String,
    /// E.164.
    caller: String,
    name: Option<String>,
    /// Epoch seconds.
    at: i64,
    /// Seconds; 0 for a call nobody took.
    duration_s: i64,
    recording_url: Option<String>,
    summary: Option<String>,
}

/// `POST /webhooks/call/{inbox}`, signed as the desk signs its own events (reference §11.1).
pub async fn finished(visit: Visit) -> Answer {
    let given = visit.header("x-chatwoot-signature").to_owned();
    let at = visit.header("x-chatwoot-timestamp").parse::<i64>().unwrap_or(0);
    let (desk, inbox, carrier, body) = visit.read(LARGEST_TEXT).await?;
    let text = std::str::from_utf8(&body).map_err(|_| NOT_PROVED)?;
    let secret = Some(carrier.call_secret.as_str()).filter(|secret| !secret.is_empty());
    let own = secret
        .and_then(|secret| signature::of(secret, at, text))
        .ok_or(NOT_PROVED)?;
    if !tokens::same(&own, &given) {
        return Err(NOT_PROVED);
    }
    let call: Call = serde_json::from_str(text).map_err(|_| ApiError::Malformed)?;
    check(&call)?;
    desk.write(move |change| {
        let kept = kept(&call);
        match receive::take(change, &inbox, brought(&inbox, call))? {
            Some(conversation_id) => receive::note_call(change, conversation_id, kept),
            None => Ok(()),
        }
    })
    .await?;
    empty()
}

fn check(call: &Call) -> Result<(), ApiError> {
    if call.id.trim().is_empty() {
        return Err(ApiError::missing("id"));
    }
    if !is_phone_number(&call.caller) {
        return Err(ApiError::invalid("Caller should be in e164 format", "caller"));
    }
    if call.duration_s < 0 {
        return Err(ApiError::invalid("Duration must not be negative", "duration_s"));
    }
    Ok(())
}

/// The call as the guest's contact remembers it.
fn kept(call: &Call) -> Object {
    let mut kept = Map::from_iter([
        ("at".to_owned(), json!(call.at)),
        ("duration_s".to_owned(), json!(call.duration_s)),
    ]);
    let recording = call.recording_url.as_deref().filter(|url| is_web_address(url));
    if let Some(recording) = recording {
        kept.insert("recording_url".to_owned(), json!(recording));
    }
    if let Some(summary) = summary(call) {
        kept.insert("summary".to_owned(), json!(summary));
    }
    kept
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn summary(call: &Call) -> Option<String> {
    let summary = call
        .summary
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())?;
    Some(summary.chars().take(LONGEST_SUMMARY).collect())
}

fn brought(inbox: &Inbox, call: Call) -> Brought {
    let is_whatsapp = inbox.setting("medium") == Some("whatsapp");
    let length = match (call.duration_s / 60, call.duration_s % 60) {
        (0, 0) => "Missed call".to_owned(),
        (0, seconds) => format!("Call of {seconds} s"),
        (minutes, seconds) => format!("Call of {minutes} min {seconds} s"),
    };
    let text = match summary(&call) {
        Some(summary) => format!("{length}: {summary}"),
        None => length,
    };
    Brought {
        provider_id: format!("call:{}", call.id),
        content_attributes: Map::from_iter([("data".to_owned(), json!(kept(&call)))]),
        sender: Sender {
            address: if is_whatsapp {
                format!("whatsapp:{}", call.caller)
            } else {
                call.caller.clone()
            },
            name: call.name,
            phone_number: Some(call.caller),
            email: None,
        },
        text,
        content_type: "voice_call".to_owned(),
        ..Brought::default()
    }
}
