//! Not getting in, in the real window: each reason in its own sentence, and nothing typed is lost.

use crate::composer::answering;
use crate::front_desk::{FrontDesk, profile, sign_in};
use deskbell_tests::app::Window;
use deskbell_tests::desk::Desk;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::page::Key;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_has_its_sentence_and_what_was_typed_stays() {
    let desk = Desk::start();
    let me = desk.login("agent").clone();
    let desktop = Desktop::start().await;
    let window = Window::open(&desktop, &profile(&desktop)).await;
    let secure = desk.url().replace("http://", "https://");
    let reasons = [
        ("desk.nowhere.invalid", "There is no server with this name"),
        ("http://127.0.0.1:1", "The server does not answer"),
        (secure.as_str(), "The connection is not safe"),
    ];
    for (server, sentence) in reasons {
        sign_in(&window, server, &me.email, &me.password).await;
        window.sees(sentence).await;
        assert_eq!(
            window.value("textbox", "Email").await,
            me.email,
            "nothing typed is lost"
        );
    }
    sign_in(&window, desk.url(), &me.email, "Wrong-1234!").await;
    window.sees("Email and password do not match.").await;
    window.picture(&desktop, "sign-in-wrong-password").await;
    let slow_down = json!({ "status": 429, "body": "Retry later\n" });
    desk.fault("POST", "/auth/sign_in", 1, slow_down).await;
    sign_in(&window, desk.url(), &me.email, &me.password).await;
    window.sees("Too many tries").await;
    sign_in(&window, desk.url(), &me.email, &me.password).await;
    window.sees("In step").await;
    let wrapped = profile(&desktop).join("key.wrapped");
    assert!(!wrapped.exists(), "the key is in the keyring, not on disk");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_signed_out_elsewhere_comes_back_with_the_password_alone() {
    let (counter, _guest, _) = answering().await;
    let (window, me) = (&counter.window, &counter.me);
    window.write("textbox", "Reply", "Half a sentence").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    end_session(&counter).await;
    window.find("dialog", "You were signed out").await;
    window.picture(&counter.desktop, "signed-out").await;
    let password = format!("Password for {}", me.email);
    window.write("textbox", &password, "Wrong-1234!").await;
    window.click("button", "Sign in").await;
    window.sees("Email and password do not match.").await;
    window.rewrite("textbox", &password, &me.password).await;
    window.click("button", "Sign in").await;
    window.gone("dialog", "You were signed out").await;
    window.sees("In step").await;
    assert_eq!(window.value("textbox", "Reply").await, "Half a sentence");
}

/// Another machine asks for a new token: this one's is no longer good.
pub async fn end_session(counter: &FrontDesk) {
    let (desk, token) = (&counter.desk, &counter.me.access_token);
    desk.post("/api/v1/profile/reset_access_token", &json!({}), token)
        .await;
    desk.close_sockets().await;
}
