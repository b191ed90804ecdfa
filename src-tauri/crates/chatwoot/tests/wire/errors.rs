//! Every error body of reference §1.4, told apart by what the caller can do.

use crate::loopback::{Answer, Loopback};
use deskbell_chatwoot::ClientError;
use deskbell_domain::ConversationId;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const ROUTE: &str = "GET /api/v1/accounts/2/conversations/5";

async fn error_of(answer: Answer) -> ClientError {
    let server = Loopback::start([(ROUTE, answer)]).await;
    server
        .account()
        .conversation(ConversationId(5))
        .await
        .unwrap_err()
}

fn refused(message: &str) -> ClientError {
    ClientError::Refused {
        message: message.to_owned(),
    }
}

#[tokio::test]
async fn only_a_bad_token_signs_out() {
    let bad_token = json!({ "error": "Invalid Access Token" });
    let no_session = json!({ "errors": ["You need to sign in or sign up before continuing."] });
    assert_eq!(
        error_of(Answer::json(401, bad_token)).await,
        ClientError::SignedOut
    );
    assert_eq!(
        error_of(Answer::json(401, no_session)).await,
        ClientError::SignedOut
    );
}

#[tokio::test]
async fn a_401_about_permission_does_not_sign_out() {
    for sentence in [
        "You are not authorized to do this action",
        "You are not authorized to access this account",
        "Account is suspended",
        "Bot is not authorized to access this account",
        "Access to this endpoint is not authorized for bots",
    ] {
        let error = error_of(Answer::json(401, json!({ "error": sentence }))).await;
        assert_eq!(error, ClientError::NotAllowed, "{sentence}");
        assert!(!error.is_transient());
    }
    for body in ["", "<html>Authorization required</html>"] {
        assert_eq!(
            error_of(Answer::plain(401, "text/html", body)).await,
            ClientError::NotAllowed
        );
    }
    assert_eq!(
        error_of(Answer::json(403, json!({ "error": "off" }))).await,
        ClientError::NotAllowed
    );
}

#[tokio::test]
async fn what_is_not_there_is_missing_in_every_form() {
    let record = Answer::json(404, json!({ "error": "Resource could not be found" }));
    let route = Answer::json(404, json!({ "status": 404, "error": "Not Found" }));
    for answer in [
        record,
        route,
        Answer::plain(404, "text/html", "<h1>404</h1>"),
        Answer::plain(404, "", ""),
    ] {
        assert_eq!(error_of(answer).await, ClientError::Missing);
    }
}

#[tokio::test]
async fn a_refusal_keeps_the_servers_own_sentence() {
    let failed = Answer::json(422, json!({ "error": "Validation failed: Too many messages" }));
    assert_eq!(
        error_of(failed).await,
        refused("Validation failed: Too many messages")
    );
    let invalid = Answer::json(422, json!({ "message": "Url is invalid", "attributes": ["url"] }));
    assert_eq!(error_of(invalid).await, refused("Url is invalid"));
    let limit = Answer::json(402, json!({ "error": "Account limit exceeded" }));
    assert_eq!(error_of(limit).await, refused("Account limit exceeded"));
    let nested = Answer::json(422, json!({ "error": { "actions": ["unknown"] } }));
    assert_eq!(error_of(nested).await, refused(""));
    assert_eq!(
        error_of(Answer::plain(400, "text/html", "<h1>Bad Request</h1>")).await,
        refused("")
    );
    assert!(!refused("").is_transient() && !refused("").may_have_arrived());
}

#[tokio::test]
async fn a_throttle_is_plain_text_and_nothing_happened() {
    let error = error_of(Answer::plain(429, "text/plain", "Retry later\n")).await;
    assert_eq!(error, ClientError::Throttled);
    assert!(error.is_transient() && !error.may_have_arrived());
}

#[tokio::test]
async fn a_fault_of_the_server_or_its_proxy_may_have_had_its_effect() {
    for (status, body) in [
        (500, "{\"error\":\"boom\"}"),
        (502, "<html>Bad Gateway</html>"),
        (504, ""),
    ] {
        let error = error_of(Answer::plain(status, "text/html", body)).await;
        assert_eq!(error, ClientError::ServerFault { status });
        assert!(error.is_transient() && error.may_have_arrived());
    }
}

#[tokio::test]
async fn garbage_in_a_good_answer_is_a_lost_answer() {
    for body in [
        "<html>Welcome to the hotel Wi-Fi</html>",
        "{\"id\":",
        "[]",
        "{}",
        "null",
        "\"5\"",
    ] {
        let error = error_of(Answer::plain(200, "text/html", body)).await;
        assert_eq!(error, ClientError::Unknown, "{body}");
        assert!(error.is_transient() && error.may_have_arrived());
    }
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let endless = "x".repeat(17 * 1024 * 1024);
    assert_eq!(
        error_of(Answer::plain(200, "application/json", &endless)).await,
        ClientError::Unknown
    );
}

#[tokio::test]
async fn a_redirect_elsewhere_is_not_followed() {
    let elsewhere = Loopback::start([]).await;
    let location = Some(format!("{}/login", elsewhere.server));
    let answer = Answer {
        location,
        ..Answer::plain(302, "text/html", "")
    };
    assert_eq!(error_of(answer).await, ClientError::NotSent);
    assert!(elsewhere.seen().is_empty(), "the token went to somebody else");
}

#[tokio::test]
async fn an_answer_cut_off_is_lost_and_a_closed_port_is_not_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let cut = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":5")
            .await
            .unwrap();
    });
    let server = deskbell_chatwoot::ServerUrl::parse(&format!("http://{address}")).unwrap();
    let client = deskbell_chatwoot::Client::new(server, deskbell_chatwoot::Token::new("secret"));
    let cut_off = client
        .account(2)
        .conversation(ConversationId(5))
        .await
        .unwrap_err();
    assert_eq!(cut_off, ClientError::Unknown);
    cut.await.unwrap();
    let closed = client
        .account(2)
        .conversation(ConversationId(5))
        .await
        .unwrap_err();
    assert_eq!(closed, ClientError::NotSent);
    assert!(closed.is_transient() && !closed.may_have_arrived());
}
