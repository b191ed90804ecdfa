//! Each way in which a server cannot be used, brought about for real, and the ways in that work.

use crate::loopback::{Answer, Loopback, version};
use deskbell_chatwoot::{ConnectProblem, ServerUrl, SignedIn, Token, probe, sign_in, sign_in_with_token};
use deskbell_domain::{AgentId, Role, Sight};
use serde_json::{Value, json};

const SIGN_IN: &str = "POST /auth/sign_in";
const PROFILE: &str = "GET /api/v1/profile";

fn user() -> Value {
    json!({
        "id": 7, "name": "Nadia Weber", "available_name": "Nadia", "email": "nadia@hotel.example",
        "access_token": "access", "pubsub_token": "pubsub", "account_id": 2, "role": "agent", "type": null,
        "accounts": [
            { "id": 2, "name": "Hotel Seeblick", "status": "active", "role": "administrator", "availability": "online" },
            { "id": "3", "name": "Salon", "status": "suspended", "role": "agent", "custom_role_id": 4,
              "custom_role": { "id": 4, "name": "Staff" }, "permissions": ["conversation_participating_manage", "custom_role"] },
        ],
    })
}

async fn password_on(answer: Answer) -> Result<SignedIn, ConnectProblem> {
    let server = Loopback::chatwoot([(SIGN_IN, answer)]).await;
    sign_in(&server.server, "nadia@hotel.example", "Passw0rd!").await
}

async fn token_on(answer: Answer) -> Result<deskbell_chatwoot::Profile, ConnectProblem> {
    let server = Loopback::chatwoot([(PROFILE, answer)]).await;
    sign_in_with_token(&server.server, Token::new("access")).await
}

#[tokio::test]
async fn a_password_brings_both_tokens_and_the_accounts() {
    let server = Loopback::chatwoot([(SIGN_IN, Answer::json(200, json!({ "data": user() })))]).await;
    let signed_in = sign_in(&server.server, " nadia@hotel.example ", "Passw0rd!")
        .await
        .unwrap();
    let SignedIn::Profile(profile) = signed_in else {
        panic!("a second factor was asked for")
    };
    assert_eq!(
        (profile.user_id, profile.name.as_str()),
        (AgentId(7), "Nadia Weber")
    );
    assert_eq!(
        (profile.access_token.reveal(), profile.pubsub_token.reveal()),
        ("access", "pubsub")
    );
    let accounts: Vec<_> = profile
        .accounts
        .iter()
        .map(|a| (a.id, a.access.role, a.active))
        .collect();
    assert_eq!(
        accounts,
        [(2, Role::Administrator, true), (3, Role::Agent, false)]
    );
    let sights: Vec<_> = profile.accounts.iter().map(|a| a.access.sight()).collect();
    assert_eq!(
        sights,
        [Sight::Everything, Sight::Own],
        "an old server tells the role alone"
    );
    assert_eq!(profile.accounts[1].access.name.as_deref(), Some("Staff"));
    let sent = &server.seen()[1].body;
    assert_eq!(
        *sent,
        json!({ "email": "nadia@hotel.example", "password": "Passw0rd!" })
    );
}

#[tokio::test]
async fn a_token_brings_the_profile() {
    let profile = token_on(Answer::json(200, user())).await.unwrap();
    assert_eq!(
        (profile.user_id, profile.access_token.reveal()),
        (AgentId(7), "access")
    );
}

#[tokio::test]
async fn a_second_factor_is_said_and_not_taken_for_a_profile() {
    let mfa = json!({ "mfa_required": true, "mfa_token": "jwt" });
    assert_eq!(
        password_on(Answer::json(206, mfa)).await,
        Ok(SignedIn::SecondFactor)
    );
}

#[tokio::test]
async fn refused_credentials_are_told_apart() {
    let wrong = json!({ "success": false, "errors": ["Invalid login credentials. Please try again."] });
    assert_eq!(
        password_on(Answer::json(401, wrong)).await,
        Err(ConnectProblem::WrongPassword)
    );
    let bad = json!({ "error": "Invalid Access Token" });
    assert_eq!(
        token_on(Answer::json(401, bad)).await,
        Err(ConnectProblem::BadToken)
    );
    let bot = json!({ "error": "Access to this endpoint is not authorized for bots" });
    assert_eq!(
        token_on(Answer::json(401, bot)).await,
        Err(ConnectProblem::BadToken)
    );
}

#[tokio::test]
async fn too_many_tries_and_a_failing_server_are_told_apart() {
    let later = Answer::plain(429, "text/plain", "Retry later\n");
    assert_eq!(
        password_on(later.clone()).await,
        Err(ConnectProblem::TooManyTries)
    );
    assert_eq!(token_on(later).await, Err(ConnectProblem::TooManyTries));
    let down = Answer::plain(502, "text/html", "<html>Bad Gateway</html>");
    assert_eq!(password_on(down.clone()).await, Err(ConnectProblem::ServerFault));
    let server = Loopback::start([("GET /api", down)]).await;
    assert_eq!(probe(&server.server).await, Err(ConnectProblem::ServerFault));
}

#[tokio::test]
async fn somebody_in_no_active_account_cannot_work() {
    let mut nobody = user();
    nobody["accounts"] = json!([]);
    assert_eq!(
        token_on(Answer::json(200, nobody.clone())).await,
        Err(ConnectProblem::NoAccount)
    );
    nobody["accounts"] = json!([{ "id": 3, "name": "Salon", "status": "suspended" }]);
    let answer = Answer::json(200, json!({ "data": nobody }));
    assert_eq!(password_on(answer).await, Err(ConnectProblem::NoAccount));
}

#[tokio::test]
async fn a_server_is_known_by_its_version() {
    let server = Loopback::chatwoot([]).await;
    assert_eq!(probe(&server.server).await.unwrap().as_str(), "4.15.1");
}

#[tokio::test]
async fn other_servers_never_see_the_password() {
    for answer in [
        Answer::plain(200, "text/html", "<html>It works!</html>"),
        Answer::json(200, json!({ "status": "ok" })),
        Answer::json(404, json!({ "version": "1" })),
        Answer::plain(301, "text/html", ""),
    ] {
        let server = Loopback::start([("GET /api", answer)]).await;
        assert_eq!(probe(&server.server).await, Err(ConnectProblem::NotChatwoot));
        let tried = sign_in(&server.server, "nadia@hotel.example", "Passw0rd!").await;
        assert_eq!(tried, Err(ConnectProblem::NotChatwoot));
        assert!(server.seen().iter().all(|seen| seen.line == "GET /api"));
    }
}

#[tokio::test]
async fn an_unknown_name_a_closed_port_and_a_port_without_tls_are_told_apart() {
    let nowhere = ServerUrl::parse("nothing.invalid").unwrap();
    assert_eq!(probe(&nowhere).await, Err(ConnectProblem::UnknownHost));

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let closed = ServerUrl::parse(&format!("http://{address}")).unwrap();
    assert_eq!(probe(&closed).await, Err(ConnectProblem::NoAnswer));

    let plain = Loopback::start([("GET /api", version())]).await;
    let as_https = ServerUrl::parse(&plain.server.to_string().replacen("http://", "https://", 1)).unwrap();
    assert_eq!(probe(&as_https).await, Err(ConnectProblem::Tls));
}

#[tokio::test]
async fn a_connection_that_ends_within_the_tls_handshake_is_no_secure_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = ServerUrl::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0; 4096];
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut hello).await;
        }
    });
    assert_eq!(probe(&server).await, Err(ConnectProblem::Tls));
}
