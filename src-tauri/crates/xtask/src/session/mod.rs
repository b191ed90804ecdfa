//! A private desktop session on a machine without a screen: a virtual display, a session bus with nothing on it but what
//! is started here, a keyring that is open, a window manager and, if wanted, a notification daemon.
//!
//! Everything is the real program a desktop has; nothing is imitated. It reads and writes nothing of the user's own:
//! the XDG folders are fresh. It ends with the value that holds it, even when the process is killed.

mod bus;
mod desktop;
mod display;
mod keyring;

use crate::failure::{Failure, Outcome};
use crate::guarded::Guarded;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a session has beside a display and a bus.
#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// Fresh XDG folders and logs go here; made if missing.
    pub folder: PathBuf,
    /// Pixels of the screen.
    pub screen: (u32, u32),
    /// A Secret Service with an open default collection. Without one, programs see a computer that keeps no keys.
    pub keyring: bool,
    /// A daemon that shows notifications. Tests own that name themselves.
    pub notifications: bool,
}

impl SessionOptions {
    /// A keyring, no notification daemon, a screen of 1440 × 900.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            screen: (1440, 900),
            keyring: true,
            notifications: false,
        }
    }
}

/// A running session. Dropping it ends all its programs.
#[derive(Debug)]
pub struct Session {
    // Dropped in this order: what needs the bus and the display before them.
    programs: Vec<Guarded>,
    _bus: Guarded,
    _display: Guarded,
    environment: Vec<(&'static str, String)>,
    runtime: PathBuf,
}

static STARTED: AtomicU32 = AtomicU32::new(0);

impl Session {
    /// Starts every part and returns when each has said that it is ready.
    ///
    /// # Errors
    /// A program is not installed, or did not become ready within 30 seconds; the log is in the session's folder.
    pub fn start(options: &SessionOptions) -> Outcome<Self> {
        let runtime = runtime_folder()?;
        let mut environment = xdg_folders(&options.folder, &runtime)?;
        let (display, number) = display::start(options)?;
        environment.push(("DISPLAY", format!(":{number}")));
        let (bus, address) = bus::start(&options.folder, &runtime)?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
        let mut session = Self {
            programs: Vec::new(),
            _bus: bus,
            _display: display,
            environment,
            runtime,
        };
        session.start_programs(options)?;
        Ok(session)
    }

    fn start_programs(&mut self, options: &SessionOptions) -> Outcome {
        if options.keyring {
            self.programs.push(keyring::start(self, options)?);
        }
        self.programs.push(desktop::window_manager(self, options)?);
        if options.notifications {
            self.programs.push(desktop::notifications(self, options)?);
        }
        Ok(())
    }

    /// The variables that put a program into this session.
    pub fn environment(&self) -> &[(&'static str, String)] {
        &self.environment
    }

    /// The display's name, such as `:7`.
    pub fn display(&self) -> &str {
        self.variable("DISPLAY")
    }

    /// Where the session bus listens.
    pub fn bus_address(&self) -> &str {
        self.variable("DBUS_SESSION_BUS_ADDRESS")
    }

    /// Makes `command` run in this session.
    pub fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)))
    }

    /// Writes a picture of the whole display.
    ///
    /// # Errors
    /// ImageMagick's `import` is missing or the file cannot be written.
    pub fn picture(&self, path: &Path) -> Outcome {
        let mut import = Command::new("import");
        // The date is left out, so that equal screens make equal files.
        import.args([
            "-window",
            "root",
            "-define",
            "png:exclude-chunks=date,time",
            "-strip",
        ]);
        let output = self.enter(import.arg(path)).output();
        let output = output.map_err(Failure::during("Cannot start `import` (ImageMagick)"))?;
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::new(format!("Cannot take a picture: {}", words.trim())));
        }
        Ok(())
    }

    fn variable(&self, name: &str) -> &str {
        let found = self.environment.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.programs.drain(..).rev().for_each(drop);
        let _ = fs::remove_dir_all(&self.runtime);
    }
}

/// A short path only this user may read: sockets live in it, and their paths may have 107 bytes.
fn runtime_folder() -> Outcome<PathBuf> {
    let number = STARTED.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("deskbell-{}-{number}", process::id()));
    let _ = fs::remove_dir_all(&path);
    let made = DirBuilder::new().mode(0o700).create(&path);
    made.map_err(Failure::during(format_args!("Cannot make {}", path.display())))?;
    Ok(path)
}

fn xdg_folders(folder: &Path, runtime: &Path) -> Outcome<Vec<(&'static str, String)>> {
    let mut environment = vec![
        ("XDG_RUNTIME_DIR", runtime.display().to_string()),
        ("XDG_SESSION_TYPE", "x11".to_owned()),
        ("GDK_BACKEND", "x11".to_owned()),
        ("WAYLAND_DISPLAY", String::new()),
        // No accessibility bus is started here; without this GTK waits for one.
        ("NO_AT_BRIDGE", "1".to_owned()),
        ("GTK_A11Y", "none".to_owned()),
        // A virtual display has no graphics card: the other renderer leaves windows blank.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()),
    ];
    for (name, under) in [
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
    ] {
        let path = folder.join(under);
        fs::create_dir_all(&path).map_err(Failure::during(format_args!("Cannot make {}", path.display())))?;
        environment.push((name, path.display().to_string()));
    }
    Ok(environment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("deskbell-session-{name}-{}", process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    fn default_collection(session: &Session) -> String {
        let mut ask = Command::new("dbus-send");
        ask.args([
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.secrets",
        ]);
        ask.args([
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.ReadAlias",
            "string:default",
        ]);
        let answer = session.enter(&mut ask).output().unwrap();
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }

    #[test]
    fn has_a_screen_and_an_open_keyring_and_leaves_nothing() {
        let folder = folder("whole");
        let options = SessionOptions {
            notifications: true,
            ..SessionOptions::in_folder(&folder)
        };
        let session = Session::start(&options).unwrap();
        let picture = folder.join("screen.png");
        session.picture(&picture).unwrap();
        assert!(
            picture.metadata().unwrap().len() > 0,
            "the display can be photographed"
        );
        let collection = default_collection(&session);
        assert!(
            collection.starts_with("/org/freedesktop/secrets/collection/"),
            "got {collection:?}"
        );
        let address = session.bus_address().to_owned();
        let runtime = session.runtime.clone();
        drop(session);
        assert!(
            !bus::has_owner(&address, "org.freedesktop.DBus"),
            "the bus ended with the session"
        );
        assert!(!runtime.exists(), "the sockets are gone");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn without_a_keyring_nobody_answers_for_secrets() {
        let folder = folder("bare");
        let options = SessionOptions {
            keyring: false,
            ..SessionOptions::in_folder(&folder)
        };
        let session = Session::start(&options).unwrap();
        assert!(bus::has_owner(session.bus_address(), "org.freedesktop.DBus"));
        assert!(!bus::has_owner(session.bus_address(), "org.freedesktop.secrets"));
        drop(session);
        fs::remove_dir_all(folder).unwrap();
    }
}
