//! Measures the store: `cargo xtask bench`.
//!
//! Prints tables and judges nothing beyond "met": how fast a machine is at this moment is no reason for a test to fail.
//! The texts are made from a seed, so that two runs measure the same work. Not for: finding out where the time goes.

mod compare;
mod desk;
mod machine;
mod measure;
mod random;
mod reads;
mod search;
mod texts;
mod writes;

use desk::Size;
use deskbell_store::{Key, Result, Store, StoreError};
use measure::{Aim, head, value};
use std::process::ExitCode;

const HELP: &str = "store CONVERSATIONS MESSAGES SEED [compare]";

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let number = |place: usize| words.get(place).and_then(|word| word.parse::<i64>().ok());
    let (Some(conversations), Some(messages), Some(seed)) = (number(0), number(1), number(2)) else {
        eprintln!("{HELP}");
        return ExitCode::FAILURE;
    };
    let size = Size {
        conversations,
        messages,
    };
    let compare = words.get(3).is_some_and(|word| word == "compare");
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let done = runtime.map_err(|_| StoreError::Disk).and_then(|runtime| {
        runtime.block_on(async {
            match compare {
                true => compare::run(seed as u64, size).await,
                false => measure_all(seed as u64, size).await,
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A store in a folder of its own, which goes when it is dropped.
async fn open(key: &Key) -> Result<(tempfile::TempDir, Store)> {
    let folder = tempfile::tempdir().map_err(|_| StoreError::Disk)?;
    let store = Store::open(folder.path(), key)?;
    Ok((folder, store))
}

async fn measure_all(seed: u64, size: Size) -> Result<()> {
    head(&format!(
        "{} conversations, {} messages",
        size.conversations, size.messages
    ));
    let (folder, store) = open(&Key::random()?).await?;
    let accounts = desk::sign_in(&store).await?;
    let sync_ms = machine::sync_ms(folder.path()).map_err(|_| StoreError::Disk)?;
    writes::measure_ingest(&store, seed, size, &accounts).await?;
    let floor = reads::floor_ms(&store).await?;
    writes::measure_send(&store, size, &accounts, sync_ms).await?;
    reads::measure(&store, size, &accounts, floor).await?;
    search::measure(&store, size, floor).await?;
    writes::measure_catch_up(&store, size, &accounts, floor).await?;
    let on_disk = std::fs::metadata(folder.path().join("cache.db")).map_or(0, |file| file.len());
    value("cache.db", on_disk as f64 / 1e6, "MB", Aim::None, 0.0);
    if let Some(peak) = machine::peak_memory_mb() {
        value("Peak memory of the process", peak, "MB", Aim::None, 0.0);
    }
    Ok(())
}
