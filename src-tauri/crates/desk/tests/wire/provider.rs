//! A provider beside the desk: a real server that takes what is sent in its form, remembers it, keeps guests' files, and
//! answers as it is told to. And what its own requests look like: signed by code of its own.

use crate::house::House;
use crate::signed::{self, post_form};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use deskbell_desk::Change;
use deskbell_desk::db::carrier::{self, Carrier};
use deskbell_desk::db::inbox;
use deskbell_desk::service::setup;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub const TOKEN: &str = "provider-token";
pub const SECRET: &str = "provider-secret";
pub const VERIFY: &str = "verify-word";

/// One letter that came.
#[derive(Debug)]
pub struct Came {
    pub path: String,
    pub headers: HeaderMap,
    pub text: String,
}

impl Came {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// A value of the form.
    pub fn form(&self, name: &str) -> String {
        let mut pairs = url::form_urlencoded::parse(self.text.as_bytes());
        let found = pairs.find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What it answers instead of taking a letter.
pub enum Say {
    Status(u16, Value),
    /// Nothing: the connection ends after the letter was read.
    HangUp,
}

#[derive(Default)]
struct Told {
    says: VecDeque<Say>,
    files: HashMap<String, (String, Vec<u8>)>,
    answers: HashMap<String, Value>,
    count: u64,
}

pub struct Provider {
    pub url: String,
    told: Arc<Mutex<Told>>,
    came: tokio::sync::Mutex<UnboundedReceiver<Came>>,
}

type Ends = (UnboundedSender<Came>, Arc<Mutex<Told>>);

fn answer(status: u16, content_type: &str, bytes: Vec<u8>) -> Response {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .body(Body::from(bytes))
        .unwrap()
}

fn taken(path: &str, count: u64) -> (u16, Value) {
    if path.ends_with("/Messages.json") {
        return (201, json!({ "sid": format!("SM{count}"), "status": "queued" }));
    }
    if path == "/email" {
        return (
            200,
            json!({ "ErrorCode": 0, "Message": "OK", "MessageID": format!("pm-{count}") }),
        );
    }
    // WhatsApp reads the one, pages the other.
    let name = format!("wamid.{count}");
    (200, json!({ "messages": [{ "id": name }], "message_id": name }))
}

async fn take(State((sender, told)): State<Ends>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let headers = request.headers().clone();
    if method == Method::GET {
        let told = told.lock().unwrap();
        // A page of a list is told by its query as well.
        let page = request
            .uri()
            .path_and_query()
            .map_or(path.clone(), ToString::to_string);
        if let Some(json) = told.answers.get(&page).or_else(|| told.answers.get(&path)) {
            return answer(200, "application/json", json.to_string().into_bytes());
        }
        return match told.files.get(&page).or_else(|| told.files.get(&path)) {
            Some((kind, bytes)) if path.starts_with("/open") || headers.contains_key("authorization") => {
                answer(200, kind, bytes.clone())
            }
            Some(_) => answer(401, "text/plain", Vec::new()),
            None => answer(404, "text/plain", Vec::new()),
        };
    }
    let bytes = axum::body::to_bytes(request.into_body(), usize::MAX)
        .await
        .unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (say, count) = {
        let mut told = told.lock().unwrap();
        told.count += 1;
        (told.says.pop_front(), told.count)
    };
    let _ = sender.send(Came {
        path: path.clone(),
        headers,
        text,
    });
    let (status, json) = match say {
        None => taken(&path, count),
        Some(Say::Status(status, json)) => (status, json),
        Some(Say::HangUp) => panic!("hung up, as told"),
    };
    answer(status, "application/json", json.to_string().into_bytes())
}

impl Provider {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, came) = unbounded_channel();
        let told = Arc::new(Mutex::new(Told::default()));
        let routes = Router::new()
            .fallback(take)
            .with_state((sender, Arc::clone(&told)));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            url,
            told,
            came: tokio::sync::Mutex::new(came),
        }
    }

    /// What it says to the next letter.
    pub fn say(&self, say: Say) {
        self.told.lock().unwrap().says.push_back(say);
    }

    /// A file that, outside `/open`, only who proves to be its customer may fetch; answers its address.
    pub fn keep(&self, path: &str, content_type: &str, bytes: &[u8]) -> String {
        let file = (content_type.to_owned(), bytes.to_vec());
        self.told.lock().unwrap().files.insert(path.to_owned(), file);
        format!("{}{path}", self.url)
    }

    /// What a GET is answered with.
    pub fn tell(&self, path: &str, json: Value) {
        self.told.lock().unwrap().answers.insert(path.to_owned(), json);
    }

    /// The next letter.
    pub async fn next(&self) -> Came {
        self.came.lock().await.recv().await.unwrap()
    }

    /// How many letters came until now.
    pub fn count(&self) -> u64 {
        self.told.lock().unwrap().count
    }
}

/// A channel with a provider; a token makes it send.
pub struct Line {
    pub id: i64,
    pub provider: Provider,
}

impl Line {
    pub async fn sms(house: &House) -> Self {
        let own = json!({ "phone_number": "+4930123456", "medium": "sms" });
        Self::with(house, "Channel::TwilioSms", own, "twilio", TOKEN, None).await
    }

