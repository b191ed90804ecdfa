//! The repository's commands: `cargo xtask run`, `test`, `soak`, `bench`, `gen` and `shots`.
//!
//! Builds on a machine that has nothing but Rust, so that its first act can be to fetch the rest.

mod bench;
mod built;
mod npm;
mod run;
mod setup;
mod shots;
mod soak;
mod task;
mod test;
mod types;
mod workspace;

use std::env;
use std::process::ExitCode;
use xtask::{Failure, Outcome};

const HELP: &str = "\
cargo xtask run [-- ARGUMENTS]   Set up, build and start Deskbell. Without a screen it runs on a virtual one
                                 and keeps a picture of it in target/run/current.png.
cargo xtask test [FILTER]        Everything that must hold: format, lints, types, all tests. With FILTER only
                                 the Rust tests whose names contain it.
cargo xtask soak --seeds N [--from S]
                                 N random scripts of outbox and sync against the desk, in virtual time.
cargo xtask bench                Measure the store with 100,000 and 1,000,000 messages, and the window with 50,000
                                 conversations. Judges nothing.
cargo xtask gen                  Write the TypeScript types of the commands and events.
cargo xtask shots                Take a picture of every screen of the real window, into docs/screens/.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run"] => run::run(&[]),
        ["run", "--", app_arguments @ ..] => run::run(app_arguments),
        ["test"] => test::test(None),
        ["test", filter] if !filter.starts_with('-') => test::test(Some(filter)),
        ["soak", seeds @ ..] => soak::soak(seeds),
        ["bench"] => bench::bench(),
        ["gen"] => types::write(),
        ["shots"] => shots::take(),
        [] | ["help" | "-h" | "--help"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(Failure::new(format!(
            "I do not know `{}`.\n\n{HELP}",
            words.join(" ")
        ))),
    }
}
