//! Which release a server runs, and what follows from it (reference §12).

/// The version a server names, such as `4.15.1`. Whatever cannot be read counts as 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVersion {
    text: String,
    parts: (u32, u32, u32),
}

impl ServerVersion {
    /// Reads `4.15.1`, `v4.15.1` or `4.15.1-ce`.
    pub fn parse(text: &str) -> Self {
        let mut numbers = text
            .trim()
            .trim_start_matches('v')
            .split('.')
            .map(|part| part.chars().take_while(char::is_ascii_digit).collect::<String>())
            .map(|digits| digits.parse().unwrap_or(0));
        let mut next = || numbers.next().unwrap_or(0);
        let parts = (next(), next(), next());
        Self {
            text: text.trim().to_owned(),
            parts,
        }
    }

    /// The server's own words.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True from release `major.minor` on.
    pub fn at_least(&self, major: u32, minor: u32) -> bool {
        (self.parts.0, self.parts.1) >= (major, minor)
    }

    /// Whether a message keeps the key Deskbell gives it, so that a lost answer can be read back surely (reference §4.5).
    pub fn keeps_client_ref(&self) -> bool {
        self.at_least(4, 9)
    }

    /// Whether a new message touches `updated_at`, so that `updated_within` can be relied on (reference §3.2).
    pub fn updated_within_is_reliable(&self) -> bool {
        self.at_least(4, 12)
    }
}

impl std::fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_compare_by_number_and_odd_ones_do_not_fail() {
        assert!(ServerVersion::parse("4.15.1").at_least(4, 9));
        assert!(!ServerVersion::parse("4.8.0").keeps_client_ref());
        assert!(ServerVersion::parse("v4.12.0-ce").updated_within_is_reliable());
        assert!(ServerVersion::parse("5").at_least(4, 18));
        assert!(!ServerVersion::parse("next").at_least(3, 6));
        assert!(!ServerVersion::parse("99999999999999.1").at_least(3, 6));
    }
}
