//! A desktop session of a test's own.

use crate::places;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};
use std::thread;
use tempfile::TempDir;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use xtask::session::{Session, SessionOptions};

/// A window, a browser and a desk keep two cores busy.
static ROOM: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new((cores / 2).max(1)))
});

/// A display, a session bus and (by default) an open keyring that nobody else uses.
pub struct Desktop {
    session: Session,
    folder: TempDir,
    _room: OwnedSemaphorePermit,
}

impl Desktop {
    /// With an open keyring, as most desktops have.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// As on a desktop that keeps no keys.
    pub async fn without_keyring() -> Self {
        Self::with(|options| options.keyring = false).await
    }

    /// With options as `change` leaves them.
    pub async fn with(change: impl FnOnce(&mut SessionOptions)) -> Self {
        let room = Arc::clone(&ROOM)
            .acquire_owned()
            .await
            .expect("the room is never closed");
        let folder = TempDir::new().expect("a temporary folder can be made");
        let mut options = SessionOptions::in_folder(folder.path().join("session"));
        change(&mut options);
        let session = Session::start(&options).unwrap_or_else(|failure| panic!("{failure}"));
        Self {
            session,
            folder,
            _room: room,
        }
    }

    /// A folder of this test, removed at its end.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the session bus listens.
    pub fn bus_address(&self) -> &str {
        self.session.bus_address()
    }

    /// The session's variables.
    pub fn environment(&self) -> &[(&'static str, String)] {
        self.session.environment()
    }

    /// Makes a command run in this session.
    pub fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        self.session.enter(command)
    }

    /// Keeps a picture of the whole display as `target/pictures/<name>.png`.
    pub fn picture(&self, name: &str) {
        let taken = self.session.picture(&places::picture(name));
        taken.unwrap_or_else(|failure| panic!("{failure}"));
    }

    /// Connects to the session bus.
    pub async fn connect(&self) -> zbus::Connection {
        let builder = zbus::connection::Builder::address(self.bus_address()).expect("the bus has an address");
        builder.build().await.expect("the bus accepts programs")
    }
}
