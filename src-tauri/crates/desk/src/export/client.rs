//! The hosted server over HTTP: at a measured pace, and with the one question that matters after each request, whether
//! it was performed.

use super::ExportError;
use super::pace::{self, Pace};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode, multipart};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};
use url::{Host, Url};

/// For a whole answer; files are sent in it too.
const PATIENCE: Duration = Duration::from_secs(120);
/// Hyphens pass every proxy; underscores do not (reference §1.1).
const TOKEN: HeaderName = HeaderName::from_static("api-access-token");
/// What a conversation that got 200 messages within a minute says (reference §4.4).
const TOO_MANY_MESSAGES: &str = "Too many messages";

/// What a request brought.
pub enum Said {
    /// Performed; null when there is no body.
    Yes(Value),
    /// Not performed, and asking again changes nothing.
    Refused(u16),
    /// Nobody knows: the answer was lost, or is none.
    Unsure,
}

/// A body that can be sent more than once.
pub enum Body {
    None,
    Json(Value),
    Form {
        fields: Vec<(&'static str, String)>,
        files: Vec<File>,
    },
}

/// A file of a message.
pub struct File {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// One server.
pub struct Client {
    http: reqwest::Client,
    server: String,
    pace: Pace,
    /// When the next request may leave.
    next: Mutex<Option<Instant>>,
}

impl Client {
    /// Refuses an address that would show the token to the network.
    pub fn new(server: &Url, token: &str, pace: &Pace) -> Result<Self, ExportError> {
        let is_here = match server.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        if server.scheme() != "https" && !(server.scheme() == "http" && is_here) {
            let problem = "the server's address begins with https://: everything else would show the token";
            return Err(ExportError::Unfit(problem.to_owned()));
        }
        let mut token = HeaderValue::from_str(token).map_err(|_| ExportError::NoToken)?;
        token.set_sensitive(true);
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(TOKEN, token)]))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build();
        Ok(Self {
            http: http.map_err(|_| ExportError::Unreachable("no connection can be made here"))?,
            server: server.as_str().trim_end_matches('/').to_owned(),
            pace: *pace,
            next: Mutex::default(),
        })
    }

    /// Its address without a slash at the end.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// How long it may still work on a request whose answer was lost.
    pub fn settle(&self) -> Duration {
        self.pace.settle
    }

    /// Reads; asks again while the server cannot answer.
    pub async fn get(&self, path: &str) -> Result<Value, ExportError> {
        self.repeat(Method::GET, path, &Body::None)
            .await?
            .ok_or(ExportError::Strange("a list is missing"))
    }

    /// Looks things up by a filter, which changes nothing.
    pub async fn look(&self, path: &str, body: Value) -> Result<Value, ExportError> {
        let found = self.repeat(Method::POST, path, &Body::Json(body)).await?;
        found.ok_or(ExportError::Strange("it does not take a filter"))
    }

    /// Sets something to a value: asking twice is as good as once. `Err` of the status when it is refused.
    pub async fn set(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> Result<Result<Value, u16>, ExportError> {
        let body = Body::Json(body);
        for attempt in 0..pace::ATTEMPTS {
            match self.send(method.clone(), path, &body).await? {
                Said::Yes(value) => return Ok(Ok(value)),
                Said::Refused(status) => return Ok(Err(status)),
                Said::Unsure => sleep(pace::before_retry(attempt)).await,
            }
        }
        Err(ExportError::Unreachable("it does not answer"))
    }

    async fn repeat(&self, method: Method, path: &str, body: &Body) -> Result<Option<Value>, ExportError> {
        for attempt in 0..pace::ATTEMPTS {
            match self.send(method.clone(), path, body).await? {
                Said::Yes(value) => return Ok(Some(value)),
                Said::Refused(_) => return Ok(None),
                Said::Unsure => sleep(pace::before_retry(attempt)).await,
            }
        }
        Err(ExportError::Unreachable("it does not answer"))
    }

    /// Asks, and again where that certainly did nothing: no connection, or too many requests.
    pub async fn send(&self, method: Method, path: &str, body: &Body) -> Result<Said, ExportError> {
        for attempt in 0..pace::ATTEMPTS {
            self.take_turn().await;
            let answer = match self.request(method.clone(), path, body)?.send().await {
                Err(error) if error.is_connect() => {
                    sleep(pace::before_retry(attempt)).await;
                    continue;
                }
                Err(_) => return Ok(Said::Unsure),
                Ok(answer) => answer,
            };
            let retry_after = answer
                .headers()
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok());
            let wait = pace::after_too_many(retry_after, attempt);
            match judge(answer).await? {
                Some(said) => return Ok(said),
                None => sleep(wait).await,
            }
        }
        Err(ExportError::Unreachable(
            "it cannot be connected to, or has too many requests",
        ))
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: &Body,
    ) -> Result<reqwest::RequestBuilder, ExportError> {
        let request = self.http.request(method, format!("{}{path}", self.server));
        Ok(match body {
            Body::None => request,
            Body::Json(json) => request.json(json),
            Body::Form { fields, files } => request.multipart(form(fields, files)?),
        })
    }

    /// Waits until the pace allows the next request.
    async fn take_turn(&self) {
        let now = Instant::now();
        let at = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let at = next.map_or(now, |next| next.max(now));
            *next = Some(at + self.pace.between);
            at
        };
        sleep_until(at).await;
    }
}

fn form(fields: &[(&'static str, String)], files: &[File]) -> Result<multipart::Form, ExportError> {
    let mut form = multipart::Form::new();
    for (name, value) in fields {
        form = form.text(*name, value.clone());
    }
    for file in files {
        let part = multipart::Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        let part = part.mime_str(&file.content_type).or_else(|_| {
            let plain = multipart::Part::bytes(file.bytes.clone()).file_name(file.name.clone());
            plain.mime_str("application/octet-stream")
        });
        form = form.part(
            "attachments[]",
            part.map_err(|_| ExportError::Strange("a file has no kind"))?,
        );
    }
    Ok(form)
}

/// What an answer means; none: not performed because there was too much of it.
async fn judge(answer: Response) -> Result<Option<Said>, ExportError> {
    let status = answer.status();
    match status {
        StatusCode::TOO_MANY_REQUESTS => return Ok(None),
        StatusCode::UNAUTHORIZED => return Err(ExportError::Denied),
        _ if status.is_redirection() => {
            return Err(ExportError::Unfit(
                "the server's address leads elsewhere: use that one".to_owned(),
            ));
        }
        // A server that fails, or a proxy before it, may have performed the request all the same.
        _ if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => {
            return Ok(Some(Said::Unsure));
        }
        _ => {}
    }
    let Ok(text) = answer.text().await else {
        return Ok(Some(Said::Unsure));
    };
    if status.is_client_error() {
        let waits = status == StatusCode::UNPROCESSABLE_ENTITY && text.contains(TOO_MANY_MESSAGES);
        return Ok((!waits).then_some(Said::Refused(status.as_u16())));
    }
    if text.is_empty() {
        return Ok(Some(Said::Yes(Value::Null)));
    }
    // Half an answer is none.
    let said = serde_json::from_str(&text).map_or(Said::Unsure, Said::Yes);
    Ok(Some(said))
}
