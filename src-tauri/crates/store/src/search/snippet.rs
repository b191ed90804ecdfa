//! The piece of a text that matches.

/// Cuts a text at the marks the search puts around matches (characters 1 and 2). Parts alternate plain, marked, plain, …
/// whatever the text itself holds.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in text.chars() {
        let marked = parts.len() % 2 == 0;
        match letter {
            '\u{1}' if !marked => parts.push(String::new()),
            '\u{2}' if marked => parts.push(String::new()),
            '\u{1}' | '\u{2}' => {}
            letter => {
                if let Some(part) = parts.last_mut() {
                    part.push(letter);
                }
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn plain_and_marked_take_turns() {
        assert_eq!(parts("the \u{1}pool\u{2} opens"), ["the ", "pool", " opens"]);
        assert_eq!(parts("\u{1}pool\u{2}"), ["", "pool", ""]);
        assert_eq!(
            parts("\u{2}odd\u{1}\u{1}one"),
            ["odd", "one"],
            "marks in the text itself do no harm"
        );
    }
}
