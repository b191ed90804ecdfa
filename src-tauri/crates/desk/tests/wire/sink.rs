//! Somebody outside who is told by HTTP: takes everything, remembers it, answers as it is told to.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// One request that came.
pub struct Received {
    pub path: String,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

pub struct Sink {
    pub url: String,
    status: Arc<AtomicU16>,
    received: Mutex<UnboundedReceiver<Received>>,
    /// What [`Sink::find`] came across.
    kept: Mutex<Vec<Received>>,
}

type Ends = (UnboundedSender<Received>, Arc<AtomicU16>);

async fn take(
    State((sender, status)): State<Ends>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    text: String,
) -> StatusCode {
    let json = serde_json::from_str(&text).unwrap();
    let path = uri.path().to_owned();
    let _ = sender.send(Received {
        path,
        headers,
        text,
        json,
    });
    StatusCode::from_u16(status.load(Ordering::Relaxed)).unwrap()
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, received) = unbounded_channel();
        let status = Arc::new(AtomicU16::new(200));
        let routes = Router::new()
            .fallback(take)
            .with_state((sender, Arc::clone(&status)));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let received = Mutex::new(received);
        Self {
            url,
            status,
            received,
            kept: Mutex::default(),
        }
    }

    /// From now on it answers with this status.
    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// The next request on a path about an event; others before it are passed over.
    pub async fn next(&self, path: &str, event: &str) -> Received {
        let mut received = self.received.lock().await;
        loop {
            let one = received.recv().await.unwrap();
            if one.path == path && one.json["event"] == event {
                return one;
            }
        }
    }

    /// The first request on a path about an event of which `fits` holds. Requests to several addresses overtake each
    /// other, so those that came before it are kept for who looks next.
    pub async fn find(&self, path: &str, event: &str, fits: impl Fn(&Value) -> bool) -> Received {
        let is_it = |one: &Received| one.path == path && one.json["event"] == event && fits(&one.json);
        let mut kept = self.kept.lock().await;
        if let Some(found) = kept.iter().position(&is_it) {
            return kept.remove(found);
        }
        let mut received = self.received.lock().await;
        loop {
            let one = received.recv().await.unwrap();
            if is_it(&one) {
                return one;
            }
            kept.push(one);
        }
    }

    /// Whether [`Sink::find`] came across an event on a path.
    pub async fn came_across(&self, path: &str, event: &str) -> bool {
        let kept = self.kept.lock().await;
        kept.iter()
            .any(|one| one.path == path && one.json["event"] == event)
    }

    /// The names of the events on a path up to and with the first of that name.
    pub async fn names_until(&self, path: &str, last: &str) -> Vec<String> {
        let mut received = self.received.lock().await;
        let mut names = Vec::new();
        loop {
            let one = received.recv().await.unwrap();
            if one.path == path {
                let name = one.json["event"].as_str().unwrap().to_owned();
                names.push(name.clone());
                if name == last {
                    return names;
                }
            }
        }
    }
}
