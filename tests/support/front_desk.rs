//! A counter as it stands in a lobby: a desktop, a desk to connect to, and the window of somebody who signed in.

use crate::app::Window;
use crate::desk::{Desk, Login};
use crate::desktop::Desktop;
use crate::notifications::Notifications;
use crate::tray::Tray;
use crate::until::until;
use serde_json::Value;
use std::path::PathBuf;

/// The parts of a counter, and who sits there.
pub struct FrontDesk {
    // Dropped in this order: the window before the desktop it stands on.
    pub window: Window,
    pub notifications: Notifications,
    pub tray: Tray,
    pub desk: Desk,
    pub desktop: Desktop,
    pub me: Login,
}

impl FrontDesk {
    /// Opens the window on a fresh profile and signs an agent in with e-mail and password.
    pub async fn open() -> Self {
        Self::open_with(async |_| {}).await
    }

    /// As [`FrontDesk::open`], with a desk that `prepare` has changed.
    pub async fn open_with(prepare: impl AsyncFnOnce(&Desk)) -> Self {
        let desk = Desk::start();
        prepare(&desk).await;
        Self::open_on(Desktop::start().await, desk).await
    }

    /// As [`FrontDesk::open`], on a desktop and with a desk that are there already.
    pub async fn open_on(desktop: Desktop, desk: Desk) -> Self {
        let me = desk.login("agent").clone();
        Self::open_for(desktop, desk, me).await
    }

    async fn open_for(desktop: Desktop, desk: Desk, me: Login) -> Self {
        let notifications = Notifications::start(&desktop).await;
        let tray = Tray::start(&desktop).await;
        let window = Window::open(&desktop, &profile(&desktop)).await;
        sign_in(&window, desk.url(), &me.email, &me.password).await;
        window.sees("In step").await;
        Self {
            window,
            notifications,
            tray,
            desk,
            desktop,
            me,
        }
    }

    /// As [`FrontDesk::open`], for the demo's person with that e-mail address.
    pub async fn open_as(email: &str) -> Self {
        let desk = Desk::start();
        let me = desk.login_of(email).clone();
        Self::open_for(Desktop::start().await, desk, me).await
    }

    /// The window of somebody else at the same desk, in a profile of its own on this desktop.
    pub async fn beside(&self, email: &str) -> Window {
        let login = self.desk.login_of(email);
        let profile = self.desktop.folder().join(email);
        let window = Window::open(&self.desktop, &profile).await;
        sign_in(&window, self.desk.url(), &login.email, &login.password).await;
        window.sees("In step").await;
        window
    }

    /// Kills the app and opens it again on the same profile.
    pub async fn kill_and_reopen(self) -> Self {
        let Self {
            window,
            notifications,
            tray,
            desk,
            desktop,
            me,
        } = self;
        window.kill().await;
        let window = Window::open(&desktop, &profile(&desktop)).await;
        Self {
            window,
            notifications,
            tray,
            desk,
            desktop,
            me,
        }
    }

    /// All conversations of every property the agent works for, as the desk tells them page by page.
    pub async fn conversations(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for account in &self.desk.facts().accounts {
            for page in 1.. {
                let path = format!(
                    "/api/v1/accounts/{}/conversations?status=all&assignee_type=all&page={page}",
                    account.id
                );
                let answer = self.desk.get(&path, &self.me.access_token).await;
                let found = answer["data"]["payload"].as_array().cloned().unwrap_or_default();
                if found.is_empty() {
                    break;
                }
                all.extend(found.into_iter().map(|mut one| {
                    one["account_id"] = account.id.into();
                    one
                }));
            }
        }
        all
    }

    /// What the desk holds of the conversation in which a guest wrote `words`.
    pub async fn conversation_with(&self, words: &str) -> Held {
        let messages = until("the guest's words on the desk", async || {
            let messages = self.desk.ledger().await["messages"].as_array().cloned()?;
            let there = messages.iter().any(|message| message["content"] == words);
            there.then_some(messages)
        })
        .await;
        let first = messages.iter().rev().find(|message| message["content"] == words);
        let first = first.expect("it was there a moment ago");
        let (account, id) = (first["account_id"].clone(), first["conversation_id"].clone());
        let path = format!("/api/v1/accounts/{account}/conversations/{id}");
        let conversation = self.desk.get(&path, &self.me.access_token).await;
        let of_it = |message: &Value| message["account_id"] == account && message["conversation_id"] == id;
        Held {
            conversation,
            messages: messages.into_iter().filter(of_it).collect(),
        }
    }
}

/// A conversation on the desk.
pub struct Held {
    /// As the conversation's own endpoint answers.
    pub conversation: Value,
    /// Oldest first.
    pub messages: Vec<Value>,
}

impl Held {
    /// The guest's name; empty where the desk tells none.
    pub fn guest(&self) -> String {
        self.conversation["meta"]["sender"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// `open`, `pending`, `resolved` or `snoozed`.
    pub fn status(&self) -> &str {
        self.conversation["status"].as_str().unwrap_or_default()
    }

    /// Public words of the desk's side, AI and people, oldest first.
    pub fn answers(&self) -> Vec<String> {
        let public = |message: &&Value| message["message_type"] == 1 && message["private"] == false;
        let text = |message: &Value| message["content"].as_str().unwrap_or_default().to_owned();
        self.messages.iter().filter(public).map(text).collect()
    }
}

/// The folder of the app's files on that desktop.
pub fn profile(desktop: &Desktop) -> PathBuf {
    desktop.folder().join("profile")
}

/// Types into the sign-in page and sends it off.
pub async fn sign_in(window: &Window, server: &str, email: &str, password: &str) {
    window.rewrite("textbox", "Server address", server).await;
    window.rewrite("textbox", "Email", email).await;
    window.rewrite("textbox", "Password", password).await;
    window.click("button", "Sign in").await;
}
