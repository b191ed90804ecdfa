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

/// Why a password is too easily guessed: it has 6 to 128 characters with an upper-case and a lower-case letter, a digit and a special character (reference §1.2).
pub fn weakness(password: &str) -> Option<&'static str> {
    let has = |fits: fn(char) -> bool| password.chars().any(fits);
    match password.chars().count() {
        0..6 => return Some("Password is too short (minimum is 6 characters)"),
        129.. => return Some("Password is too long (maximum is 128 characters)"),
        _ => {}
    }
    if !has(char::is_uppercase) {
        return Some("Password must contain at least 1 uppercase character");
    }
    if !has(char::is_lowercase) {
        return Some("Password must contain at least 1 lowercase character");
    }
    if !has(|letter| letter.is_ascii_digit()) {
        return Some("Password must contain at least 1 number");
    }
    (!has(|letter| !letter.is_alphanumeric())).then_some("Password must contain at least 1 special character")
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
