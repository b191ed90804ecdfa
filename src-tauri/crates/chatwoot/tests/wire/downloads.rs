//! Files of messages (reference §4.1).

use crate::loopback::{Answer, Loopback};
use deskbell_chatwoot::{Client, ClientError, Token};

fn client(server: &Loopback) -> Client {
    Client::new(server.server.clone(), Token::new("secret"))
}

#[tokio::test]
async fn a_file_is_fetched_where_the_server_sends_one_without_the_token() {
    let mut moved = Answer::plain(302, "text/html", "");
    moved.location = Some("/storage/9".into());
    let server = Loopback::start([
        ("GET /rails/9", moved),
        (
            "GET /storage/9",
            Answer::plain(200, "image/png; charset=binary", "points"),
        ),
    ])
    .await;
    let file = client(&server).download("/rails/9", 6).await.unwrap();
    assert_eq!(
        (file.content_type.as_str(), file.bytes.as_slice()),
        ("image/png", &b"points"[..])
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for request in seen {
        assert!(
            request.headers.get("api-access-token").is_none(),
            "{}",
            request.line
        );
    }
}

#[tokio::test]
async fn what_is_too_long_or_gone_is_told_apart() {
    let server = Loopback::start([
        ("GET /long", Answer::plain(200, "image/png", "seven..")),
        ("GET /fault", Answer::plain(502, "text/html", "")),
    ])
    .await;
    let error = async |path| client(&server).download(path, 6).await.unwrap_err();
    assert!(matches!(error("/long").await, ClientError::Refused { .. }));
    assert_eq!(error("/gone").await, ClientError::Missing);
    assert_eq!(error("/fault").await, ClientError::ServerFault { status: 502 });
    assert_eq!(error("ftp://files.example/9").await, ClientError::Missing);
}
