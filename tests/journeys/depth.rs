//! How far the offline copy reaches back: without anybody opening anything, and no further than the settings allow.

use deskbell_domain::{AccountKey, ConversationRef};
use deskbell_tests::core::Core;
use deskbell_tests::desk::Desk;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Three pages of the wire.
const MESSAGES: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn older_history_comes_by_itself_and_threads_come_whole() {
    let (desk, folder, long) = with_a_long_closed_thread().await;
    let closed = closed_on_server(&desk).await;
    assert!(closed > 100, "the demo has only {closed} closed conversations");
    let core = Core::signed_in(&desk, desk.login("administrator"), folder.path()).await;
    let account = core.account(&desk.facts().accounts[0].name).await;
    core.until("all closed conversations to be here", async || {
        (closed_here(&core, account).await == closed).then_some(())
    })
    .await;
    until_whole(&core, ConversationRef::new(account, long.into())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_day_allowed_what_is_older_stays_where_it_is() {
    let (desk, folder, long) = with_a_long_closed_thread().await;
    let closed = closed_on_server(&desk).await;
    let core = Core::start(folder.path()).await;
    let mut settings = core.query("session", Value::Null).await["settings"].clone();
    settings["offline_days"] = 1.into();
    core.mutate("save_settings", settings).await;
    let login = desk.login("administrator");
    core.sign_in(desk.url(), &login.email, &login.password).await;
    core.until_live().await;
    let account = core.account(&desk.facts().accounts[0].name).await;
    // Threads are deepened once the list has been.
    until_whole(&core, ConversationRef::new(account, long.into())).await;
    let here = closed_here(&core, account).await;
    assert!(here < closed, "{here} of {closed} are here");
}

/// A desk on which a guest wrote much today, and the conversation is closed.
async fn with_a_long_closed_thread() -> (Desk, TempDir, i64) {
    let desk = Desk::start();
    let folder = TempDir::new().expect("a temporary folder can be made");
    let account = desk.facts().accounts[0].id;
    let id = desk.guest_starts(account, "I want to speak to a person").await;
    for number in 0..MESSAGES {
        desk.guest_writes(id, &format!("Word {number}")).await;
    }
    let token = &desk.login("administrator").access_token;
    let path = format!("/api/v1/accounts/{account}/conversations/{id}/toggle_status");
    desk.post(&path, &json!({ "status": "resolved" }), token).await;
    (desk, folder, id)
}

async fn closed_on_server(desk: &Desk) -> u64 {
    let account = desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/conversations/meta?status=resolved");
    let counts = desk.get(&path, &desk.login("administrator").access_token).await;
    counts["meta"]["all_count"].as_u64().expect("the desk counts")
}

async fn closed_here(core: &Core, account: AccountKey) -> u64 {
    let request = json!({ "view": "closed", "account": account, "filter": {}, "offset": 0, "limit": 1 });
    let window = core.query("window", request).await;
    window["total"].as_u64().expect("a window has a total")
}

async fn until_whole(core: &Core, conversation: ConversationRef) {
    core.until("the whole thread to be here", async || {
        let timeline = core.timeline(conversation).await;
        let messages = timeline["messages"].as_array()?.len();
        (timeline["older_on_server"] == false && messages > MESSAGES).then_some(())
    })
    .await;
}
