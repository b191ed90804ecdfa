//! A copy of a desk's data, also while it runs: one consistent state of the database, then the files it names. The copy
//! is a data folder like any other.

use crate::db::functions;
use crate::service::uploads::sync_folder;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why there is no copy. Each reads as one line.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is no desk in {}", .0.display())]
    NoDesk(PathBuf),
    #[error("{} exists already; a copy never replaces anything", .0.display())]
    Exists(PathBuf),
    #[error("cannot copy to {}: {source}", .path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("cannot copy the data: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("the copy is damaged, and with it most likely the data")]
    Damaged,
}

/// Copies `data` into the new folder `to`; says how much it was. What fails leaves nothing behind under that name.
pub fn run(data: &Path, to: &Path) -> Result<String, BackupError> {
    if !data.join("desk.db").is_file() {
        return Err(BackupError::NoDesk(data.to_owned()));
    }
    let failed = |source| BackupError::Folder {
        path: to.to_owned(),
        source,
    };
    // Claims the name: of two at once one is refused.
    crate::folder::make_new(to).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
        _ => failed(source),
    })?;
    let copied = copy(data, to);
    if copied.is_err() {
        // What is half there must not be taken for a copy.
        let _ = std::fs::remove_dir_all(to);
    }
    copied
}

fn copy(data: &Path, to: &Path) -> Result<String, BackupError> {
    let failed = |source| BackupError::Folder {
        path: to.to_owned(),
        source,
    };
    std::fs::create_dir(to.join("files")).map_err(failed)?;
    // Named last: without its database a folder is no desk, wherever this was cut off.
    let unfinished = to.join("desk.db.unfinished");
    copy_database(&data.join("desk.db"), &unfinished)?;
    // A file is there before the message that names it, so all that this state names can be copied now.
    let files = copy_files(&data.join("files"), &to.join("files")).map_err(failed)?;
    std::fs::rename(&unfinished, to.join("desk.db")).map_err(failed)?;
    sync_folder(to).map_err(failed)?;
    Ok(format!("copied, with {files} files"))
}

/// One moment's state, while others read and write.
fn copy_database(from: &Path, to: &Path) -> Result<(), BackupError> {
    // Never made by opening it; the log beside it may have to be written to be read.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(from, flags)?;
    connection.busy_timeout(Duration::from_secs(30))?;
    functions::register(&connection)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    let copy = Connection::open_with_flags(to, flags)?;
    functions::register(&copy)?;
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(BackupError::Damaged);
    }
    drop(copy);
    let written = File::options()
        .write(true)
        .open(to)
        .and_then(|file| file.sync_all());
    written.map_err(|source| BackupError::Folder {
        path: to.to_owned(),
        source,
    })
}

fn copy_files(from: &Path, to: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let copy = to.join(entry.file_name());
            std::fs::copy(entry.path(), &copy)?;
            File::options().write(true).open(&copy)?.sync_all()?;
            count += 1;
        }
    }
    sync_folder(to)?;
    Ok(count)
}
