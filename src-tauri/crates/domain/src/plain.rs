//! One line of somebody else's text among words of ours: a name, a reason, the name of a file.
//!
//! Not for what people write at length, which is shown as it was written and isolated by the page.

/// The text without breaks and other controls, and without marks that turn the direction of what stands after them.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !letter.is_control() && !turns_direction(*letter))
        .collect()
}

/// As [`plain`], and closed in itself where it has letters of the other direction, so that they do not carry the
/// punctuation around them along. For places without a page to isolate it.
pub fn isolated(text: &str, right_to_left: bool) -> String {
    let text = plain(text);
    let is_other = |letter: char| letter.is_alphabetic() && is_right_to_left(letter) != right_to_left;
    if text.chars().any(is_other) {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text
    }
}

/// Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Hebrew, Arabic and their neighbours, by block.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{0590}'..='\u{08ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_turns_what_stands_after_it() {
        assert_eq!(plain("Invoice\u{202e}fdp.exe"), "Invoicefdp.exe");
        assert_eq!(plain("\u{2067}\u{2066}Ana\u{0}\nBo\u{2028}C"), "Ana Bo C");
        assert_eq!(
            plain("Zoë 👩\u{200d}🚀"),
            "Zoë 👩\u{200d}🚀",
            "joined signs stay joined"
        );
    }

    #[test]
    fn letters_of_the_other_direction_stay_among_themselves() {
        assert_eq!(isolated("Priya (2)", false), "Priya (2)");
        assert_eq!(isolated("نورة", false), "\u{2068}نورة\u{2069}");
        assert_eq!(isolated("\u{202e}נועה", false), "\u{2068}נועה\u{2069}");
        assert_eq!(isolated("Priya", true), "\u{2068}Priya\u{2069}");
        assert_eq!(isolated("+36 30 123", true), "+36 30 123");
    }
}
