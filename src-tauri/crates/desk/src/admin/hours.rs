//! Opening hours as one writes them: `mon-fri 07:00-22:00`, `sat 08:00-14:00`, `sun 00:00-24:00`.

use serde_json::{Value, json};

const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Opening and closing in minutes after midnight, Sunday first; closed on the days that are `None`.
pub type Week = [Option<(u16, u16)>; 7];

/// The week all stretches make together; `None` without any: open always.
pub fn week(stretches: &[String]) -> Result<Option<Week>, String> {
    let mut week = Week::default();
    for stretch in stretches {
        let wrong = || format!("hours read like \"mon-fri 07:00-22:00\", not \"{stretch}\"");
        let lower = stretch.to_ascii_lowercase();
        let (days, times) = lower.trim().split_once(' ').ok_or_else(wrong)?;
        let times = span(times.trim()).ok_or_else(wrong)?;
        for day in days_of(days).ok_or_else(wrong)? {
            if week[day].replace(times).is_some() {
                return Err(format!("hours name {} twice; a day has one stretch", DAYS[day]));
            }
        }
    }
    Ok((!stretches.is_empty()).then_some(week))
}

/// `mon`, `mon-fri`, `sat-mon`.
fn days_of(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| DAYS.iter().position(|known| *known == name);
    let (first, last) = match text.split_once('-') {
        Some((first, last)) => (day(first)?, day(last)?),
        None => (day(text)?, day(text)?),
    };
    let count = (last + 7 - first) % 7 + 1;
    Some((0..count).map(|offset| (first + offset) % 7).collect())
}

fn span(text: &str) -> Option<(u16, u16)> {
    let (opens, closes) = text.split_once('-')?;
    let (opens, closes) = (minutes(opens)?, minutes(closes)?);
    (opens < closes).then_some((opens, closes))
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let is_number = |part: &str| part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 24 * 60).then_some(minutes)
}

/// As a channel keeps them (reference §2.2).
pub fn wire(week: &Week) -> Value {
    let day = |(weekday, span): (usize, &Option<(u16, u16)>)| {
        let is_all_day = *span == Some((0, 24 * 60));
        // The day's last minute stands for its end.
        let shown = span
            .filter(|_| !is_all_day)
            .map(|(opens, closes)| (opens, closes.min(24 * 60 - 1)));
        json!({
            "day_of_week": weekday,
            "closed_all_day": span.is_none(),
            "open_all_day": is_all_day,
            "open_hour": shown.map(|(opens, _)| opens / 60),
            "open_minutes": shown.map(|(opens, _)| opens % 60),
            "close_hour": shown.map(|(_, closes)| closes / 60),
            "close_minutes": shown.map(|(_, closes)| closes % 60),
        })
    };
    Value::Array(week.iter().enumerate().map(day).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stretches: &[&str]) -> Result<Option<Week>, String> {
        let stretches: Vec<String> = stretches.iter().map(|&one| one.to_owned()).collect();
        week(&stretches)
    }

    #[test]
    fn stretches_make_a_week() {
        let week = read(&["mon-fri 07:00-22:00", "Sat 08:00-14:30"])
            .unwrap()
            .unwrap();
        assert_eq!(week[0], None);
        assert_eq!(week[1], Some((420, 1320)));
        assert_eq!(week[5], Some((420, 1320)));
        assert_eq!(week[6], Some((480, 870)));
        let over_sunday = read(&["sat-mon 10:00-12:00"]).unwrap().unwrap();
        assert!(over_sunday[6].is_some() && over_sunday[0].is_some() && over_sunday[1].is_some());
        assert_eq!(read(&[]), Ok(None));
    }

    #[test]
    fn nonsense_is_refused() {
        for wrong in [
            "",
            "mon",
            "mon 7-22",
            "mon 22:00-07:00",
            "mon 07:00-25:00",
            "mon 07:61-08:00",
            "monday 07:00-08:00",
            "mon-xyz 07:00-08:00",
        ] {
            assert!(read(&[wrong]).is_err(), "{wrong}");
        }
        assert!(read(&["mon 07:00-08:00", "mon-tue 09:00-10:00"]).is_err());
    }

    #[test]
    fn a_whole_day_is_one_on_the_wire() {
        let week = read(&["sun 00:00-24:00", "mon 12:00-24:00"]).unwrap().unwrap();
        let wire = wire(&week);
        assert_eq!(wire[0]["open_all_day"], true);
        assert_eq!(wire[1]["close_hour"], 23);
        assert_eq!(wire[1]["close_minutes"], 59);
        assert_eq!(wire[2]["closed_all_day"], true);
    }
}
