//! The key of a folder: kept by the computer's keyring, or where there is none wrapped by a passphrase. Never plain on
//! disk.

mod keyring_entry;
mod profile;
mod wrapped;

use crate::{Result, StoreError};
use rand::TryRng as _;
use std::path::Path;
use zeroize::Zeroize;

/// Characters a new passphrase needs at least.
pub const MIN_PASSPHRASE_CHARS: usize = 8;

/// The 32 bytes that open both files. Overwritten when dropped; its debug form shows nothing.
#[derive(Clone)]
pub struct Key(Box<[u8; 32]>);

impl Key {
    /// A key nobody has yet. For a folder that is thrown away it never has to be stored.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the system gives no random bytes.
    pub fn random() -> Result<Self> {
        let mut bytes = Box::new([0; 32]);
        rand::rngs::SysRng
            .try_fill_bytes(bytes.as_mut_slice())
            .map_err(|_| StoreError::Failed {
                what: "random bytes",
                code: -1,
            })?;
        Ok(Self(bytes))
    }

    /// No key at all: the files are plain. Only for measuring, in a folder that is thrown away.
    #[cfg(feature = "plain-file")]
    pub fn plain() -> Self {
        Self(Box::new([0; 32]))
    }

    /// Whether the files are encrypted; without the feature of the benchmark they always are.
    pub(crate) fn encrypts(&self) -> bool {
        #[cfg(feature = "plain-file")]
        return self.0.iter().any(|byte| *byte != 0);
        #[cfg(not(feature = "plain-file"))]
        true
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(Box::new(bytes.try_into().ok()?)))
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// How a folder's key is to be had.
#[derive(Debug)]
pub enum KeyState {
    Ready(Key),
    /// The computer has no keyring: a passphrase guards the key. `first` = choose one now.
    NeedsPassphrase {
        first: bool,
    },
}

/// Finds the key of `dir` in the computer's keyring, or makes one for a new folder. Blocking; the system may ask the
/// person to unlock the keyring.
///
/// # Errors
/// [`StoreError::KeyringMissing`] when the folder's files were locked by a keyring that does not answer now,
/// [`StoreError::KeyMissing`] when it answers and has no such key: a new one would open nothing.
pub fn open_key(dir: &Path) -> Result<KeyState> {
    std::fs::create_dir_all(dir).map_err(|_| StoreError::Disk)?;
    if wrapped::exists(dir) {
        return Ok(KeyState::NeedsPassphrase { first: false });
    }
    let has_files = dir.join(crate::DURABLE_FILE).exists();
    match keyring_entry::read(&profile::id(dir)?) {
        keyring_entry::Found::Key(key) => Ok(KeyState::Ready(key)),
        keyring_entry::Found::NoEntry if has_files => Err(StoreError::KeyMissing),
        keyring_entry::Found::NoEntry => make_in_keyring(dir),
        keyring_entry::Found::NoKeyring if has_files => Err(StoreError::KeyringMissing),
        keyring_entry::Found::NoKeyring => Ok(KeyState::NeedsPassphrase { first: true }),
    }
}

/// A keyring that takes a key and does not give it back is none.
fn make_in_keyring(dir: &Path) -> Result<KeyState> {
    let (profile, key) = (profile::id(dir)?, Key::random()?);
    let kept = keyring_entry::write(&profile, &key)
        && matches!(keyring_entry::read(&profile), keyring_entry::Found::Key(read) if read.bytes() == key.bytes());
    Ok(if kept {
        KeyState::Ready(key)
    } else {
        KeyState::NeedsPassphrase { first: true }
    })
}

/// Opens the key that `passphrase` guards; the first time makes one and wraps it. Blocking, and slow on purpose.
///
/// # Errors
/// [`StoreError::WrongPassphrase`]; the first time [`StoreError::PassphraseTooShort`], or
/// [`StoreError::KeyringMissing`] when the folder's files were locked without a passphrase.
pub fn unlock(dir: &Path, passphrase: &str) -> Result<Key> {
    if wrapped::exists(dir) {
        return wrapped::read(dir, passphrase);
    }
    if dir.join(crate::DURABLE_FILE).exists() {
        return Err(StoreError::KeyringMissing);
    }
    if passphrase.chars().count() < MIN_PASSPHRASE_CHARS {
        return Err(StoreError::PassphraseTooShort);
    }
    let key = Key::random()?;
    wrapped::write(dir, passphrase, &key)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_show_itself() {
        let key = Key::from_slice(&[7; 32]).unwrap();
        assert_eq!(
            format!("{key:?} {:?}", KeyState::Ready(key.clone())),
            "Key(…) Ready(Key(…))"
        );
    }

    #[test]
    fn a_passphrase_opens_the_key_it_wrapped_and_no_other_does() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            unlock(dir.path(), "short"),
            Err(StoreError::PassphraseTooShort)
        ));
        let key = unlock(dir.path(), "tulips at noon").unwrap();
        assert!(matches!(
            open_key(dir.path()).unwrap(),
            KeyState::NeedsPassphrase { first: false }
        ));
        assert_eq!(unlock(dir.path(), "tulips at noon").unwrap().bytes(), key.bytes());
        assert!(matches!(
            unlock(dir.path(), "tulips at nine"),
            Err(StoreError::WrongPassphrase)
        ));
        let wrapped = std::fs::read(dir.path().join("key.wrapped")).unwrap();
        assert!(
            !wrapped.windows(32).any(|window| window == key.bytes()),
            "never a plain key on disk"
        );
    }

    #[test]
    fn files_without_their_key_do_not_get_a_new_one() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(crate::DURABLE_FILE), b"locked").unwrap();
        assert!(matches!(
            unlock(dir.path(), "tulips at noon"),
            Err(StoreError::KeyringMissing)
        ));
        assert!(matches!(
            open_key(dir.path()),
            Err(StoreError::KeyringMissing | StoreError::KeyMissing)
        ));
    }
}
