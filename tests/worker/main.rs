//! A receptionist's core in a process of its own, for tests that stop or kill it: `front-desk-worker FOLDER WORK …`.
//!
//! It says what happened as one JSON object a line, and only after it is durable: whoever kills it knows what must
//! survive. Not for: deciding whether that is right; the test that started it does.

mod press;
mod report;
mod watch;

use deskbell_tests::core::Core;
use std::path::PathBuf;

const USAGE: &str = "front-desk-worker FOLDER (press CYCLE CONVERSATION… | finish CONVERSATION… | watch)";

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect(USAGE));
    let work = arguments.next().expect(USAGE);
    let rest: Vec<i64> = arguments.map(|word| word.parse().expect(USAGE)).collect();
    let core = Core::start(&folder).await;
    match (work.as_str(), rest.as_slice()) {
        ("press", [cycle, conversations @ ..]) => press::go_on(&core, *cycle, conversations).await,
        ("finish", conversations) => press::finish(core, conversations).await,
        ("watch", []) => watch::rings(&core).await,
        _ => panic!("{USAGE}"),
    }
}
