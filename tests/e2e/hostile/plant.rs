//! Puts what guests with bad intent write into every place where the desk keeps words.

use deskbell_tests::corpus::Case;
use deskbell_tests::desk::Desk;
use reqwest::Method;
use serde_json::{Map, Value, json};

/// With the mail, as many messages as a thread shows at once.
pub const IN_A_THREAD: usize = 24;
/// The desk keeps no longer names.
const LONGEST_NAME: usize = 255;
/// The desk keeps no longer attributes.
const LONGEST_ATTRIBUTE: usize = 1000;

/// The desk keeps no longer notes and templates.
const LONGEST_NOTE: usize = 20_000;

/// A desk's inbox without AI, which takes what guests are said to have written.
pub struct Planter<'a> {
    desk: &'a Desk,
    /// One for all: making one takes longer than a request.
    http: reqwest::Client,
    token: &'a str,
    account: i64,
    inbox: i64,
}

impl<'a> Planter<'a> {
    pub async fn of(desk: &'a Desk) -> Self {
        let token = &desk.login("administrator").access_token;
        let account = desk.facts().accounts[0].id;
        let inboxes = desk
            .get(&format!("/api/v1/accounts/{account}/inboxes"), token)
            .await;
        let inboxes = inboxes["payload"].as_array().cloned().unwrap_or_default();
        let open = inboxes
            .iter()
            .find(|inbox| inbox["channel_type"] == "Channel::Api");
        let inbox = open.and_then(|inbox| inbox["id"].as_i64());
        let planter = Self {
            desk,
            http: reqwest::Client::new(),
            token,
            account,
            inbox: inbox.expect("the property has an inbox that programs write to"),
        };
        let path = planter.path(&format!("inboxes/{}/set_agent_bot", planter.inbox));
        desk.post(&path, &json!({ "agent_bot": null }), token).await;
        planter
    }

    /// A row of its own for each: the text as the guest's name and as their last words.
    pub async fn rows(&self, cases: &[Case]) {
        for case in cases {
            self.guest(&case.text, &marked(case)).await;
        }
    }

    /// A guest of that name writes it, where nobody but a person answers. The mark comes first: what is told of a long text
    /// is its beginning.
    pub async fn rings(&self, case: &Case) {
        self.guest(&case.text, &format!("{} {}", case.mark, case.text))
            .await;
    }

    /// One conversation with all of them as messages, as answers that quote them, as notes, in a mail, and in everything
    /// that stands beside a conversation.
    pub async fn thread(&self, cases: &[Case]) {
        let (conversation, contact) = self.guest(&cases[0].text, &opening(cases)).await;
        self.beside(conversation, contact, cases).await;
        let path = self.path(&format!("conversations/{conversation}/messages"));
        for (index, case) in cases.iter().enumerate() {
            let message = json!({ "content": marked(case), "message_type": "incoming" });
            let written = self.post(&path, &message).await;
            let quoting = json!({ "in_reply_to": written["id"] });
            let answer =
                json!({ "content": marked(case), "private": index % 2 == 1, "content_attributes": quoting });
            self.post(&path, &answer).await;
        }
        let html: String = cases.iter().map(|case| case.text.as_str()).collect();
        let content = json!({ "full": html, "reply": html, "quoted": html });
        let email = json!({ "subject": cases[0].text, "html_content": content });
        let mail = json!({ "content": "A mail", "message_type": "incoming", "content_attributes": { "email": email } });
        self.post(&path, &mail).await;
    }

    /// Prepared texts.
    pub async fn templates(&self, cases: &[Case]) {
        for case in cases.iter().filter(|case| has_room(case)) {
            let template = json!({ "short_code": case.mark, "content": marked(case) });
            let path = self.path("canned_responses");
            self.post(&path, &template).await;
        }
    }

    async fn beside(&self, conversation: i64, contact: i64, cases: &[Case]) {
        let first = attribute(&cases[0]);
        let at = |index: usize| attribute(cases.get(index).unwrap_or(&cases[0]));
        let mut attributes: Map<String, Value> = cases
            .iter()
            .map(|case| (case.mark.clone(), json!(attribute(case))))
            .collect();
        let known = json!({
            "escalation_reason": at(1),
            "dates_of_interest": at(2),
            "intent_level": at(3),
            "handoff_brief": { "wants": at(4), "tried": [at(5)], "promised": [{ "text": at(6) }], "next": at(7) },
            "conversions": [{ "kind": at(8), "label": at(9), "url": at(10) }],
            "linked_actions": [{ "id": first, "title": at(11), "status": at(12), "url": at(13) }],
            "ticket": { "subject": at(14), "url": at(15) },
        });
        attributes.extend(known.as_object().cloned().unwrap_or_default());
        let path = self.path(&format!("conversations/{conversation}/custom_attributes"));
        let body = json!({ "custom_attributes": attributes });
        self.post(&path, &body).await;
        // A time that no calendar has is no reason to stop drawing.
        let appointments = json!([
            { "at": 1_900_000_000, "title": at(16), "status": at(17), "url": at(18) },
            { "at": i64::MAX, "title": at(19) }
        ]);
        let about = json!({ "persona": at(20), "persona_reason": at(21), "lead": true, "lead_status": at(22),
            "lead_temperature": at(23), "opted_out_at": first, "appointments": appointments });
        let body = json!({ "custom_attributes": about });
        let path = self.path(&format!("contacts/{contact}"));
        self.send(Method::PUT, &path, &body).await;
        for case in cases.iter().filter(|case| has_room(case)) {
            let path = self.path(&format!("contacts/{contact}/notes"));
            let note = json!({ "content": marked(case) });
            self.post(&path, &note).await;
        }
    }

    /// A new guest writes; answers the numbers of conversation and guest.
    async fn guest(&self, name: &str, words: &str) -> (i64, i64) {
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let message =
            json!({ "account_id": self.account, "inbox_id": self.inbox, "name": name, "content": words });
        let written = self.post("/test/guest_message", &message).await;
        let number = |key: &str| written[key].as_i64().expect("what was written has a number");
        (number("conversation_id"), number("contact_id"))
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.send(Method::POST, path, body).await
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Value {
        let request = self
            .http
            .request(method, format!("{}{path}", self.desk.url()))
            .header("api_access_token", self.token)
            .json(body);
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let answer = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
        answer.json().await.unwrap_or(Value::Null)
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}/{rest}", self.account)
    }
}

/// The first message of the conversation with these: what it is found by.
pub fn opening(cases: &[Case]) -> String {
    format!("Opening{}", cases[0].mark)
}

/// The text and, in a paragraph of its own, its mark.
fn marked(case: &Case) -> String {
    format!("{}\n\n{}", case.text, case.mark)
}

/// Whether a note or a template takes it with its mark.
pub fn has_room(case: &Case) -> bool {
    marked(case).chars().count() <= LONGEST_NOTE
}

pub fn attribute(case: &Case) -> String {
    case.text.chars().take(LONGEST_ATTRIBUTE).collect()
}
