//! What people of the desk do in another client, and what programs beside it tell, in the first property.

use crate::desk::Desk;
use serde_json::{Value, json};

/// Who owns the demo's properties.
pub const OWNER: &str = "nadia@aurora.example";

impl Desk {
    /// A path of the first property.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}/{rest}", self.facts().accounts[0].id)
    }

    /// The number of the demo's person with that e-mail address.
    pub async fn person(&self, email: &str) -> i64 {
        let token = &self.login_of(email).access_token;
        let profile = self.get("/api/v1/profile", token).await;
        profile["id"].as_i64().expect("a person has a number")
    }

    /// What the desk holds of a conversation, as its owner sees it.
    pub async fn conversation(&self, id: i64) -> Value {
        let token = &self.login_of(OWNER).access_token;
        self.get(&self.path(&format!("conversations/{id}")), token).await
    }

    /// The messages of a conversation as the desk holds them, oldest first.
    pub async fn messages(&self, id: i64) -> Vec<Value> {
        let account = self.facts().accounts[0].id;
        let ledger = self.ledger().await;
        let all = ledger["messages"].as_array().cloned().unwrap_or_default();
        let of_it = |one: &Value| one["account_id"] == account && one["conversation_id"] == id;
        all.into_iter().filter(of_it).collect()
    }

    /// That person takes a conversation over, once the AI has said what it is about to say.
    pub async fn takes_over(&self, email: &str, id: i64) {
        self.answered(id).await;
        self.becomes(email, id, "open").await;
        let given = json!({ "assignee_id": self.person(email).await });
        self.does(email, &format!("conversations/{id}/assignments"), given)
            .await;
    }

    /// That person sets the state of a conversation.
    pub async fn becomes(&self, email: &str, id: i64, status: &str) {
        let path = format!("conversations/{id}/toggle_status");
        self.does(email, &path, json!({ "status": status })).await;
    }

    /// That person answers the guest.
    pub async fn says(&self, email: &str, id: i64, content: &str) -> Value {
        let path = format!("conversations/{id}/messages");
        self.does(email, &path, json!({ "content": content })).await
    }

    /// That person leaves a note for the team.
    pub async fn notes(&self, email: &str, id: i64, content: &str) {
        let path = format!("conversations/{id}/messages");
        let note = json!({ "content": content, "private": true });
        self.does(email, &path, note).await;
    }

    /// A program beside the desk tells something of a conversation.
    pub async fn is_told(&self, id: i64, attributes: Value) {
        let path = format!("conversations/{id}/custom_attributes");
        self.does(OWNER, &path, json!({ "custom_attributes": attributes }))
            .await;
    }

    /// A program beside the desk tells something of a conversation's guest.
    pub async fn is_told_of_guest(&self, id: i64, attributes: Value) {
        let guest = self.conversation(id).await["meta"]["sender"]["id"].clone();
        let path = self.path(&format!("contacts/{guest}"));
        let token = &self.login_of(OWNER).access_token;
        self.put(&path, &json!({ "custom_attributes": attributes }), token)
            .await;
    }

    async fn does(&self, email: &str, path: &str, body: Value) -> Value {
        let token = &self.login_of(email).access_token;
        self.post(&self.path(path), &body, token).await
    }
}
