//! Killed at random moments, again and again: nothing lost, nothing twice, files whole.

use crate::kills::{Kills, Said};
use deskbell_domain::ConversationRef;
use deskbell_store::{KeyState, Store, open_key, unlock};
use deskbell_tests::core::{Core, PASSPHRASE};
use deskbell_tests::desk::Desk;
use deskbell_tests::worker::Worker;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// More by hand with `DESKBELL_KILLS`, from another seed with `DESKBELL_KILL_SEED`.
const CYCLES: u64 = 100;
/// So many lives, then everything has to go out and is judged: what thousands leave would take longer than anybody waits.
const ROUND: usize = 100;
const CONVERSATIONS: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_nothing_is_lost_and_nothing_arrives_twice() {
    let cycles = usize::try_from(number("DESKBELL_KILLS", CYCLES)).expect("a number of kills");
    let desk = Desk::start();
    let folder = TempDir::new().expect("a temporary folder can be made");
    let conversations = some_of_mine(&desk, folder.path()).await;
    let mut random = StdRng::seed_from_u64(number("DESKBELL_KILL_SEED", 7));
    let mut kills = Kills::default();
    for cycle in 0..cycles {
        disturb(&desk, &mut random).await;
        let work = words("press", Some(cycle), &conversations);
        let worker = Worker::start(folder.path(), &work);
        match random.random_range(0..4) {
            0 => {}
            1 => kills.heard_until(&worker, "started"),
            _ => kills.heard_until(&worker, "live"),
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..600))).await;
        kills.heard(worker.kill());
        if (cycle + 1) % ROUND == 0 || cycle + 1 == cycles {
            judge(&desk, folder.path(), &conversations, &kills).await;
            println!("{} kills: {}", cycle + 1, kills.summary());
        }
    }
}

/// A number somebody chose for a run by hand.
fn number(variable: &str, otherwise: u64) -> u64 {
    let chosen = std::env::var(variable).ok();
    chosen.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A worker that nobody kills brings out what can go out; then nothing may be lost, nothing there twice, the files whole.
async fn judge(desk: &Desk, folder: &Path, conversations: &[i64], kills: &Kills) {
    desk.heal().await;
    let left = Worker::start(folder, &words("finish", None, conversations)).finish();
    assert_eq!(left.len(), conversations.len(), "the last worker ended in order");
    kills.judge(
        &Said::ledger(&desk.ledger().await, desk.facts().accounts[0].id),
        &left,
    );
    assert_eq!(damage(folder).await, Vec::<String>::new());
}

/// Now and then the network is bad, too: an answer is lost, or comes late enough to be killed while waiting for it.
async fn disturb(desk: &Desk, random: &mut StdRng) {
    let (times, action) = match random.random_range(0..16) {
        0..2 => (4, json!({ "cut": "after" })),
        // Seldom: each holds its conversation up until the person is asked.
        2 => (1, json!({ "cut": "before" })),
        3..5 => (4, json!({ "delay_ms": 300 })),
        5..11 => (4, json!({ "hold_answer_ms": 300 })),
        _ => return,
    };
    desk.fault("POST", "/messages", times, action).await;
}

fn words(work: &str, cycle: Option<usize>, conversations: &[i64]) -> Vec<String> {
    let cycle = cycle.map(|cycle| cycle.to_string());
    let conversations = conversations.iter().map(i64::to_string);
    std::iter::once(work.to_owned())
        .chain(cycle)
        .chain(conversations)
        .collect()
}

/// Signs in to a new folder and takes over some conversations.
async fn some_of_mine(desk: &Desk, folder: &Path) -> Vec<i64> {
    let core = Core::signed_in(desk, desk.login("agent"), folder).await;
    let property = &desk.facts().accounts[0];
    let account = core.account(&property.name).await;
    let mut conversations = Vec::new();
    for _ in 0..CONVERSATIONS {
        let id = desk.guest_starts(property.id, "Hello, is somebody there?").await;
        let conversation = ConversationRef::new(account, id.into());
        core.until("the new conversation to arrive", async || {
            core.try_query("conversation", json!(conversation)).await.ok()
        })
        .await;
        core.mutate("take_over", json!(conversation)).await;
        core.until("it to be mine", async || {
            let view = core.query("conversation", json!(conversation)).await;
            (view["who_is_me"] == true && view["pending"].as_array()?.is_empty()).then_some(())
        })
        .await;
        conversations.push(id);
    }
    core.stop().await;
    conversations
}

async fn damage(folder: &Path) -> Vec<String> {
    let key = match open_key(folder).expect("the folder has a key") {
        KeyState::Ready(key) => key,
        KeyState::NeedsPassphrase { .. } => unlock(folder, PASSPHRASE).expect("the passphrase opens it"),
    };
    let store = Store::open(folder, &key).expect("the files open");
    let found = store.damage().await.expect("the files can be read");
    store.close().await;
    found
}

/// What is left of one conversation.
pub fn left_of(left: &[Value], conversation: i64) -> &Value {
    let found = left.iter().find(|told| told["finished"] == conversation);
    found.unwrap_or_else(|| panic!("conversation {conversation} was not finished"))
}
