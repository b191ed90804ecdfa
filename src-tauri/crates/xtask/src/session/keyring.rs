//! The Secret Service, with an open default collection.

use super::{Session, SessionOptions, bus};
use crate::failure::{Failure, Outcome};
use crate::guarded::{Guarded, command, log_to};
use std::fs;
use std::io::Write;
use std::process::Stdio;

/// Starts gnome-keyring and opens its login collection with an empty passphrase.
pub fn start(session: &Session, options: &SessionOptions) -> Outcome<Guarded> {
    let keyrings = options.folder.join("data/keyrings");
    fs::create_dir_all(&keyrings).map_err(Failure::during("Cannot make the keyring's folder"))?;
    let mut daemon = command("gnome-keyring-daemon");
    daemon.args(["--foreground", "--unlock", "--components=secrets"]);
    log_to(session.enter(&mut daemon), &options.folder, "keyring")?.stdin(Stdio::piped());
    let mut daemon = Guarded::start(&mut daemon)?;
    if let Some(mut input) = daemon.child().stdin.take() {
        // Without the newline no default collection is made, and every access fails.
        let written = input.write_all(b"\n");
        written.map_err(Failure::during("Cannot open the keyring"))?;
    }
    let address = session.bus_address();
    daemon.wait_until("gnome-keyring", || {
        bus::has_owner(address, "org.freedesktop.secrets")
    })?;
    Ok(daemon)
}
