//! Which limits a request meets (reference §1.5).

use crate::service::tokens;
use axum::http::{HeaderMap, Method};
use std::net::IpAddr;

const MINUTE_MS: i64 = 60_000;

/// So many requests of one key in each period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    pub name: &'static str,
    /// Whose requests are counted together.
    pub key: String,
    pub most: u32,
    pub period_ms: i64,
}

fn limit(name: &'static str, key: impl Into<String>, most: u32, minutes: i64) -> Limit {
    Limit {
        name,
        key: key.into(),
        most,
        period_ms: minutes * MINUTE_MS,
    }
}

/// Sign-ins with one e-mail address, wherever they come from.
pub fn of_email(email: &str) -> Limit {
    limit("login/email", email.trim().to_lowercase(), 10, 15)
}

/// Sign-ins from one address. The second step is counted apart, so this cannot go by the path.
pub fn of_sign_in(address: IpAddr) -> Limit {
    limit("login/ip", address.to_canonical().to_string(), 5, 5)
}

/// Second steps from one address.
pub fn of_second_step(address: IpAddr) -> Limit {
    limit("mfa_login/ip", address.to_canonical().to_string(), 10, 1)
}

/// Second steps with one token, wherever they come from.
pub fn of_token(token: &str) -> Limit {
    limit("mfa_login/token", tokens::hash_token(token), 10, 1)
}

/// Who asks, as far as the headers say.
fn caller(headers: &HeaderMap) -> String {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let caller = header("uid").or_else(|| header("api_access_token"));
    caller
        .or_else(|| header("api-access-token"))
        .unwrap_or_default()
        .to_owned()
}

/// The limits of a request, by its address, path and headers.
pub fn of(method: &Method, path: &str, headers: &HeaderMap, address: IpAddr) -> Vec<Limit> {
    if path == "/health" {
        return Vec::new();
    }
    let address = address.to_canonical().to_string();
    let mut limits = vec![limit("req/ip", address.clone(), 3000, 1)];
    let path = path.trim_end_matches('/');
    let is_second_factor = match path.strip_prefix("/api/v1/profile/mfa") {
        Some("") => method == Method::DELETE,
        Some("/verify" | "/backup_codes") => method == Method::POST,
        _ => false,
    };
    if is_second_factor {
        limits.push(limit("mfa/ip", address, 5, 1));
    }
    let in_account = |version: &str| {
        let rest = path.strip_prefix(&format!("/api/{version}/accounts/"))?;
        rest.split_once('/')
    };
    if let Some((account, rest)) = in_account("v1") {
        let is_transcript = rest.starts_with("conversations/") && rest.ends_with("/transcript");
        match rest {
            "contacts/search" => limits.push(limit("contacts/search", account, 100, 1)),
            "conversations/meta" if method == Method::GET => {
                let key = format!("{account} {}", caller(headers));
                limits.push(limit("conversations/meta", key, 30, 1));
            }
            "upload" => limits.push(limit("upload", account, 60, 60)),
            _ if is_transcript => limits.push(limit("transcript", account, 1000, 60)),
            _ => {}
        }
    }
    if let Some((account, rest)) = in_account("v2")
        && (rest == "reports" || rest.starts_with("reports/"))
    {
        let key = format!("{account} {}", caller(headers));
        limits.push(limit("reports/user", key, 100, 1));
        limits.push(limit("reports/account", account, 1000, 1));
    }
    limits
}
