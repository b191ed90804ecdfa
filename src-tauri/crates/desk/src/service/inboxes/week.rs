//! Working hours as they come over the wire (reference §2.2): each day named once, open before it closes.

use crate::error::ApiError;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Of a week.
const DAYS: usize = 7;

/// The days there are with those named changed, Sunday first.
pub fn changed(known: &Value, wanted: &Value) -> Result<Value, ApiError> {
    let wanted = wanted.as_array().filter(|days| days.len() <= DAYS);
    let wanted = wanted.ok_or_else(|| wrong("are not a list of days"))?;
    let mut week: BTreeMap<u64, Value> = BTreeMap::new();
    for day in known.as_array().map(Vec::as_slice).unwrap_or_default() {
        if let Some(number) = weekday(day) {
            week.insert(number, day.clone());
        }
    }
    for one in wanted {
        let (number, day) = day(one)?;
        week.insert(number, day);
    }
    Ok(Value::Array(week.into_values().collect()))
}

/// Sunday is 0.
fn weekday(day: &Value) -> Option<u64> {
    day["day_of_week"].as_u64().filter(|number| *number < DAYS as u64)
}

fn wrong(problem: &str) -> ApiError {
    ApiError::invalid(format!("Working hours {problem}"), "working_hours")
}

/// One day in the form it is kept in.
fn day(wire: &Value) -> Result<(u64, Value), ApiError> {
    let number = weekday(wire).ok_or_else(|| wrong("need a day of the week from 0 to 6"))?;
    let is = |key: &str| wire[key] == true;
    let (is_closed, is_all_day) = (is("closed_all_day"), is("open_all_day"));
    if is_closed && is_all_day {
        return Err(wrong("cannot be open all day and closed all day"));
    }
    let times = if is_closed || is_all_day {
        None
    } else {
        Some(span(wire)?)
    };
    let kept = json!({
        "day_of_week": number,
        "closed_all_day": is_closed,
        "open_all_day": is_all_day,
        "open_hour": times.map(|[hour, ..]| hour),
        "open_minutes": times.map(|[_, minutes, ..]| minutes),
        "close_hour": times.map(|[_, _, hour, _]| hour),
        "close_minutes": times.map(|[.., minutes]| minutes),
    });
    Ok((number, kept))
}

fn span(wire: &Value) -> Result<[u64; 4], ApiError> {
    let below = |key: &str, limit: u64| {
        let number = wire[key].as_u64().filter(|number| *number < limit);
        number.ok_or_else(|| wrong("need hours from 0 to 23 and minutes from 0 to 59"))
    };
    let times = [
        below("open_hour", 24)?,
        below("open_minutes", 60)?,
        below("close_hour", 24)?,
        below("close_minutes", 60)?,
    ];
    let [open_hour, open_minutes, close_hour, close_minutes] = times;
    if (open_hour, open_minutes) >= (close_hour, close_minutes) {
        return Err(wrong("close before they open"));
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(day: u64, from: u64, to: u64) -> Value {
        json!({
            "day_of_week": day, "closed_all_day": false, "open_all_day": false,
            "open_hour": from, "open_minutes": 0, "close_hour": to, "close_minutes": 30,
        })
    }

    #[test]
    fn named_days_change_and_the_others_stay() {
        let known = json!([open(1, 9, 17), open(2, 9, 17)]);
        let wanted = json!([open(2, 10, 16), { "day_of_week": 0, "closed_all_day": true, "open_hour": 9 }]);
        let week = changed(&known, &wanted).unwrap();
        let closed = json!({
            "day_of_week": 0, "closed_all_day": true, "open_all_day": false, "open_hour": null,
            "open_minutes": null, "close_hour": null, "close_minutes": null,
        });
        assert_eq!(week, json!([closed, open(1, 9, 17), open(2, 10, 16)]));
    }

    #[test]
    fn days_that_are_none_are_refused() {
        let both = json!({ "day_of_week": 0, "closed_all_day": true, "open_all_day": true });
        for wrong in [
            json!("mon-fri"),
            json!([7]),
            json!([open(7, 9, 17)]),
            json!([open(1, 17, 9)]),
            json!([open(1, 9, 24)]),
            json!([{ "day_of_week": -1, "closed_all_day": true }]),
            json!([{ "day_of_week": 1 }]),
            json!([both]),
        ] {
            assert!(changed(&json!([]), &wrong).is_err(), "{wrong}");
        }
    }
}
