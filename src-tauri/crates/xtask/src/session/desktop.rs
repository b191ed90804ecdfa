//! What draws: the window manager and the notification daemon.

use super::{Session, SessionOptions, bus};
use crate::failure::Outcome;
use crate::guarded::{Guarded, command, log_to};

/// Starts openbox; ready once it has run its start-up command.
pub fn window_manager(session: &Session, options: &SessionOptions) -> Outcome<Guarded> {
    let ready = session.runtime.join("openbox-is-ready");
    let mut openbox = command("openbox");
    openbox
        .args(["--sm-disable", "--startup"])
        .arg(format!("touch {}", ready.display()));
    log_to(session.enter(&mut openbox), &options.folder, "openbox")?;
    let mut openbox = Guarded::start(&mut openbox)?;
    openbox.wait_until("openbox", || ready.exists())?;
    Ok(openbox)
}

/// Starts dunst, which shows notifications in a corner of the display.
pub fn notifications(session: &Session, options: &SessionOptions) -> Outcome<Guarded> {
    let mut dunst = command("dunst");
    log_to(session.enter(&mut dunst), &options.folder, "dunst")?;
    let mut dunst = Guarded::start(&mut dunst)?;
    let address = session.bus_address();
    dunst.wait_until("dunst", || {
        bus::has_owner(address, "org.freedesktop.Notifications")
    })?;
    Ok(dunst)
}
