//! Which picture the tray shows, and its bytes.

use deskbell_app::HostStatus;
use tauri::image::Image;
use tauri::{AppHandle, Manager, Theme};

/// Whether the panel behind the icon is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    #[default]
    Dark,
    Light,
}

/// One state of the bell in both colours, drawn at 32 and 44 pixels.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    on_dark: [&'static [u8]; 2],
    on_light: [&'static [u8]; 2],
}

macro_rules! picture {
    ($name:literal) => {
        Picture {
            on_dark: [
                include_bytes!(concat!("../../../assets/tray/", $name, "-on-dark-32.png")),
                include_bytes!(concat!("../../../assets/tray/", $name, "-on-dark-44.png")),
            ],
            on_light: [
                include_bytes!(concat!("../../../assets/tray/", $name, "-on-light-32.png")),
                include_bytes!(concat!("../../../assets/tray/", $name, "-on-light-44.png")),
            ],
        }
    };
}

static IDLE: Picture = picture!("idle");
static OFFLINE: Picture = picture!("offline");
static RUNG: [Picture; 9] = [
    picture!("rung-1"),
    picture!("rung-2"),
    picture!("rung-3"),
    picture!("rung-4"),
    picture!("rung-5"),
    picture!("rung-6"),
    picture!("rung-7"),
    picture!("rung-8"),
    picture!("rung-9"),
];
static RUNG_MANY: Picture = picture!("rung-9plus");

/// The picture for a status. Somebody who waits matters more than a lost connection, which the words say as well.
pub fn of(status: HostStatus) -> &'static Picture {
    match status.waiting {
        0 if status.signed_in && status.offline => &OFFLINE,
        0 => &IDLE,
        waiting => RUNG.get(waiting as usize - 1).unwrap_or(&RUNG_MANY),
    }
}

impl Picture {
    /// Decoded, 32 pixels first; the bytes are ours, so one that cannot be decoded is left out.
    pub fn images(&self, panel: Panel) -> impl Iterator<Item = Image<'static>> {
        let bytes = match panel {
            Panel::Dark => self.on_dark,
            Panel::Light => self.on_light,
        };
        bytes.into_iter().filter_map(|png| Image::from_bytes(png).ok())
    }
}

impl Panel {
    /// On Linux most bars are dark whatever the theme of the windows is; the others follow it, as on other systems.
    pub fn now(handle: &AppHandle) -> Self {
        let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        if cfg!(target_os = "linux") && !bar_follows_theme(&desktop) {
            return Self::Dark;
        }
        let theme = handle
            .webview_windows()
            .values()
            .find_map(|window| window.theme().ok());
        match theme {
            Some(Theme::Light) => Self::Light,
            _ => Self::Dark,
        }
    }
}

/// Desktops whose panel is as light or dark as the windows.
fn bar_follows_theme(current_desktop: &str) -> bool {
    current_desktop
        .split(':')
        .any(|name| ["kde", "lxqt", "mate"].contains(&name.to_ascii_lowercase().as_str()))
}

/// The number on the window's button in the Windows taskbar.
#[cfg(windows)]
pub fn overlay(waiting: u32) -> Option<Image<'static>> {
    let status = HostStatus {
        waiting,
        ..HostStatus::default()
    };
    (waiting > 0)
        .then(|| of(status).images(Panel::Dark).next())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(waiting: u32, offline: bool, signed_in: bool) -> HostStatus {
        HostStatus {
            waiting,
            offline,
            signed_in,
            ..HostStatus::default()
        }
    }

    #[test]
    fn each_status_has_its_picture() {
        assert_eq!(of(status(0, false, true)), &IDLE);
        assert_eq!(
            of(status(0, true, false)),
            &IDLE,
            "before signing in there is nothing to be cut off from"
        );
        assert_eq!(of(status(0, true, true)), &OFFLINE);
        assert_eq!(of(status(1, false, true)), &RUNG[0]);
        assert_eq!(
            of(status(9, true, true)),
            &RUNG[8],
            "who waits matters more than being offline"
        );
        assert_eq!(of(status(10, false, true)), &RUNG_MANY);
        assert_eq!(of(status(u32::MAX, false, true)), &RUNG_MANY);
    }

    #[test]
    fn only_some_bars_follow_the_theme() {
        for desktop in ["KDE", "LXQt", "X-Other:MATE"] {
            assert!(bar_follows_theme(desktop), "{desktop}");
        }
        for desktop in ["", "GNOME", "ubuntu:GNOME", "XFCE", "X-Cinnamon"] {
            assert!(!bar_follows_theme(desktop), "{desktop}");
        }
    }

    #[test]
    fn every_picture_can_be_drawn() {
        for picture in RUNG.iter().chain([&IDLE, &OFFLINE, &RUNG_MANY]) {
            for panel in [Panel::Dark, Panel::Light] {
                let sizes: Vec<_> = picture.images(panel).map(|image| image.width()).collect();
                assert_eq!(sizes, [32, 44]);
            }
        }
    }
}
