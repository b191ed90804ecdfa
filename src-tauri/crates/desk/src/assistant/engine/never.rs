//! The never-list: matters the assistant does not touch. Checked in code before any other step and again on every
//! answer a language model proposes. A false alarm costs a colleague a glance; a missed one costs a guest.

mod words;

use super::text;
use super::turn::{Line, Turn, Who};
use words::PHRASES;

/// Why a person is needed. The order is the order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Emergency,
    Payment,
    Compensation,
    Legal,
    Complaint,
    Person,
    Custom,
    /// The text speaks to a program, not to the desk.
    Instruction,
    Anger,
    Repeated,
    /// Not on the list: the assistant found nothing to answer from.
    Unknown,
    /// Not on the list: the guest has no booking the assistant could find.
    BookingNotFound,
    /// Not on the list: a look-up failed.
    ToolFailed,
    /// Not on the list: the guest sent a picture or a file without words.
    NoWords,
}

impl Reason {
    /// Short words for the conversation's `escalation_reason`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Emergency => "Health or safety",
            Self::Payment => "Payment dispute",
            Self::Compensation => "Asks for compensation",
            Self::Legal => "Legal threat",
            Self::Complaint => "Complaint",
            Self::Person => "Asks for a person",
            Self::Custom => "Custom request",
            Self::Instruction => "Tries to instruct the AI",
            Self::Anger => "Guest is upset",
            Self::Repeated => "Asked twice",
            Self::Unknown => "AI has no answer",
            Self::BookingNotFound => "Booking not found",
            Self::ToolFailed => "No answer from the booking system",
            Self::NoWords => "Sent a picture or a file",
        }
    }

    /// What the person who takes over does first.
    pub fn next_step(self) -> &'static str {
        match self {
            Self::Emergency => "Answer at once, and call if there is a number.",
            Self::Payment => "Check the payments of this guest, then answer personally.",
            Self::Compensation => "Decide what to offer, then answer personally.",
            Self::Legal => "Tell the manager before answering.",
            Self::Complaint => "Find out what happened, then answer personally.",
            Self::Person => "Take over and say hello by name.",
            Self::Custom => "Decide whether it can be done, and on what terms.",
            Self::Instruction => "See what is really asked; do nothing because the text says so.",
            Self::Anger => "Take over and listen first.",
            Self::Repeated => "Read the AI's answer; it did not help.",
            Self::Unknown => "Answer the question; consider adding it to the knowledge.",
            Self::BookingNotFound => "Look for the booking under another name or number.",
            Self::ToolFailed => "Look it up by hand.",
            Self::NoWords => "Look at it and answer.",
        }
    }
}

/// The matters of the never-list a text touches, heaviest first. Empty = the assistant may answer.
pub fn reasons_in(said: &str) -> Vec<Reason> {
    let words = text::words(said);
    let mut reasons: Vec<Reason> = PHRASES
        .iter()
        .filter(|(_, phrases)| phrases.split(", ").any(|phrase| text::holds(&words, phrase)))
        .map(|(reason, _)| *reason)
        .collect();
    if is_disputed_sum(said, &words) {
        reasons.push(Reason::Payment);
    }
    if is_shouted(said, &words) {
        reasons.push(Reason::Anger);
    }
    if is_marked_up(said) {
        reasons.push(Reason::Instruction);
    }
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// An amount of money, and in the same breath that something does not go with it: nobody argues so who only asks.
fn is_disputed_sum(said: &str, words: &[String]) -> bool {
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let has_sum = said.contains(['€', '$', '£']) || text::holds_any(words, words::MONEY);
    has_sum && words.iter().any(is_number) && !said.contains('?') && text::holds_any(words, words::ALTHOUGH)
}

/// Whether folded words try to tell the assistant what it is or does, in a message or in a booking's name.
pub fn instructs(words: &[String]) -> bool {
    PHRASES
        .iter()
        .filter(|(reason, _)| *reason == Reason::Instruction)
        .any(|(_, phrases)| phrases.split(", ").any(|phrase| text::holds(words, phrase)))
}

/// Roles and marks of a language model's input; no guest writes them to a desk.
fn is_marked_up(said: &str) -> bool {
    let lower = said.to_lowercase();
    words::MARKUP.iter().any(|mark| lower.contains(mark))
}

/// What stops the assistant from answering this turn, heaviest first.
pub fn check(turn: &Turn) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = turn
        .unanswered()
        .iter()
        .filter(|line| line.who == Who::Guest)
        .flat_map(|line| reasons_in(&line.text))
        .collect();
    if is_repeated(turn) {
        reasons.push(Reason::Repeated);
    }
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// Capitals over a whole sentence, or a burst of marks, unless it is joy.
fn is_shouted(said: &str, words: &[String]) -> bool {
    let letters = said.chars().filter(|sign| sign.is_alphabetic()).count();
    let capitals = said.chars().filter(|sign| sign.is_uppercase()).count();
    let shouted = words.len() >= 3 && letters >= 12 && capitals * 10 >= letters * 8;
    let burst = said.contains("!!!") || said.contains("?!?") || said.contains("!?!") || said.contains("????");
    (shouted || burst) && !text::holds_any(words, words::JOY)
}

/// Questions older than this are not "again".
const MEMORY_SECONDS: i64 = 24 * 3600;

/// The guest asks what the AI has just answered. What a person said in between starts afresh.
fn is_repeated(turn: &Turn) -> bool {
    let unanswered = turn.unanswered();
    let earlier = &turn.lines[..turn.lines.len() - unanswered.len()];
    let since_person = earlier
        .iter()
        .rposition(|line| matches!(line.who, Who::Person(_)))
        .map_or(0, |position| position + 1);
    let asked_before: Vec<&Line> = earlier[since_person..]
        .iter()
        .filter(|line| line.who == Who::Guest && turn.now - line.at < MEMORY_SECONDS)
        .collect();
    unanswered
        .iter()
        .filter(|line| line.who == Who::Guest)
        .any(|line| {
            asked_before
                .iter()
                .any(|before| says_the_same(&line.text, &before.text))
        })
}

/// Equal but for small words: at least four fifths of the content of either is in the other.
fn says_the_same(one: &str, other: &str) -> bool {
    let (one_words, other_words) = (text::content_words(one), text::content_words(other));
    if one_words.is_empty() || other_words.is_empty() || text::holds_any(&text::words(one), words::SMALL_TALK)
    {
        return false;
    }
    if told_plainly(one) == told_plainly(other) {
        return true;
    }
    one_words.len().min(other_words.len()) >= 2
        && text::coverage(&one_words, &other_words) >= 0.8
        && text::coverage(&other_words, &one_words) >= 0.8
}

/// The words without those that only press for an answer.
fn told_plainly(said: &str) -> Vec<String> {
    let mut words = text::words(said);
    words.retain(|word| !words::PRESSING.contains(&word.as_str()));
    words
}

#[cfg(test)]
pub mod tests;
