//! Times: the wire mixes epoch seconds, epoch seconds with a fraction, and ISO texts, sometimes for one and the same
//! key (reference §10.4).

use super::read::whole;
use jiff::Timestamp;
use serde_json::Value;

/// Whole epoch seconds. 0, negative and unreadable times are "never".
pub(super) fn seconds(value: &Value) -> Option<i64> {
    whole(exact_seconds(value)?)
}

/// Epoch seconds with their fraction.
pub(super) fn exact_seconds(value: &Value) -> Option<f64> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => of_text(text.trim())?,
        _ => return None,
    };
    (seconds > 0.0 && seconds.is_finite()).then_some(seconds)
}

fn of_text(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return Some(number);
    }
    let timestamp: Timestamp = text.parse().ok()?;
    Some(timestamp.as_millisecond() as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_a_time_reads_as_seconds() {
        assert_eq!(seconds(&json!(1_704_164_645)), Some(1_704_164_645));
        assert_eq!(seconds(&json!("1704164645")), Some(1_704_164_645));
        assert_eq!(seconds(&json!("2024-01-02T03:04:05.000Z")), Some(1_704_164_645));
        assert_eq!(seconds(&json!(1_704_164_645.75)), Some(1_704_164_645));
        assert_eq!(
            exact_seconds(&json!("2024-01-02T03:04:05.750Z")),
            Some(1_704_164_645.75)
        );
    }

    #[test]
    fn zero_and_nonsense_are_never() {
        for value in [
            json!(0),
            json!("0"),
            json!(-5),
            json!(""),
            json!("soon"),
            json!("NaN"),
            json!("inf"),
            json!([]),
        ] {
            assert_eq!(seconds(&value), None, "{value}");
        }
    }
}
