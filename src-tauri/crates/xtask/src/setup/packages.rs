//! The system packages of Debian and Ubuntu, each with its reason.

use super::Purpose;
use super::Purpose::{Build, Screenless, Test};

/// One package.
pub struct Package {
    pub name: &'static str,
    pub purpose: Purpose,
    /// Programs that do instead, however they came onto the machine.
    pub instead: &'static [&'static str],
}

const fn library(name: &'static str) -> Package {
    Package {
        name,
        purpose: Build,
        instead: &[],
    }
}

const fn program(name: &'static str, purpose: Purpose, instead: &'static [&'static str]) -> Package {
    Package {
        name,
        purpose,
        instead,
    }
}

pub const PACKAGES: &[Package] = &[
    library("build-essential"),
    program("pkg-config", Build, &["pkg-config"]),
    library("libwebkit2gtk-4.1-dev"),
    library("libgtk-3-dev"),
    // The tray's icon.
    library("libayatana-appindicator3-dev"),
    library("librsvg2-dev"),
    // SQLCipher's libcrypto.
    library("libssl-dev"),
    library("libdbus-1-dev"),
    // The bell.
    library("libasound2-dev"),
    program("nodejs", Build, &["node"]),
    program("npm", Build, &["npm"]),
    program("xvfb", Screenless, &["Xvfb"]),
    program("dbus", Screenless, &["dbus-daemon"]),
    program("gnome-keyring", Screenless, &["gnome-keyring-daemon"]),
    program("openbox", Screenless, &["openbox"]),
    program("dunst", Screenless, &["dunst"]),
    program("imagemagick", Screenless, &["import"]),
    program("xdotool", Screenless, &["xdotool"]),
    // A virtual machine has no fonts of its own.
    library("fonts-dejavu-core"),
    // Records what the store asks of the disk, for the test of power loss.
    program("strace", Test, &["strace"]),
    // Drives the window.
    program("webkit2gtk-driver", Test, &["WebKitWebDriver"]),
    // The guest's browser and what drives it.
    program("chromium", Test, &["chromium", "google-chrome"]),
    program("chromium-driver", Test, &["chromedriver"]),
];

/// The packages for `purpose`.
pub fn needed(purpose: Purpose) -> impl Iterator<Item = &'static Package> {
    PACKAGES.iter().filter(move |package| package.purpose <= purpose)
}
