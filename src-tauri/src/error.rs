use std::path::PathBuf;

/// Why the program could not start; each ends it with one line.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    #[error("cannot use the data folder {}: {source}", path.display())]
    DataFolder { path: PathBuf, source: std::io::Error },
    #[error("cannot write logs: {0}")]
    Logs(String),
    #[error("no graphical session: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    NoDisplay,
    #[error(transparent)]
    Tauri(#[from] tauri::Error),
}
