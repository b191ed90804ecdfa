//! Somebody who sees their own customers only, and has none: every endpoint, over real HTTP, with the ids of others'
//! conversations and guests; and a socket that must stay silent while others work on those.

use crate::caller::Caller;
use crate::ground::Template;
use crate::ids::Ids;
use crate::request::{Body, Sample};
use crate::secrets::Said;
use crate::table::{self, Row};
use deskbell_desk::{Options, Running, serve};
use futures_util::{SinkExt, StreamExt};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What in a path makes it about a guest.
const OF_OTHERS: &[&str] = &[
    "{conversation}",
    "{other_conversation}",
    "{contact}",
    "{notification}",
];

struct Stage {
    template: Template,
    running: Running,
    client: Client,
    _folder: TempDir,
}

impl Stage {
    async fn open() -> Self {
        let template = Template::make().await;
        let folder = template.copied();
        let running = serve(Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: folder.path().to_owned(),
            demo: false,
            test_controls: true,
            llm: None,
        });
        Self {
            running: running.await.unwrap(),
            template,
            client: Client::new(),
            _folder: folder,
        }
    }

    fn ids(&self) -> &Ids {
        &self.template.own
    }

    async fn send(&self, sample: &Sample) -> Response {
        let url = format!("{}{}", self.running.url(), sample.target());
        let mut request = self.client.request(sample.method.clone(), url);
        for (name, value) in &sample.headers {
            request = request.header(*name, value.as_slice());
        }
        request = match &sample.body {
            Body::None => request,
            Body::Json(json) => request.json(json),
            Body::Raw { content_type, bytes } => request
                .header("content-type", content_type.clone().unwrap_or_default())
                .body(bytes.clone()),
        };
        request.send().await.unwrap()
    }

    async fn by(&self, caller: Caller, row: &Row) -> (u16, String, Sample) {
        let sample = caller.sign(row.sample(self.ids()), self.ids(), &self.template.foreign);
        let response = self.send(&sample).await;
        let status = response.status().as_u16();
        (status, response.text().await.unwrap(), sample)
    }

    /// Everything there is, as the database has it.
    async fn state(&self) -> Value {
        let url = format!("{}/test/ledger", self.running.url());
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// The state once the carrier has refused what was written after the window had closed: it does so by itself.
    async fn settled(&self) -> Value {
        loop {
            let state = self.state().await;
            let messages = state["messages"].as_array().into_iter().flatten();
            let mut late = messages.filter(|one| {
                one["content"]
                    .as_str()
                    .is_some_and(|text| text.ends_with("-closed"))
            });
            if late.all(|one| one["status"] == "failed") {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What an answer or a frame tells that it must not.
    fn leak(&self, text: &str, said: &Said) -> Option<String> {
        self.template.secrets.found(text, said, Caller::Sam)
    }
}

/// The endpoints of an account, without the guests' side.
fn rows() -> Vec<Row> {
    [
        table::conversations(),
        table::contacts(),
        table::small(),
        table::reports(),
        table::account(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_of_others(row: &Row) -> bool {
    OF_OTHERS.iter().any(|name| row.path.contains(name))
}

#[tokio::test]
async fn staff_reach_nothing_of_anybody_elses_customers_by_any_route() {
    let stage = Stage::open().await;
    let before = stage.settled().await;
    assert!(
        before["conversations"]
            .as_array()
            .is_some_and(|all| all.len() >= 4),
        "{before}"
    );
    let (mut tried, mut refused) = (0, 0);
    for row in rows() {
        let (status, body, sample) = stage.by(Caller::Sam, &row).await;
        let mut said = Said::default();
        said.add(&sample.text(), &stage.template.secrets);
        assert!(status < 500 || row.may_fail, "{}: {status} {body}", row.name());
        if is_of_others(&row) {
            assert!(matches!(status, 401 | 404), "{}: {status} {body}", row.name());
            refused += 1;
        }
        if let Some(leak) = stage.leak(&body, &said) {
            panic!("{}: {leak}", row.name());
        }
        tried += 1;
    }
    println!("{tried} endpoints, {refused} of them about others' guests");
    assert!(refused >= 50, "{refused}");
    assert_eq!(stage.state().await, before, "nothing was changed on the way");
}

/// The same requests do succeed for those who may: the refusals above are about the person.
#[tokio::test]
async fn reception_reaches_the_same_by_the_same_routes() {
    let stage = Stage::open().await;
    for row in rows()
        .iter()
        .filter(|row| is_of_others(row) && !row.is_destroying && !row.path.contains("notif"))
    {
        let (status, body, _) = stage.by(Caller::Ana, row).await;
        assert_eq!(status, row.status, "{}: {body}", row.name());
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn socket_of_sam(stage: &Stage) -> Socket {
    let url = format!("{}/cable", stage.running.url().replace("http://", "ws://"));
    let mut request =
        tokio_tungstenite::tungstenite::client::IntoClientRequest::into_client_request(url).unwrap();
    let protocol = "actioncable-v1-json".parse().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", protocol);
    let (mut socket, _) = connect_async(request).await.unwrap();
    let ids = stage.ids();
    let identifier = json!({
        "channel": "RoomChannel", "pubsub_token": ids.text("sam_pubsub"),
        "account_id": ids.number("account"), "user_id": ids.number("sam"),
    });
    let command = json!({ "command": "subscribe", "identifier": identifier.to_string() });
    socket.send(Message::text(command.to_string())).await.unwrap();
    loop {
        if frame(&mut socket).await["type"] == "confirm_subscription" {
            return socket;
        }
    }
}

async fn frame(socket: &mut Socket) -> Value {
    loop {
        match socket.next().await.unwrap().unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Close(_) => panic!("the socket ended"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn staff_hear_nothing_of_what_happens_to_anybody_elses_customers() {
    let stage = Stage::open().await;
    let mut socket = socket_of_sam(&stage).await;
    let mut writes: Vec<Row> = [table::contacts(), table::conversations(), table::open()]
        .into_iter()
        .flatten()
        .collect();
    let is_own = |row: &Row| row.path.starts_with("/auth") || row.path.starts_with("/api/v1/profile");
    writes.retain(|row| row.method != "GET" && !is_own(row));
    // What takes something away comes last.
    writes.sort_by_key(|row| row.is_destroying);
    for row in writes {
        stage.by(row.caller, &row).await;
    }
    let last = table::row("POST", "~/labels").json(json!({ "title": "the-end-of-it" }));
    let (status, body, _) = stage.by(Caller::Admin, &last).await;
    assert_eq!(status, 200, "{body}");
    let mut heard = Vec::new();
    loop {
        let frame = frame(&mut socket).await;
        let event = frame["message"]["event"].as_str().unwrap_or_default().to_owned();
        if let Some(leak) = stage.leak(&frame.to_string(), &Said::default()) {
            panic!("{event}: {leak}");
        }
        if event == "account.cache_invalidated" {
            break;
        }
        if !event.is_empty() && event != "presence.update" {
            heard.push(event);
        }
    }
    assert!(heard.is_empty(), "{heard:?}");
}
