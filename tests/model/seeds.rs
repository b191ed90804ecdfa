//! Many scripts, several at a time; one that fails is made as short as it stays wrong.

use crate::run::{self, PANICS, Tally};
use crate::script::{Script, scripts};
use crate::template::Template;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

/// So long a failure is shrunk.
const SHRINKING: Duration = Duration::from_secs(40);
/// Failures told before the rest is left alone.
const MOST_FAILURES: usize = 5;

/// A number from the environment.
pub fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What all workers share.
struct Work {
    template: Template,
    next: AtomicU64,
    end: u64,
    done: Mutex<Done>,
}

#[derive(Default)]
struct Done {
    tally: Tally,
    seeds: u64,
    failures: Vec<String>,
}

/// Runs the scripts of `count` seeds from `from` on.
///
/// # Panics
/// When one is wrong, with the shortest script that is.
pub fn run(from: u64, count: u64) {
    count_panics();
    let work = Work {
        template: Template::make(),
        next: AtomicU64::new(from),
        end: from + count,
        done: Mutex::default(),
    };
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let workers = u8::try_from(cores).unwrap_or(u8::MAX).saturating_add(1);
    std::thread::scope(|scope| {
        for slot in 0..workers {
            let work = &work;
            scope.spawn(move || work.go_on(slot));
        }
    });
    let done = work.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!(
        "{} seeds from {from} on, {} wrong: {:?}",
        done.seeds,
        done.failures.len(),
        done.tally
    );
    assert!(done.failures.is_empty(), "{}", done.failures.join("\n\n"));
}

impl Work {
    fn go_on(&self, slot: u8) {
        loop {
            let seed = self.next.fetch_add(1, Ordering::Relaxed);
            if seed >= self.end || self.done().failures.len() >= MOST_FAILURES {
                return;
            }
            let result = one(&self.template, seed, slot);
            let mut done = self.done();
            done.seeds += 1;
            match result {
                Ok(tally) => done.tally += tally,
                Err(failure) => {
                    println!("{failure}");
                    done.failures.push(failure);
                }
            }
        }
    }

    fn done(&self) -> MutexGuard<'_, Done> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The script of a seed: the same on every machine.
fn script(seed: u64) -> impl ValueTree<Value = Script> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    scripts().new_tree(&mut runner).expect("every seed has a script")
}

fn one(template: &Template, seed: u64, slot: u8) -> Result<Tally, String> {
    let mut tree = script(seed);
    let mut wrong = match run::run(template, &tree.current(), slot) {
        Ok(tally) => return Ok(tally),
        Err(wrong) => wrong,
    };
    // At once, also where output is kept back until the test ends.
    let _ = writeln!(
        std::io::stderr(),
        "seed {seed} is wrong and is being shrunk: {wrong}"
    );
    let mut shortest = tree.current();
    let begun = Instant::now();
    while begun.elapsed() < SHRINKING && tree.simplify() {
        loop {
            match run::run(template, &tree.current(), slot) {
                Err(still) => {
                    (wrong, shortest) = (still, tree.current());
                    break;
                }
                Ok(_) if tree.complicate() => {}
                Ok(_) => break,
            }
        }
    }
    Err(format!("seed {seed}: {wrong}\n{shortest:#?}"))
}

/// A panic in a task ends that task and nothing else: it must be noticed.
pub fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.set(PANICS.get() + 1);
            tell(panic);
        }));
    });
}
