//! A WebDriver process and one session on it.

use crate::processes;
use crate::until::until;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Map, Value};
use std::net::TcpListener;
use std::process::Command;
use xtask::guarded::Guarded;

/// A driver that listens on a port of its own.
pub struct Driver {
    process: Guarded,
    url: String,
}

impl Driver {
    /// Starts `command` with `--port=<a free one>` and waits until it answers.
    pub async fn start(mut command: Command) -> Self {
        let port = free_port();
        command.arg(format!("--port={port}"));
        let process = Guarded::start(&mut command).unwrap_or_else(|failure| panic!("{failure}"));
        let url = format!("http://127.0.0.1:{port}");
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("an HTTP client can be made");
        let status = format!("{url}/status");
        until("the WebDriver to answer", async || {
            http.get(&status).send().await.ok()
        })
        .await;
        Self { process, url }
    }

    /// Opens a session, which starts the browser named in the capabilities.
    pub async fn open(&self, capabilities: Map<String, Value>) -> Client {
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let mut builder = ClientBuilder::new(connector);
        let session = builder.capabilities(capabilities).connect(&self.url).await;
        session.unwrap_or_else(|error| panic!("the browser did not start: {error}"))
    }

    /// The driver's process, whose child the browser is.
    pub fn id(&mut self) -> u32 {
        self.process.child().id()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser behind.
        processes::children(self.id())
            .into_iter()
            .for_each(processes::kill);
    }
}

/// Drivers do not say which port they chose, so one is chosen for them.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener
        .local_addr()
        .expect("a bound socket has an address")
        .port()
}
