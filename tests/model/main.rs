//! Outbox and sync against the real desk, by random scripts in virtual time.
//!
//! A real engine over real encrypted files talks over loopback to a real desk in the same process, while replies are
//! lost, frames are swapped, and either side is restarted. Each seed is one script; in the end all faults are healed,
//! time passes until nothing moves, and the judge compares what was pressed with what the server holds, and what is kept
//! here with what the server says. Not for: single rules (they have tests beside them) and not for the window.

mod desk_side;
mod judge;
mod known;
mod lists;
mod person;
mod program;
mod run;
mod script;
mod seeds;
mod template;
mod time;

/// Scripts of an ordinary test run. `cargo xtask soak` runs more.
const SEEDS: u64 = 1000;

#[test]
fn whatever_goes_wrong_nothing_is_lost_and_nothing_is_sent_twice() {
    let from = seeds::from_environment("DESKBELL_MODEL_FROM").unwrap_or(0);
    let count = seeds::from_environment("DESKBELL_MODEL_SEEDS").unwrap_or(SEEDS);
    seeds::run(from, count);
}

#[test]
fn what_once_went_wrong_stays_mended() {
    known::run();
}
