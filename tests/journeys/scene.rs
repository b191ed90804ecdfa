//! A desk and a receptionist's core signed in to it: where most journeys begin.

use deskbell_domain::ConversationRef;
use deskbell_tests::core::Core;
use deskbell_tests::desk::Desk;
use serde_json::{Value, json};
use tempfile::TempDir;

pub struct Scene {
    pub desk: Desk,
    pub core: Core,
    /// The first property's number on the server.
    pub account_id: i64,
    folder: TempDir,
}

impl Scene {
    /// A fresh desk, and one of its agents in step with both properties.
    pub async fn open() -> Self {
        let desk = Desk::start();
        let folder = TempDir::new().expect("a temporary folder can be made");
        let core = Core::signed_in(&desk, desk.login("agent"), folder.path()).await;
        let account_id = desk.facts().accounts[0].id;
        Self {
            desk,
            core,
            account_id,
            folder,
        }
    }

    /// The same desk and folder with the program started anew.
    pub async fn restart_core(self) -> Self {
        let Self {
            desk,
            core,
            account_id,
            folder,
        } = self;
        core.stop().await;
        let core = Core::start(folder.path()).await;
        Self {
            desk,
            core,
            account_id,
            folder,
        }
    }

    /// Where the core keeps its files.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// An open conversation of the first property on its web chat, held by me, with no reply of mine in it yet.
    pub async fn mine(&self) -> ConversationRef {
        let conversation = self.guest_starts("Hello, is somebody there?").await;
        let outcome = self.core.mutate("take_over", json!(conversation)).await;
        assert_eq!(outcome["outcome"], "done", "{outcome}");
        self.core
            .until("it to be mine on the server too", async || {
                let view = self.core.query("conversation", json!(conversation)).await;
                (view["who_is_me"] == true && view["pending"].as_array()?.is_empty()).then_some(())
            })
            .await;
        conversation
    }

    /// A new guest writes on the first property's web chat.
    pub async fn guest_starts(&self, words: &str) -> ConversationRef {
        let id = self.desk.guest_starts(self.account_id, words).await;
        let name = self.desk.facts().accounts[0].name.clone();
        let conversation = ConversationRef::new(self.core.account(&name).await, id.into());
        self.core
            .until("the new conversation to arrive", async || {
                self.core
                    .try_query("conversation", json!(conversation))
                    .await
                    .ok()
            })
            .await;
        conversation
    }

    /// Sends a reply.
    pub async fn send(&self, conversation: ConversationRef, text: &str) -> Value {
        let request =
            json!({ "conversation": conversation, "text": text, "private": false, "confirmed": [] });
        self.core.mutate("send", request).await
    }

    /// Nothing is on its way any more, and nothing waits for a decision.
    pub async fn until_nothing_is_unsent(&self) {
        self.core
            .until("the outbox to be empty", async || {
                self.unsent().await.is_empty().then_some(())
            })
            .await;
    }

    /// Everything that is not on the server yet.
    pub async fn unsent(&self) -> Vec<Value> {
        let outbox = self.core.query("outbox", Value::Null).await;
        outbox["items"].as_array().cloned().unwrap_or_default()
    }

    /// What the server holds of this conversation, oldest first.
    pub async fn held_messages(&self, conversation: ConversationRef) -> Vec<Value> {
        let ledger = self.desk.ledger().await;
        let messages = ledger["messages"].as_array().cloned().unwrap_or_default();
        let in_it = |message: &Value| {
            message["conversation_id"] == conversation.id.0 && message["account_id"] == self.account_id
        };
        messages.into_iter().filter(in_it).collect()
    }

    /// The words of mine the server holds, in order.
    pub async fn arrived(&self, conversation: ConversationRef) -> Vec<String> {
        let held = self.held_messages(conversation).await;
        let mine = held.iter().filter(|message| message["client_ref"].is_string());
        mine.map(|message| message["content"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A path of the first property.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}/{rest}", self.account_id)
    }
}
