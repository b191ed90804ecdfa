//! Where things are.

use std::env::{self, consts::EXE_SUFFIX};
use std::path::PathBuf;
use std::process::Command;

/// The folder of the repository.
pub fn root() -> PathBuf {
    // Cargo sets this when it runs the program; it is the folder of this package.
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = package.or_else(|| env::current_dir().ok()).unwrap_or_default();
    let found = start.ancestors().find(|folder| folder.join("src-tauri").is_dir());
    found.map(PathBuf::from).unwrap_or(start)
}

/// Where Cargo puts what it builds.
pub fn target() -> PathBuf {
    let chosen = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    // A relative path counts from where the command was typed, which is where this program runs.
    let chosen = chosen.map(|path| env::current_dir().map_or(path.clone(), |here| here.join(path)));
    chosen.unwrap_or_else(|| root().join("target"))
}

/// A built program, by name.
pub fn binary(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{EXE_SUFFIX}"))
}

/// Cargo, in the repository's folder.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(root());
    // Set for this package by the Cargo that runs us, and wrong for every other.
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        let ours = name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_");
        if ours {
            cargo.env_remove(name);
        }
    }
    cargo
}
