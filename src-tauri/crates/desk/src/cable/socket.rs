//! One connection of ActionCable (reference §10.1).

use super::events::Event;
use super::hub::Told;
use super::subscription::Listener;
use crate::desk::Desk;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

const PROTOCOL: &str = "actioncable-v1-json";
const PING: Duration = Duration::from_secs(3);
/// Commands and subscriptions of one socket are small and few.
const LARGEST_FRAME: usize = 64 * 1024;
/// Whoever takes nothing for so long, with all buffers between full, is hung up on.
const DEAF: Duration = Duration::from_secs(30);
const MOST_SUBSCRIPTIONS: usize = 64;

/// `GET /cable`.
pub async fn connect(State(desk): State<Desk>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &desk).await {
        Ok(upgrade) => upgrade
            .protocols([PROTOCOL])
            .max_message_size(LARGEST_FRAME)
            .max_frame_size(LARGEST_FRAME)
            .on_upgrade(move |socket| run(desk, socket)),
        Err(_) => (StatusCode::NOT_FOUND, "Page not found").into_response(),
    }
}

async fn run(desk: Desk, socket: WebSocket) {
    let (key, told) = desk.hub().connect();
    let mut connection = Connection {
        desk: desk.clone(),
        socket,
        told,
        subscriptions: Vec::new(),
    };
    // An error means the other side is gone; there is nobody left to tell.
    let _ = connection.serve().await;
    desk.hub().disconnect(key);
}

struct Connection {
    desk: Desk,
    socket: WebSocket,
    told: mpsc::Receiver<Told>,
    /// Identifiers byte for byte as they came; a failed one is remembered and ignored when repeated.
    subscriptions: Vec<(String, Option<Listener>)>,
}

#[derive(Deserialize)]
struct Command {
    command: String,
    identifier: String,
    data: Option<String>,
}

impl Connection {
    async fn serve(&mut self) -> Result<(), axum::Error> {
        self.send(json!({ "type": "welcome" })).await?;
        let mut pings = interval_at(Instant::now() + PING, PING);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = pings.tick() => {
                    let now = self.desk.now();
                    self.send(json!({ "type": "ping", "message": now })).await?;
                }
                told = self.told.recv() => match told {
                    Some(Told::Event(event)) => self.pass_on(&event).await?,
                    Some(Told::Stop) => return self.stop().await,
                    Some(Told::Cut) | None => return Ok(()),
                },
                received = self.socket.recv() => match received {
                    Some(Ok(Message::Text(text))) => self.obey(&text).await?,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                    Some(Ok(_)) => {}
                },
            }
        }
    }

    async fn send(&mut self, frame: Value) -> Result<(), axum::Error> {
        if self.desk.hub().is_silent() {
            return Ok(());
        }
        let sent = self.socket.send(Message::Text(frame.to_string().into()));
        timeout(DEAF, sent)
            .await
            .unwrap_or_else(|deaf| Err(axum::Error::new(deaf)))
    }

    async fn pass_on(&mut self, event: &Event) -> Result<(), axum::Error> {
        let hears = |(identifier, listener): &(String, Option<Listener>)| {
            let hears = listener.as_ref().is_some_and(|listener| listener.hears(event));
            hears.then(|| identifier.clone())
        };
        let identifiers: Vec<String> = self.subscriptions.iter().filter_map(hears).collect();
        for identifier in identifiers {
            let message = json!({ "event": event.name, "data": event.data });
            self.send(json!({ "identifier": identifier, "message": message }))
                .await?;
        }
        Ok(())
    }

    async fn stop(&mut self) -> Result<(), axum::Error> {
        let frame = json!({ "type": "disconnect", "reason": "server_restart", "reconnect": true });
        self.send(frame).await?;
        self.socket.send(Message::Close(None)).await
    }

    /// Anything malformed is ignored, as upstream.
    async fn obey(&mut self, text: &str) -> Result<(), axum::Error> {
        let Ok(command) = serde_json::from_str::<Command>(text) else {
            return Ok(());
        };
        match command.command.as_str() {
            "subscribe" => self.subscribe(command.identifier).await,
            "unsubscribe" => {
                self.subscriptions
                    .retain(|(identifier, _)| *identifier != command.identifier);
                Ok(())
            }
            "message" => {
                self.act(&command).await;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A bad one gets neither a confirmation nor a rejection (reference §10.1).
    async fn subscribe(&mut self, identifier: String) -> Result<(), axum::Error> {
        let is_known = self.subscriptions.iter().any(|(known, _)| *known == identifier);
        if is_known || self.subscriptions.len() >= MOST_SUBSCRIPTIONS {
            return Ok(());
        }
        let wanted = identifier.clone();
        let listener = self.desk.read(move |view| Listener::of(view, &wanted)).await;
        let listener = listener.ok().flatten();
        self.subscriptions.push((identifier.clone(), listener.clone()));
        let Some(listener) = listener else {
            return Ok(());
        };
        self.send(json!({ "identifier": identifier, "type": "confirm_subscription" }))
            .await?;
        show_presence(&self.desk, &listener).await;
        Ok(())
    }

    async fn act(&mut self, command: &Command) {
        let data = command.data.as_deref().unwrap_or_default();
        let action = serde_json::from_str::<Value>(data).unwrap_or(Value::Null);
        if action["action"] != "update_presence" {
            return;
        }
        let subscription = self
            .subscriptions
            .iter()
            .find(|(identifier, _)| *identifier == command.identifier);
        if let Some((_, Some(listener))) = subscription.cloned() {
            show_presence(&self.desk, &listener).await;
        }
    }
}

async fn show_presence(desk: &Desk, listener: &Listener) {
    if let Err(error) = listener.present(desk).await {
        tracing::warn!(%error, "presence could not be answered");
    }
}
