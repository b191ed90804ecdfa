//! The real program, run as anybody would.

// Each test binary uses a part of it.
#![allow(dead_code)]

use serde_json::Value;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

/// The program with its three streams in a test's hands.
pub fn desk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskbell-desk"));
    command
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .stdin(Stdio::piped());
    command
}

/// Runs it to its end with something on its standard input.
pub fn run_with<S: AsRef<OsStr>>(arguments: &[S], input: &str) -> Output {
    let mut child = desk().args(arguments).spawn().unwrap();
    // A program that wants nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Runs it to a good end; answers what it said.
pub fn done<S: AsRef<OsStr>>(arguments: &[S], input: &str) -> String {
    let output = run_with(arguments, input);
    let said = String::from_utf8(output.stdout).unwrap();
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{complained}");
    said
}

/// Runs it to status 2; answers its one line.
pub fn refused_with<S: AsRef<OsStr>>(arguments: &[S], input: &str) -> String {
    let output = run_with(arguments, input);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{words}");
    assert!(output.stdout.is_empty());
    assert_eq!(words.lines().count(), 1, "one line: {words}");
    words
}

pub fn refused(arguments: &[&str]) -> String {
    refused_with(arguments, "")
}

/// A desk that serves; killed with this.
pub struct Served {
    pub child: Child,
    /// What it said about itself.
    pub facts: Value,
}

impl Served {
    /// Starts one on a free port and waits until it says where it is.
    pub fn start(data: &Path, more: &[&str]) -> Self {
        let mut command = desk();
        command.args(["serve", "--listen", "127.0.0.1:0", "--print-json", "--data"]);
        Self::of(command.arg(data).args(more).stderr(Stdio::inherit()))
    }

    /// As [`Served::start`], by a whole command.
    pub fn of(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let output = child.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let facts = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        Self { child, facts }
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        self.facts["url"].as_str().unwrap()
    }

    /// `127.0.0.1:41234`.
    pub fn address(&self) -> &str {
        self.url().split("//").nth(1).unwrap()
    }

    /// Asks it to stop, as a service manager does.
    #[cfg(unix)]
    pub fn ask_to_stop(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// How it ended.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
