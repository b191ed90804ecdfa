//! Times as the English window writes them: by the property's clock, with its place where that is not the computer's.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// As a tooltip has it, such as `Friday 8 May 2026, 09:35 (Berlin)`.
pub fn exactly(at: i64, zone: &str) -> String {
    placed(
        there(at, zone).strftime("%A %-d %B %Y, %H:%M").to_string(),
        at,
        zone,
    )
}

/// As a thread's separator has it: `Today, Friday 8 May (Berlin)`, `Yesterday, …`, or the date alone.
pub fn day(at: i64, zone: &str) -> String {
    let (then, now) = (there(at, zone), there(Timestamp::now().as_second(), zone));
    let form = if then.year() == now.year() {
        "%A %-d %B"
    } else {
        "%A %-d %B %Y"
    };
    let date = placed(then.strftime(form).to_string(), at, zone);
    let yesterday = now.date().yesterday().expect("there was a day before today");
    match then.date() {
        day if day == now.date() => format!("Today, {date}"),
        day if day == yesterday => format!("Yesterday, {date}"),
        _ => date,
    }
}

fn there(at: i64, zone: &str) -> Zoned {
    let zone = TimeZone::get(zone).expect("the zone is known");
    Timestamp::from_second(at)
        .expect("it is in this era")
        .to_zoned(zone)
}

fn placed(words: String, at: i64, zone: &str) -> String {
    let here = Timestamp::from_second(at)
        .expect("it is in this era")
        .to_zoned(TimeZone::system());
    if here.offset() == there(at, zone).offset() {
        return words;
    }
    let place = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    format!("{words} ({place})")
}
