//! One HTTP exchange with a server: built, sent, bounded, timed, told to the log by its route alone.
//!
//! Not for: what an answer means to the caller beyond its status; nothing here tries twice.

mod answer;
mod download;
mod elsewhere;
mod fault;
mod form;
mod names;

mod route;

pub(crate) use answer::Answer;
pub use download::Download;
pub(crate) use download::download;
pub(crate) use fault::Fault;
pub(crate) use form::{Form, Upload};
pub(crate) use route::Route;

use crate::{ClientError, ServerUrl, Token};
use reqwest::header::{ACCEPT, HeaderValue, LOCATION};
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use url::Url;

/// Long enough for a slow mobile link, short enough that somebody waiting for it does not give up.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);
const WHOLE_TIMEOUT: Duration = Duration::from_secs(20);
/// A form with files gets this much longer for what a slow link carries in a second, in bytes.
const SLOWEST_UPLOAD: u64 = 50_000;
/// Shorter than any common server's keep-alive: a request on a connection the server just closed is a lost answer.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);
/// More than the largest answer, a page of 1000 messages, ever needs.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Without "Mozilla" in it, so that the server never stops a sign-in over too many sessions (reference §1.2).
pub(crate) const USER_AGENT: &str = concat!("Deskbell/", env!("CARGO_PKG_VERSION"));

/// What a request carries.
enum Body {
    Empty,
    Json(Value),
    Form(Form),
}

impl Body {
    fn of(json: Option<Value>) -> Self {
        json.map_or(Self::Empty, Self::Json)
    }
}

/// The way to one server, with the token that opens it.
#[derive(Clone)]
pub(crate) struct Http {
    server: ServerUrl,
    token: Option<HeaderValue>,
    /// Shared by all clones. `None` where this computer offers no secure connections at all.
    client: Arc<RwLock<Option<reqwest::Client>>>,
}

impl Http {
    pub fn new(server: ServerUrl, token: Option<&Token>) -> Self {
        let token = token
            .and_then(|token| HeaderValue::from_str(token.reveal()).ok())
            .map(|mut value| {
                value.set_sensitive(true);
                value
            });
        let client = Arc::new(RwLock::new(build(&server)));
        Self {
            server,
            token,
            client,
        }
    }

    /// Lets go of the connections kept for later. One that died without a word takes a request and answers nothing, and
    /// whoever asked waits the whole time allowed. Requests under way are not disturbed.
    pub fn forget_connections(&self) {
        let fresh = build(&self.server);
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    }

    /// Fetches a file of this server from wherever it keeps it, without the token.
    pub async fn download(&self, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
        download(&self.server, address, most_bytes).await
    }

    /// Fetches a picture that a mail names, from wherever in the world it is, without the token.
    pub async fn picture(&self, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
        elsewhere::picture(&self.server, address, most_bytes).await
    }

    /// Fetches the recording of a call from wherever it is kept, without the token.
    pub async fn sound(&self, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
        elsewhere::sound(&self.server, address, most_bytes).await
    }

    /// Sends one request and reads its answer whole, whatever its status.
    pub async fn exchange(
        &self,
        method: Method,
        route: &Route,
        body: Option<Value>,
    ) -> Result<Answer, Fault> {
        self.exchange_body(method, route, Body::of(body)).await
    }

    async fn exchange_body(&self, method: Method, route: &Route, body: Body) -> Result<Answer, Fault> {
        let started = Instant::now();
        let result = self.send(&method, route, body).await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let route = route.template();
        match &result {
            Ok(answer) => tracing::debug!(%method, route, status = answer.status, duration_ms, "Request"),
            Err(fault) => tracing::debug!(%method, route, ?fault, duration_ms, "Request"),
        }
        result
    }

    /// Sends one request and reads its JSON; every other status than 2xx is an error. An empty answer reads as null.
    pub async fn call(
        &self,
        method: Method,
        route: Route,
        body: Option<Value>,
    ) -> Result<Value, ClientError> {
        self.exchange(method, &route, body).await?.into_json()
    }

    pub async fn get(&self, route: Route) -> Result<Value, ClientError> {
        self.call(Method::GET, route, None).await
    }

