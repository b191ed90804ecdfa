//! Keys.
use crate::{Result, StoreError};

/// Characters a new passphrase needs at least.
pub const MIN_PASSPHRASE_CHARS: usize = 8;
use std::path::Path;

/// The 32 bytes that open both files. Its debug form prints nothing of it.
#[derive(Clone)]
pub struct Key(pub(crate) [u8; 32]);
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
/// Finds or makes the key of `dir`. Blocking.
pub fn open_key(_dir: &Path) -> Result<KeyState> {
    Err(StoreError::Closed)
}
/// Opens (or the first time makes) the key guarded by `passphrase`. Blocking.
pub fn unlock(_dir: &Path, _passphrase: &str) -> Result<Key> {
    Err(StoreError::Closed)
}
