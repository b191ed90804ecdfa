//! Reading single values out of JSON that may not be what it should be.

use super::time;
use serde_json::{Map, Value};

/// Reads keys of a JSON object; on anything else every key is absent.
pub(crate) trait Read {
    fn raw(&self, key: &str) -> Option<&Value>;

    /// A whole number, also one written as text or with a fraction.
    fn int(&self, key: &str) -> Option<i64> {
        int(self.raw(key)?)
    }

    /// A text; a number reads as its digits, absent or null as empty.
    fn text(&self, key: &str) -> String {
        match self.raw(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// A text that is not blank.
    fn some_text(&self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.trim().is_empty())
    }

    /// The text of `key`, or of `other` where that is blank.
    fn text_or(&self, key: &str, other: &str) -> String {
        self.some_text(key).unwrap_or_else(|| self.text(other))
    }

    /// A yes or no, also as 0 and 1 or as a word.
    fn flag(&self, key: &str) -> Option<bool> {
        match self.raw(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            Value::String(word) => match word.as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whole epoch seconds; 0 is the wire's "never".
    fn time(&self, key: &str) -> Option<i64> {
        time::seconds(self.raw(key)?)
    }

    /// Epoch seconds with their fraction.
    fn exact_time(&self, key: &str) -> Option<f64> {
        time::exact_seconds(self.raw(key)?)
    }

    /// The items of a list; empty for anything else.
    fn list(&self, key: &str) -> &[Value] {
        match self.raw(key) {
            Some(Value::Array(items)) => items,
            _ => &[],
        }
    }

    /// The texts of a list.
    fn texts(&self, key: &str) -> Vec<String> {
        self.list(key)
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    }

    /// An object; some answers carry one as JSON text.
    fn object(&self, key: &str) -> Map<String, Value> {
        match self.raw(key) {
            Some(Value::Object(map)) => map.clone(),
            Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
            _ => Map::new(),
        }
    }
}

/// The items of a list that can be read. One broken item does not take the others along; how many there are is logged,
/// and nothing of what they say.
pub(crate) fn readable<T>(list: &[Value], read: impl FnMut(&Value) -> Option<T>) -> Vec<T> {
    let items: Vec<T> = list.iter().filter_map(read).collect();
    let broken = list.len() - items.len();
    if broken > 0 {
        tracing::warn!(broken, "Items of an answer could not be read");
    }
    items
}

impl Read for Value {
    fn raw(&self, key: &str) -> Option<&Value> {
        self.get(key).filter(|value| !value.is_null())
    }
}

/// A whole number in any of the forms the wire uses.
pub(super) fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The whole part, where it is one that can be held exactly.
pub(super) fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.abs() < EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_read_in_any_form() {
        let value = json!({ "a": "12", "b": 3.0, "c": null, "d": 1e300, "e": "x", "f": 7, "g": u64::MAX });
        assert_eq!(value.int("a"), Some(12));
        assert_eq!(value.int("b"), Some(3));
        assert_eq!(
            [value.int("c"), value.int("d"), value.int("e"), value.int("g")],
            [None; 4]
        );
        assert_eq!(value.text("f"), "7");
        assert_eq!(value.text_or("c", "e"), "x");
        assert_eq!(json!([1]).int("a"), None);
    }

    #[test]
    fn flags_and_objects_may_come_as_text() {
        let value = json!({ "a": "true", "b": 0, "c": "maybe", "d": "{\"in_reply_to\":5}", "e": "no json" });
        assert_eq!(
            [value.flag("a"), value.flag("b"), value.flag("c")],
            [Some(true), Some(false), None]
        );
        assert_eq!(value.object("d").get("in_reply_to"), Some(&json!(5)));
        assert!(value.object("e").is_empty());
    }
}
