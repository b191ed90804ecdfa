//! The PIN of the lock screen, kept as an Argon2id hash only. Hashing takes a quarter of a second: call it where blocking
//! is allowed.

use crate::{Result, StoreError};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::TryRng as _;
use serde::{Deserialize, Serialize};

/// As with the passphrase: dear for whoever tries many.
const MEMORY_KIB: u32 = 64 * 1024;
const ROUNDS: u32 = 3;

/// What is kept of a PIN.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinHash {
    salt: [u8; 16],
    hash: [u8; 32],
}

impl PinHash {
    /// Hashes a PIN with a new salt.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the computer has no memory or no randomness for it.
    pub fn of(pin: &str) -> Result<Self> {
        let mut salt = [0; 16];
        rand::rngs::SysRng
            .try_fill_bytes(&mut salt)
            .map_err(|_| failed())?;
        Ok(Self {
            salt,
            hash: derive(pin, &salt)?,
        })
    }

    /// Whether it is the hash of this PIN.
    ///
    /// # Errors
    /// As [`PinHash::of`].
    pub fn fits(&self, pin: &str) -> Result<bool> {
        let derived = derive(pin, &self.salt)?;
        // All bytes are looked at, wherever the first difference is.
        let difference = derived
            .iter()
            .zip(&self.hash)
            .fold(0, |all, (a, b)| all | (a ^ b));
        Ok(difference == 0)
    }
}

/// Shown without what it holds.
impl std::fmt::Debug for PinHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinHash")
    }
}

fn derive(pin: &str, salt: &[u8]) -> Result<[u8; 32]> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, Some(32)).map_err(|_| failed())?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, &mut hash)
        .map_err(|_| failed())?;
    Ok(hash)
}

fn failed() -> StoreError {
    StoreError::Failed {
        what: "hash",
        code: -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_pin_fits_and_nothing_of_it_is_kept() {
        let (one, two) = (PinHash::of("4711").unwrap(), PinHash::of("4711").unwrap());
        assert_ne!(one, two, "the salt is new with each");
        assert!(one.fits("4711").unwrap());
        assert!(!one.fits("4712").unwrap());
        assert!(!one.fits("").unwrap());
        let kept: PinHash = serde_json::from_value(serde_json::to_value(&one).unwrap()).unwrap();
        assert!(kept.fits("4711").unwrap());
        assert_eq!(format!("{one:?}"), "PinHash");
    }
}
