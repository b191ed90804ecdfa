//! The real window: the app's own program, driven through WebKitWebDriver.

use crate::desktop::Desktop;
use crate::driver::Driver;
use crate::page::Page;
use crate::places;
use crate::processes;
use crate::until::until;
use serde_json::json;
use std::ops::Deref;
use std::path::Path;
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
        let process = until("the app's process", async || app_under(parent)).await;
        Self {
            page: Page::new(client),
            process,
            _driver: driver,
        }
    }

    /// Keeps a picture of the display once the page is drawn, as `target/pictures/<name>.png`.
    pub async fn picture(&self, desktop: &Desktop, name: &str) {
        self.page.drawn().await;
        desktop.picture(name);
    }

    /// The app's process id.
    pub fn process(&self) -> u32 {
        self.process
    }

    /// Ends the app as a power cut would: nothing in it runs any more.
    pub async fn kill(self) {
        let process = self.process;
        processes::kill(process);
        until("the app to be killed", async || {
            (!is_running(process)).then_some(())
        })
        .await;
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

fn webkit(desktop: &Desktop) -> Command {
    let mut driver = command("WebKitWebDriver");
    desktop.enter(&mut driver);
    driver.arg("--host=127.0.0.1");
    driver.envs([("TAURI_WEBVIEW_AUTOMATION", "true"), ("TAURI_AUTOMATION", "true")]);
    // What the window's own libraries say, such as that this machine has no sound card.
    let log = places::log("window");
    driver
        .stdout(log.try_clone().expect("a log can be shared"))
        .stderr(log);
    driver
}

/// The app among the driver's children.
fn app_under(driver: u32) -> Option<u32> {
    processes::children(driver).into_iter().find(|id| is_running(*id))
}

/// Whether that process is still the app, and not merely waiting to be reaped.
fn is_running(id: u32) -> bool {
    processes::executable(id).is_some_and(|path| path == places::program("deskbell"))
}
