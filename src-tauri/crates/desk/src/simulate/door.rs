//! A guest's requests through the public client API (reference §11.2), handed to the server's own routes: what the
//! network would bring, without the network.

use crate::server::Peer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, header};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use tower_service::Service;

/// More than any answer to a guest holds.
const LONGEST: usize = 16 * 1024 * 1024;

/// Not taken: guests look again later.
#[derive(Debug, thiserror::Error)]
#[error("the server answered a guest with status {0}")]
pub struct NotTaken(pub u16);

/// The way in to one chat.
#[derive(Clone)]
pub struct Door {
    routes: Router,
    inbox: String,
}

/// A guest inside.
#[derive(Clone, Debug)]
pub struct Inside {
    source: String,
    conversation: i64,
}

impl Door {
    pub fn new(routes: Router, inbox: String) -> Self {
        Self { routes, inbox }
    }

    /// Opens the chat as somebody; answers the way to the new conversation.
    pub async fn arrive(&self, name: &str, email: Option<&str>) -> Result<Inside, NotTaken> {
        let wanted = json!({ "name": name, "email": email });
        let guest = self.ask(Method::POST, "/contacts", wanted).await?;
        let source = guest["source_id"].as_str().ok_or(NotTaken(200))?.to_owned();
        let path = format!("/contacts/{source}/conversations");
        let opened = self.ask(Method::POST, &path, json!({})).await?;
        let conversation = opened["id"].as_i64().ok_or(NotTaken(200))?;
        Ok(Inside { source, conversation })
    }

    pub async fn set_typing(&self, inside: &Inside, is_typing: bool) -> Result<(), NotTaken> {
        let status = if is_typing { "on" } else { "off" };
        let path = inside.path("/toggle_typing");
        self.ask(Method::POST, &path, json!({ "typing_status": status }))
            .await
            .map(drop)
    }

    /// Answers the message's number.
    pub async fn say(&self, inside: &Inside, content: &str) -> Result<i64, NotTaken> {
        let path = inside.path("/messages");
        let said = self
            .ask(Method::POST, &path, json!({ "content": content }))
            .await?;
        said["id"].as_i64().ok_or(NotTaken(200))
    }

    pub async fn see(&self, inside: &Inside) -> Result<(), NotTaken> {
        let path = inside.path("/update_last_seen");
        self.ask(Method::POST, &path, json!({})).await.map(drop)
    }

    /// Whether somebody has answered since a message.
    pub async fn is_answered(&self, inside: &Inside, since: i64) -> Result<bool, NotTaken> {
        let messages = self
            .ask(Method::GET, &inside.path("/messages"), Value::Null)
            .await?;
        let is_answer =
            |one: &Value| one["message_type"] != 0 && one["id"].as_i64().is_some_and(|id| id > since);
        Ok(messages.as_array().is_some_and(|all| all.iter().any(is_answer)))
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Result<Value, NotTaken> {
        let uri = format!("/public/api/v1/inboxes/{}{path}", self.inbox);
        let body = if body.is_null() {
            Body::empty()
        } else {
            Body::from(body.to_string())
        };
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::CONTENT_TYPE, "application/json")
            .extension(Peer(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))
            .body(body);
        let request = request.map_err(|_| NotTaken(400))?;
        let Ok(response) = self.routes.clone().call(request).await;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(NotTaken(status));
        }
        let bytes = to_bytes(response.into_body(), LONGEST)
            .await
            .map_err(|_| NotTaken(200))?;
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }
}

impl Inside {
    fn path(&self, rest: &str) -> String {
        format!(
            "/contacts/{}/conversations/{}{rest}",
            self.source, self.conversation
        )
    }
}
