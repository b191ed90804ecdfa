//! Two at one guest: whoever has the conversation before them sees who else writes and looks.

use crate::axe::Inspection;
use crate::front_desk::FrontDesk;
use deskbell_tests::desk::Desk;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const WORDS: &str = "Is there a lift?";

/// A colleague at another computer, in the conversation of a guest who needs a person.
struct Colleague {
    id: Value,
    token: String,
    conversation: String,
}

impl Colleague {
    async fn of(desk: &Desk, conversation_id: i64) -> Self {
        let login = desk.login_of("ifeoma@aurora.example");
        let account = desk.facts().accounts[0].id;
        Self {
            id: desk.get("/api/v1/profile", &login.access_token).await["id"].clone(),
            token: login.access_token.clone(),
            conversation: format!("/api/v1/accounts/{account}/conversations/{conversation_id}"),
        }
    }

    async fn does(&self, desk: &Desk, what: &str, body: Value) -> Value {
        let path = format!("{}/{what}", self.conversation);
        desk.post(&path, &body, &self.token).await
    }

    async fn types(&self, desk: &Desk, status: &str, private: bool) {
        let body = json!({ "typing_status": status, "is_private": private });
        self.does(desk, "toggle_typing_status", body).await;
    }

    /// Says that they look, or no longer; answers who else does.
    async fn looks(&self, desk: &Desk, looking: bool) -> Vec<String> {
        let answer = self.does(desk, "looking", json!({ "looking": looking })).await;
        let others = answer["payload"].as_array().cloned().unwrap_or_default();
        let name = |person: &Value| person["name"].as_str().unwrap_or_default().to_owned();
        others.iter().map(name).collect()
    }
}

async fn opened() -> (FrontDesk, Colleague) {
    let counter = FrontDesk::open().await;
    let account = counter.desk.facts().accounts[0].id;
    let id = counter.desk.guest_starts(account, WORDS).await;
    // What the AI is about to say would come between.
    counter.desk.answered(id).await;
    let colleague = Colleague::of(&counter.desk, id).await;
    colleague
        .does(&counter.desk, "toggle_status", json!({ "status": "open" }))
        .await;
    let nobodys = json!({ "assignee_id": null });
    colleague.does(&counter.desk, "assignments", nobodys).await;
    counter.window.click("button", "All,").await;
    counter.window.click("option", "Wanda Gast").await;
    counter.window.find("textbox", "Reply").await;
    (counter, colleague)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_writes_is_named_above_the_composer_until_they_stop() {
    let (counter, colleague) = opened().await;
    let (window, desk) = (&counter.window, &counter.desk);
    colleague.types(desk, "on", false).await;
    window.find("status", "Ifeoma is writing a reply").await;
    window.picture(&counter.desktop, "colleague-writes").await;
    colleague.types(desk, "on", true).await;
    window.sees("Ifeoma is writing a note").await;
    colleague.types(desk, "off", true).await;
    window.sees_no("Ifeoma is writing").await;

    // Their message ends it as well, whatever their client forgets to say.
    colleague.types(desk, "on", false).await;
    window.sees("Ifeoma is writing a reply").await;
    let sent = json!({ "content": "Yes, to all floors" });
    colleague.does(desk, "messages", sent).await;
    window.sees("Yes, to all floors").await;
    window.sees_no("Ifeoma is writing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_look_at_one_conversation_know_of_each_other() {
    let (counter, colleague) = opened().await;
    let (window, desk) = (&counter.window, &counter.desk);
    let me = desk.get("/api/v1/profile", &counter.me.access_token).await;
    let my_name = me["name"].as_str().unwrap_or_default();
    assert_ne!(me["id"], colleague.id, "somebody else");
    until("the desk to know that the window looks", async || {
        let others = colleague.looks(desk, true).await;
        (others == [my_name]).then_some(())
    })
    .await;
    window.find("status", "Ifeoma is looking too").await;
    window.picture(&counter.desktop, "colleague-looks").await;
    colleague.types(desk, "on", false).await;
    window.sees("Ifeoma is writing a reply").await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("a colleague beside me").await;
    inspection.end(1);
    colleague.looks(desk, false).await;
    window.sees_no("Ifeoma is looking too").await;

    // Whoever opens another conversation looks here no more.
    window.click("option", "Grace Nakamura-Bell").await;
    window.find("heading", "Grace Nakamura-Bell").await;
    until("the desk to know that the window looks elsewhere", async || {
        colleague.looks(desk, true).await.is_empty().then_some(())
    })
    .await;
}
