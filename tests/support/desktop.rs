//! A desktop session of a test's own.

use crate::places;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
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

/// The desktop's own programs, in a test's folder.
const PROGRAMS: &str = "bin";

/// What opens addresses on a desktop, for programs and people alike: here it keeps them, a line each.
const OPENER: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$(dirname \"$0\")/opened\"\n";

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
        put_opener(&folder.path().join(PROGRAMS));
        let desktop = Self {
            session,
            folder,
            _room: room,
        };
        desktop.put_downloads();
        desktop
    }

    /// Where programs put files for the person to keep.
    pub fn downloads(&self) -> PathBuf {
        self.folder().join("downloads")
    }

    /// Says so, as desktops do.
    fn put_downloads(&self) {
        let settings = self
            .environment()
            .iter()
            .find(|(name, _)| *name == "XDG_CONFIG_HOME");
        let settings = settings.map(|(_, folder)| Path::new(folder).join("user-dirs.dirs"));
        let line = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", self.downloads().display());
        fs::write(settings.expect("a session has a folder for settings"), line)
            .expect("a file can be written");
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
        let others = std::env::var_os("PATH").unwrap_or_default();
        let own = self.folder().join(PROGRAMS);
        let all = std::iter::once(own).chain(std::env::split_paths(&others));
        let path = std::env::join_paths(all).expect("folders have no colons");
        self.session.enter(command.env("PATH", path))
    }

    /// The addresses programs opened outside, in order.
    pub fn opened(&self) -> Vec<String> {
        let kept = fs::read_to_string(self.folder().join(PROGRAMS).join("opened"));
        kept.unwrap_or_default().lines().map(str::to_owned).collect()
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

fn put_opener(folder: &Path) {
    let program = folder.join("xdg-open");
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(&program, OPENER).expect("a file can be written");
    let may_run = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&program, may_run).expect("a file can be made a program");
}
