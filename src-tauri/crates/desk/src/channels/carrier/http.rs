//! Asking a provider, guarded like every request the desk makes on somebody's word.

use super::{Body, Carrier, Letter, Outcome, Proof, Request};
use crate::desk::Desk;
use crate::hooks::guard::{self, Failure};
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use serde_json::Value;
use std::time::Duration;
use url::Url;

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a provider may point elsewhere for a file.
const MOST_REDIRECTS: usize = 3;
/// An answer longer than this is not one.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Sends a letter once.
pub async fn send(desk: &Desk, carrier: &Carrier, letter: &Letter) -> Outcome {
    let Some(request) = carrier.request(letter) else {
        return Outcome::Taken { provider_id: None };
    };
    match ask(desk, request).await {
        Ok((status, answer)) => carrier.outcome(letter, status, &answer),
        Err(outcome) => outcome,
    }
}

async fn ask(desk: &Desk, request: Request) -> Result<(u16, Value), Outcome> {
    let of_guard = |failure: Failure| match failure {
        Failure::NoAnswer => Outcome::NotTaken,
        other => Outcome::Refused(other.to_string()),
    };
    let url = Url::parse(&request.url).map_err(|_| of_guard(Failure::Address))?;
    let client = guard::client(&url, desk.may_send_privately(), PATIENCE).await;
    let asked = proved(client.map_err(of_guard)?.post(url), &request.proof);
    let asked = match &request.body {
        Body::Json(json) => asked.json(json),
        Body::Form(form) => {
            let text = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(form)
                .finish();
            asked
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(text)
        }
    };
    let answer = asked.send().await.map_err(|error| {
        // Before there was a connection nothing of the letter left.
        if error.is_connect() || error.is_builder() {
            Outcome::NotTaken
        } else {
            Outcome::Unsure
        }
    })?;
    let status = answer.status().as_u16();
    let bytes = read(answer, LARGEST_ANSWER).await.unwrap_or_default();
    Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
}

fn proved(request: RequestBuilder, proof: &Proof) -> RequestBuilder {
    match proof {
        Proof::None => request,
        Proof::Basic(name, password) => request.basic_auth(name, Some(password)),
        Proof::Bearer(token) => request.bearer_auth(token),
        Proof::Header(name, value) => request.header(*name, value),
    }
}

/// The whole body; none when it ends too early or is too long.
async fn read(mut answer: reqwest::Response, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.ok()? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > most {
            return None;
        }
    }
    Some(bytes)
}

/// A file a provider keeps.
pub struct Fetched {
    pub bytes: Vec<u8>,
    pub content_type: String,
}

/// Fetches what a provider points to, at most `most` bytes. The proof goes to the address asked for and to nowhere it
/// points on to.
pub async fn fetch(desk: &Desk, url: &str, proof: &Proof, most: usize) -> Result<Fetched, Failure> {
    let mut url = Url::parse(url).map_err(|_| Failure::Address)?;
    let mut proof = proof.clone();
    for _ in 0..=MOST_REDIRECTS {
        let client = guard::client(&url, desk.may_send_privately(), PATIENCE).await?;
        let answer = proved(client.get(url.clone()), &proof).send().await;
        let answer = answer.map_err(|_| Failure::NoAnswer)?;
        if answer.status().is_redirection() {
            let location = answer
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok());
            url = location
                .and_then(|to| url.join(to).ok())
                .ok_or(Failure::Address)?;
            proof = Proof::None;
            continue;
        }
        if !answer.status().is_success() {
            return Err(Failure::Status(answer.status().as_u16()));
        }
        let content_type = answer
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or("application/octet-stream").to_owned();
        let bytes = read(answer, most).await.ok_or(Failure::TooLarge)?;
        return Ok(Fetched { bytes, content_type });
    }
    Err(Failure::Address)
}
