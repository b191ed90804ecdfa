//! A language model behind the assistant: an endpoint of our own speaks its protocol, so that its answers are known.

use crate::demo_desk::DemoDesk;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use deskbell_desk::Llm;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

type Script = Arc<Mutex<VecDeque<(StatusCode, Value)>>>;

/// Answers the script one by one; afterwards it is broken.
async fn endpoint(answers: Vec<(StatusCode, Value)>) -> Llm {
    let script: Script = Arc::new(Mutex::new(answers.into()));
    let answer = |State(script): State<Script>, Json(asked): Json<Value>| async move {
        assert_eq!(asked["model"], "small", "the model is named");
        let next = script.lock().unwrap().pop_front();
        let (status, message) = next.unwrap_or((StatusCode::INTERNAL_SERVER_ERROR, Value::Null));
        (status, Json(json!({ "choices": [{ "message": message }] })))
    };
    let routes = Router::new()
        .route("/v1/chat/completions", post(answer))
        .with_state(script);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    Llm {
        url,
        model: "small".to_owned(),
    }
}

fn call(name: &str, arguments: &str) -> (StatusCode, Value) {
    let call = json!({ "id": "1", "type": "function", "function": { "name": name, "arguments": arguments } });
    (
        StatusCode::OK,
        json!({ "role": "assistant", "content": null, "tool_calls": [call] }),
    )
}

fn say(text: &str) -> (StatusCode, Value) {
    (StatusCode::OK, json!({ "role": "assistant", "content": text }))
}

async fn answer_to(question: &str, script: Vec<(StatusCode, Value)>) -> Value {
    let desk = DemoDesk::start_with(Some(endpoint(script).await)).await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes(question).await;
    guest.hears().await
}

#[tokio::test]
async fn its_words_are_used_when_the_facts_are_looked_up() {
    let script = vec![
        call("search_knowledge", "{\"words\":\"breakfast\"}"),
        say("Breakfast is served from 07:00, for 19 euros."),
    ];
    let answer = answer_to("What time is breakfast?", script).await;
    assert!(
        answer["content"]
            .as_str()
            .unwrap()
            .ends_with("Breakfast is served from 07:00, for 19 euros."),
        "{answer}"
    );
    assert_eq!(answer["content_attributes"]["ai_tools"][0]["name"], "Knowledge");
}

#[tokio::test]
async fn a_promise_of_money_is_thrown_away() {
    let script = vec![
        call("search_knowledge", "{\"words\":\"breakfast\"}"),
        say("Breakfast is at 07:00 and we will refund it."),
    ];
    let answer = answer_to("What time is breakfast?", script).await;
    let text = answer["content"].as_str().unwrap();
    assert!(
        !text.contains("refund") && text.contains("07:00 to 10:30"),
        "{text}"
    );
}

#[tokio::test]
async fn the_never_list_comes_before_it() {
    let answer = answer_to("I want a refund", vec![say("You get your money back.")]).await;
    assert!(
        answer["content"]
            .as_str()
            .unwrap()
            .contains("I have asked a colleague"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_broken_endpoint_is_no_silence() {
    let answer = answer_to(
        "What time is breakfast?",
        vec![(StatusCode::BAD_GATEWAY, Value::Null)],
    )
    .await;
    assert!(
        answer["content"].as_str().unwrap().contains("07:00 to 10:30"),
        "{answer}"
    );
}
