//! Codes of an authenticator app (RFC 6238 over RFC 4226, HMAC-SHA-1, six digits, steps of thirty seconds): pure.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Seconds for which a code is shown.
const STEP: i64 = 30;
/// Codes of so many steps before and after now are taken: clocks differ.
const DRIFT: i64 = 1;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a time step.
pub fn code(secret: &[u8], step: i64) -> String {
    // A key of any length is one.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 0x0f);
    let word = digest[offset..offset + 4]
        .iter()
        .fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// The time step of an epoch second.
pub fn step_at(seconds: i64) -> i64 {
    seconds.div_euclid(STEP)
}

/// The step whose code this is, at `seconds`; none when it is of another time, or of a step not after `last_step`.
pub fn accepted(secret: &[u8], entered: &str, seconds: i64, last_step: i64) -> Option<i64> {
    let entered: String = entered.chars().filter(|letter| !letter.is_whitespace()).collect();
    let now = step_at(seconds);
    let mut found = None;
    // All of them are compared, so that the time tells nothing.
    for step in now - DRIFT..=now + DRIFT {
        if super::tokens::same(&code(secret, step), &entered) && step > last_step {
            found = Some(step);
        }
    }
    found
}

/// RFC 4648, without padding: how apps take a secret.
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut word = [0_u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let word = u64::from_be_bytes(word);
        for place in 0..(chunk.len() * 8).div_ceil(5) {
            let index = (word >> (59 - 5 * place)) & 0x1f;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}

/// What an app reads from a picture: `otpauth://totp/…`.
pub fn uri(secret: &[u8], issuer: &str, email: &str) -> String {
    let encoded = |text: &str| {
        let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        encoded.replace('+', "%20")
    };
    let (issuer, email) = (encoded(issuer), encoded(email));
    format!(
        "otpauth://totp/{issuer}:{email}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP}",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn the_codes_of_the_standard() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SECRET, step_at(seconds)), expected);
        }
    }

    #[test]
    fn a_code_lives_one_step_around_its_own_and_is_taken_once() {
        let at = 1_111_111_111;
        let (entered, step) = (code(SECRET, step_at(at)), step_at(at));
        for (late, expected) in [
            (-30, Some(step)),
            (0, Some(step)),
            (30, Some(step)),
            (60, None),
            (-60, None),
        ] {
            assert_eq!(accepted(SECRET, &entered, at + late, 0), expected, "{late}");
        }
        assert_eq!(accepted(SECRET, &entered, at, step), None, "taken already");
        assert_eq!(accepted(SECRET, "050 471", at, 0), Some(step));
        assert_eq!(accepted(SECRET, "", at, 0), None);
        assert_eq!(accepted(SECRET, "050472", at, 0), None);
    }

    /// RFC 4648, section 10.
    #[test]
    fn the_texts_of_the_standard() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), expected);
        }
    }

    #[test]
    fn an_app_can_read_the_uri() {
        let uri = uri(b"foobar", "Hotel Adler", "ana@adler.example");
        let expected =
            "otpauth://totp/Hotel%20Adler:ana%40adler.example?secret=MZXW6YTBOI&issuer=Hotel%20Adler";
        assert!(uri.starts_with(expected), "{uri}");
    }
}
