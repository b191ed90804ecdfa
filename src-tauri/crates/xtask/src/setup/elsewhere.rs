//! Other systems: nothing is installed, but what is missing is named exactly.

use super::Purpose;
use crate::task;

const FEDORA: &str = "sudo dnf install gcc gcc-c++ make pkgconf-pkg-config webkit2gtk4.1-devel gtk3-devel \
libayatana-appindicator-gtk3-devel librsvg2-devel openssl-devel dbus-devel alsa-lib-devel nodejs npm";
const FEDORA_TEST: &str = "sudo dnf install xorg-x11-server-Xvfb dbus-daemon gnome-keyring openbox dunst ImageMagick \
xdotool webkitgtk6.0 chromium chromedriver strace";
const ARCH: &str = "sudo pacman -S --needed base-devel webkit2gtk-4.1 gtk3 libayatana-appindicator librsvg openssl dbus \
alsa-lib nodejs npm";
const ARCH_TEST: &str = "sudo pacman -S --needed xorg-server-xvfb gnome-keyring openbox dunst imagemagick xdotool chromium strace";
const MACOS: &str = "xcode-select --install; brew install node";
const WINDOWS: &str = "winget install Microsoft.VisualStudio.2022.BuildTools OpenJS.NodeJS.LTS StrawberryPerl.StrawberryPerl \
(the build tools with \"Desktop development with C++\"; Perl builds OpenSSL; WebView2 comes with Windows)";

/// Says what this system needs when a piece that can be looked for is not there, and goes on.
pub fn check(purpose: Purpose) {
    let missing: Vec<&str> = programs(purpose)
        .filter(|program| !task::exists(program))
        .collect();
    let libraries_are_there = !cfg!(target_os = "linux") || task::answer(&mut webkit()).is_some();
    if missing.is_empty() && libraries_are_there {
        return;
    }
    if !missing.is_empty() {
        println!("Not found: {}", missing.join(", "));
    }
    println!("This system's packages are not installed for you. What is needed:");
    for words in lists(purpose) {
        println!("  {words}");
    }
}

fn programs(purpose: Purpose) -> impl Iterator<Item = &'static str> {
    let build = ["npm", "node"];
    let screenless: &[&str] = &[
        "Xvfb",
        "dbus-daemon",
        "gnome-keyring-daemon",
        "openbox",
        "dunst",
        "import",
        "xdotool",
    ];
    let test: &[&str] = &["WebKitWebDriver", "chromedriver", "strace"];
    let linux = cfg!(target_os = "linux");
    let screenless = screenless
        .iter()
        .filter(move |_| linux && purpose >= Purpose::Screenless);
    let test = test.iter().filter(move |_| linux && purpose >= Purpose::Test);
    build.into_iter().chain(screenless.copied()).chain(test.copied())
}

fn webkit() -> std::process::Command {
    let mut ask = std::process::Command::new("pkg-config");
    ask.args(["--exists", "webkit2gtk-4.1"]);
    ask
}

fn lists(purpose: Purpose) -> Vec<&'static str> {
    match std::env::consts::OS {
        "macos" => vec![MACOS],
        "windows" => vec![WINDOWS],
        _ if purpose == Purpose::Build => vec![FEDORA, ARCH],
        _ => vec![FEDORA, FEDORA_TEST, ARCH, ARCH_TEST],
    }
}
