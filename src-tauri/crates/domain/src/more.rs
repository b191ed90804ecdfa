//! What the server told beyond the modelled fields: kept as told, so that nothing it said is lost.

use serde_json::{Map, Value};

/// Words every frame tells anew. They are here only while their value is one that is not modelled.
const TOLD_EACH_TIME: &[&str] = &["status", "priority", "message_type"];

/// `told` with what it leaves out but `kept` has: a socket frame says less than the REST answer (reference §10.4). An
/// object such as `meta` is merged one level down.
pub fn merge_more(kept: &Map<String, Value>, told: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = kept.clone();
    merged.retain(|key, _| !TOLD_EACH_TIME.contains(&key.as_str()));
    for (key, value) in told {
        match (merged.get_mut(key), value) {
            (Some(Value::Object(kept)), Value::Object(told)) => {
                kept.extend(told.iter().map(|(key, value)| (key.clone(), value.clone())));
            }
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_frame_that_says_less_takes_nothing_away() {
        let kept =
            map(json!({ "sla": 3, "meta": { "channel": "a", "verified": true }, "status": "dreaming" }));
        let told = map(json!({ "sla": null, "meta": { "verified": false }, "new": [1] }));
        assert_eq!(
            Value::Object(merge_more(&kept, &told)),
            json!({ "sla": null, "meta": { "channel": "a", "verified": false }, "new": [1] })
        );
    }
}
