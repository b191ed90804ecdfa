//! One socket that counts what it hears.

use crate::desk::{Desk, Person};
use crate::sender::Sent;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What a message's number stands behind in a frame.
const MARK: &str = "\"echo_id\":\"load-";

/// What all sockets heard.
#[derive(Default)]
pub struct Heard {
    count: AtomicUsize,
    again: AtomicUsize,
    delays: Mutex<Vec<u32>>,
}

impl Heard {
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Events a socket heard, and those it had heard before.
    pub fn once_and_again(&self) -> (usize, usize) {
        (self.count(), self.again.load(Ordering::Relaxed))
    }

    /// Microseconds from the request to each socket.
    pub fn delays(&self) -> Vec<u32> {
        self.delays.lock().unwrap().clone()
    }
}

/// Opens a socket and subscribes; it listens until the process ends.
pub async fn listen(desk: &Desk, person: &Person, sent: Arc<Sent>, heard: Arc<Heard>) {
    let url = desk.url("/cable").replace("http://", "ws://");
    let mut request = url.into_client_request().unwrap();
    let protocol = "actioncable-v1-json".parse().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", protocol);
    let (mut stream, _) = connect_async(request).await.unwrap();
    let identifier = json!({
        "channel": "RoomChannel", "pubsub_token": person.pubsub_token,
        "account_id": desk.account, "user_id": person.id,
    });
    let command = json!({ "command": "subscribe", "identifier": identifier.to_string() });
    stream.send(Message::text(command.to_string())).await.unwrap();
    let (ready, confirmed) = oneshot::channel();
    tokio::spawn(hear(stream, ready, sent, heard));
    confirmed.await.unwrap();
}

async fn hear(
    mut stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    ready: oneshot::Sender<()>,
    sent: Arc<Sent>,
    heard: Arc<Heard>,
) {
    let mut ready = Some(ready);
    let mut numbers: Vec<bool> = Vec::new();
    while let Some(Ok(frame)) = stream.next().await {
        let Message::Text(text) = frame else { continue };
        if text.contains("confirm_subscription")
            && let Some(ready) = ready.take()
        {
            let _ = ready.send(());
        }
        let Some(number) = number(&text) else { continue };
        numbers.resize(numbers.len().max(number + 1), false);
        if std::mem::replace(&mut numbers[number], true) {
            heard.again.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        let delay = sent.at(number).elapsed().as_micros();
        heard
            .delays
            .lock()
            .unwrap()
            .push(u32::try_from(delay).unwrap_or(u32::MAX));
        heard.count.fetch_add(1, Ordering::Relaxed);
    }
}

/// The number of the message a frame brings, if it brings one of ours.
fn number(frame: &str) -> Option<usize> {
    let rest = &frame[frame.find(MARK)? + MARK.len()..];
    rest[..rest.find('-')?].parse().ok()
}
