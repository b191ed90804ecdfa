//! What is on disk says nothing to whoever takes the disk.

use crate::scene::Scene;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .flatten();
    entries
        .flat_map(|entry| {
            if entry.path().is_dir() {
                files(&entry.path())
            } else {
                vec![entry.path()]
            }
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_text_nor_names_nor_tokens_are_readable_in_any_file() {
    let scene = Scene::open().await;
    let conversation = scene.guest_starts("My passport number is XK-4471-PQ").await;
    scene.core.mutate("opened", serde_json::json!(conversation)).await;
    scene
        .send(conversation, "We will shred the copy of XK-4471-PQ")
        .await;
    let token = scene.desk.login("agent").access_token.clone();
    let found = files(scene.folder());
    let names: Vec<_> = found
        .iter()
        .filter_map(|file| file.file_name()?.to_str())
        .collect();
    assert!(
        names.contains(&"durable.db") && names.contains(&"cache.db"),
        "both files are there: {names:?}"
    );
    for file in &found {
        let bytes = std::fs::read(file).expect("the file can be read");
        for secret in ["XK-4471-PQ", token.as_str(), "SQLite format 3", "Hotel Aurora"] {
            let readable = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(
                !readable,
                "{} shows {}",
                file.display(),
                if secret == token { "a token" } else { secret }
            );
        }
    }
}
