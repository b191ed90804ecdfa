//! What simulated guests say, by language.

use serde::Deserialize;

/// Names and lines of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    pub names: Vec<String>,
    /// First questions to a hotel.
    pub hotel: Vec<String>,
    /// First questions to a salon.
    pub salon: Vec<String>,
    /// About a booking of their own.
    pub booking: Vec<String>,
    /// A second question.
    pub more: Vec<String>,
    pub thanks: Vec<String>,
    /// For a person to settle.
    pub complaint: Vec<String>,
    /// The wish for a person.
    pub person: Vec<String>,
    /// When nobody answers.
    pub impatient: Vec<String>,
    pub stop: Vec<String>,
    /// On coming back later.
    pub back: Vec<String>,
}

/// ISO 639-1 codes and texts.
const SOURCES: &[(&str, &str)] = &[
    ("en", include_str!("lines/en.json")),
    ("de", include_str!("lines/de.json")),
    ("es", include_str!("lines/es.json")),
    ("hu", include_str!("lines/hu.json")),
];

/// All languages by code. Fails only where the program was built with a broken text.
pub fn all() -> Result<Vec<(&'static str, Lines)>, serde_json::Error> {
    let read = |(code, text): &(&'static str, &str)| Ok((*code, serde_json::from_str(text)?));
    SOURCES.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_line() {
        let all = all().unwrap();
        assert_eq!(all.len(), 4);
        for (code, lines) in &all {
            for list in [
                &lines.names,
                &lines.hotel,
                &lines.salon,
                &lines.booking,
                &lines.more,
                &lines.thanks,
                &lines.complaint,
                &lines.person,
                &lines.impatient,
                &lines.stop,
                &lines.back,
            ] {
                assert!(!list.is_empty(), "{code}");
                assert!(
                    list.iter()
                        .all(|line| !line.trim().is_empty() && line.len() < 200),
                    "{code}"
                );
            }
        }
    }
}
