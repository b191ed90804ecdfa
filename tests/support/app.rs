//! The real window: the app's own program, driven through WebKitWebDriver.

use crate::desktop::Desktop;
use crate::driver::Driver;
use crate::page::Page;
use crate::places;
use crate::until::until;
use serde_json::json;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::guarded::command;

/// A running Deskbell on a test's own desktop. It dereferences to the page in its window.
pub struct Window {
    page: Page,
    process: u32,
    _driver: Driver,
}

impl Window {
    /// Starts the app on the profile in `data` and waits for its page.
    pub async fn open(desktop: &Desktop, data: &Path) -> Self {
        let mut driver = Driver::start(webkit(desktop)).await;
        let capabilities = json!({
            "webkitgtk:browserOptions": {
                "binary": places::program("deskbell"),
                "args": ["--data-dir", data],
            }
        });
        let client = driver
            .open(capabilities.as_object().cloned().unwrap_or_default())
            .await;
        let parent = driver.id();
        let process = until("the app's process", async || child_of(parent)).await;
        Self {
            page: Page::new(client),
            process,
            _driver: driver,
        }
    }

    /// The app's process id.
    pub fn process(&self) -> u32 {
        self.process
    }

    /// Ends the app as a power cut would: nothing in it runs any more.
    pub async fn kill(self) {
        kill(self.process).await;
    }

    /// Closes the window through the driver, which ends the app.
    pub async fn close(self) {
        let process = self.process;
        // The session answers or is already gone; what counts is that the process ends.
        let _ = self.page.client().clone().close().await;
        until("the app to end", async || (!is_running(process)).then_some(())).await;
    }
}

impl Deref for Window {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if is_running(self.process) {
            signal_kill(self.process);
        }
    }
}

fn webkit(desktop: &Desktop) -> Command {
    let mut driver = command("WebKitWebDriver");
    desktop.enter(&mut driver);
    driver.arg("--host=127.0.0.1");
    driver.envs([("TAURI_WEBVIEW_AUTOMATION", "true"), ("TAURI_AUTOMATION", "true")]);
    driver
}

/// The app among the driver's children.
fn child_of(parent: u32) -> Option<u32> {
    let wanted = places::program("deskbell");
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.into_iter()
        .find(|id| is_child(*id, parent) && executable(*id).is_some_and(|path| path == wanted))
}

fn is_child(id: u32, parent: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    status.lines().any(|line| {
        line.strip_prefix("PPid:")
            .is_some_and(|rest| rest.trim() == parent.to_string())
    })
}

fn executable(id: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{id}/exe")).ok()
}

/// Whether that process is still the app, and not merely waiting to be reaped.
fn is_running(id: u32) -> bool {
    executable(id).is_some_and(|path| path == places::program("deskbell"))
}

fn signal_kill(id: u32) {
    let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
}

async fn kill(id: u32) {
    signal_kill(id);
    until("the app to be killed", async || (!is_running(id)).then_some(())).await;
}
