//! What can go wrong, by what the caller can do about it. No variant carries names, tokens or text of a guest.

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another Deskbell holds the folder.
    #[error("another Deskbell uses this data folder")]
    InUse,
    /// The key opens nothing: it belongs to another profile, or the start of the file is damaged.
    #[error("the key does not open {file}")]
    WrongKey { file: &'static str },
    /// Written by a newer program; nothing was changed.
    #[error("{file} was written by a newer Deskbell")]
    NewerFile { file: &'static str },
    /// Not one of our files, or no longer whole. A cache is set aside at the next start; unsent work is never touched.
    #[error("{file} is damaged or of another program")]
    Damaged { file: &'static str },
    /// Full, read-only or failing.
    #[error("the disk cannot be written or read")]
    Disk,
    /// The files were locked with a key of the computer's keyring, and the keyring does not answer now.
    #[error("the computer's keyring does not answer")]
    KeyringMissing,
    /// The keyring answers, but no longer has the key of these files.
    #[error("the keyring has no key for these files")]
    KeyMissing,
    /// The passphrase does not open the wrapped key.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A new passphrase needs [`MIN_PASSPHRASE_CHARS`](crate::MIN_PASSPHRASE_CHARS) characters.
    #[error("the passphrase is too short")]
    PassphraseTooShort,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// A fault of the program; `what` names the operation, `code` is SQLite's extended code.
    #[error("{what} failed (code {code})")]
    Failed { what: &'static str, code: i32 },
}

impl StoreError {
    /// True when the same call may succeed later without anybody changing the files.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::InUse | Self::Disk | Self::KeyringMissing)
    }
}
