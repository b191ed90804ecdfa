//! The periods of a range, in the time of whoever asks.

use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};

/// More periods than a chart shows.
const MOST: usize = 1000;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    /// By its name on the wire; a day unless it says otherwise.
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("hour") => Self::Hour,
            Some("week") => Self::Week,
            Some("month") => Self::Month,
            Some("year") => Self::Year,
            _ => Self::Day,
        }
    }

    fn start(self, at: DateTime) -> Option<DateTime> {
        let date = at.date();
        Some(match self {
            Self::Hour => at.date().at(at.hour(), 0, 0, 0),
            Self::Day => date.at(0, 0, 0, 0),
            Self::Week => {
                // Weeks begin on Sunday.
                let back = i64::from(date.weekday().to_sunday_zero_offset());
                date.checked_sub(back.days()).ok()?.at(0, 0, 0, 0)
            }
            Self::Month => date.first_of_month().at(0, 0, 0, 0),
            Self::Year => date.first_of_year().at(0, 0, 0, 0),
        })
    }

    fn next(self, start: DateTime) -> Option<DateTime> {
        let length = match self {
            Self::Hour => 1.hour(),
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        start.checked_add(length).ok()
    }
}

/// Start and end of every period that touches the range (epoch milliseconds, `until` exclusive), oldest first. None
/// when there are too many, or when a moment is no moment.
pub fn periods(period: Period, since: i64, until: i64, offset_hours: f64) -> Option<Vec<(i64, i64)>> {
    if since >= until {
        return Some(Vec::new());
    }
    let seconds = (offset_hours.clamp(-14.0, 14.0) * 3600.0) as i32;
    let zone = TimeZone::fixed(Offset::from_seconds(seconds).ok()?);
    let millis = |at: DateTime| Some(at.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    let first = Timestamp::from_millisecond(since).ok()?.to_zoned(zone.clone());
    let first = first.round(Unit::Millisecond).ok()?.datetime();
    let mut start = period.start(first)?;
    let mut periods = Vec::new();
    while millis(start)? < until {
        if periods.len() == MOST {
            return None;
        }
        let end = period.next(start)?;
        periods.push((millis(start)?, millis(end)?));
        start = end;
    }
    Some(periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wednesday, 2026-03-11 10:30 UTC.
    const AT: i64 = 1_773_225_000_000;
    const HOUR: i64 = 3_600_000;

    #[test]
    fn periods_cover_the_range_in_local_time() {
        let days = periods(Period::Day, AT, AT + 24 * HOUR, 0.0).unwrap();
        assert_eq!(days.len(), 2);
        assert_eq!(days[0].0, AT - 10 * HOUR - HOUR / 2);
        let ahead = periods(Period::Day, AT, AT + 1, 2.0).unwrap();
        assert_eq!(
            ahead[0].0,
            days[0].0 - 2 * HOUR,
            "midnight comes earlier in the east"
        );
        let weeks = periods(Period::Week, AT, AT + 1, 0.0).unwrap();
        assert_eq!(weeks[0].0, days[0].0 - 3 * 24 * HOUR, "Sunday");
        assert_eq!(weeks[0].1 - weeks[0].0, 7 * 24 * HOUR);
    }

    #[test]
    fn impossible_ranges_are_refused_or_empty() {
        assert_eq!(periods(Period::Day, AT, AT, 0.0), Some(Vec::new()));
        assert_eq!(periods(Period::Hour, 0, AT, 0.0), None, "too many");
        assert_eq!(periods(Period::Day, i64::MIN, i64::MAX, 0.0), None);
    }
}
