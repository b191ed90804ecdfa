//! `cargo xtask test`: everything that must hold.

mod counts;
mod rust;

use crate::npm::npm;
use crate::setup::{self, Purpose};
use crate::workspace::{cargo, target};
use crate::{built, task};
use counts::Counts;
use std::time::Instant;
use xtask::{Failure, Outcome};

/// Runs every check and test; with a filter only the Rust tests whose names contain it.
pub fn test(filter: Option<&str>) -> Outcome {
    let started = Instant::now();
    setup::prepare(Purpose::Test)?;
    let mut report = Report::default();
    if filter.is_none() {
        report.check("format", || task::run(&mut cargo(&["fmt", "--all", "--check"])));
        check_screen(&mut report);
    }
    // The window loads `ui/dist`, and Tauri does not compile without it.
    report.check("the screen builds", built::screen);
    if filter.is_none() {
        report.check("clippy", clippy);
    }
    test_rust(&mut report, filter);
    report.finish(started)
}

fn check_screen(report: &mut Report) {
    for script in ["lint", "check"] {
        report.check(&format!("screen: {script}"), || {
            task::run(&mut npm(&["run", script]))
        });
    }
    report.count("screen: test", || {
        let results = target().join("vitest.json");
        let _ = std::fs::remove_file(&results);
        let output = format!("--outputFile.json={}", results.display());
        let arguments = [
            "run",
            "test",
            "--",
            "--reporter=default",
            "--reporter=json",
            &output,
        ];
        let succeeded = task::run(&mut npm(&arguments));
        Ok((Counts::of_vitest(&results)?, succeeded.is_ok()))
    });
}

/// With the feature that only the benchmark has: nothing else compiles it.
fn clippy() -> Outcome {
    task::run(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "deskbell-store/plain-file",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

fn test_rust(report: &mut Report, filter: Option<&str>) {
    if !report.check("everything builds", rust::build) {
        return;
    }
    report.count("Rust tests", || rust::test(filter));
}

/// What was done, and how it ended.
#[derive(Default)]
struct Report {
    counts: Counts,
    lines: Vec<String>,
    failed: u32,
}

impl Report {
    /// Carries out one check. Returns whether it held.
    fn check(&mut self, name: &str, check: impl FnOnce() -> Outcome) -> bool {
        self.count(name, || check().map(|()| (Counts::default(), true)))
    }

    /// Carries out something that counts tests and says whether it succeeded as a whole.
    fn count(&mut self, name: &str, run: impl FnOnce() -> Outcome<(Counts, bool)>) -> bool {
        let started = Instant::now();
        let (counts, succeeded) = run().unwrap_or_else(|failure| {
            eprintln!("\nxtask: {failure}");
            (Counts::default(), false)
        });
        self.counts.add(counts);
        // A check that fails without a failing test (a lint, a build) counts as one.
        self.failed += u32::from(!succeeded && counts.failed == 0);
        let word = if succeeded { "ok" } else { "FAILED" };
        self.lines
            .push(format!("{word:>6}  {:>4} s  {name}", started.elapsed().as_secs()));
        succeeded
    }

    fn finish(&self, started: Instant) -> Outcome {
        println!("\n{}", self.lines.join("\n"));
        let failed = self.counts.failed + self.failed;
        println!("{} s in all", started.elapsed().as_secs());
        println!("{} passed, {failed} failed", self.counts.passed);
        if failed > 0 {
            return Err(Failure::new("Not everything holds"));
        }
        Ok(())
    }
}
