//! Providers' signatures, made by code of their own.

// Each test binary uses a part of it.
#![allow(dead_code)]

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// Twilio's, over the address and the form.
pub fn twilio(secret: &str, url: &str, pairs: &[(&str, &str)]) -> String {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(format!("{name}{value}").as_bytes());
    }
    deskbell_desk::base64::encode(&mac.finalize().into_bytes())
}

/// `sha256=<hex>` over anything: Meta's over the body, the desk's own over time and body.
pub fn sha256(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let bytes = mac.finalize().into_bytes();
    bytes
        .iter()
        .fold("sha256=".to_owned(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// A form, posted with a signature.
pub async fn post_form(url: &str, pairs: &[(&str, &str)], signature: &str) -> u16 {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    let body = form.extend_pairs(pairs).finish();
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-twilio-signature", signature)
        .body(body);
    request.send().await.unwrap().status().as_u16()
}
