//! Secrets: passwords, tokens, and comparing them.

use crate::error::ApiError;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use rand::RngExt;
use sha2::{Digest, Sha256};

const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/// A random token of 24 characters (about 139 bits).
pub fn token() -> String {
    let mut random = rand::rng();
    let mut pick = || char::from(ALPHABET[random.random_range(0..ALPHABET.len())]);
    (0..24).map(|_| pick()).collect()
}

/// What is stored of a password.
pub fn hash_password(password: &str) -> Result<String, ApiError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|_| ApiError::Broken("password hashing failed"))?;
    Ok(hash.to_string())
}

/// Whether a password is the stored one.
pub fn password_fits(password: &str, stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else {
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &hash)
        .is_ok()
}

/// What is stored of a session token.
pub fn hash_token(token: &str) -> String {
    let digest = Sha256::digest(token.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares in the same time wherever they differ.
pub fn same(left: &str, right: &str) -> bool {
    let differing = left
        .bytes()
        .zip(right.bytes())
        .fold(0, |differing, (left, right)| differing | (left ^ right));
    left.len() == right.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_only_its_own_hash() {
        let stored = hash_password("Correct-Horse-1").unwrap();
        assert!(password_fits("Correct-Horse-1", &stored));
        assert!(!password_fits("correct-horse-1", &stored));
        assert!(!password_fits("Correct-Horse-1", "damaged"));
    }

    #[test]
    fn tokens_differ_and_compare() {
        let (one, two) = (token(), token());
        assert_eq!(one.len(), 24);
        assert!(same(&one, &one.clone()));
        assert!(!same(&one, &two));
        assert!(!same(&one, ""));
    }
}
