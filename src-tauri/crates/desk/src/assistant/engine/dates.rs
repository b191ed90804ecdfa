//! Days and times as guests write them, read against the house's clock.

use super::hours::local;
use super::language::{DAYS_EN, MONTHS_DE, MONTHS_EN, MONTHS_ES, MONTHS_HU};
use super::text;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A day, a time of day, or both, found in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub date: Option<Date>,
    pub time: Option<Time>,
}

impl Wanted {
    /// What a text asks for, as seen at `now` (epoch seconds).
    pub fn read(said: &str, now: i64, zone: &TimeZone) -> Self {
        let today = local(now, zone).date();
        Self {
            date: days_in(said, today).into_iter().next(),
            time: time_in(said),
        }
    }

    /// Epoch seconds; what is missing comes from `base`, the moment that would be changed.
    pub fn at(self, base: i64, zone: &TimeZone) -> Option<i64> {
        let base = local(base, zone);
        let date = self.date.unwrap_or_else(|| base.date());
        let time = self.time.unwrap_or_else(|| base.time());
        Some(
            date.to_datetime(time)
                .to_zoned(zone.clone())
                .ok()?
                .timestamp()
                .as_second(),
        )
    }

    /// Nothing was found.
    pub fn is_empty(self) -> bool {
        self.date.is_none() && self.time.is_none()
    }
}

/// The days a text names, in its order, each once.
pub fn days_in(said: &str, today: Date) -> Vec<Date> {
    let lower = said.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|sign: char| sign.is_whitespace() || ",;!?()".contains(sign))
        .map(|token| token.trim_end_matches('.'))
        .filter(|token| !token.is_empty())
        .collect();
    let (mut dates, mut days) = (Vec::new(), Vec::new());
    for (index, token) in tokens.iter().enumerate() {
        let previous = index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .copied();
        let next = tokens.get(index + 1).copied();
        let date = written_out(token).or_else(|| named_month(token, day_before(&tokens, index), next, today));
        if let Some(date) = date
            && !dates.contains(&date)
        {
            dates.push(date);
        }
        if let Some(day) = relative(token, previous, today)
            && !days.contains(&day)
        {
            days.push(day);
        }
    }
    // "Thursday 22 January": beside a date a weekday names no day of its own.
    if dates.is_empty() { days } else { dates }
}

/// The word a day of the month would be: the one before, or the one before "of" or "de".
fn day_before<'a>(tokens: &[&'a str], index: usize) -> Option<&'a str> {
    let at = |back: usize| {
        index
            .checked_sub(back)
            .and_then(|before| tokens.get(before))
            .copied()
    };
    at(1)
        .filter(|word| !matches!(*word, "of" | "de"))
        .or_else(|| at(2))
}

