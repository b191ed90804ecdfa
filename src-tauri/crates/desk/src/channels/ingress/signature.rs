//! Whether a request is the provider's. Compared in the same time wherever they differ; without a secret nothing fits.

use crate::base64;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// Twilio: base64 of HMAC-SHA1 over the address and, by name, every parameter of the form.
pub fn is_twilios(token: &str, url: &str, form: &[(String, String)], given: &str) -> bool {
    let mut sorted: Vec<&(String, String)> = form.iter().collect();
    sorted.sort();
    sorted.dedup();
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(token.as_bytes()) else {
        return false;
    };
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    let given = base64::decode(given).unwrap_or_default();
    !token.is_empty() && mac.verify_slice(&given).is_ok()
}

/// Meta: `sha256=<hex>` of HMAC-SHA256 over the body.
pub fn is_metas(secret: &str, body: &[u8], given: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    let given = given.strip_prefix("sha256=").and_then(bytes).unwrap_or_default();
    !secret.is_empty() && mac.verify_slice(&given).is_ok()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| digit.to_digit(16)?.try_into().ok())
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs
        .remainder()
        .is_empty()
        .then(|| pairs.map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn twilios_own_example_fits() {
        // The example of Twilio's documentation on request validation.
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let pairs = form(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ]);
        let given = "GvWf1cFY/Q7PnoempGyD5oXAezc=";
        assert!(is_twilios("12345", url, &pairs, given));
        assert!(!is_twilios("12346", url, &pairs, given));
        assert!(!is_twilios(
            "12345",
            "https://mycompany.com/myapp.php?foo=1",
            &pairs,
            given
        ));
        assert!(!is_twilios("12345", url, &pairs[1..], given));
        assert!(!is_twilios("", url, &pairs, ""));
    }

    #[test]
    fn metas_signature_covers_the_body() {
        // printf '{"a":1}' | openssl dgst -sha256 -hmac secret
        let given = "sha256=aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494";
        let body = br#"{"a":1}"#;
        assert!(is_metas("secret", body, given));
        assert!(!is_metas("secret", br#"{"a":2}"#, given));
        assert!(!is_metas("secret", body, "sha256=00"));
        assert!(!is_metas("", body, ""));
        assert!(!is_metas("secret", body, "sha256=ü"));
    }
}
