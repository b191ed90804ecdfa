//! What was typed, as questions to the search tables.

/// More than anybody types, less than could slow a search down.
const LONGEST: usize = 200;
const MOST_WORDS: usize = 8;

/// The number table knows runs of three.
const FEWEST_DIGITS: usize = 3;

/// The questions a text asks; nothing = does not ask it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// One letter is all there is: looked for in names and subjects, not in every message.
    pub is_one_letter: bool,
    /// All of them must occur, each as the beginning of a word.
    pub words: Vec<String>,
    /// A run of digits anywhere inside a number.
    pub number: Option<String>,
}

impl Phrase {
    pub(super) fn of(text: &str) -> Self {
        let text: String = text
            .chars()
            .filter(|letter| *letter != '\0')
            .take(LONGEST)
            .collect();
        Self {
            is_one_letter: is_one_letter(&text),
            words: words(&text),
            number: number(&text),
        }
    }
}

/// Each word stands in quotes, so that nothing in it is an operator; what splits a word (`a@b`, `22-24`) makes its parts
/// neighbours. A word without a letter or digit would match nothing and is left out.
fn words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .collect();
    let long = words.iter().any(|word| !is_one_letter(word));
    let asked = words.into_iter().filter(|word| !long || !is_one_letter(word));
    asked.map(quoted).collect()
}

fn quoted(word: &str) -> String {
    let text = word.replace('"', "\"\"");
    // Every other message has a number that begins with a 5: a single digit is a whole number.
    let whole = word.len() == 1 && word.bytes().all(|letter| letter.is_ascii_digit());
    format!("\"{text}\"{}", if whole { "" } else { "*" })
}

/// A letter of an alphabet, and nothing else: half of all messages have a word that begins with it, so beside other words
/// it says nothing yet. A sign of Chinese or Japanese is a word.
fn is_one_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphanumeric());
    let first = letters
        .next()
        .filter(|letter| *letter < '\u{3000}' && letter.is_alphabetic());
    first.is_some() && letters.next().is_none()
}

/// A number as people write them: digits with spaces, brackets and the like between. Without the zeros in front too,
/// because 0171 234 is stored as +49 171 234.
fn number(text: &str) -> Option<String> {
    let written_as_number =
        |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || "+-/().".contains(letter);
    if !text.chars().all(written_as_number) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let without_zeros = digits.trim_start_matches('0');
    let runs: Vec<String> = [digits.as_str(), without_zeros]
        .iter()
        .filter(|run| run.len() >= FEWEST_DIGITS)
        .map(|run| format!("\"{run}\""))
        .collect();
    (!runs.is_empty()).then(|| runs.join(" OR "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_and_quotes_are_text() {
        let phrase = Phrase::of("say \"hi\" OR *");
        assert_eq!(phrase.words, [r#""say"*"#, r#""""hi"""*"#, r#""OR"*"#]);
        assert!(Phrase::of(" -- * ").words.is_empty());
    }

    #[test]
    fn one_letter_beside_words_waits_for_the_next() {
        assert_eq!(Phrase::of("late c").words, [r#""late"*"#]);
        assert_eq!(Phrase::of("朝 食").words, [r#""朝"*"#, r#""食"*"#]);
        assert_eq!(Phrase::of("room 5").words, [r#""room"*"#, r#""5""#]);
        assert_eq!(Phrase::of("c").words, [r#""c"*"#]);
        assert!(Phrase::of("c").is_one_letter && !Phrase::of("朝").is_one_letter);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(
            Phrase::of("(0171) 23-4").number.as_deref(),
            Some("\"0171234\" OR \"171234\"")
        );
        assert_eq!(Phrase::of("12").number, None);
        assert_eq!(Phrase::of("room 204").number, None);
    }
}
