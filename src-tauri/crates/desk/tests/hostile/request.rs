//! A request as data, so that it can be bent before it is sent, and shown when it did harm.

use axum::Router;
use axum::body::{Body as AxumBody, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use futures_util::FutureExt;
use serde_json::Value;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tower_service::Service;

/// Only a request that is never answered takes so long.
const NEVER: Duration = Duration::from_secs(60);
/// What separates the parts of a form.
pub const BOUNDARY: &str = "----hostile";
/// More of a request is not shown.
const MOST_SHOWN: usize = 1500;

#[derive(Clone)]
pub enum Body {
    None,
    Json(Value),
    Raw {
        content_type: Option<String>,
        bytes: Vec<u8>,
    },
}

#[derive(Clone)]
pub struct Segment {
    pub text: String,
    /// Whether it names something: an id or a credential.
    pub is_id: bool,
}

#[derive(Clone)]
pub struct Sample {
    pub method: Method,
    pub path: Vec<Segment>,
    pub query: String,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Body,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// A form with these parts: field, file name, content type, bytes.
pub fn multipart(parts: &[(&str, Option<&str>, &str, &[u8])]) -> Body {
    let mut bytes = Vec::new();
    for (field, file_name, content_type, content) in parts {
        let mut head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"");
        if let Some(file_name) = file_name {
            head += &format!("; filename=\"{file_name}\"\r\ncontent-type: {content_type}");
        }
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(b"\r\n\r\n");
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    Body::Raw {
        content_type: Some(format!("multipart/form-data; boundary={BOUNDARY}")),
        bytes,
    }
}

impl Sample {
    pub fn new(method: &str, path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments = path.split('/').skip(1).map(|text| Segment {
            text: text.to_owned(),
            is_id: false,
        });
        Self {
            method: method.parse().unwrap(),
            path: segments.collect(),
            query: query.to_owned(),
            headers: Vec::new(),
            body: Body::None,
        }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.as_bytes().to_vec()));
        self
    }

    pub fn with_body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    pub fn target(&self) -> String {
        let mut target: String = self.path.iter().map(|part| format!("/{}", part.text)).collect();
        if !self.query.is_empty() {
            target = format!("{target}?{}", self.query);
        }
        target
    }

    /// The request; none when no HTTP library would let it through to the routes.
    pub fn build(&self) -> Option<Request<AxumBody>> {
        let mut request = Request::builder().method(self.method.clone()).uri(self.target());
        for (name, value) in &self.headers {
            request = request.header(
                HeaderName::from_static(name),
                HeaderValue::from_bytes(value).ok()?,
            );
        }
        let (content_type, bytes) = match &self.body {
            Body::None => (None, Vec::new()),
            Body::Json(json) => (Some("application/json"), json.to_string().into_bytes()),
            Body::Raw { content_type, bytes } => (content_type.as_deref(), bytes.clone()),
        };
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, HeaderValue::from_str(content_type).ok()?);
        }
        request.body(AxumBody::from(bytes)).ok()
    }

    /// All of it in one text, for whoever looks for something in it or at it.
    pub fn text(&self) -> String {
        let mut text = format!("{} {}\n", self.method, self.target());
        for (name, value) in &self.headers {
            text += &format!("{name}: {}\n", String::from_utf8_lossy(value));
        }
        match &self.body {
            Body::None => {}
            Body::Json(json) => text += &json.to_string(),
            Body::Raw { content_type, bytes } => {
                text += &format!(
                    "content-type: {content_type:?}\n{}",
                    String::from_utf8_lossy(bytes)
                );
            }
        }
        text
    }

    /// As much of it as helps.
    pub fn shown(&self) -> String {
        self.text()
            .chars()
            .take(MOST_SHOWN)
            .flat_map(char::escape_debug)
            .collect()
    }
}

/// Sends a request; an error is a request that panicked or was never answered.
pub async fn send(router: &Router, request: Request<AxumBody>) -> Result<Answer, String> {
    let mut router = router.clone();
    let answered = async {
        let Ok(response) = router.call(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX)
            .await
            .map_err(|error| error.to_string())?;
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        })
    };
    let caught = AssertUnwindSafe(answered).catch_unwind();
    match tokio::time::timeout(NEVER, caught).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err("the handler panicked".to_owned()),
        Err(_) => Err("no answer".to_owned()),
    }
}
