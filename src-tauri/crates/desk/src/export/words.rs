//! What things are called on the other side, and what is written into their text: pure.
//!
//! A hosted server sets the author (the token's owner) and the time (now) of everything itself. So each message and
//! note begins with a line that says who wrote it and when, and the same is kept in its content attributes.

use crate::wire::time::{epoch, iso};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The custom attribute by which a conversation is found again.
pub const CONVERSATION_KEY: &str = "desk_conversation";
/// The longest text a server takes in an attribute (reference §1.4).
const LONGEST_ATTRIBUTE: usize = 1500;
const LONGEST_NUMBER: i64 = 9_999_999_999;

/// What this property's things are called wherever they go: the same for every copy of its data folder.
pub fn origin(account_id: i64, created_at: i64) -> String {
    let hash = Sha256::digest(format!("deskbell {account_id} {created_at}"));
    let hex: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("desk-{hex}")
}

/// The key of one thing: `desk-0a1b2c3d4e5f-m17`. Lower case, because filters compare so (reference §3.3).
pub fn key(origin: &str, kind: char, id: i64) -> String {
    format!("{origin}-{kind}{id}")
}

/// `2026-11-21 09:30:05 UTC`.
pub fn moment(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A text under the line that says who wrote it and when, and what else has to be known.
pub fn headed(author: &str, at_ms: i64, remark: &str, text: &str) -> String {
    let remark = if remark.is_empty() {
        String::new()
    } else {
        format!(" · {remark}")
    };
    // A name is one line, whatever somebody made of it.
    let author = author.split_whitespace().collect::<Vec<_>>().join(" ");
    let head = format!("{author} · {}{remark}", moment(at_ms));
    if text.is_empty() {
        return head;
    }
    format!("{head}\n\n{text}")
}

/// Author and time as attributes of a message.
pub fn attributes(author: &str, at_ms: i64, key: &str) -> Value {
    json!({
        "client_ref": key,
        "desk_author": author,
        "desk_created_at": iso(at_ms),
        "external_created_at": epoch(at_ms),
    })
}

/// Servers fill variables into outgoing text (reference §4.4); what was sent once is not a template any more. The sign
/// put behind such a brace has no width.
pub fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        literal.push(letter);
        if letter == '{' && matches!(letters.peek(), Some('{' | '%')) {
            literal.push('\u{2060}');
        }
    }
    literal
}

/// A value as attributes of conversations and contacts may hold it (reference §1.4).
pub fn bounded(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > LONGEST_ATTRIBUTE => {
            let kept: String = text.chars().take(LONGEST_ATTRIBUTE - 1).collect();
            json!(format!("{kept}…"))
        }
        Value::Number(number)
            if number
                .as_i64()
                .is_some_and(|number| number.abs() > LONGEST_NUMBER) =>
        {
            json!(number.to_string())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_same_every_time_and_differ_by_property() {
        assert_eq!(origin(1, 1_700_000_000_000), origin(1, 1_700_000_000_000));
        assert_ne!(origin(1, 1_700_000_000_000), origin(2, 1_700_000_000_000));
        let key = key(&origin(1, 5), 'm', 17);
        assert!(key.starts_with("desk-") && key.ends_with("-m17"), "{key}");
        assert_eq!(key, key.to_lowercase());
    }

    #[test]
    fn who_and_when_is_the_first_line() {
        let text = headed("Ada\nBerg", 1_704_164_645_000, "", "Room 12 is ready.");
        assert_eq!(text, "Ada Berg · 2024-01-02 03:04:05 UTC\n\nRoom 12 is ready.");
        let bare = headed("Ada", 1_704_164_645_000, "not delivered", "");
        assert_eq!(bare, "Ada · 2024-01-02 03:04:05 UTC · not delivered");
    }

    #[test]
    fn nothing_is_filled_in_again() {
        assert!(!literal("Hi {{contact.name}} {% if x %}").contains("{{"));
        assert!(!literal("{{{").contains("{{"));
        assert!(!literal("{% raw %}").contains("{%"));
    }

    #[test]
    fn attributes_fit() {
        let long = bounded(&json!("ü".repeat(2000)));
        assert_eq!(long.as_str().map(|text| text.chars().count()), Some(1500));
        assert_eq!(bounded(&json!(99_999_999_999_i64)), json!("99999999999"));
        assert_eq!(bounded(&json!({ "a": 1 })), json!({ "a": 1 }));
    }
}
