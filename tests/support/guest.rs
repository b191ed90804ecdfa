//! A guest in a real browser on the desk's web chat.

use crate::driver::Driver;
use crate::page::Page;
use serde_json::json;
use std::ops::Deref;
use std::path::PathBuf;
use std::process::Stdio;
use tempfile::TempDir;
use xtask::guarded::command;

/// A guest's browser, opened on a guest link. It dereferences to the page.
pub struct Guest {
    page: Page,
    // The driver ends before its browser's folder goes.
    _driver: Driver,
    _profile: TempDir,
}

impl Guest {
    /// Opens `url` in a headless Chromium with a profile of its own.
    pub async fn open(url: &str) -> Self {
        let profile = TempDir::new().expect("a temporary folder can be made");
        let mut chromedriver = command("chromedriver");
        chromedriver.stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Driver::start(chromedriver).await;
        let capabilities = json!({
            "goog:chromeOptions": { "binary": browser(), "args": arguments(&profile) }
        });
        let client = driver
            .open(capabilities.as_object().cloned().unwrap_or_default())
            .await;
        client
            .goto(url)
            .await
            .unwrap_or_else(|error| panic!("the guest page does not open: {error}"));
        Self {
            page: Page::new(client),
            _driver: driver,
            _profile: profile,
        }
    }
}

impl Deref for Guest {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

fn arguments(profile: &TempDir) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--headless",
        // Containers run tests as root, where Chromium's sandbox refuses to start.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    arguments
}

fn browser() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = ["chromium", "google-chrome"]
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = found.into_iter().find(|path| path.is_file());
    found.expect("neither chromium nor google-chrome is installed")
}
