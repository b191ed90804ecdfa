//! What a language model may not get past: the never-list, promises, and facts from nowhere.

use crate::assistant::engine::never::{Reason, reasons_in};
use crate::assistant::engine::text;
use crate::assistant::engine::turn::{Turn, Who};

/// Longest answer, in characters.
const LONGEST: usize = 1200;
/// An answer without any look-up is small talk or nothing.
const SMALL_TALK: usize = 240;

/// Promises no assistant may make, folded.
const PROMISES: &[&str] = &[
    "we|i will|shall|can give|offer|send|pay|credit|return you",
    "promise*",
    "guarantee*",
    "free of charge as",
    "on the house",
    "upgrade you",
    "make an exception",
    "special price|rate|offer",
];

/// Says what is wrong with an answer, if anything. `sources` = the tool results it may draw on.
pub fn answer(said: &str, sources: &[String], turn: &Turn) -> Result<(), &'static str> {
    if said.is_empty() || said.chars().count() > LONGEST {
        return Err("empty or too long");
    }
    let touches = |reason: &Reason| {
        matches!(
            reason,
            Reason::Payment | Reason::Compensation | Reason::Legal | Reason::Custom | Reason::Emergency
        )
    };
    if reasons_in(said).iter().any(touches) {
        return Err("it handles a matter for people");
    }
    if text::holds_any(&text::words(said), PROMISES) {
        return Err("it promises something");
    }
    if sources.is_empty() && said.chars().count() > SMALL_TALK {
        return Err("it says much without a look-up");
    }
    let told = turn
        .lines
        .iter()
        .filter(|line| matches!(line.who, Who::Person(_) | Who::Ai))
        .map(|line| line.text.as_str());
    let known: Vec<&str> = sources.iter().map(String::as_str).chain(told).collect();
    let is_known = |piece: &str| known.iter().any(|source| source.contains(piece));
    if !numbers(said).all(|number| {
        known
            .iter()
            .any(|source| numbers(source).any(|other| other == number))
    }) {
        return Err("a number comes from nowhere");
    }
    if !links(said).all(is_known) {
        return Err("a link comes from nowhere");
    }
    Ok(())
}

/// Runs of digits without leading zeros: "07:00" and "7" are the same hour.
fn numbers(said: &str) -> impl Iterator<Item = &str> {
    said.split(|sign: char| !sign.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| match run.trim_start_matches('0') {
            "" => "0",
            number => number,
        })
}

fn links(said: &str) -> impl Iterator<Item = &str> {
    said.split_whitespace()
        .filter(|word| word.contains("://") || word.starts_with("www."))
        .map(|word| word.trim_matches(|sign: char| "().,;:!?<>\"'".contains(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assistant::engine::hours::Hours;
    use crate::assistant::engine::turn::{Guest, Property, PropertyKind};
    use jiff::tz::TimeZone;

    fn turn() -> Turn {
        let property = Property {
            name: "Hotel Aurora".to_owned(),
            kind: PropertyKind::Hotel,
            zone: TimeZone::UTC,
            hours: Hours::default(),
            portal_url: None,
        };
        Turn {
            lines: Vec::new(),
            guest: Guest::default(),
            property,
            pending: None,
            attributes: Default::default(),
            now: 0,
        }
    }

    #[test]
    fn facts_must_come_from_a_look_up() {
        let sources = ["Breakfast from 07:00 to 10:30, 19 euros. https://aurora.example".to_owned()];
        let check = |said| answer(said, &sources, &turn());
        assert_eq!(check("Breakfast is from 7 to 10:30 and costs €19."), Ok(()));
        assert!(check("Breakfast is from 6:00.").is_err());
        assert!(check("See https://elsewhere.example").is_err());
        assert!(check("").is_err());
    }

    #[test]
    fn promises_and_matters_for_people_are_refused() {
        for said in [
            "We will refund you today.",
            "I can offer you a free night.",
            "I promise it will be clean.",
            "As compensation you get breakfast.",
            "We will give you a discount.",
            "Of course you can bring your dog.",
        ] {
            assert!(answer(said, &["x".to_owned()], &turn()).is_err(), "{said}");
        }
        assert_eq!(
            answer("The pool is on the top floor.", &["x".to_owned()], &turn()),
            Ok(())
        );
    }
}
