//! A demo desk over real connections, a guest with a link, and a person at the desk.
#![allow(clippy::unwrap_used)]

use deskbell_desk::{Llm, Options, Running, serve};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Long enough that only a hang reaches it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A desk with the demo in a folder of its own.
pub struct DemoDesk {
    pub running: Running,
    _folder: TempDir,
}

impl DemoDesk {
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    pub async fn start_with(llm: Option<Llm>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = serve(Options {
            listen: ([127, 0, 0, 1], 0).into(),
            data: folder.path().to_owned(),
            demo: true,
            test_controls: false,
            llm,
        })
        .await
        .unwrap();
        Self {
            running,
            _folder: folder,
        }
    }

    /// A desk whose clock stands still at an epoch millisecond, with the demo's story told up to it.
    pub async fn at(epoch_ms: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = serve(Options {
            listen: ([127, 0, 0, 1], 0).into(),
            data: folder.path().to_owned(),
            demo: false,
            test_controls: false,
            llm: None,
        })
        .await
        .unwrap();
        running.desk().clock().hold(epoch_ms);
        deskbell_desk::demo::fill(running.desk()).await.unwrap();
        Self {
            running,
            _folder: folder,
        }
    }

    /// The first guest link of a property, with the booking behind it.
    pub async fn link(&self, property: &str) -> Value {
        let facts = self.running.facts().await.unwrap();
        let links = facts["guest_links"].as_array().unwrap();
        links
            .iter()
            .find(|link| link["property"] == property)
            .unwrap()
            .clone()
    }

    /// The guest of that link, with the page open.
    pub async fn guest(&self, property: &str) -> Guest {
        Guest::open(
            self.running.url(),
            self.link(property).await["url"].as_str().unwrap(),
        )
        .await
    }

    /// Nadia, signed in.
    pub async fn nadia(&self) -> Person {
        let http = reqwest::Client::new();
        let login = json!({ "email": "nadia@aurora.example", "password": deskbell_desk::demo::PASSWORD });
        let answer = http
            .post(format!("{}/auth/sign_in", self.running.url()))
            .json(&login)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let user: Value = answer.json().await.unwrap();
        Person {
            http,
            url: self.running.url().to_owned(),
            token: user["data"]["access_token"].as_str().unwrap().to_owned(),
        }
    }
}

/// A guest over the public client API and the guest's own socket.
pub struct Guest {
    http: reqwest::Client,
    base: String,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Display id, once there is a conversation.
    pub conversation: Option<i64>,
}

impl Guest {
    pub async fn open(url: &str, link: &str) -> Self {
        Self::open_over(reqwest::Client::new(), url, link).await
    }

    /// Over a client that others use too: a new one reads every root certificate.
    pub async fn open_over(http: reqwest::Client, url: &str, link: &str) -> Self {
        let page = http.get(link).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let page = page.text().await.unwrap();
        let attribute = |name: &str| {
            let start = page.find(&format!("data-{name}=\"")).unwrap() + name.len() + 7;
            page[start..].split('"').next().unwrap().to_owned()
        };
        let base = format!(
            "{url}/public/api/v1/inboxes/{}/contacts/{}",
            attribute("inbox"),
            attribute("source")
        );
        let socket = subscribe(url, &attribute("socket")).await;
        Self {
            http,
            base,
            socket,
            conversation: None,
        }
    }

    /// Writes; the first time in a new conversation.
    pub async fn writes(&mut self, text: &str) {
        if self.conversation.is_none() {
            let started = self.post("/conversations", json!({})).await;
            self.conversation = Some(started["id"].as_i64().unwrap());
        }
        let path = format!("/conversations/{}/messages", self.conversation.unwrap());
        self.post(&path, json!({ "content": text })).await;
    }

    /// The next answer on the socket.
    pub async fn hears(&mut self) -> Value {
        loop {
            let frame = self.event().await;
            if frame["event"] == "message.created" && frame["data"]["message_type"] == 1 {
                return frame["data"].clone();
            }
        }
    }

    /// The next of some event about the conversation.
    pub async fn sees(&mut self, event: &str) -> Value {
        loop {
            let frame = self.event().await;
            if frame["event"] == event {
                return frame["data"].clone();
            }
        }
    }

