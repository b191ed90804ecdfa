use super::*;
use crate::desk::DeskSetup;
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use std::net::SocketAddr;
use tower_service::Service;

const ADDRESS: [u8; 4] = [192, 0, 2, 1];

fn limits(method: Method, path: &str) -> Vec<(&'static str, u32, i64)> {
    let limits = rules::of(&method, path, &HeaderMap::new(), ADDRESS.into());
    limits
        .iter()
        .map(|limit| (limit.name, limit.most, limit.period_ms / 60_000))
        .collect()
}

#[test]
fn every_limit_of_the_reference_is_met() {
    let all = ("req/ip", 3000, 1);
    for (method, path, others) in [
        (Method::GET, "/api", vec![]),
        (Method::GET, "/api/v1/profile/mfa", vec![]),
        (Method::POST, "/api/v1/profile/mfa/verify", vec![("mfa/ip", 5, 1)]),
        (
            Method::POST,
            "/api/v1/profile/mfa/backup_codes",
            vec![("mfa/ip", 5, 1)],
        ),
        (Method::DELETE, "/api/v1/profile/mfa", vec![("mfa/ip", 5, 1)]),
        (
            Method::GET,
            "/api/v1/accounts/1/contacts/search",
            vec![("contacts/search", 100, 1)],
        ),
        (
            Method::GET,
            "/api/v1/accounts/1/conversations/meta",
            vec![("conversations/meta", 30, 1)],
        ),
        (Method::GET, "/api/v1/accounts/1/conversations", vec![]),
        (
            Method::POST,
            "/api/v1/accounts/1/upload",
            vec![("upload", 60, 60)],
        ),
        (
            Method::POST,
            "/api/v1/accounts/1/conversations/7/transcript",
            vec![("transcript", 1000, 60)],
        ),
        (
            Method::GET,
            "/api/v2/accounts/1/reports/summary",
            vec![("reports/user", 100, 1), ("reports/account", 1000, 1)],
        ),
        (Method::GET, "/api/v2/accounts/1/summary_reports/agent", vec![]),
        (
            Method::GET,
            "/api/v2/accounts/1/live_reports/conversation_metrics",
            vec![],
        ),
    ] {
        let mut expected = vec![all];
        expected.extend(others);
        assert_eq!(limits(method, path), expected, "{path}");
    }
    assert!(limits(Method::GET, "/health").is_empty());
}

#[test]
fn a_count_begins_anew_with_its_period() {
    let throttle = Throttle::default();
    let limit = |key: &str| Limit {
        name: "x",
        key: key.to_owned(),
        most: 5,
        period_ms: 300_000,
    };
    assert!((0..5).all(|_| throttle.allows(&limit("a"), 1000)));
    assert!(!throttle.allows(&limit("a"), 2000));
    assert!(throttle.allows(&limit("b"), 2000), "others are not held up");
    assert!(throttle.allows(&limit("a"), 301_000));
}

#[test]
fn this_computer_is_exempt() {
    assert!(is_exempt([127, 0, 0, 1].into()));
    assert!(is_exempt("::1".parse().unwrap()));
    assert!(!is_exempt(ADDRESS.into()));
}

async fn statuses(
    desk: &Desk,
    peer: [u8; 4],
    method: &str,
    path: &str,
    body: &str,
    times: usize,
) -> Vec<StatusCode> {
    let mut routes = crate::routes::all(desk, false);
    let mut statuses = Vec::new();
    for _ in 0..times {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .extension(Peer(SocketAddr::from((peer, 4711))))
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = routes.call(request).await.unwrap();
        statuses.push(response.status());
    }
    statuses
}

/// A desk whose clock stands at the beginning of a minute.
fn desk() -> (Desk, tempfile::TempDir) {
    let data = tempfile::TempDir::new().unwrap();
    let desk = Desk::open(DeskSetup {
        data: data.path(),
        url: "http://127.0.0.1:1".to_owned(),
        llm: None,
        sends_privately: false,
    })
    .unwrap();
    desk.clock().hold(1_773_144_000_000);
    (desk, data)
}

#[tokio::test]
async fn the_thirty_first_look_at_the_counts_in_a_minute_is_refused() {
    let (desk, _data) = desk();
    let path = "/api/v1/accounts/1/conversations/meta";
    let seen = statuses(&desk, ADDRESS, "GET", path, "", 31).await;
    assert!(
        seen[..30]
            .iter()
            .all(|status| *status == StatusCode::UNAUTHORIZED)
    );
    assert_eq!(seen[30], StatusCode::TOO_MANY_REQUESTS);
    desk.clock().hold(1_773_144_060_000);
    assert_eq!(
        statuses(&desk, ADDRESS, "GET", path, "", 1).await,
        [StatusCode::UNAUTHORIZED]
    );
    let here = statuses(&desk, [127, 0, 0, 1], "GET", path, "", 40).await;
    assert!(here.iter().all(|status| *status == StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn an_address_is_guessed_at_ten_times_wherever_from() {
    let (desk, _data) = desk();
    let mut seen = Vec::new();
    for last in 1..=3 {
        let body = r#"{"email": "Ana@example.org", "password": "wrong"}"#;
        seen.extend(statuses(&desk, [192, 0, 2, last], "POST", "/auth/sign_in", body, 4).await);
    }
    let refused = seen
        .iter()
        .filter(|status| **status == StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.count(), 2, "{seen:?}");
}

#[tokio::test]
async fn an_address_signs_in_five_times_in_five_minutes() {
    let (desk, _data) = desk();
    let mut seen = Vec::new();
    for number in 0..6 {
        let body = format!(r#"{{"email": "{number}@example.org", "password": "wrong"}}"#);
        seen.extend(statuses(&desk, ADDRESS, "POST", "/auth/sign_in", &body, 1).await);
    }
    assert!(seen[..5].iter().all(|status| *status == StatusCode::UNAUTHORIZED));
    assert_eq!(seen[5], StatusCode::TOO_MANY_REQUESTS);
    let second = r#"{"mfa_token": "x", "otp_code": "1"}"#;
    let apart = statuses(&desk, ADDRESS, "POST", "/auth/sign_in", second, 11).await;
    assert!(
        apart[..10]
            .iter()
            .all(|status| *status == StatusCode::UNAUTHORIZED),
        "counted apart"
    );
    assert_eq!(apart[10], StatusCode::TOO_MANY_REQUESTS);
}
