//! Scripted faults: what a test tells the server to do wrong. Without rules it costs one look at an empty list.

use crate::desk::Desk;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One rule: requests it fits get its action, `times` times.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    /// Any, when absent or empty.
    #[serde(default)]
    pub method: String,
    /// Part of path and query; any, when absent or empty.
    #[serde(default)]
    pub path_contains: String,
    /// For ever, when absent.
    pub times: Option<u64>,
    pub action: Action,
}

/// What goes wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Action {
    Delay { delay_ms: u64 },
    Cut { cut: Cut },
    Status { status: u16, body: Option<Value> },
}

/// When the connection ends without an answer.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Nothing was done.
    Before,
    /// All was done.
    After,
}

/// Marks an answer that must not be sent: the connection is closed instead.
#[derive(Clone, Copy)]
pub struct NoAnswer;

/// The rules in force, first fitting first.
#[derive(Default)]
pub struct Faults {
    rules: Mutex<Vec<Rule>>,
}

impl Faults {
    /// Adds rules behind those in force.
    pub fn add(&self, rules: Vec<Rule>) {
        self.rules().extend(rules);
    }

    /// Takes all back.
    pub fn clear(&self) {
        self.rules().clear();
    }

    /// The action for a request, counted off.
    pub fn take(&self, method: &str, path: &str) -> Option<Action> {
        let mut rules = self.rules();
        rules.retain(|rule| rule.times != Some(0));
        let rule = rules.iter_mut().find(|rule| rule.fits(method, path))?;
        rule.times = rule.times.map(|times| times - 1);
        Some(rule.action.clone())
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    fn fits(&self, method: &str, path: &str) -> bool {
        (self.method.is_empty() || self.method.eq_ignore_ascii_case(method))
            && path.contains(&self.path_contains)
    }
}

/// The layer in front of all routes but the test controls themselves.
pub async fn layer(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("", |path| path.as_str());
    if path.starts_with("/test/") {
        return next.run(request).await;
    }
    match desk.faults().take(request.method().as_str(), path) {
        None => next.run(request).await,
        Some(Action::Delay { delay_ms }) => {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            next.run(request).await
        }
        Some(Action::Cut { cut: Cut::Before }) => no_answer(),
        Some(Action::Cut { cut: Cut::After }) => {
            next.run(request).await;
            no_answer()
        }
        Some(Action::Status { status, body }) => scripted(status, body),
    }
}

fn no_answer() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(NoAnswer);
    response
}

/// A text that is JSON is sent as such, any other text plain.
fn scripted(status: u16, body: Option<Value>) -> Response {
    let (text, is_json) = match body {
        None => (String::new(), false),
        Some(Value::String(text)) => {
            let is_json = serde_json::from_str::<Value>(&text).is_ok();
            (text, is_json)
        }
        Some(json) => (json.to_string(), true),
    };
    let content_type = if is_json { "application/json" } else { "text/plain" };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static(content_type),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rule(json: Value) -> Rule {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_rule_fits_by_method_and_path_so_many_times() {
        let faults = Faults::default();
        faults.add(vec![rule(
            json!({ "method": "POST", "path_contains": "/messages", "times": 2, "action": { "cut": "after" } }),
        )]);
        assert!(faults.take("GET", "/x/messages").is_none());
        assert!(faults.take("POST", "/x").is_none());
        assert!(faults.take("POST", "/x/messages").is_some());
        assert!(faults.take("post", "/x/messages?y=1").is_some());
        assert!(faults.take("POST", "/x/messages").is_none());
    }

    #[test]
    fn every_action_is_understood() {
        assert!(matches!(
            rule(json!({ "action": { "delay_ms": 5 } })).action,
            Action::Delay { delay_ms: 5 }
        ));
        assert!(matches!(
            rule(json!({ "action": { "cut": "before" } })).action,
            Action::Cut { cut: Cut::Before }
        ));
        let status = rule(json!({ "action": { "status": 429, "body": "Retry later\n" } }));
        assert!(matches!(status.action, Action::Status { status: 429, .. }));
    }

    #[test]
    fn a_rule_without_a_count_stays_until_taken_back() {
        let faults = Faults::default();
        faults.add(vec![rule(json!({ "action": { "status": 500 } }))]);
        assert!((0..100).all(|_| faults.take("GET", "/").is_some()));
        faults.clear();
        assert!(faults.take("GET", "/").is_none());
    }
}