    pub async fn post(&self, route: Route, body: Value) -> Result<Value, ClientError> {
        self.call(Method::POST, route, Some(body)).await
    }

    pub async fn put(&self, route: Route, body: Value) -> Result<Value, ClientError> {
        self.call(Method::PUT, route, Some(body)).await
    }

    pub async fn patch(&self, route: Route, body: Value) -> Result<Value, ClientError> {
        self.call(Method::PATCH, route, Some(body)).await
    }

    pub async fn delete(&self, route: Route) -> Result<Value, ClientError> {
        self.call(Method::DELETE, route, None).await
    }

    /// As [`Http::post`] with a form and its files, given the time their size needs.
    pub async fn post_form(&self, route: Route, form: Form) -> Result<Value, ClientError> {
        self.exchange_body(Method::POST, &route, Body::Form(form))
            .await?
            .into_json()
    }

    async fn send(&self, method: &Method, route: &Route, body: Body) -> Result<Answer, Fault> {
        let url = route.on(&self.server);
        let mut response = self.send_to(method, url.clone(), &body).await?;
        if let Some(secure) = upgrade(&url, response.status(), location(&response)) {
            response = self.send_to(method, secure, &body).await?;
        }
        read(response).await
    }

    async fn send_to(&self, method: &Method, url: Url, body: &Body) -> Result<Response, Fault> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner).clone();
        let client = client.ok_or(Fault::Tls)?;
        let mut request = client
            .request(method.clone(), url)
            .header(ACCEPT, "application/json");
        if let Some(token) = &self.token {
            // With hyphens: nginx drops header names with underscores (reference §1.1).
            request = request.header("Api-Access-Token", token);
        }
        request = match body {
            Body::Empty => request,
            Body::Json(body) => request.json(body),
            Body::Form(form) => {
                let carried = Duration::from_secs(form.bytes() / SLOWEST_UPLOAD);
                request.timeout(WHOLE_TIMEOUT + carried).multipart(form.build())
            }
        };
        request.send().await.map_err(|error| Fault::of(&error))
    }
}

fn build(server: &ServerUrl) -> Option<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(WHOLE_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(names::Names);
    let builder = if server.is_loopback() {
        builder.no_proxy()
    } else {
        builder
    };
    builder
        .build()
        .inspect_err(|_| tracing::error!("HTTPS is not available"))
        .ok()
}

fn location(response: &Response) -> Option<&str> {
    response.headers().get(LOCATION)?.to_str().ok()
}

/// The only redirect followed is from http to https of the same host and path: the same request may be repeated there
/// unchanged, and the token reaches nobody else.
fn upgrade(asked: &Url, status: StatusCode, location: Option<&str>) -> Option<Url> {
    let moved = matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let target = asked.join(location?).ok()?;
    let same_place = target.host() == asked.host() && target.path() == asked.path();
    (moved && asked.scheme() == "http" && target.scheme() == "https" && same_place).then_some(target)
}

async fn read(mut response: Response) -> Result<Answer, Fault> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Fault::AnswerLost)? {
        if body.len() + chunk.len() > MOST_BYTES {
            tracing::warn!(status, "An answer was too long to be read");
            return Err(Fault::AnswerLost);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_step_up_to_https_of_the_same_place_is_followed() {
        let asked = Url::parse("http://x.example/api/v1/profile?a=b").unwrap();
        let target = |status, location| upgrade(&asked, status, Some(location)).map(String::from);
        let moved = StatusCode::MOVED_PERMANENTLY;
        let secure = "https://x.example/api/v1/profile?a=b";
        assert_eq!(target(moved, secure).as_deref(), Some(secure));
        assert_eq!(target(moved, "https://evil.example/api/v1/profile"), None);
        assert_eq!(target(moved, "https://x.example/login"), None);
        assert_eq!(target(moved, "http://x.example/api/v1/profile"), None);
        assert_eq!(target(StatusCode::OK, secure), None);
        let already = Url::parse(secure).unwrap();
        assert_eq!(
            upgrade(&already, moved, Some("http://x.example/api/v1/profile")),
            None
        );
    }
}
