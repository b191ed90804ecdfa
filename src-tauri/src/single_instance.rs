//! One program per profile: a second start shows the window of the first.
//!
//! Without a session bus nothing guards here on Linux; the lock on the data folder does then.

use crate::options::{IDENTIFIER, Options};
use crate::window::MainWindow;
use std::hash::{DefaultHasher, Hash, Hasher};
use tauri::plugin::TauriPlugin;
use tauri::{Manager, Wry};

/// The name a profile is known by on the desktop. The everyday one has the plain name; another folder has its own, so
/// that two profiles can run beside each other.
pub fn identifier(options: &Options) -> String {
    if options.is_default_profile {
        return IDENTIFIER.into();
    }
    let folder = std::fs::canonicalize(&options.data_dir).unwrap_or_else(|_| options.data_dir.clone());
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("{IDENTIFIER}.profile{:016x}", hasher.finish())
}

/// Must be the first plugin: a second start ends in it.
pub fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|handle, _arguments, _folder| {
        if let Some(window) = handle.try_state::<MainWindow>() {
            window.reveal();
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(folder: &std::path::Path, is_default_profile: bool) -> Options {
        Options {
            data_dir: folder.to_owned(),
            is_default_profile,
            hidden: false,
        }
    }

    #[test]
    fn a_profile_has_one_name_however_its_folder_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("a");
        std::fs::create_dir(&inside).unwrap();
        let name = identifier(&profile(&inside, false));
        assert_eq!(name, identifier(&profile(&inside.join("..").join("a"), false)));
        assert_ne!(name, identifier(&profile(folder.path(), false)));
        assert_ne!(name, identifier(&profile(&inside, true)));
        // A bus name's parts may not begin with a digit.
        assert!(name.starts_with("app.deskbell.desktop.profile"));
    }
}
