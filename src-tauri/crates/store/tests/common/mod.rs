//! A desk to test with: a folder, a store, and short ways to say what the server told.

#![allow(dead_code, clippy::unwrap_used)]

use deskbell_domain::*;
use deskbell_store::*;
use std::collections::HashMap;
use std::path::Path;
use tempfile::TempDir;

pub const ME: AgentId = AgentId(7);
pub const COLLEAGUE: AgentId = AgentId(8);
pub const INBOX: InboxId = InboxId(3);

pub struct Desk {
    pub dir: TempDir,
    pub key: Key,
    pub store: Store,
    pub account: AccountKey,
}

impl Desk {
    /// A new folder with one login and one account.
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        let store = open(dir.path(), &key).await.unwrap();
        let keys = store.save_login(login(&[1])).await.unwrap();
        store
            .replace_inboxes(keys[0], vec![inbox(INBOX.0, Channel::Web)])
            .await
            .unwrap();
        Self {
            dir,
            key,
            store,
            account: keys[0],
        }
    }

    pub fn at(&self, id: i64) -> ConversationRef {
        ConversationRef::new(self.account, ConversationId(id))
    }

    /// Ends the program and starts it again.
    pub async fn restart(self) -> Self {
        self.store.close().await;
        let store = open(self.dir.path(), &self.key).await.unwrap();
        Self { store, ..self }
    }

    pub async fn tell(&self, conversations: Vec<Conversation>) -> Applied {
        let batch = Batch {
            conversations,
            ..Batch::new(self.account)
        };
        self.store.apply(batch).await.unwrap()
    }

    pub async fn tell_messages(&self, messages: Vec<Message>) -> Applied {
        self.store
            .apply(Batch {
                messages,
                ..Batch::new(self.account)
            })
            .await
            .unwrap()
    }

    pub async fn press(&self, id: i64, job: Job) -> OutboxItem {
        self.store
            .enqueue(vec![self.item(id, job)])
            .await
            .unwrap()
            .remove(0)
    }

    pub fn item(&self, id: i64, job: Job) -> NewItem {
        NewItem {
            subject: self.at(id).into(),
            job,
            client_ref: uuid::Uuid::now_v7().to_string(),
            created_at: 1_000,
            after_message: None,
            queued_offline: false,
            not_before: None,
        }
    }

    pub async fn ids(&self, view: View) -> Vec<i64> {
        let window = self.store.window(&query(view)).await.unwrap();
        window.rows.iter().map(|row| row.shown.id.0).collect()
    }
}

/// Opens without blocking the test's thread.
pub async fn open(dir: &Path, key: &Key) -> Result<Store> {
    let (dir, key) = (dir.to_owned(), key.clone());
    tokio::task::spawn_blocking(move || Store::open(&dir, &key))
        .await
        .unwrap()
}

pub fn login(accounts: &[i64]) -> NewLogin {
    NewLogin {
        server: "https://desk.example/".into(),
        built_in: false,
        email: "mara@desk.example".into(),
        user_id: ME.0,
        user_name: "Mara".into(),
        token: "token-of-mara".into(),
        pubsub_token: "pubsub-of-mara".into(),
        stay: true,
        accounts: accounts
            .iter()
            .map(|&account_id| NewAccount {
                account_id,
                name: format!("Hotel {account_id}"),
                access: Access::plain(Role::Agent),
            })
            .collect(),
    }
}

pub fn inbox(id: i64, channel: Channel) -> Inbox {
    Inbox {
        id: InboxId(id),
        name: format!("Inbox {id}"),
        channel,
        channel_type: "Channel::Api".into(),
        has_bot: Some(true),
        bot_name: Some("Concierge".into()),
        reply_window_seconds: None,
        timezone: None,
        more: Default::default(),
    }
}

/// Open, held by nobody, waiting since its number.
pub fn waiting(id: i64) -> Conversation {
    let mut conversation = Conversation::blank(ConversationId(id), INBOX, id);
    conversation.waiting_since = Some(id);
    conversation.updated_at = Some(1.0);
    conversation
}

/// With the AI.
pub fn pending(id: i64) -> Conversation {
    Conversation {
        status: Status::Pending,
        waiting_since: None,
        ..waiting(id)
    }
}

/// Open and held by `agent`.
pub fn held(id: i64, agent: AgentId) -> Conversation {
    Conversation {
        assignee: Some(Assignee::Agent(agent)),
        ..waiting(id)
    }
}

pub fn closed(id: i64) -> Conversation {
    Conversation {
        status: Status::Resolved,
        waiting_since: None,
        ..waiting(id)
    }
}

pub fn contact(id: i64, name: &str) -> Contact {
    Contact {
        id: ContactId(id),
        name: name.into(),
        email: None,
        phone_number: None,
        identifier: None,
        thumbnail: String::new(),
        blocked: None,
        created_at: None,
        last_activity_at: None,
        custom_attributes: Default::default(),
        additional_attributes: Default::default(),
        more: Default::default(),
    }
}

/// A guest's message, written at its number.
pub fn message(conversation: i64, id: i64, content: &str) -> Message {
    Message {
        id: MessageId(id),
        conversation_id: ConversationId(conversation),
        kind: MessageKind::Incoming,
        content: content.into(),
        content_type: "text".into(),
        delivery: Delivery::Sent,
        private: false,
        created_at: id,
        source_id: None,
        sender: Some(Sender {
            kind: SenderKind::Contact,
            id: 1,
            name: "Guest".into(),
        }),
        content_attributes: Default::default(),
        attachments: Vec::new(),
        echo_id: None,
        more: Default::default(),
    }
}

/// A public answer of `agent`.
pub fn answer(conversation: i64, id: i64, content: &str, agent: AgentId) -> Message {
    Message {
        kind: MessageKind::Outgoing,
        sender: Some(Sender {
            kind: SenderKind::User,
            id: agent.0,
            name: format!("Agent {agent}"),
        }),
        ..message(conversation, id, content)
    }
}

pub fn query(view: View) -> WindowQuery {
    WindowQuery {
        view,
        accounts: Vec::new(),
        filter: ListFilter::default(),
        now: 0,
        offset: 0,
        limit: 50,
    }
}

pub fn reply(text: &str) -> Job {
    Job::reply(text)
}

/// The bytes of every file of a folder, by name.
pub fn files(dir: &Path) -> HashMap<String, Vec<u8>> {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        // Empty, and on Windows nobody else may read it.
        .filter(|entry| entry.file_name() != "lock")
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