    pub async fn whatsapp(house: &House) -> Self {
        let own = json!({
            "phone_number": "+4930123456", "provider": "whatsapp_cloud",
            "message_templates": [
                { "name": "hello", "status": "APPROVED", "language": "en" },
                { "name": "spring", "status": "PENDING", "language": "en" },
            ],
        });
        Self::with(house, "Channel::Whatsapp", own, "whatsapp", TOKEN, None).await
    }

    pub async fn messenger(house: &House) -> Self {
        let own = json!({ "page_id": "77" });
        Self::with(house, "Channel::FacebookPage", own, "page", TOKEN, None).await
    }

    pub async fn mail(house: &House) -> Self {
        let own = json!({ "email": "desk@adler.example" });
        Self::with(house, "Channel::Email", own, "mail", TOKEN, None).await
    }

    /// A channel whose letters are only recorded.
    pub async fn logged(house: &House, channel_type: &'static str, own: Value, kind: &'static str) -> Self {
        Self::with(house, channel_type, own, kind, "", None).await
    }

    pub async fn with(
        house: &House,
        channel_type: &'static str,
        own: Value,
        kind: &'static str,
        token: &'static str,
        bot: Option<i64>,
    ) -> Self {
        let provider = Provider::open().await;
        let (account, ana, base_url) = (house.plan.account, house.plan.ana.id, provider.url.clone());
        let make = move |change: &mut Change<'_>| {
            let id = setup::channel(
                change,
                account,
                "Line",
                channel_type,
                own.as_object().unwrap(),
                bot,
            )?;
            let carrier = Carrier {
                inbox_id: id,
                kind: kind.to_owned(),
                base_url,
                account: "77".to_owned(),
                token: token.to_owned(),
                secret: SECRET.to_owned(),
                verify_token: VERIFY.to_owned(),
                call_secret: SECRET.to_owned(),
                is_log: false,
            };
            carrier::put(change, &carrier)?;
            inbox::add_member(change, id, ana)?;
            Ok(id)
        };
        let id = house.running.desk().write(make).await.unwrap();
        Self { id, provider }
    }

    /// A text message comes in, rightly signed; answers the status.
    pub async fn texted(&self, house: &House, sid: &str, from: &str, body: &str) -> u16 {
        self.form(house, "", &[("MessageSid", sid), ("From", from), ("Body", body)])
            .await
    }

    /// A form of Twilio's, rightly signed.
    pub async fn form(&self, house: &House, rest: &str, pairs: &[(&str, &str)]) -> u16 {
        let url = house.url(&format!("/webhooks/twilio/{}{rest}", self.id));
        let signature = signed::twilio(SECRET, &url, pairs);
        post_form(&url, pairs, &signature).await
    }

    /// Events of Meta's, rightly signed.
    pub async fn events(&self, house: &House, json: &Value) -> u16 {
        let body = json.to_string();
        let signature = signed::sha256(SECRET, &body);
        post_events(
            &house.url(&format!("/webhooks/meta/{}", self.id)),
            body,
            &signature,
        )
        .await
    }

    /// A WhatsApp message of a guest.
    pub async fn whatsapped(&self, house: &House, id: &str, from: &str, text: &str) -> u16 {
        let message = json!({ "id": id, "from": from, "type": "text", "text": { "body": text } });
        self.events(house, &whatsapp(json!({ "messages": [message] })))
            .await
    }

    /// The numbers of this channel's conversations, oldest first.
    pub async fn conversations(&self, house: &House) -> Vec<i64> {
        let path = format!("/conversations?inbox_id={}&status=all", self.id);
        let (_, json) = house.get(&house.plan.admin, &path).await;
        let all = json["data"]["payload"].as_array().unwrap().iter();
        let mut ids: Vec<i64> = all.map(|one| one["id"].as_i64().unwrap()).collect();
        ids.sort_unstable();
        ids
    }

    /// The one conversation of this channel.
    pub async fn conversation(&self, house: &House) -> i64 {
        let ids = self.conversations(house).await;
        assert_eq!(ids.len(), 1, "{ids:?}");
        ids[0]
    }
}

/// A value of Meta's envelope for WhatsApp.
pub fn whatsapp(mut value: Value) -> Value {
    value["metadata"] = json!({ "phone_number_id": "77" });
    json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [{ "value": value }] }] })
}

pub async fn post_events(url: &str, body: String, signature: &str) -> u16 {
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/json")
        .header("x-hub-signature-256", signature)
        .body(body);
    request.send().await.unwrap().status().as_u16()
}

/// The message once its status is this one.
pub async fn until_status(house: &House, conversation: i64, message: &Value, status: &str) -> Value {
    let mut cable = crate::cable::Cable::person(house, &house.plan.admin).await;
    let path = format!("/conversations/{conversation}/messages");
    loop {
        let (_, json) = house.get(&house.plan.admin, &path).await;
        let messages = json["payload"].as_array().unwrap();
        let found = messages.iter().find(|one| one["id"] == message["id"]).unwrap();
        if found["status"] == status {
            return found.clone();
        }
        cable.event("message.updated").await;
    }
}

/// A person's message, posted.
pub async fn says(house: &House, conversation: i64, body: Value) -> Value {
    let path = format!("/conversations/{conversation}/messages");
    let (status, sent) = house.post(&house.plan.ana, &path, body).await;
    assert_eq!(status, 200, "{sent}");
    sent
}
