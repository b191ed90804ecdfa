//! Times of many runs, and the table they are printed in.

use crate::machine;
use std::time::Duration;

/// Durations of the same thing, many times.
#[derive(Default)]
pub struct Samples(Vec<Duration>);

impl Samples {
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Milliseconds below which `percent` of a hundred runs stayed.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted
            .get(place)
            .map_or(0.0, |duration| duration.as_secs_f64() * 1e3)
    }
}

/// What a number is compared with.
#[derive(Clone, Copy)]
pub enum Aim {
    AtMost(f64),
    AtLeast(f64),
    /// Only told.
    None,
}

impl Aim {
    fn verdict(self, value: f64) -> &'static str {
        match self {
            Self::AtMost(most) if value <= most => "met",
            Self::AtLeast(least) if value >= least => "met",
            Self::None => "",
            _ => "NOT MET",
        }
    }

    fn text(self) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {most}"),
            Self::AtLeast(least) => format!("≥ {least}"),
            Self::None => String::new(),
        }
    }
}

/// Prints the head of the table; `floor_ms` is what asking for nothing costs.
pub fn head(title: &str) {
    println!("\n## {title}\n\n{}\n", machine::describe());
    println!("| What | Value | Unit | Aim | | p50 | Floor | Load |");
    println!("|---|---:|---|---:|---|---:|---:|---:|");
}

/// One line whose value is the 95th percentile.
pub fn p95(what: &str, samples: &Samples, aim: Aim, floor_ms: f64) {
    let (value, middle) = (samples.percentile(95), samples.percentile(50));
    print(what, value, "ms p95", aim, &format!("{middle:.3}"), floor_ms);
}

/// One line of a value that is no duration of single runs.
pub fn value(what: &str, value: f64, unit: &str, aim: Aim, floor_ms: f64) {
    print(what, value, unit, aim, "", floor_ms);
}

fn print(what: &str, value: f64, unit: &str, aim: Aim, middle: &str, floor_ms: f64) {
    let shown = if value >= 1000.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.3}")
    };
    let floor = if floor_ms > 0.0 {
        format!("{floor_ms:.3}")
    } else {
        String::new()
    };
    let (aimed, verdict, load) = (aim.text(), aim.verdict(value), machine::load());
    println!("| {what} | {shown} | {unit} | {aimed} | {verdict} | {middle} | {floor} | {load} |");
}
