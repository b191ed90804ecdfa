//! Every way of not getting in says which one it is.

use deskbell_tests::core::Core;
use deskbell_tests::desk::Desk;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use tempfile::TempDir;

fn problem(outcome: &Value) -> &str {
    assert_eq!(outcome["outcome"], "refused", "{outcome}");
    outcome["problem"].as_str().unwrap_or_default()
}

/// Something that answers HTTP, but not as Chatwoot does.
fn other_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.read(&mut [0; 4096]);
            let page = "<html>Hello</html>";
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            );
        }
    });
    format!("http://{address}")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_problem_has_its_own_name_and_the_right_password_still_works() {
    let desk = Desk::start();
    let folder = TempDir::new().unwrap();
    let core = Core::start(folder.path()).await;
    let login = desk.login("agent").clone();
    let (email, password) = (login.email.as_str(), login.password.as_str());
    assert_eq!(
        problem(&core.sign_in(desk.url(), email, "Wrong-1234!").await),
        "wrong_password"
    );
    assert_eq!(
        problem(&core.sign_in("not an address", email, password).await),
        "bad_address"
    );
    assert_eq!(
        problem(&core.sign_in("desk.nowhere.invalid", email, password).await),
        "unknown_host"
    );
    assert_eq!(
        problem(&core.sign_in("http://127.0.0.1:1", email, password).await),
        "no_answer"
    );
    assert_eq!(
        problem(&core.sign_in(&other_server(), email, password).await),
        "not_chatwoot"
    );
    let secure = desk.url().replace("http://", "https://");
    assert_eq!(problem(&core.sign_in(&secure, email, password).await), "tls");
    desk.fault(
        "POST",
        "/auth/sign_in",
        1,
        json!({ "status": 429, "body": "Retry later\n" }),
    )
    .await;
    assert_eq!(
        problem(&core.sign_in(desk.url(), email, password).await),
        "too_many_tries"
    );
    let credentials = json!({ "by": "token", "token": "not-a-token" });
    let outcome = core
        .mutate(
            "sign_in",
            json!({ "server": desk.url(), "credentials": credentials, "stay": true }),
        )
        .await;
    assert_eq!(problem(&outcome), "bad_token");
    assert_eq!(
        core.query("session", Value::Null).await["phase"]["phase"],
        "signed_out"
    );
    assert_eq!(
        core.sign_in(desk.url(), email, password).await["outcome"],
        "signed_in"
    );
    core.until_live().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ends_signs_out_visibly_and_keeps_everything() {
    let desk = Desk::start();
    let folder = TempDir::new().unwrap();
    let core = Core::signed_in(&desk, desk.login("agent"), folder.path()).await;
    let all = core.query("counts", json!({ "account": null })).await;
    let body = "{\"error\":\"Invalid Access Token\"}";
    desk.fault("GET", "/api/v1/", 1000, json!({ "status": 401, "body": body }))
        .await;
    desk.close_sockets().await;
    core.until("the session to be seen as ended", async || {
        let session = core.query("session", Value::Null).await;
        let connection = session["accounts"][0]["connection"].clone();
        (connection["state"] == "signed_out" && connection["problem"] == "expired").then_some(())
    })
    .await;
    assert_eq!(
        core.query("counts", json!({ "account": null })).await,
        all,
        "what was read is still there"
    );
}
