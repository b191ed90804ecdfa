//! Scripted faults: what a test tells the server to do wrong. Without rules it costs one look at an empty list.
//!
//! A request that is disturbed is read whole first and performed whoever still waits for it, as a server behind a proxy
//! does: hanging up calls nothing back.

use crate::desk::Desk;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// A request with this header is never disturbed: a test's own colleague speaks to the same server.
const UNDISTURBED: &str = "x-undisturbed";

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
    /// Performed after a while, also when nobody waits any more.
    Delay {
        delay_ms: u64,
    },
    /// Performed at once, answered after a while.
    HoldAnswer {
        hold_answer_ms: u64,
    },
    Cut {
        cut: Cut,
    },
    /// The connection ends at once, or with `status` is answered so; performed after a while.
    Late {
        late_ms: u64,
        status: Option<u16>,
    },
    /// Performed, and answered with something else, as a proxy between would.
    Instead {
        instead: u16,
        body: Option<Value>,
    },
    /// Performed; half of the answer's body arrives, as if it were all.
    Halve {
        halve: bool,
    },
    /// Answered so, and not performed.
    Status {
        status: u16,
        body: Option<Value>,
    },
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
    /// Requests performed whether or not somebody waits.
    performing: Mutex<JoinSet<()>>,
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

    /// How many rules still wait for a request.
    pub fn in_force(&self) -> usize {
        let rules = self.rules();
        rules.iter().filter(|rule| rule.times != Some(0)).count()
    }

    /// The action for a request, counted off.
    pub fn take(&self, method: &str, path: &str) -> Option<Action> {
        let mut rules = self.rules();
        rules.retain(|rule| rule.times != Some(0));
        let rule = rules.iter_mut().find(|rule| rule.fits(method, path))?;
        rule.times = rule.times.map(|times| times - 1);
        Some(rule.action.clone())
    }

    /// Ends what is still to be performed: the server is.
    pub fn end(&self) {
        self.performing().abort_all();
    }

    /// Performs a request after `wait`, beside whoever waits for it.
    async fn perform(&self, request: Request, next: Next, wait: Duration) -> oneshot::Receiver<Response> {
        let (done, response) = oneshot::channel();
        let (parts, body) = request.into_parts();
        // Read before anything is waited for; what was cut on its way in was never a request.
        if let Ok(body) = to_bytes(body, usize::MAX).await {
            let request = Request::from_parts(parts, Body::from(body));
            let mut performing = self.performing();
            while performing.try_join_next().is_some() {}
            performing.spawn(async move {
                // Even no time at all would wait for the clock's next tick.
                if !wait.is_zero() {
                    tokio::time::sleep(wait).await;
                }
                let _ = done.send(next.run(request).await);
            });
        }
        response
    }

    fn performing(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.performing.lock().unwrap_or_else(PoisonError::into_inner)
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
    if path.starts_with("/test/") || request.headers().contains_key(UNDISTURBED) {
        return next.run(request).await;
    }
    let faults = desk.faults();
    let Some(action) = faults.take(request.method().as_str(), path) else {
        return next.run(request).await;
    };
    match action {
        Action::Cut { cut: Cut::Before } => no_answer(),
        Action::Status { status, body } => scripted(status, body),
        Action::Late { late_ms, status } => {
            // Whoever waits for it is told something else long before.
            drop(
                faults
                    .perform(request, next, Duration::from_millis(late_ms))
                    .await,
            );
            status.map_or_else(no_answer, |status| scripted(status, None))
        }
        Action::Delay { delay_ms } => {
            let performed = faults
                .perform(request, next, Duration::from_millis(delay_ms))
                .await;
            performed.await.unwrap_or_else(|_| no_answer())
        }
        answered => {
            let performed = faults.perform(request, next, Duration::ZERO).await;
            disturb(performed.await.unwrap_or_else(|_| no_answer()), answered).await
        }
    }
}

/// What becomes of the answer to a request that was performed.
async fn disturb(response: Response, action: Action) -> Response {
    match action {
        Action::HoldAnswer { hold_answer_ms } => {
            tokio::time::sleep(Duration::from_millis(hold_answer_ms)).await;
            response
        }
        Action::Instead { instead, body } => scripted(instead, body),
        Action::Halve { halve: true } => halve(response).await,
        Action::Cut { .. } => no_answer(),
        _ => response,
    }
}

async fn halve(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return no_answer();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let half = body.slice(..body.len() / 2);
    Response::from_parts(parts, Body::from(half))
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
        let late = rule(json!({ "action": { "late_ms": 9, "status": 504 } }));
        assert!(matches!(
            late.action,
            Action::Late {
                late_ms: 9,
                status: Some(504)
            }
        ));
        let instead = rule(json!({ "action": { "instead": 200, "body": "<html>" } }));
        assert!(matches!(instead.action, Action::Instead { instead: 200, .. }));
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
