//! The three ways the wire writes a moment (reference §0): epoch, ISO, float epoch.

use jiff::Timestamp;
use serde_json::Value;

/// Whole seconds.
pub fn epoch(ms: i64) -> i64 {
    ms.div_euclid(1000)
}

/// Whole seconds; 0 means never.
pub fn epoch_or_zero(ms: Option<i64>) -> i64 {
    ms.map_or(0, epoch)
}

/// Seconds with their fraction.
pub fn float(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// `2024-01-02T03:04:05.000Z`.
pub fn iso(ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// ISO, or null for never.
pub fn iso_or_null(ms: Option<i64>) -> Value {
    ms.map_or(Value::Null, |ms| iso(ms).into())
}

/// Reads ISO; epoch milliseconds.
pub fn parse_iso(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_in_three_ways() {
        assert_eq!(iso(1_704_164_645_000), "2024-01-02T03:04:05.000Z");
        assert_eq!(iso(1_704_164_645_120), "2024-01-02T03:04:05.120Z");
        assert_eq!(epoch(1_704_164_645_999), 1_704_164_645);
        assert_eq!(float(1_704_164_645_500), 1_704_164_645.5);
        assert_eq!(parse_iso("2024-01-02T03:04:05.120Z"), Some(1_704_164_645_120));
    }
}