    async fn event(&mut self) -> Value {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next())
                .await
                .unwrap()
                .unwrap()
                .unwrap();
            if let Message::Text(text) = frame {
                let frame: Value = serde_json::from_str(&text).unwrap();
                if frame["message"]["event"].is_string() {
                    return frame["message"].clone();
                }
            }
        }
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self
            .http
            .post(format!("{}{path}", self.base))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// How a request of the guest's is answered, whatever it is.
    pub async fn status_of(&self, method: &str, path: &str) -> u16 {
        let url = format!("{}{path}", self.base);
        let request = self.http.request(method.parse().unwrap(), url);
        let answer = request.json(&json!({ "content": "x" })).send().await.unwrap();
        answer.status().as_u16()
    }

    /// Everything the guest may see.
    pub async fn thread(&self) -> Vec<Value> {
        let path = format!("{}/conversations/{}", self.base, self.conversation.unwrap());
        let conversation: Value = self.http.get(path).send().await.unwrap().json().await.unwrap();
        conversation["messages"].as_array().unwrap().clone()
    }

    /// How many answers the AI gave.
    pub async fn answers_of_the_ai(&self) -> usize {
        self.thread()
            .await
            .iter()
            .filter(|message| message["sender"]["type"] == "agent_bot")
            .count()
    }
}

async fn subscribe(url: &str, token: &str) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let mut request = format!("{}/cable", url.replace("http://", "ws://"))
        .into_client_request()
        .unwrap();
    let protocol = "actioncable-v1-json, actioncable-unsupported".parse().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", protocol);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let identifier = json!({ "channel": "RoomChannel", "pubsub_token": token }).to_string();
    let subscribe = json!({ "command": "subscribe", "identifier": identifier }).to_string();
    socket.send(Message::text(subscribe)).await.unwrap();
    loop {
        let frame = tokio::time::timeout(PATIENCE, socket.next())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        if frame
            .to_text()
            .unwrap_or_default()
            .contains("confirm_subscription")
        {
            return socket;
        }
    }
}

/// Somebody at the desk over the agents' API.
pub struct Person {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Person {
    pub async fn conversation(&self, account: i64, id: i64) -> Value {
        let path = format!("{}/api/v1/accounts/{account}/conversations/{id}", self.url);
        let answer = self
            .http
            .get(path)
            .header("Api-Access-Token", &self.token)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// The web chat the assistant answers on, and its bot.
    pub async fn inbox_of_the_ai(&self, account: i64) -> (i64, i64) {
        let url = format!("{}/api/v1/accounts/{account}/inboxes", self.url);
        let ask = async |url: String| -> Value {
            let asked = self.http.get(url).header("Api-Access-Token", &self.token);
            asked.send().await.unwrap().json().await.unwrap()
        };
        for inbox in ask(url.clone()).await["payload"].as_array().unwrap() {
            let bot = ask(format!("{url}/{}/agent_bot", inbox["id"])).await;
            if inbox["channel_type"] == "Channel::Api"
                && let Some(bot) = bot["agent_bot"]["id"].as_i64()
            {
                return (inbox["id"].as_i64().unwrap(), bot);
            }
        }
        panic!("the assistant answers on no web chat");
    }

    /// Turns AI replies of a channel on or off.
    pub async fn sets_bot(&self, account: i64, inbox: i64, bot: Value) {
        let url = format!(
            "{}/api/v1/accounts/{account}/inboxes/{inbox}/set_agent_bot",
            self.url
        );
        let asked = self.http.post(url).header("Api-Access-Token", &self.token);
        let answer = asked.json(&json!({ "agent_bot": bot })).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }

    pub async fn says(&self, account: i64, id: i64, text: &str) {
        self.post(account, id, "messages", json!({ "content": text }))
            .await;
    }

    pub async fn sets_status(&self, account: i64, id: i64, status: &str) {
        self.post(account, id, "toggle_status", json!({ "status": status }))
            .await;
    }

    /// Asks for something below a conversation; answers status and body.
    pub async fn asks(&self, method: &str, account: i64, id: i64, what: &str) -> (u16, Value) {
        let path = format!("{}/api/v1/accounts/{account}/conversations/{id}/{what}", self.url);
        let request = self.http.request(method.parse().unwrap(), path);
        let answer = request
            .header("Api-Access-Token", &self.token)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn post(&self, account: i64, id: i64, what: &str, body: Value) {
        let path = format!("{}/api/v1/accounts/{account}/conversations/{id}/{what}", self.url);
        let answer = self
            .http
            .post(path)
            .header("Api-Access-Token", &self.token)
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{what}");
    }
}
