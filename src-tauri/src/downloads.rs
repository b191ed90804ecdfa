//! Files for the person to keep: in the system's folder of downloads, never over what is there.

use deskbell_app::NewFile;
use std::fs::{File, OpenOptions, create_dir_all, remove_file};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};

/// So many files of one name are told apart.
const MOST: u32 = 1_000;

/// Writes the file and answers the name it got.
pub fn keep(handle: &AppHandle, name: &str, bytes: &[u8]) -> Option<String> {
    write(&folder(handle)?, name, bytes)
        .inspect_err(|error| tracing::warn!(%error, "A file could not be kept"))
        .ok()
}

/// Makes a file that is written piece by piece.
pub fn begin(handle: &AppHandle, name: &str) -> Option<Box<dyn NewFile>> {
    let begun = Begun::at(&folder(handle)?, name)
        .inspect_err(|error| tracing::warn!(%error, "A file could not be begun"));
    Some(Box::new(begun.ok()?))
}

fn folder(handle: &AppHandle) -> Option<PathBuf> {
    let downloads = handle.path().download_dir();
    downloads
        .or_else(|_| handle.path().home_dir())
        .inspect_err(|error| tracing::warn!(%error, "There is no folder for downloads"))
        .ok()
}

/// A file that goes again unless it is kept.
struct Begun {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    kept: bool,
}

impl Begun {
    fn at(folder: &Path, name: &str) -> std::io::Result<Self> {
        create_dir_all(folder)?;
        let (name, file) = fresh(folder, name)?;
        Ok(Self {
            path: folder.join(&name),
            name,
            file: BufWriter::new(file),
            kept: false,
        })
    }
}

impl Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl NewFile for Begun {
    fn name(&self) -> &str {
        &self.name
    }

    fn keep(mut self: Box<Self>) -> std::io::Result<()> {
        self.file.flush()?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = remove_file(&self.path)
        {
            tracing::warn!(%error, "Half a file could not be removed");
        }
    }
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

    #[test]
    fn half_a_file_is_not_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let mut half = Begun::at(folder.path(), "a.csv").unwrap();
        half.write_all(b"1").unwrap();
        assert_eq!(files(), 1);
        drop(half);
        assert_eq!(files(), 0);
        let mut whole: Box<dyn NewFile> = Box::new(Begun::at(folder.path(), "a.csv").unwrap());
        whole.write_all(b"12").unwrap();
        let name = whole.name().to_owned();
        whole.keep().unwrap();
        assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), b"12");
    }
}
