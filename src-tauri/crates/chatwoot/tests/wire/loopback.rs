//! A small HTTP server: given answers by method and path, and the requests it got.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Response};
use deskbell_chatwoot::{AccountApi, Client, ServerUrl, Token};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// One answer. A redirect names its target in `location`.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: String,
    pub location: Option<String>,
}

impl Answer {
    pub fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            content_type: "application/json",
            body: body.to_string(),
            location: None,
        }
    }

    pub fn plain(status: u16, content_type: &'static str, body: &str) -> Self {
        Self {
            status,
            content_type,
            body: body.to_owned(),
            location: None,
        }
    }
}

/// One request as it came.
#[derive(Clone)]
pub struct Seen {
    pub line: String,
    pub headers: HeaderMap,
    pub body: Value,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

pub struct Loopback {
    pub server: ServerUrl,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Loopback {
    /// Answers `METHOD /path` (without the query) from `answers`, and 404 in the wire's form otherwise.
    pub async fn start(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Self {
        let answers: HashMap<&'static str, Answer> = answers.into_iter().collect();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        let router = Router::new().fallback(move |request: Request| {
            let answers = answers.clone();
            let log = log.clone();
            async move { reply(&answers, &log, request).await }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { server, seen }
    }

    /// A server that answers `GET /api` as Chatwoot does, besides `answers`.
    pub async fn chatwoot(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Self {
        Self::start(answers.into_iter().chain([("GET /api", version())])).await
    }

    /// A signed-in client's calls of account 2.
    pub fn account(&self) -> AccountApi {
        Client::new(self.server.clone(), Token::new("secret")).account(2)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request there was.
    pub fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1);
        seen[0].clone()
    }
}

pub fn version() -> Answer {
    Answer::json(
        200,
        json!({ "version": "4.15.1", "timestamp": "2026-06-17 10:00:00", "queue_services": "ok", "data_services": "ok" }),
    )
}

async fn reply(
    answers: &HashMap<&'static str, Answer>,
    log: &Mutex<Vec<Seen>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    log.lock().unwrap().push(Seen {
        line: format!("{} {}", parts.method, parts.uri),
        headers: parts.headers,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        bytes: body.to_vec(),
    });
    let missing = Answer::json(404, json!({ "status": 404, "error": "Not Found" }));
    let answer = answers
        .get(format!("{} {}", parts.method, parts.uri.path()).as_str())
        .unwrap_or(&missing);
    let mut response = Response::builder()
        .status(answer.status)
        .header("Content-Type", answer.content_type);
    if let Some(location) = &answer.location {
        response = response.header("Location", location);
    }
    response.body(Body::from(answer.body.clone())).unwrap()
}
