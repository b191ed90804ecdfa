//! The lock screen's rules: what a PIN is, and how tries are slowed. A PIN is short, so guessing has to be slow; what was
//! tried is kept on disk, so that starting the program again does not help.

/// How many wrong tries cost nothing but the try.
const FREE: u32 = 3;
/// Seconds to wait after the tries beyond those; the last is for all that follow.
const WAITS: [i64; 6] = [10, 30, 60, 300, 900, 3600];
/// Digits of a PIN.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// Four to eight digits.
pub fn is_pin(text: &str) -> bool {
    DIGITS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// When the next try may be made after so many wrong ones, the last at `last_at`; `None` = now. A clock that was set back
/// does not hold anybody out for longer.
pub fn next_try_at(failures: u32, last_at: i64, now: i64) -> Option<i64> {
    let beyond = usize::try_from(failures.checked_sub(FREE)?).unwrap_or(usize::MAX);
    let wait = WAITS[beyond.min(WAITS.len() - 1)];
    let at = last_at.checked_add(wait)?;
    (last_at..at).contains(&now).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_four_to_eight_digits() {
        for pin in ["0000", "12345678"] {
            assert!(is_pin(pin), "{pin}");
        }
        for pin in ["", "123", "123456789", "12a4", "١٢٣٤", "12 4"] {
            assert!(!is_pin(pin), "{pin}");
        }
    }

    #[test]
    fn tries_are_slowed_more_and_more_and_never_for_ever() {
        let wait = |failures| next_try_at(failures, 1000, 1000).map_or(0, |at| at - 1000);
        assert_eq!(
            [0, 2, 3, 4, 5, 6, 7, 8, 9, 4_000_000].map(wait),
            [0, 0, 10, 30, 60, 300, 900, 3600, 3600, 3600]
        );
        assert_eq!(next_try_at(3, 1000, 1009), Some(1010));
        assert_eq!(next_try_at(3, 1000, 1010), None);
        assert_eq!(next_try_at(9, 1000, 999), None, "the clock was set back");
        assert_eq!(
            next_try_at(9, i64::MAX, i64::MAX),
            None,
            "no time comes after the last"
        );
    }
}
