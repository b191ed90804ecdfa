//! The built-in desk: the real server in a process of its own.

use crate::places;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use tempfile::TempDir;
use xtask::guarded::{Guarded, command};

/// A running desk with the demo properties. Dropping it ends it and removes its data.
pub struct Desk {
    process: Option<Guarded>,
    facts: Facts,
    data: TempDir,
    /// Where it belongs while it runs elsewhere.
    home: Option<String>,
}

/// What a desk says about itself when it is ready.
#[derive(Clone, Debug, Deserialize)]
pub struct Facts {
    /// Where it answers, such as `http://127.0.0.1:41234`.
    pub url: String,
    pub accounts: Vec<Account>,
    pub logins: Vec<Login>,
    pub guest_links: Vec<GuestLink>,
}

/// A property.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    pub id: i64,
    pub name: String,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Deserialize)]
pub struct Login {
    pub email: String,
    pub password: String,
    pub role: String,
    pub access_token: String,
}

/// The web chat of a property.
#[derive(Clone, Debug, Deserialize)]
pub struct GuestLink {
    pub account_id: i64,
    pub url: String,
    /// Epoch seconds of the booking the link belongs to.
    pub starts_at: i64,
}

impl Desk {
    /// Starts one on a free port with fresh data.
    pub fn start() -> Self {
        let data = TempDir::new().expect("a temporary folder can be made");
        let (process, facts) = serve(data.path(), "127.0.0.1:0");
        Self {
            process: Some(process),
            facts,
            data,
            home: None,
        }
    }

    /// Address, people and guest links.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.facts.url
    }

    /// The first person with that role (`agent`, `administrator`).
    pub fn login(&self, role: &str) -> &Login {
        let found = self.facts.logins.iter().find(|login| login.role == role);
        found.unwrap_or_else(|| panic!("the demo has no {role}"))
    }

    /// The demo's person with that e-mail address.
    pub fn login_of(&self, email: &str) -> &Login {
        let found = self.facts.logins.iter().find(|login| login.email == email);
        found.unwrap_or_else(|| panic!("the demo has nobody called {email}"))
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        drop(self.process.take());
    }

    /// Starts it again on the same port and data; kills it first if it runs.
    pub fn restart(&mut self) {
        let address = self.address();
        self.serve_at(&address);
    }

    /// Starts it again where nobody looks for it; [`Desk::move_back`] ends that.
    pub fn move_elsewhere(&mut self) {
        self.home = Some(self.address());
        self.serve_at("127.0.0.1:0");
    }

    /// Starts it again where it was before [`Desk::move_elsewhere`].
    pub fn move_back(&mut self) {
        if let Some(home) = self.home.take() {
            self.serve_at(&home);
        }
    }

    fn address(&self) -> String {
        let address = self.facts.url.trim_start_matches("http://");
        address.trim_end_matches('/').to_owned()
    }

    fn serve_at(&mut self, address: &str) {
        self.kill();
        let (process, facts) = serve(self.data.path(), address);
        self.process = Some(process);
        self.facts = facts;
    }
}

/// Runs a desk that is expected to end by itself, and returns what it said.
pub fn run_to_its_end(arguments: &[&str]) -> Output {
    let output = Command::new(program())
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    output.expect("the desk's program starts")
}

fn program() -> PathBuf {
    places::program("deskbell-desk")
}

fn serve(data: &Path, address: &str) -> (Guarded, Facts) {
    let mut desk = command(program());
    desk.args(["serve", "--listen", address, "--data"]).arg(data);
    desk.args(["--demo", "--print-json", "--test-controls"])
        .stdout(Stdio::piped());
    let mut desk = Guarded::start(&mut desk).unwrap_or_else(|failure| panic!("{failure}"));
    let output = desk.child().stdout.take().expect("the desk's output is piped");
    let mut lines = BufReader::new(output);
    let mut line = String::new();
    lines.read_line(&mut line).expect("the desk's output can be read");
    // Read on, or the desk stops at a full pipe.
    thread::spawn(move || lines.read_to_end(&mut Vec::new()));
    let facts = serde_json::from_str(&line);
    (
        desk,
        facts.unwrap_or_else(|error| panic!("the desk did not start ({error}); it said: {line}")),
    )
}
