//! Files for the person to keep: in the system's folder of downloads, never over what is there.

use std::fs::{File, OpenOptions, create_dir_all};
use std::io::{ErrorKind, Write};
use std::path::Path;
use tauri::{AppHandle, Manager};

/// So many files of one name are told apart.
const MOST: u32 = 1_000;

/// Writes the file and answers the name it got.
pub fn keep(handle: &AppHandle, name: &str, bytes: &[u8]) -> Option<String> {
    let folder = handle
        .path()
        .download_dir()
        .or_else(|_| handle.path().home_dir())
        .inspect_err(|error| tracing::warn!(%error, "There is no folder for downloads"))
        .ok()?;
    write(&folder, name, bytes)
        .inspect_err(|error| tracing::warn!(%error, "A file could not be kept"))
        .ok()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<String> {
    create_dir_all(folder)?;
    let (name, mut file) = fresh(folder, name)?;
    file.write_all(bytes)?;
    Ok(name)
}

/// A file that was not there before.
fn fresh(folder: &Path, name: &str) -> std::io::Result<(String, File)> {
    let (stem, dot, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) => (stem, ".", extension),
        None => (name, "", ""),
    };
    for number in 1..MOST {
        let tried = match number {
            1 => name.to_owned(),
            _ => format!("{stem} ({number}){dot}{extension}"),
        };
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(folder.join(&tried))
        {
            Ok(file) => return Ok((tried, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_written_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let first = write(folder.path(), "views.json", b"1").unwrap();
        let second = write(folder.path(), "views.json", b"2").unwrap();
        assert_eq!(
            (first.as_str(), second.as_str()),
            ("views.json", "views (2).json")
        );
        assert_eq!(std::fs::read(folder.path().join(first)).unwrap(), b"1");
    }
}
