//! Whether an answer is one the reference knows, and holds nothing its caller must not see.

use crate::caller::Caller;
use crate::request::{Answer, Sample};
use crate::secrets::{Said, Secrets};
use crate::table;
use serde_json::Value;

/// What is wrong with an answer.
pub fn complaint(
    sample: &Sample,
    caller: Caller,
    said: &Said,
    answer: &Answer,
    secrets: &Secrets,
) -> Option<String> {
    if answer.status >= 500 && !(answer.status == 500 && table::may_fail(sample)) {
        return Some(format!("status {}", answer.status));
    }
    let body = String::from_utf8_lossy(&answer.body);
    if let Some(problem) = shape(sample, answer, &body) {
        return Some(format!(
            "{problem}, status {}: {}",
            answer.status,
            shortened(&body)
        ));
    }
    if answer.headers.contains_key("x-injected") {
        return Some("a header of the request's making".to_owned());
    }
    let headers: String = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    secrets.found(&format!("{headers}\n{body}"), said, caller)
}

fn shape(sample: &Sample, answer: &Answer, body: &str) -> Option<String> {
    let is_json = answer
        .headers
        .get("content-type")
        .is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    let json: Option<Value> = serde_json::from_str(body).ok();
    if is_json && json.is_none() && !body.is_empty() {
        return Some("JSON that no client can read".to_owned());
    }
    if answer.status < 400 || body.is_empty() {
        // A refusal without a word: HEAD, and where the reference says "empty".
        let is_known = answer.status < 400 || matches!(answer.status, 404 | 422) || answer.body.is_empty();
        return (!is_known).then(|| "an empty refusal".to_owned());
    }
    let is_in = |folder| sample.path[0].text == folder;
    let is_page = is_in("chat") && matches!(answer.status, 404 | 410);
    let is_cable = is_in("cable") && body == "Page not found";
    if is_page || is_cable {
        return None;
    }
    let Some(json) = json.filter(|_| is_json) else {
        return Some("an error that is no JSON".to_owned());
    };
    (!fits(answer.status, &json)).then(|| "an error body of no known shape".to_owned())
}

/// The shapes of reference §1.4, by status.
fn fits(status: u16, json: &Value) -> bool {
    let keys: Vec<&str> = match json.as_object() {
        Some(object) => object.keys().map(String::as_str).collect(),
        None => return false,
    };
    let is = |wanted: &[&str]| keys == wanted;
    let has_text = |key: &str| json[key].is_string();
    let has_texts = |key: &str| {
        let texts = json[key].as_array();
        texts.is_some_and(|texts| texts.iter().all(Value::is_string))
    };
    let has_own_status = json["status"] == status;
    match status {
        400 => {
            (is(&["error", "status"]) && has_own_status && has_text("error"))
                || (is(&["error"]) && has_text("error"))
        }
        401 => {
            (is(&["errors"]) && has_texts("errors"))
                || (is(&["error"]) && has_text("error"))
                || (is(&["errors", "success"]) && has_texts("errors") && json["success"] == false)
        }
        402 | 403 => is(&["error"]) && has_text("error"),
        404 => {
            (is(&["error"]) && has_text("error"))
                || (is(&["error", "status"]) && has_own_status)
                || (is(&["errors", "success"]) && has_texts("errors"))
        }
        422 => {
            (is(&["error"]) && (has_text("error") || json["error"].is_object()))
                || (is(&["attributes", "message"]) && has_text("message") && has_texts("attributes"))
                || (is(&["message"]) && has_text("message"))
                || (is(&["success"]) && json["success"] == false)
        }
        500 => is(&["error", "status"]) && has_own_status,
        _ => false,
    }
}

fn shortened(body: &str) -> String {
    body.chars().take(300).collect()
}
