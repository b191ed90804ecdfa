//! Power loss: what was acknowledged is there when the power comes back.
//!
//! Linux only: strace records what the program really asked of the disk, and there is no such recorder elsewhere without
//! unsafe code. What is tested is SQLite's order of writes and syncs and our settings of it, which are the same
//! everywhere; how far a system's sync reaches is not in our hands.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;
mod disk;
mod trace;

use common::*;
use deskbell_domain::{ConversationId, ConversationRef};
use deskbell_store::*;
use disk::{Disk, Random};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use trace::Event;

const CUTS: usize = 200;
const PRESSED: i64 = 280;
const PASSPHRASE: &str = "only for this test";

/// Set for the program that is recorded: this test again, in the folder it names.
const FOLDER: &str = "DESKBELL_TEST_POWER_LOSS";
const NAME: &str = "nothing_acknowledged_is_lost_with_the_power";

/// Presses replies and is told conversations, and writes down each that was acknowledged. Ends as a kill does: nothing
/// is closed.
async fn press_and_say(folder: &Path) -> ! {
    let key = unlock(folder, PASSPHRASE).unwrap();
    let store = open(folder, &key).await.unwrap();
    let account = store.accounts().await.unwrap()[0].key;
    let mut acks = fs::File::create(folder.join("acks")).unwrap();
    for number in 1..=PRESSED {
        let item = NewItem {
            subject: ConversationRef::new(account, ConversationId(number % 9)).into(),
            job: reply(&format!("Reply {number} {}", "long ".repeat(150))),
            client_ref: format!("reply {number}"),
            created_at: number,
            after_message: None,
            queued_offline: true,
            not_before: None,
        };
        store.enqueue(vec![item]).await.unwrap();
        acks.write_all(format!("reply {number}").as_bytes()).unwrap();
        if number % 4 == 0 {
            let mut told = Batch::new(account);
            told.conversations.push(waiting(1000 + number));
            store.apply(told).await.unwrap();
            acks.write_all(format!("told {}", 1000 + number).as_bytes())
                .unwrap();
        }
    }
    std::process::exit(0)
}

/// A profile that was made and closed: all of it is safe.
async fn profile(folder: &Path) -> Key {
    let made = folder.to_owned();
    let key = tokio::task::spawn_blocking(move || unlock(&made, PASSPHRASE).unwrap());
    let key = key.await.unwrap();
    let store = open(folder, &key).await.unwrap();
    store.save_login(login(&[1])).await.unwrap();
    store.close().await;
    key
}

fn record(folder: &Path) -> Vec<Event> {
    let traced = tempfile::tempdir().unwrap();
    let trace = traced.path().join("trace");
    let mut command = trace::recording(&trace, &std::env::current_exe().unwrap());
    let ended = command
        .args(["--exact", NAME, "--nocapture"])
        .env(FOLDER, folder)
        .output();
    // strace is installed by `cargo xtask test`.
    let ended = ended.unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    trace::read(&fs::read_to_string(trace).unwrap(), folder, "acks")
}

/// What one loss of power took.
#[derive(Default)]
struct Lost {
    replies: usize,
    told: usize,
}

async fn after_power_loss(folder: &Path, key: &Key, acknowledged: &BTreeSet<&str>) -> Lost {
    let store = open(folder, key).await.unwrap();
    assert_eq!(store.damage().await.unwrap(), Vec::<String>::new());
    let account = store.accounts().await.unwrap()[0].key;
    let queued = store.outbox_all(account).await.unwrap();
    let queued: BTreeSet<&str> = queued.iter().map(|item| item.client_ref.as_str()).collect();
    let mut lost = Lost::default();
    for row in acknowledged {
        if let Some(number) = row.strip_prefix("told ") {
            let told = ConversationRef::new(account, ConversationId(number.parse().unwrap()));
            lost.told += usize::from(store.conversation(told).await.unwrap().is_none());
        } else {
            lost.replies += usize::from(!queued.contains(row));
        }
    }
    store.close().await;
    lost
}

fn cuts(events: usize) -> BTreeSet<usize> {
    let mut random = Random(11);
    let mut cuts = BTreeSet::new();
    while cuts.len() < CUTS.min(events) {
        cuts.insert(random.below(events));
    }
    cuts
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_with_the_power() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        press_and_say(Path::new(&folder)).await;
    }
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let key = profile(&folder).await;
    let before = files(&folder);
    let events = record(&folder);
    let folded = |event: &Event| matches!(event, Event::Write { file, .. } if file == "durable.db");
    assert!(
        events.iter().any(folded),
        "the log was folded into the file while it was recorded"
    );
    let mut disk = Disk::with(before);
    let (mut acknowledged, mut lost, mut random) = (BTreeSet::new(), Lost::default(), Random(12));
    let cuts = cuts(events.len());
    for (place, event) in events.iter().enumerate() {
        disk.happens(event);
        if let Event::Acknowledged(row) = event {
            acknowledged.insert(row.as_str());
        }
        if cuts.contains(&place) {
            let after = tempfile::tempdir().unwrap();
            disk.lose_power(&mut random, after.path());
            let one = after_power_loss(after.path(), &key, &acknowledged).await;
            assert_eq!(
                one.replies,
                0,
                "replies were lost after event {place} of {}",
                events.len()
            );
            lost.told += one.told;
        }
    }
    assert_eq!(
        acknowledged.len(),
        usize::try_from(PRESSED + PRESSED / 4).unwrap()
    );
    // The control: cache.db is written with synchronous=NORMAL, may lose its last moments, and does.
    assert!(lost.told > 0, "a disk that loses nothing proves nothing");
    println!(
        "{} cuts in {} events; the cache lost {} rows, durable.db none",
        cuts.len(),
        events.len(),
        lost.told
    );
}
