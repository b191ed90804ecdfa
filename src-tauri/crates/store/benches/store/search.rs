//! Search as it is typed: every letter asks again.

use crate::desk::Size;
use crate::measure::{Aim, Samples, p95};
use crate::texts;
use deskbell_store::{Result, SearchQuery, Store};
use std::time::Instant;

/// Answers the screen shows.
const LIMIT: u32 = 30;

/// What is typed, by kind.
fn typed(size: Size) -> Vec<(&'static str, Vec<String>)> {
    let rare = [3, size.conversations / 2, size.conversations - 3]
        .map(texts::code)
        .to_vec();
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    vec![
        (
            "common word",
            words(&["breakfast", "room", "reservation", "thank"]),
        ),
        ("rare word", rare),
        (
            "two words",
            words(&["late checkout", "airport shuttle", "baby cot"]),
        ),
        ("name and word", words(&["ingrid breakfast", "kelbomann parking"])),
        (
            "phrase",
            words(&["airport-shuttle", "late-checkout", "petit-déjeuner"]),
        ),
        (
            "non-Latin",
            words(&["завтрак", "朝食", "الإفطار", "नाश्ता", "бассейн парковка"]),
        ),
        ("phone number", words(&["+49 171 2345", "0171 99"])),
    ]
}

/// Prints each kind: all its letters together.
pub async fn measure(store: &Store, size: Size, floor: f64) -> Result<()> {
    let aim = Aim::AtMost(if size.messages > 300_000 { 40.0 } else { 15.0 });
    let mut all = Samples::default();
    let mut slowest = (0.0, String::new());
    for (kind, texts) in typed(size) {
        let mut samples = Samples::default();
        for text in &texts {
            for beginning in beginnings(text) {
                for _ in 0..5 {
                    let begun = Instant::now();
                    store.search(&SearchQuery::new(&beginning, LIMIT)).await?;
                    let spent = begun.elapsed();
                    samples.add(spent);
                    all.add(spent);
                    let ms = spent.as_secs_f64() * 1e3;
                    if ms > slowest.0 {
                        slowest = (ms, beginning.clone());
                    }
                }
            }
        }
        p95(&format!("Search, {kind}"), &samples, aim, floor);
    }
    p95("Search as it is typed, all", &all, aim, floor);
    println!(
        "| … the slowest letter: \"{}\" | {:.3} | ms | | | | | |",
        slowest.1, slowest.0
    );
    Ok(())
}

/// `b`, `br`, `bre`, …
fn beginnings(text: &str) -> Vec<String> {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.filter_map(|end| text.get(..end))
        .map(str::to_owned)
        .collect()
}
