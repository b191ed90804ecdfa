//! The socket against a small ActionCable server on loopback.
#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests too")]

use super::*;
use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use deskbell_domain::{Availability, MessageId};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_millis(150);
const LATE: Duration = Duration::from_secs(60);
/// Patient in everything; each test shortens what it is about.
const PATIENT: Timing = Timing {
    stale_after: LATE,
    confirm_within: LATE,
    presence_every: LATE,
};

/// A server that plays `script` with each socket it gets.
async fn serve<F>(script: impl Fn(WebSocket) -> F + Clone + Send + Sync + 'static) -> ServerUrl
where
    F: Future<Output = ()> + Send + 'static,
{
    let router = Router::new().route(
        "/cable",
        get(move |upgrade: WebSocketUpgrade| async move {
            upgrade.protocols(["actioncable-v1-json"]).on_upgrade(script)
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    server
}

async fn connect(server: &ServerUrl, timing: Timing) -> Cable {
    let subscription = Subscription::new(&Token::new("pubsub"), 2, AgentId(7));
    Cable::connect_timed(server, subscription, timing).await.unwrap()
}

async fn say(socket: &mut WebSocket, frame: Value) {
    let _ = socket.send(Message::text(frame.to_string())).await;
}

/// The next frame of the client; `None` once it has gone.
async fn hear(socket: &mut WebSocket) -> Option<Value> {
    loop {
        match socket.recv().await?.ok()? {
            Message::Text(text) => return serde_json::from_str(&text).ok(),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

/// Welcomes, checks the subscription, confirms it byte for byte.
async fn confirm(socket: &mut WebSocket) -> String {
    say(socket, json!({ "type": "welcome" })).await;
    let subscribe = hear(socket).await.unwrap();
    assert_eq!(subscribe["command"], "subscribe");
    let identifier = subscribe["identifier"].as_str().unwrap().to_owned();
    let inner: Value = serde_json::from_str(&identifier).unwrap();
    assert_eq!(
        inner,
        json!({ "channel": "RoomChannel", "pubsub_token": "pubsub", "account_id": 2, "user_id": 7 })
    );
    say(
        socket,
        json!({ "identifier": identifier, "type": "confirm_subscription" }),
    )
    .await;
    identifier
}

/// Stays until the client goes.
async fn linger(socket: &mut WebSocket) {
    while hear(socket).await.is_some() {}
}

#[tokio::test]
async fn a_subscription_is_confirmed_and_events_come() {
    let server = serve(|mut socket| async move {
        let identifier = confirm(&mut socket).await;
        let data = json!({ "id": 90, "account_id": 2, "conversation_id": 5, "message_type": 0, "content": "Hello?",
            "created_at": 1_700_000_000, "echo_id": "key", "conversation": { "unread_count": 3, "last_activity_at": 1_700_000_000 } });
        say(&mut socket, json!({ "identifier": identifier, "message": { "event": "message.created", "data": data } })).await;
        say(&mut socket, json!({ "type": "a later release's frame" })).await;
        let presence = json!({ "account_id": 2, "users": { "7": "online", "8": "busy", "x": "online" } });
        say(&mut socket, json!({ "identifier": identifier, "message": { "event": "presence.update", "data": presence } })).await;
        linger(&mut socket).await;
    })
    .await;
    let mut cable = connect(&server, PATIENT).await;
    assert_eq!(cable.next().await, CableEvent::Confirmed);
    let CableEvent::Event(WireEvent::Message {
        account_id: 2,
        message,
        created: true,
        conversation_now,
    }) = cable.next().await
    else {
        panic!("no message");
    };
    assert_eq!(
        (message.id, message.echo_id.as_deref()),
        (MessageId(90), Some("key"))
    );
    assert_eq!(conversation_now.unread_count, Some(3));
    let CableEvent::Event(WireEvent::Presence { mut users, .. }) = cable.next().await else {
        panic!("no presence")
    };
    users.sort_by_key(|(id, _)| *id);
    assert_eq!(
        users,
        [
            (AgentId(7), Availability::Online),
            (AgentId(8), Availability::Busy)
        ]
    );
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing() {
    let server = serve(|mut socket| async move {
        let identifier = confirm(&mut socket).await;
        for id in 1..=200 {
            let data = json!({ "account_id": 2, "id": id });
            say(
                &mut socket,
                json!({ "identifier": identifier, "message": { "event": "contact.deleted", "data": data } }),
            )
            .await;
        }
        linger(&mut socket).await;
    })
    .await;
    let mut cable = connect(&server, PATIENT).await;
    assert_eq!(cable.next().await, CableEvent::Confirmed);
    let mut seen = Vec::new();
    while seen.len() < 200 {
        // Each wait is dropped once before it may be done.
        let event = match cable.next().now_or_never() {
            Some(event) => event,
            None => cable.next().await,
        };
        let CableEvent::Event(WireEvent::ContactGone { contact, .. }) = event else {
            panic!("{event:?}")
        };
        seen.push(contact.0);
    }
    assert_eq!(seen, (1..=200).collect::<Vec<i64>>());
}

#[tokio::test]
async fn presence_is_said_by_itself_and_when_asked() {
    let (heard, mut frames) = mpsc::unbounded_channel();
    let server = serve(move |mut socket| {
        let heard = heard.clone();
        async move {
            confirm(&mut socket).await;
            while let Some(frame) = hear(&mut socket).await {
                let _ = heard.send(frame);
            }
        }
    })
    .await;
    let mut cable = connect(&server, PATIENT).await;
    assert_eq!(cable.next().await, CableEvent::Confirmed);
    cable.update_presence().await;
    let frame = frames.recv().await.unwrap();
    assert_eq!(
        (&frame["command"], &frame["data"]),
        (&json!("message"), &json!("{\"action\":\"update_presence\"}"))
    );

    // Nobody asks, and nobody calls `next` either.
    let mut idle = connect(
        &server,
        Timing {
            presence_every: SOON,
            ..PATIENT
        },
    )
    .await;
    assert_eq!(idle.next().await, CableEvent::Confirmed);
    for _ in 0..2 {
        assert_eq!(frames.recv().await.unwrap()["command"], "message");
    }
}

#[tokio::test]
async fn silence_is_noticed() {
    let server = serve(|mut socket| async move {
        confirm(&mut socket).await;
        say(&mut socket, json!({ "type": "ping", "message": 1_700_000_000 })).await;
        linger(&mut socket).await;
    })
    .await;
    let mut cable = connect(
        &server,
        Timing {
            stale_after: SOON,
            ..PATIENT
        },
    )
    .await;
    let mut heard = cable.next().await;
    while heard == CableEvent::Confirmed {
        heard = cable.next().await;
    }
    assert_eq!(heard, CableEvent::Closed(CloseReason::StalePing));
    assert_eq!(
        cable.next().await,
        CableEvent::Closed(CloseReason::StalePing),
        "the end stays the end"
    );
}

#[tokio::test]
async fn a_subscription_without_a_word_is_a_rejected_one() {
    // A wrong token: pings go on, and neither answer ever comes (reference §10.1).
    let silent = serve(|mut socket| async move {
        say(&mut socket, json!({ "type": "welcome" })).await;
        linger(&mut socket).await;
    })
    .await;
    let mut cable = connect(
        &silent,
        Timing {
            confirm_within: SOON,
            ..PATIENT
        },
    )
    .await;
    assert_eq!(
        cable.next().await,
        CableEvent::Closed(CloseReason::SubscriptionRejected)
    );

    let saying_no = serve(|mut socket| async move {
        say(&mut socket, json!({ "type": "welcome" })).await;
        let identifier = hear(&mut socket).await.unwrap()["identifier"].clone();
        say(
            &mut socket,
            json!({ "identifier": identifier, "type": "reject_subscription" }),
        )
        .await;
        linger(&mut socket).await;
    })
    .await;
    let mut cable = connect(&saying_no, PATIENT).await;
    assert_eq!(
        cable.next().await,
        CableEvent::Closed(CloseReason::SubscriptionRejected)
    );
}

#[tokio::test]
async fn a_goodbye_and_a_cut_line_are_told_apart() {
    let restarting = serve(|mut socket| async move {
        confirm(&mut socket).await;
        say(
            &mut socket,
            json!({ "type": "disconnect", "reason": "server_restart", "reconnect": true }),
        )
        .await;
    })
    .await;
    let mut cable = connect(&restarting, PATIENT).await;
    assert_eq!(cable.next().await, CableEvent::Confirmed);
    assert_eq!(cable.next().await, CableEvent::Closed(CloseReason::ServerClosed));

    let closing = serve(|mut socket| async move {
        let goodbye = CloseFrame {
            code: 1001,
            reason: "".into(),
        };
        let _ = socket.send(Message::Close(Some(goodbye))).await;
    })
    .await;
    let mut cable = connect(&closing, PATIENT).await;
    assert_eq!(cable.next().await, CableEvent::Closed(CloseReason::ServerClosed));

    let cut = serve(|socket| async move { drop(socket) }).await;
    let mut cable = connect(&cut, PATIENT).await;
    assert_eq!(cable.next().await, CableEvent::Closed(CloseReason::NetworkLost));
}

#[tokio::test]
async fn a_socket_that_cannot_be_had_is_an_error() {
    let token = Token::new("pubsub");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    assert_eq!(
        Cable::connect(&closed, &token, 2, AgentId(7)).await.unwrap_err(),
        ClientError::NotSent
    );
    let nowhere = ServerUrl::parse("nothing.invalid").unwrap();
    assert_eq!(
        Cable::connect(&nowhere, &token, 2, AgentId(7)).await.unwrap_err(),
        ClientError::NotSent
    );

    let elsewhere = serve(|_| async {}).await;
    let as_https = ServerUrl::parse(&elsewhere.to_string().replacen("http://", "https://", 1)).unwrap();
    assert_eq!(
        Cable::connect(&as_https, &token, 2, AgentId(7))
            .await
            .unwrap_err(),
        ClientError::NotSent
    );
    let below = ServerUrl::parse(&format!("{elsewhere}/desk")).unwrap();
    assert_eq!(
        Cable::connect(&below, &token, 2, AgentId(7)).await.unwrap_err(),
        ClientError::Missing
    );
}

#[tokio::test]
async fn a_server_of_another_protocol_is_not_taken_for_a_cable() {
    let router = Router::new().route(
        "/cable",
        get(|upgrade: WebSocketUpgrade| async { upgrade.on_upgrade(|_| async {}) }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let error = Cable::connect(&server, &Token::new("pubsub"), 2, AgentId(7))
        .await
        .unwrap_err();
    assert_eq!(error, ClientError::Unknown);
}
