//! Points in time as booking systems write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// What a file does not say about its times.
pub struct House {
    /// Of times without one.
    pub zone: TimeZone,
    /// Whether a day alone is a stay's: from three in the afternoon until eleven in the morning.
    pub has_nights: bool,
}

/// Which end of a booking a day stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

impl House {
    /// `2026-12-01 15:00`, also with a `T`, seconds, or an offset; a hotel's also `2026-12-01`. Epoch milliseconds.
    pub fn read(&self, text: &str, edge: Edge) -> Option<i64> {
        if let Ok(exact) = text.parse::<Timestamp>() {
            return Some(exact.as_millisecond());
        }
        if let Ok(date) = Date::strptime("%Y-%m-%d", text) {
            return self.day(date, edge);
        }
        let text = text.replacen('T', " ", 1);
        let local = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
            .into_iter()
            .find_map(|format| DateTime::strptime(format, &text).ok())?;
        in_zone(local, &self.zone)
    }

    /// A day without a time, where that means one. Epoch milliseconds.
    pub fn day(&self, date: Date, edge: Edge) -> Option<i64> {
        let hour = match edge {
            Edge::Start => 15,
            Edge::End => 11,
        };
        let time = Time::new(hour, 0, 0, 0).ok()?;
        let local = self.has_nights.then(|| date.to_datetime(time))?;
        in_zone(local, &self.zone)
    }
}

/// A time of the clock on a wall somewhere, in epoch milliseconds.
pub fn in_zone(local: DateTime, zone: &TimeZone) -> Option<i64> {
    let zoned = local.to_zoned(zone.clone()).ok()?;
    Some(zoned.timestamp().as_millisecond())
}
