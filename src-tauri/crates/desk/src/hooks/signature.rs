//! How a receiver knows that a delivery is the desk's: HMAC-SHA256 over time and body (reference §11.1).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// `sha256=<hex>` over `<timestamp>.<body>`; the time is epoch seconds.
pub fn of(secret: &str, timestamp: i64, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(format!("{timestamp}.{body}").as_bytes());
    let bytes = mac.finalize().into_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("sha256={hex}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_signature_covers_time_and_body() {
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
        let expected = "sha256=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686";
        let signed = super::of("secret", 1_700_000_000, "{\"a\":1}");
        assert_eq!(signed.as_deref(), Some(expected));
        assert_ne!(
            super::of("secret", 1_700_000_001, "{\"a\":1}").as_deref(),
            Some(expected)
        );
    }
}
