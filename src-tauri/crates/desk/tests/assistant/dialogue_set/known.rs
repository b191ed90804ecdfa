//! Every number an answer may hold. One from elsewhere was made up.

use super::script::Dialogue;
use serde_json::Value;
use std::collections::HashSet;

const HOTEL: &str = include_str!("../../../../../../assets/demo/hotel.json");
const SALON: &str = include_str!("../../../../../../assets/demo/salon.json");

/// The numbers of a house and of a guest's bookings, without leading zeros.
pub struct Known {
    numbers: HashSet<String>,
}

impl Known {
    pub fn of(dialogue: &Dialogue) -> Self {
        let house = if dialogue.property == "Hotel Aurora" {
            HOTEL
        } else {
            SALON
        };
        let mut numbers = HashSet::new();
        collect(&serde_json::from_str(house).unwrap(), &mut numbers);
        let mut day = vec![dialogue.now.clone()];
        for booking in &dialogue.bookings {
            let starts: jiff::civil::DateTime = booking.starts.parse().unwrap();
            let nights = booking.nights.unwrap_or(0);
            let ends = starts
                .checked_add(
                    jiff::Span::new()
                        .days(nights)
                        .minutes(booking.minutes.unwrap_or(60)),
                )
                .unwrap();
            day.extend([
                booking.reference.clone(),
                booking.title.clone(),
                starts.to_string(),
                ends.to_string(),
                format!("11:00 {nights}"),
            ]);
        }
        day.push(dialogue.bookings.len().to_string());
        numbers.extend(day.iter().flat_map(|text| runs(text)).map(str::to_owned));
        Self { numbers }
    }

    /// What was told once, and judged then, may be told again.
    pub fn learn(&mut self, said: &str) {
        self.numbers.extend(runs(said).map(str::to_owned));
    }

    /// The first number of a text that comes from nowhere. Free times are dates nobody wrote down before.
    pub fn stranger<'a>(&self, said: &'a str, looked_for_times: bool) -> Option<&'a str> {
        runs(said).find(|run| {
            let is_time = looked_for_times && matches!(run.parse::<i64>(), Ok(0..=31 | 2025 | 2026));
            !is_time && !self.numbers.contains(*run)
        })
    }
}

/// Texts as they are; prices in whole units and cents; minutes after midnight as hours and minutes.
fn collect(value: &Value, numbers: &mut HashSet<String>) {
    match value {
        Value::String(text) => numbers.extend(runs(text).map(str::to_owned)),
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(0);
            numbers.extend([number / 100, number % 100].map(|part| part.to_string()));
            if number <= 24 * 60 {
                numbers.extend([number / 60, number % 60].map(|part| part.to_string()));
            }
        }
        Value::Array(all) => all.iter().for_each(|one| collect(one, numbers)),
        Value::Object(all) => all.values().for_each(|one| collect(one, numbers)),
        _ => {}
    }
}

/// Runs of digits without leading zeros.
pub fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| match run.trim_start_matches('0') {
            "" => "0",
            number => number,
        })
}
