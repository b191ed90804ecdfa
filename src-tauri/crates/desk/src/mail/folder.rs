//! A mail folder (Maildir): a letter is complete before it has its name, and its name is the same at every attempt.

use super::carrier::Outcome;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// `tmp`, `new` and `cur`; made when the first letter comes.
#[derive(Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Whether a letter is there, read or unread; none when the folder cannot be looked at.
    pub async fn has(&self, name: &str) -> Option<bool> {
        let (folder, name) = (self.clone(), name.to_owned());
        let looked = tokio::task::spawn_blocking(move || folder.holds(&name)).await;
        looked.ok()?.ok()
    }

    fn holds(&self, name: &str) -> io::Result<bool> {
        if self.path.join("new").join(file_name(name)).try_exists()? {
            return Ok(true);
        }
        // A mail program that saw it moves it here and writes flags after its name.
        let seen = match std::fs::read_dir(self.path.join("cur")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            seen => seen?,
        };
        for entry in seen {
            if entry?.file_name().to_string_lossy().starts_with(&file_name(name)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts a letter down, durably.
    pub async fn write(&self, name: &str, bytes: Vec<u8>) -> Outcome {
        let (folder, name) = (self.clone(), name.to_owned());
        let written = tokio::task::spawn_blocking(move || folder.put(&name, &bytes)).await;
        match written {
            Ok(Ok(())) => Outcome::Arrived,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the mail folder could not be written");
                Outcome::Later
            }
            Err(_) => Outcome::Later,
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if self.holds(name)? {
            return Ok(());
        }
        for part in ["tmp", "new", "cur"] {
            std::fs::create_dir_all(self.path.join(part))?;
        }
        let begun = self.path.join("tmp").join(file_name(name));
        let mut file = std::fs::File::create(&begun)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&begun, self.path.join("new").join(file_name(name)))?;
        sync(&self.path.join("new"))
    }
}

fn file_name(name: &str) -> String {
    format!("{name}.eml")
}

/// The name itself survives a power cut only when its folder is written too; elsewhere the file system sees to it.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_letter_is_there_once_also_when_it_was_read() {
        let data = tempfile::TempDir::new().unwrap();
        let folder = Folder::at(data.path().join("mail"));
        assert_eq!(folder.has("a").await, Some(false));
        assert_eq!(folder.write("a", b"one".to_vec()).await, Outcome::Arrived);
        assert_eq!(folder.has("a").await, Some(true));
        let (new, cur) = (
            data.path().join("mail/new/a.eml"),
            data.path().join("mail/cur/a.eml:2,S"),
        );
        std::fs::rename(&new, &cur).unwrap();
        assert_eq!(folder.has("a").await, Some(true));
        assert_eq!(folder.write("a", b"two".to_vec()).await, Outcome::Arrived);
        assert!(!new.exists());
        assert_eq!(std::fs::read(cur).unwrap(), b"one");
        assert_eq!(folder.has("ab").await, Some(false));
    }
}
