//! The key wrapped by a passphrase, for computers without a keyring.
//!
//! File: version byte, 16 bytes salt, 12 bytes nonce, then the key encrypted and authenticated. The wrapping key comes
//! from the passphrase by Argon2id; salt and nonce are new with every wrapping.

use super::Key;
use crate::{Result, StoreError};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use rand::TryRng as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const FILE: &str = "key.wrapped";
const VERSION: u8 = 1;
const SALT: std::ops::Range<usize> = 1..17;
const NONCE: std::ops::Range<usize> = 17..29;

/// 64 MiB, three rounds: about a quarter of a second for the person, dear for whoever tries many.
const MEMORY_KIB: u32 = 64 * 1024;
const ROUNDS: u32 = 3;

fn path(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

pub(super) fn exists(dir: &Path) -> bool {
    path(dir).exists()
}

pub(super) fn read(dir: &Path, passphrase: &str) -> Result<Key> {
    let damaged = StoreError::Damaged { file: FILE };
    let file = std::fs::read(path(dir)).map_err(|_| StoreError::Disk)?;
    let (Some(salt), Some(nonce), Some(sealed)) = (file.get(SALT), file.get(NONCE), file.get(NONCE.end..))
    else {
        return Err(damaged);
    };
    if file.first() != Some(&VERSION) {
        return Err(StoreError::NewerFile { file: FILE });
    }
    let nonce: [u8; 12] = nonce.try_into().map_err(|_| StoreError::Damaged { file: FILE })?;
    let plain = cipher(passphrase, salt)?
        .decrypt(&Nonce::from(nonce), sealed)
        .map(Zeroizing::new)
        .map_err(|_| StoreError::WrongPassphrase)?;
    Key::from_slice(&plain).ok_or(damaged)
}

pub(super) fn write(dir: &Path, passphrase: &str, key: &Key) -> Result<()> {
    let failed = || StoreError::Failed {
        what: "wrap",
        code: -1,
    };
    let mut file = vec![0; NONCE.end];
    file[0] = VERSION;
    rand::rngs::SysRng
        .try_fill_bytes(&mut file[SALT.start..NONCE.end])
        .map_err(|_| failed())?;
    let nonce: [u8; 12] = file[NONCE].try_into().map_err(|_| failed())?;
    let sealed = cipher(passphrase, &file[SALT])?
        .encrypt(&Nonce::from(nonce), key.bytes().as_slice())
        .map_err(|_| failed())?;
    file.extend(sealed);
    std::fs::create_dir_all(dir).map_err(|_| StoreError::Disk)?;
    write_whole(&path(dir), &file)
}

fn cipher(passphrase: &str, salt: &[u8]) -> Result<ChaCha20Poly1305> {
    let failed = |_| StoreError::Failed {
        what: "derive",
        code: -1,
    };
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, Some(32)).map_err(failed)?;
    let mut wrapping = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, wrapping.as_mut_slice())
        .map_err(failed)?;
    Ok(ChaCha20Poly1305::new(&(*wrapping).into()))
}

/// Writes a small file whole or not at all: a half-written key would lock everything up for good.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let next = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&next)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&next, path)?;
        // The new name itself has to survive a power cut; Windows has no such call and needs none.
        #[cfg(unix)]
        path.parent()
            .map_or(Ok(()), |dir| std::fs::File::open(dir)?.sync_all())?;
        Ok(())
    };
    write().map_err(|_| StoreError::Disk)
}
