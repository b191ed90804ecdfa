//! Whether a guest's words only thank, or say goodbye: then a talk has probably come to its end.

/// Longer words say more than thanks.
const MOST_WORDS: usize = 10;

/// In the languages guests write most, in lower case; as they type them without accents, too.
const THANKS: &[&str] = &[
    "thanks",
    "thank",
    "thx",
    "cheers",
    "bye",
    "goodbye",
    "danke",
    "dankeschön",
    "dankeschon",
    "merci",
    "tschüss",
    "gracias",
    "adiós",
    "adios",
    "köszönöm",
    "koszonom",
    "köszönjük",
    "koszonjuk",
    "köszi",
    "koszi",
    "kösz",
    "viszlát",
    "grazie",
    "obrigado",
    "obrigada",
    "dank",
    "bedankt",
    "شكرا",
    "شكراً",
    "مشكور",
    "مشكورة",
];

/// After these comes what the guest is not content with.
const TURNS: &[&str] = &[
    "but", "however", "still", "not", "aber", "noch", "nicht", "pero", "todavía", "todavia", "aún", "aun",
    "még", "meg", "nem", "azonban", "mais", "però", "لكن", "ولكن",
];

/// True for a few words of thanks that ask nothing and complain of nothing.
pub fn is_thanks(text: &str) -> bool {
    if text.contains(['?', '؟', '¿']) {
        return false;
    }
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\u{64b}')
        .filter(|word| !word.is_empty())
        .collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    words.len() <= MOST_WORDS && has(THANKS) && !has(TURNS)
}

#[cfg(test)]
mod tests {
    use super::is_thanks;

    #[test]
    fn a_few_words_of_thanks_end_a_talk() {
        for text in [
            "Perfect, thanks",
            "Thank you so much!",
            "Super, danke!",
            "Gracias",
            "Köszönöm szépen!",
            "شكراً",
            "No, thanks. Bye 👋",
        ] {
            assert!(is_thanks(text), "{text}");
        }
    }

    #[test]
    fn thanks_that_go_on_do_not() {
        for text in [
            "",
            "Great",
            "Thanks, and until when is breakfast?",
            "Thanks but the room is still dirty",
            "Danke, aber das Wasser ist kalt",
            "Thanks for the quick answer, please book us the family room from Friday to Sunday then",
            "Thanksgiving dinner for two",
        ] {
            assert!(!is_thanks(text), "{text}");
        }
    }
}
