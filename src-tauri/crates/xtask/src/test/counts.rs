//! How many tests passed and failed, read from what the runners say.

use serde_json::Value;
use std::fs;
use std::path::Path;
use xtask::{Failure, Outcome};

/// Passed and failed tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
}

impl Counts {
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads `test result: ok. 5 passed; 0 failed; …`; `None` for any other line.
    pub fn of_line(line: &str) -> Option<Self> {
        let words = line.trim_start().strip_prefix("test result:")?;
        let words: Vec<&str> = words.split([' ', ';']).filter(|word| !word.is_empty()).collect();
        let before = |name| {
            let place = words.iter().position(|word| *word == name)?;
            words.get(place.checked_sub(1)?)?.parse().ok()
        };
        Some(Self {
            passed: before("passed")?,
            failed: before("failed")?,
        })
    }

    /// Reads the file of vitest's JSON reporter.
    pub fn of_vitest(path: &Path) -> Outcome<Self> {
        let text = fs::read_to_string(path).map_err(Failure::during("vitest left no results"))?;
        let value: Value = serde_json::from_str(&text).map_err(Failure::during("vitest's results"))?;
        let number = |name: &str| value[name].as_u64().and_then(|count| u32::try_from(count).ok());
        let both = number("numPassedTests").zip(number("numFailedTests"));
        let (passed, failed) = both.ok_or_else(|| Failure::new("vitest's results hold no counts"))?;
        Ok(Self { passed, failed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_line_of_the_test_runner() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(
            Counts::of_line(line),
            Some(Counts {
                passed: 12,
                failed: 3
            })
        );
        assert_eq!(Counts::of_line("test a::b ... ok"), None);
        assert_eq!(Counts::of_line("test result: nonsense"), None);
    }
}
