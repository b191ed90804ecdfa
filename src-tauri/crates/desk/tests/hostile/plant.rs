//! One of everything in a property, by the same requests as any client's; every text begins with the property's mark.

use crate::ids::Ids;
use crate::request::{Answer, Body, Sample, multipart, send};
use axum::Router;
use deskbell_desk::Desk;
use deskbell_desk::guest::link;
use serde_json::{Value, json};

/// A property to plant in.
pub struct Bed<'a> {
    pub desk: &'a Desk,
    pub router: &'a Router,
    pub mark: &'static str,
    /// For phone numbers.
    pub digits: u32,
    /// What there is already: account, inbox, identifier, admin_token, colleague_token, agent, bot …
    pub ids: Ids,
}

impl Bed<'_> {
    async fn ask(&self, method: &str, path: &str, body: Body, token: &str) -> Answer {
        let path = self.ids.fill(&path.replace('~', "/api/v1/accounts/{account}"));
        let mut sample = Sample::new(method, &path).with_body(body);
        if !token.is_empty() {
            sample = sample.with("api_access_token", token);
        }
        let answer = send(self.router, sample.build().unwrap()).await.unwrap();
        let text = String::from_utf8_lossy(&answer.body);
        assert!(answer.status < 300, "{method} {path}: {} {text}", answer.status);
        answer
    }

    async fn admin(&self, method: &str, path: &str, body: Value) -> Value {
        let token = self.ids.text("admin_token");
        let body = Body::Json(self.ids.fill_json(&body));
        self.ask(method, path, body, &token).await.json()
    }

    async fn open(&self, path: &str, body: Value) -> Value {
        self.ask("POST", path, Body::Json(body), "").await.json()
    }

    fn text(&self, kind: &str) -> String {
        format!("{}-{kind}", self.mark)
    }

    fn set(&mut self, name: &'static str, value: &Value) {
        self.ids.set(name, value.clone());
    }

    /// Plants everything.
    pub async fn plant(mut self) -> Ids {
        let name = self.text("account");
        self.admin(
            "PATCH",
            "~",
            json!({ "name": name, "support_email": format!("{name}@example.org") }),
        )
        .await;
        self.admin(
            "PUT",
            "/api/v1/profile",
            json!({ "profile": { "name": self.text("agent") } }),
        )
        .await;
        self.guests().await;
        self.conversation().await;
        self.survey().await;
        self.small().await;
        self.about_the_contact().await;
        self.link().await;
        self.ids
    }

    /// A guest with a conversation, and another one whose matters are another's.
    async fn guests(&mut self) {
        let base = "/public/api/v1/inboxes/{identifier}/contacts";
        for (kind, source, contact, conversation, message, pubsub, number) in [
            (
                "contact",
                "source",
                "contact",
                "conversation",
                "message",
                "pubsub",
                1,
            ),
            (
                "other",
                "other_source",
                "other",
                "other_conversation",
                "other_message",
                "other_pubsub",
                2,
            ),
        ] {
            let text = self.text(kind);
            let who = json!({
                "name": text, "email": format!("{text}@example.org"), "identifier": text,
                "phone_number": format!("+4930{}{number}", self.digits), "custom_attributes": { "room": text },
            });
            let made = self.open(base, who).await;
            self.set(source, &made["source_id"]);
            self.set(contact, &made["id"]);
            self.set(pubsub, &made["pubsub_token"]);
            let path = format!("{base}/{{{source}}}/conversations");
            let made = self
                .open(&path, json!({ "custom_attributes": { "room": text } }))
                .await;
            self.set(conversation, &made["id"]);
            let said = if kind == "contact" {
                self.text("message")
            } else {
                text
            };
            let path = format!("{path}/{{{conversation}}}/messages");
            let made = self.open(&path, json!({ "content": said })).await;
            self.set(message, &made["id"]);
        }
        self.ids
            .set("email", json!(format!("{}@example.org", self.text("contact"))));
    }

    async fn conversation(&mut self) {
        let one = "~/conversations/{conversation}";
        let messages = format!("{one}/messages");
        let reply = self
            .admin("POST", &messages, json!({ "content": self.text("message") }))
            .await;
        self.set("reply", &reply["id"]);
        let note = json!({ "content": self.text("private"), "private": true });
        self.admin("POST", &messages, note).await;
        let file = self.text("file");
        let parts = [
            ("content", None, "", file.as_bytes()),
            ("attachments[]", Some("a.png"), "image/png", file.as_bytes()),
        ];
        let token = self.ids.text("admin_token");
        let sent = self
            .ask("POST", &messages, multipart(&parts), &token)
            .await
            .json();
        let url = sent["attachments"][0]["data_url"].as_str().unwrap().to_owned();
        self.ids.set("file", json!(url.rsplit('/').next().unwrap()));
        let label = self.text("label");
        self.admin("POST", &format!("{one}/labels"), json!({ "labels": [label] }))
            .await;
        let attributes = json!({ "custom_attributes": { "floor": self.text("attribute") } });
        self.admin("POST", &format!("{one}/custom_attributes"), attributes)
            .await;
        let draft = json!({ "draft_message": { "message": self.text("draft") } });
        self.admin("PATCH", &format!("{one}/draft_messages"), draft).await;
        self.admin(
            "POST",
            &format!("{one}/participants"),
            json!({ "user_ids": ["{agent}"] }),
        )
        .await;
        // Somebody else has to assign it for a notification.
        let token = self.ids.text("colleague_token");
        let body = Body::Json(json!({ "assignee_id": self.ids.get("admin") }));
        self.ask("POST", &format!("{one}/assignments"), body, &token)
            .await;
        let listed = self.admin("GET", "~/notifications", json!({})).await;
        self.set("notification", &listed["data"]["payload"][0]["id"]);
        let new = json!({
            "inbox_id": "{phone}", "contact_id": "{contact}", "message": { "content": self.text("closed") },
            "custom_attributes": { "floor": self.text("closed") },
        });
        let closed = self.admin("POST", "~/conversations", new).await;
        self.set("closed", &closed["id"]);
    }

    /// One survey that waits for its answer, the guest's, and one that has it, the other's.
    async fn survey(&mut self) {
        let path = "/public/api/v1/inboxes/{identifier}/contacts/{source}/conversations";
        let made = self.open(path, json!({})).await;
        self.set("surveyed", &made["id"]);
        self.set("survey", &made["uuid"]);
        for (source, conversation) in [
            ("{source}", "{surveyed}"),
            ("{other_source}", "{other_conversation}"),
        ] {
            let path = format!(
                "/public/api/v1/inboxes/{{identifier}}/contacts/{source}/conversations/{conversation}"
            );
            self.open(
                &format!("{path}/messages"),
                json!({ "content": self.text("message") }),
            )
            .await;
            let path = format!("~/conversations/{conversation}");
            let resolved = json!({ "status": "resolved" });
            self.admin("POST", &format!("{path}/toggle_status"), resolved)
                .await;
        }
        let listed = self
            .admin("GET", "~/conversations/{surveyed}/messages", json!({}))
            .await;
        let of_survey = |message: &&Value| message["content_type"] == "input_csat";
        let found = listed["payload"].as_array().unwrap().iter().find(of_survey);
        self.set("survey_message", &found.unwrap()["id"].clone());
        let other = self
            .admin("GET", "~/conversations/{other_conversation}", json!({}))
            .await;
        let path = format!("/public/api/v1/csat_survey/{}", other["uuid"].as_str().unwrap());
        let rated =
            json!({ "csat_survey_response": { "rating": 5, "feedback_message": self.text("feedback") } });
        let rated = json!({ "message": { "submitted_values": rated } });
        self.ask("PATCH", &path, Body::Json(rated), "").await;
    }

    async fn small(&mut self) {
        let label = json!({ "title": self.text("label"), "description": self.text("label") });
        let label = self.admin("POST", "~/labels", label).await;
        self.set("label", &label["id"]);
        let canned = json!({ "short_code": self.text("canned"), "content": self.text("canned") });
        let canned = self.admin("POST", "~/canned_responses", canned).await;
        self.set("canned", &canned["id"]);
        let action = json!({ "action_name": "add_private_note", "action_params": [self.text("macro")] });
        let made = json!({ "name": self.text("macro"), "visibility": "personal", "actions": [action] });
        let made = self.admin("POST", "~/macros", made).await;
        self.set("macro", &made["payload"]["id"]);
        let filter =
            json!({ "name": self.text("filter"), "filter_type": "conversation", "query": { "payload": [] } });
        let filter = self
            .admin("POST", "~/custom_filters", json!({ "custom_filter": filter }))
            .await;
        self.set("filter", &filter["id"]);
        let shared = json!({ "name": self.text("shared_view"), "query": { "payload": [] } });
        let shared = self
            .admin("POST", "~/shared_views", json!({ "shared_view": shared }))
            .await;
        self.set("shared_view", &shared["id"]);
        let definition = json!({
            "attribute_display_name": self.text("definition"), "attribute_key": self.text("definition"),
            "attribute_description": self.text("definition"), "attribute_display_type": "text",
            "attribute_model": "conversation_attribute",
        });
        let definition = self
            .admin("POST", "~/custom_attribute_definitions", definition)
            .await;
        self.set("definition", &definition["id"]);
        let hook = json!({ "url": format!("http://{}.test/", self.text("webhook")), "subscriptions": ["message_created"] });
        let hook = self.admin("POST", "~/webhooks", json!({ "webhook": hook })).await;
        self.set("webhook", &hook["payload"]["webhook"]["id"]);
        self.set("webhook_secret", &hook["payload"]["webhook"]["secret"]);
        let team = self
            .admin("POST", "~/teams", json!({ "name": self.text("team") }))
            .await;
        self.set("team", &team["id"]);
        let members = json!({ "user_ids": ["{agent}"] });
        self.admin("POST", "~/teams/{team}/team_members", members).await;
        let file = self.text("file");
        let parts = [("attachment", Some("b.txt"), "text/plain", file.as_bytes())];
        let token = self.ids.text("admin_token");
        let upload = self
            .ask("POST", "~/upload", multipart(&parts), &token)
            .await
            .json();
        self.set("blob", &upload["blob_id"]);
    }

    async fn about_the_contact(&mut self) {
        let note = self
            .admin(
                "POST",
                "~/contacts/{contact}/notes",
                json!({ "content": self.text("note") }),
            )
            .await;
        self.set("note", &note["id"]);
        let labels = json!({ "labels": [self.text("label")] });
        self.admin("POST", "~/contacts/{contact}/labels", labels).await;
        let signed_in = json!({ "email": self.ids.get("session_uid"), "password": self.ids.get("password") });
        let answer = self.ask("POST", "/auth/sign_in", Body::Json(signed_in), "").await;
        let header = |name: &str| json!(answer.headers.get(name).unwrap().to_str().unwrap());
        self.ids.set("session_token", header("access-token"));
        self.ids.set("session_client", header("client"));
    }

    /// A link to the guest page.
    async fn link(&mut self) {
        let source = self.ids.text("source");
        let account = self.ids.number("account");
        let made = self.desk.write(move |change| {
            let sql = "SELECT id FROM contact_inbox WHERE source_id = ?1";
            let id: i64 = change.query_row(sql, [&source], |row| row.get(0))?;
            link::make(change, account, id, None, change.now_ms)
        });
        self.ids.set("chat", json!(made.await.unwrap()));
    }
}
