//! What attribute values may be (reference §1.4).

use crate::db::json::Object;
use crate::error::ApiError;
use serde_json::Value;

const LONGEST: usize = 1500;
const LARGEST: i64 = 9_999_999_999;

/// Refuses values that are too long or too large.
pub fn check(attributes: &Object, named: &'static str) -> Result<(), ApiError> {
    for (key, value) in attributes {
        let problem = match value {
            Value::String(text) if text.chars().count() > LONGEST => "length should be < 1500",
            Value::Number(number) if number.as_i64().is_some_and(|number| number > LARGEST) => {
                "value should be < 9999999999"
            }
            _ => continue,
        };
        let words = named.replace('_', " ");
        let (first, rest) = words.split_at(1);
        let message = format!("{}{rest} {key} {problem}", first.to_uppercase());
        return Err(ApiError::invalid(message, named));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fits(value: Value) -> bool {
        check(&Object::from_iter([("k".to_owned(), value)]), "custom_attributes").is_ok()
    }

    #[test]
    fn long_texts_and_large_numbers_are_refused() {
        assert!(fits(json!("x".repeat(1500))));
        assert!(!fits(json!("x".repeat(1501))));
        assert!(fits(json!(9_999_999_999_i64)));
        assert!(!fits(json!(10_000_000_000_i64)));
        assert!(fits(json!({ "wants": "a room" })));
    }
}
