//! What encryption costs: the same work on an encrypted and on a plain file, by turns, so that the machine's load is the
//! same for both.

use crate::desk::{self, Size};
use crate::measure::{Aim, head, value};
use crate::reads;
use crate::writes::PAGE;
use deskbell_domain::{AccountKey, ListFilter, View};
use deskbell_store::{Key, Result, SearchQuery, Store, WindowQuery};
use std::time::{Duration, Instant};

/// A store, and the time its work took.
struct Side {
    store: Store,
    spent: Duration,
    _folder: tempfile::TempDir,
}

impl Side {
    async fn new(key: &Key) -> Result<(Self, Vec<AccountKey>)> {
        let (folder, store) = crate::open(key).await?;
        let accounts = desk::sign_in(&store).await?;
        let side = Self {
            store,
            spent: Duration::ZERO,
            _folder: folder,
        };
        Ok((side, accounts))
    }

    fn rest(&mut self) -> f64 {
        std::mem::take(&mut self.spent).as_secs_f64()
    }
}

/// Prints encrypted ÷ plain of filling, lists, threads and search.
pub async fn run(seed: u64, size: Size) -> Result<()> {
    head(&format!("Encrypted ÷ plain, {} messages", size.messages));
    let (mut encrypted, accounts) = Side::new(&Key::random()?).await?;
    let (mut plain, _) = Side::new(&Key::plain()).await?;
    fill(&mut encrypted, &mut plain, seed, size, &accounts).await?;
    print("Ingest", &mut encrypted, &mut plain, 1.25);
    for turn in 0..6 {
        for side in in_turn(&mut encrypted, &mut plain, turn) {
            let begun = Instant::now();
            windows(&side.store).await?;
            side.spent += begun.elapsed();
        }
    }
    print("Windows", &mut encrypted, &mut plain, 1.1);
    for turn in 0..6 {
        for side in in_turn(&mut encrypted, &mut plain, turn) {
            let begun = Instant::now();
            reads::pages(&side.store, size, &accounts, 300).await?;
            side.spent += begun.elapsed();
        }
    }
    print("Pages all over the archive", &mut encrypted, &mut plain, 1.1);
    for turn in 0..6 {
        for side in in_turn(&mut encrypted, &mut plain, turn) {
            let begun = Instant::now();
            for text in ["breakfast", "late checkout", "завтрак", "HB00"] {
                side.store.search(&SearchQuery::new(text, 30)).await?;
            }
            side.spent += begun.elapsed();
        }
    }
    print("Search", &mut encrypted, &mut plain, 1.1);
    Ok(())
}

async fn fill(a: &mut Side, b: &mut Side, seed: u64, size: Size, accounts: &[AccountKey]) -> Result<()> {
    let mut to = size.conversations;
    while to > 0 {
        let from = (to - PAGE).max(0);
        for batch in desk::batch(seed, size, accounts, from, to) {
            for side in in_turn(a, b, to / PAGE) {
                let batch = batch.clone();
                let begun = Instant::now();
                side.store.apply(batch).await?;
                side.spent += begun.elapsed();
            }
        }
        to = from;
    }
    Ok(())
}

/// Who goes first changes, because the second finds the processor's caches warm.
fn in_turn<'a>(a: &'a mut Side, b: &'a mut Side, turn: i64) -> [&'a mut Side; 2] {
    if turn % 2 == 0 { [a, b] } else { [b, a] }
}

async fn windows(store: &Store) -> Result<()> {
    for view in View::EVERY {
        for offset in [0, 50, 400] {
            let query = WindowQuery {
                view,
                accounts: Vec::new(),
                filter: ListFilter::default(),
                now: 0,
                offset,
                limit: 50,
            };
            store.window(&query).await?;
        }
    }
    Ok(())
}

fn print(what: &str, encrypted: &mut Side, plain: &mut Side, most: f64) {
    let ratio = encrypted.rest() / plain.rest();
    value(what, ratio, "times", Aim::AtMost(most), 0.0);
}
