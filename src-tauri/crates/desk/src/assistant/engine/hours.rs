//! When the desk is staffed, and how to say it.

use super::language::Language;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// From and to in minutes after midnight; `None` = closed that day.
pub type DaySpan = Option<(u16, u16)>;

/// When a desk is staffed, by weekday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Sunday first, as on the wire (reference §2.2). Empty = no hours kept: always open.
    pub days: Vec<DaySpan>,
}

impl Hours {
    /// Whether the desk is staffed at `now`.
    pub fn is_open(&self, now: i64, zone: &TimeZone) -> bool {
        let here = local(now, zone);
        self.days.is_empty()
            || self
                .day(here.weekday())
                .is_some_and(|span| within(span, minute_of(&here)))
    }

    /// Epoch seconds of the next opening after `now`, within a week.
    pub fn next_opening(&self, now: i64, zone: &TimeZone) -> Option<i64> {
        let here = local(now, zone);
        (0..8).find_map(|ahead| {
            let date = here.date().checked_add(i64::from(ahead).days()).ok()?;
            let (opens, _) = self.day(date.weekday())?;
            let opening = date
                .to_datetime(clock(opens)?)
                .to_zoned(zone.clone())
                .ok()?
                .timestamp()
                .as_second();
            (opening > now).then_some(opening)
        })
    }

    /// The hours of a weekday.
    pub fn day(&self, weekday: Weekday) -> DaySpan {
        self.days
            .get(usize::try_from(weekday.to_sunday_zero_offset()).ok()?)
            .copied()
            .flatten()
    }

    /// "Monday to Friday 09:00–19:00, Saturday 10:00–16:00, closed on Sunday". `None` when no hours are kept.
    pub fn describe(&self, language: Language) -> Option<String> {
        if self.days.is_empty() {
            return None;
        }
        let mut runs: Vec<(Weekday, Weekday, DaySpan)> = Vec::new();
        for weekday in Weekday::Monday.cycle_forward().take(7) {
            let span = self.day(weekday);
            match runs.last_mut() {
                Some((_, last, same)) if *same == span => *last = weekday,
                _ => runs.push((weekday, weekday, span)),
            }
        }
        if let [(_, _, Some(span))] = runs[..] {
            return Some(if span == (0, 24 * 60) {
                language
                    .pick([
                        "all day, every day",
                        "täglich rund um die Uhr",
                        "todos los días a todas horas",
                        "minden nap éjjel-nappal",
                    ])
                    .to_owned()
            } else {
                let daily = language.pick(["every day", "täglich", "todos los días", "minden nap"]);
                format!("{daily} {}", said(span))
            });
        }
        let parts: Vec<String> = runs
            .into_iter()
            .map(|(from, to, span)| describe_run(from, to, span, language))
            .collect();
        Some(parts.join(", "))
    }
}

fn describe_run(from: Weekday, to: Weekday, span: DaySpan, language: Language) -> String {
    let name = |day| language.day_name(day);
    let days = if from == to {
        name(from).to_owned()
    } else {
        format!(
            "{}{}{}",
            name(from),
            language.pick([" to ", " bis ", " a ", "–"]),
            name(to)
        )
    };
    match (span, language) {
        (Some(span), _) => format!("{days} {}", said(span)),
        (None, Language::English) => format!("closed on {days}"),
        (None, _) => format!(
            "{days} {}",
            language.pick(["", "geschlossen", "cerrado", "zárva"])
        ),
    }
}

/// "09:00–19:00".
pub fn said((opens, closes): (u16, u16)) -> String {
    format!("{}–{}", clock_words(opens), clock_words(closes))
}

fn clock_words(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn within((opens, closes): (u16, u16), minute: u16) -> bool {
    (opens..closes).contains(&minute)
}

fn minute_of(here: &Zoned) -> u16 {
    u16::try_from(here.hour()).unwrap_or(0) * 60 + u16::try_from(here.minute()).unwrap_or(0)
}

/// A time of day; `None` from 24:00 on.
pub fn clock(minutes: u16) -> Option<Time> {
    Time::new(
        i8::try_from(minutes / 60).ok()?,
        i8::try_from(minutes % 60).ok()?,
        0,
        0,
    )
    .ok()
}

/// The moment as the house's clock shows it.
pub fn local(epoch: i64, zone: &TimeZone) -> Zoned {
    Timestamp::from_second(epoch)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn salon() -> Hours {
        let weekday = Some((9 * 60, 19 * 60));
        Hours {
            days: vec![
                None,
                weekday,
                weekday,
                weekday,
                weekday,
                weekday,
                Some((10 * 60, 16 * 60)),
            ],
        }
    }

    #[test]
    fn hours_are_told_in_runs() {
        assert_eq!(
            salon().describe(Language::English).as_deref(),
            Some("Monday to Friday 09:00–19:00, Saturday 10:00–16:00, closed on Sunday")
        );
        assert_eq!(
            Hours {
                days: vec![Some((0, 1440)); 7]
            }
            .describe(Language::English)
            .as_deref(),
            Some("all day, every day")
        );
    }

    #[test]
    fn sunday_waits_for_monday() {
        // 2025-11-23 is a Sunday.
        let sunday_noon = 1_763_899_200;
        let zone = TimeZone::UTC;
        assert!(!salon().is_open(sunday_noon, &zone));
        assert_eq!(
            salon().next_opening(sunday_noon, &zone),
            Some(1_763_974_800),
            "Monday 09:00"
        );
    }
}
