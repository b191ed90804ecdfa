//! What a sentence asks for.

mod words;

use super::language;
use super::text::{self, holds_any};
pub use words::FRAME;
use words::{
    BOOK, BOOKING, CANCEL, CANCEL_RULES, HELP, HOURS, JOY, MINE, MOVE, NOTED, OWN, PRICE, THANKS, WHEN,
};

/// What one sentence wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    Greeting,
    /// Asks what the assistant is good for.
    Help,
    Thanks,
    /// Looks forward to coming.
    Joy,
    Cancel,
    Move,
    When,
    Price,
    Hours,
    /// A new booking.
    Book,
    /// Anything else: look in the knowledge.
    Topic,
}

impl Intent {
    /// Reads one sentence.
    pub fn of(sentence: &str) -> Self {
        let words = text::words(sentence);
        let has = |phrases: &[&str]| holds_any(&words, phrases);
        let about_mine = has(BOOKING) && holds_any(&words, &[MINE]);
        if language::is_only_greeting(sentence) {
            Self::Greeting
        } else if has(HELP) && text::content_words(sentence).len() <= 3 {
            Self::Help
        } else if !words.is_empty() && words.iter().all(|word| NOTED.contains(&word.as_str())) {
            Self::Thanks
        } else if has(JOY) && !sentence.ends_with('?') {
            Self::Joy
        } else if has(CANCEL) && !has(CANCEL_RULES) && !asks_for_rules(&words) {
            Self::Cancel
        } else if has(MOVE) {
            Self::Move
        } else if has(OWN)
            || (about_mine
                && has(WHEN)
                && !has(PRICE)
                && !has(&["book|make|need|want a|an", "termin ~ frei|vereinbaren"]))
        {
            Self::When
        } else if has(PRICE) {
            Self::Price
        } else if has(BOOK) {
            Self::Book
        } else if has(HOURS) {
            Self::Hours
        } else if has(THANKS) && text::content_words(sentence).len() <= 3 {
            Self::Thanks
        } else {
            Self::Topic
        }
    }
}

/// "Can I cancel for free until the day before?" asks for the rule, "can I cancel" for the deed.
fn asks_for_rules(words: &[String]) -> bool {
    holds_any(
        words,
        &[
            "how ~ late|long|many ~ cancel*",
            "until when",
            "bis wann",
            "hasta cuando",
            "meddig",
            "cancel* ~ for free|until",
            "what happens if",
            "by when",
        ],
    )
}

/// A yes.
pub fn is_yes(said: &str) -> bool {
    let words = text::words(said);
    !is_no(said)
        && holds_any(
            &words,
            &[
                "yes",
                "yeah",
                "yep",
                "yup",
                "sure",
                "ok",
                "okay",
                "please do",
                "go ahead",
                "do it|that|so",
                "confirm*",
                "correct",
                "right",
                "of course",
                "sounds good",
                "perfect",
                "fine",
                "great",
                "y",
                "ja",
                "jawohl",
                "gerne",
                "genau",
                "bitte",
                "si",
                "claro",
                "vale",
                "por favor",
                "igen",
                "kerem",
                "persze",
                "rendben",
                "jo lesz",
            ],
        )
}

/// A no.
pub fn is_no(said: &str) -> bool {
    let words = text::words(said);
    holds_any(
        &words,
        &[
            "no",
            "nope",
            "dont",
            "do not",
            "not now|yet|anymore",
            "never mind",
            "nevermind",
            "keep it",
            "leave it",
            "wait",
            "stop",
            "nein",
            "nicht",
            "nem",
            "megse",
            "mejor no",
            "n",
        ],
    )
}

/// The words a sentence is about, without those that only frame the question.
pub fn matter_words(sentence: &str) -> Vec<String> {
    let all = text::content_words(sentence);
    let kept: Vec<String> = all
        .iter()
        .filter(|word| {
            !FRAME.contains(&word.as_str()) && !word.starts_with(|sign: char| sign.is_ascii_digit())
        })
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_understood() {
        for (said, intent) in [
            ("When is my booking?", Intent::When),
            ("What time is my appointment", Intent::When),
            ("Wann ist meine Buchung?", Intent::When),
            ("¿Cuándo es mi reserva?", Intent::When),
            ("Szia, mikor van a foglalásom?", Intent::When),
            ("Can I move it?", Intent::Move),
            ("I need to reschedule my appointment", Intent::Move),
            ("Could we change the date?", Intent::Move),
            ("I want to cancel", Intent::Cancel),
            ("Please cancel my booking", Intent::Cancel),
            ("What is your cancellation policy?", Intent::Topic),
            ("How much is a haircut?", Intent::Price),
            ("Was kostet ein Haarschnitt?", Intent::Price),
            ("What are your opening hours?", Intent::Hours),
            ("Are you open on Sunday?", Intent::Hours),
            ("I would like to book a massage", Intent::Book),
            ("Do you have a free room next weekend?", Intent::Book),
            ("When is breakfast?", Intent::Topic),
            ("Is there parking?", Intent::Topic),
            ("Thanks a lot", Intent::Thanks),
            ("Good evening", Intent::Greeting),
        ] {
            assert_eq!(Intent::of(said), intent, "{said}");
        }
    }

    #[test]
    fn a_hesitant_yes_is_not_a_yes() {
        assert!(is_yes("Yes please") && is_yes("ja, bitte") && is_yes("Igen") && is_yes("ok do it"));
        assert!(!is_yes("yes but do not cancel yet") && !is_yes("when is breakfast"));
        assert!(is_no("No, keep it") && is_no("nein danke"));
    }
}