/// `2025-12-05`, `05.12.2025`, `5/12/2025` (day first).
fn written_out(token: &str) -> Option<Date> {
    let parts: Vec<i16> = token
        .split(['-', '.', '/'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match parts[..] {
        [year, month, day] if year >= 1000 => {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        [day, month, year] if year >= 1000 => {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        _ => None,
    }
}

fn relative(token: &str, previous: Option<&str>, today: Date) -> Option<Date> {
    let word = text::fold(token);
    let ahead = match word.as_str() {
        "today" | "tonight" | "heute" | "hoy" | "ma" => 0,
        "tomorrow" | "morgen" | "holnap" if previous != Some("guten") => 1,
        "manana" if previous != Some("la") => 1,
        _ => {
            let weekday = weekday_number(&word)?;
            let from = i64::from(today.weekday().to_monday_zero_offset());
            let days = (weekday - from).rem_euclid(7);
            if days == 0 { 7 } else { days }
        }
    };
    today.checked_add(ahead.days()).ok()
}

/// Monday 0.
fn weekday_number(word: &str) -> Option<i64> {
    const OTHERS: [&[&str]; 7] = [
        &["montag", "lunes", "hetfo", "hetfon"],
        &["dienstag", "martes", "kedd", "kedden"],
        &["mittwoch", "miercoles", "szerda", "szerdan"],
        &["donnerstag", "jueves", "csutortok", "csutortokon"],
        &["freitag", "viernes", "pentek", "penteken"],
        &["samstag", "sabado", "szombat", "szombaton"],
        &["sonntag", "domingo", "vasarnap"],
    ];
    let english = DAYS_EN
        .iter()
        .position(|day| day.to_lowercase() == word.trim_end_matches('s'));
    let others = |word: &str| OTHERS.iter().position(|names| names.contains(&word));
    let number = english
        .or_else(|| others(word))
        .or_else(|| others(word.strip_suffix('s')?))?;
    i64::try_from(number).ok()
}

/// "5 december", "december 5th", "5th of december", with or without a year.
fn named_month(token: &str, previous: Option<&str>, next: Option<&str>, today: Date) -> Option<Date> {
    let month = month_number(token)?;
    let before = previous.and_then(day_number);
    let day = before.or_else(|| next.and_then(day_number))?;
    let year = next
        .and_then(|word| word.parse::<i16>().ok())
        .filter(|year| (2000..2200).contains(year));
    let date = Date::new(year.unwrap_or(today.year()), month, day).ok()?;
    if year.is_none() && date < today {
        Date::new(today.year() + 1, month, day).ok()
    } else {
        Some(date)
    }
}

fn month_number(token: &str) -> Option<i8> {
    let word = text::fold(token);
    let english = MONTHS_EN.iter().position(|month| {
        let month = month.to_lowercase();
        month == word || (word.len() == 3 && month.starts_with(&word) && word != "mar")
    });
    let others = [MONTHS_DE, MONTHS_ES, MONTHS_HU];
    let position = english.or_else(|| {
        let named = |months: &&[&str]| months.iter().position(|month| text::fold(month) == word);
        others.iter().find_map(named)
    })?;
    i8::try_from(position + 1).ok()
}

/// "5", "5.", "5th", "5-én".
fn day_number(word: &str) -> Option<i8> {
    let word = word.split_once('-').map_or(word, |(day, _)| day);
    let digits = word.trim_end_matches(|sign: char| sign.is_alphabetic() || sign == '.');
    let ending = &word[digits.len()..];
    let day: i8 = digits.parse().ok()?;
    (matches!(ending, "" | "." | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
}

/// `15:00`, `3pm`, `3:30 pm`, `at 15`, `15 Uhr`.
fn time_in(said: &str) -> Option<Time> {
    let lower = said.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|sign: char| sign.is_whitespace() || ",;!?()".contains(sign))
        .filter(|token| !token.is_empty())
        .collect();
    tokens.iter().enumerate().find_map(|(index, token)| {
        let previous = index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .copied();
        let next = tokens.get(index + 1).map(|token| token.trim_end_matches('.'));
        clock_time(token, previous, next)
    })
}

fn clock_time(token: &str, previous: Option<&str>, next: Option<&str>) -> Option<Time> {
    // "15:00-ra" is 15:00.
    let token = token.split_once('-').map_or(token, |(time, _)| time);
    let token = token.trim_end_matches('.');
    let digits = token.trim_end_matches(|sign: char| sign.is_alphabetic());
    let mut half = &token[digits.len()..];
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) => (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?),
        None => (digits.parse::<i8>().ok()?, 0),
    };
    if half.is_empty() && matches!(next, Some("am" | "pm" | "uhr" | "h" | "o'clock")) {
        half = next.unwrap_or_default();
    }
    let told = digits.contains(':') || !half.is_empty() || matches!(previous, Some("at" | "um" | "las"));
    let hour = match half {
        "pm" if hour < 12 => hour + 12,
        "am" if hour == 12 => 0,
        "" | "am" | "pm" | "uhr" | "h" | "o'clock" => hour,
        _ => return None,
    };
    if told {
        Time::new(hour, minute, 0, 0).ok()
    } else {
        None
    }
}

/// The dates a guest is after, in words for `dates_of_interest`: "5 Dec 2025 – 7 Dec 2025", "next weekend".
pub fn of_interest(said: &str, now: i64, zone: &TimeZone) -> Option<String> {
    let days = days_in(said, local(now, zone).date());
    if days.is_empty() {
        let words = text::words(said);
        return [
            "next weekend",
            "this weekend",
            "next week",
            "next month",
            "over christmas",
            "new years",
        ]
        .into_iter()
        .find(|phrase| text::holds(&words, phrase))
        .map(str::to_owned);
    }
    let told: Vec<String> = days
        .iter()
        .take(2)
        .map(|day| day.strftime("%-d %b %Y").to_string())
        .collect();
    Some(told.join(" – "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    /// Friday 21 November 2025, 10:00 UTC.
    const NOW: i64 = 1_763_719_200;

    #[test]
    fn days_and_times_as_guests_write_them() {
        let read = |said| Wanted::read(said, NOW, &TimeZone::UTC);
        for (said, wanted_date, wanted_time) in [
            (
                "to 2025-12-05 at 15:00 please",
                Some(date(2025, 12, 5)),
                Some(time(15, 0, 0, 0)),
            ),
            ("on 5.12.2025", Some(date(2025, 12, 5)), None),
            (
                "Tuesday at 3pm",
                Some(date(2025, 11, 25)),
                Some(time(15, 0, 0, 0)),
            ),
            (
                "friday 3:30 pm",
                Some(date(2025, 11, 28)),
                Some(time(15, 30, 0, 0)),
            ),
            (
                "tomorrow at 10",
                Some(date(2025, 11, 22)),
                Some(time(10, 0, 0, 0)),
            ),
            ("December 5th", Some(date(2025, 12, 5)), None),
            ("the 3rd of march", Some(date(2026, 3, 3)), None),
            ("3 march", Some(date(2026, 3, 3)), None),
            (
                "to Thursday 22 January at 3 pm",
                Some(date(2026, 1, 22)),
                Some(time(15, 0, 0, 0)),
            ),
            (
                "auf Donnerstag, den 29. Januar um 15 Uhr",
                Some(date(2026, 1, 29)),
                Some(time(15, 0, 0, 0)),
            ),
            (
                "al viernes 30 de enero a las 12:00",
                Some(date(2026, 1, 30)),
                Some(time(12, 0, 0, 0)),
            ),
            (
                "február 19-én 15:00-ra",
                Some(date(2026, 2, 19)),
                Some(time(15, 0, 0, 0)),
            ),
            (
                "am Dienstag um 15 Uhr",
                Some(date(2025, 11, 25)),
                Some(time(15, 0, 0, 0)),
            ),
            ("we are 4 people", None, None),
            ("may I move it", None, None),
        ] {
            assert_eq!(
                read(said),
                Wanted {
                    date: wanted_date,
                    time: wanted_time
                },
                "{said}"
            );
        }
    }

    #[test]
    fn interest_is_told_in_words() {
        let told = |said| of_interest(said, NOW, &TimeZone::UTC);
        assert_eq!(
            told("a room from 12 December to 14 December").as_deref(),
            Some("12 Dec 2025 – 14 Dec 2025")
        );
        assert_eq!(told("free next weekend?").as_deref(), Some("next weekend"));
        assert_eq!(told("how much is parking"), None);
    }
}
