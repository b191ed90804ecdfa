//! Names as an address book has them: without accents and case, numbers apart from letters.

use deskbell_domain::Contact;
use icu_normalizer::DecomposingNormalizerBorrowed;

/// Stands before every letter: for names that do not begin with one.
const NO_LETTER: char = ' ';

/// What such names stand under.
pub(crate) const NO_LETTER_SHOWN: &str = "#";

/// What customers are sorted by; empty for a complete stranger.
pub(crate) fn sort_name(contact: &Contact) -> String {
    let plain = plain(contact.display_name().trim());
    match plain.chars().next() {
        Some(first) if !first.is_alphabetic() => format!("{NO_LETTER}{plain}"),
        _ => plain,
    }
}

/// What a name stands under: its first letter, or `#`.
pub(crate) fn letter(first: &str) -> String {
    match first.chars().next() {
        Some(letter) if letter != NO_LETTER => letter.to_uppercase().collect(),
        _ => NO_LETTER_SHOWN.into(),
    }
}

fn plain(name: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfkd()
        .normalize(name)
        .chars()
        .filter(|sign| !is_accent(*sign))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The combining marks of Latin, Greek and Cyrillic; those of other scripts are part of their letters.
fn is_accent(sign: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        let told = serde_json::json!({
            "id": 1, "name": name, "email": null, "phone_number": "+41 79", "identifier": null, "thumbnail": "",
            "blocked": null, "created_at": null, "last_activity_at": null, "custom_attributes": {},
            "additional_attributes": {},
        });
        sort_name(&serde_json::from_value(told).unwrap())
    }

    #[test]
    fn accents_and_case_do_not_part_names() {
        assert_eq!(
            (named("Émilie").as_str(), named("Ζωή").as_str()),
            ("emilie", "ζωη")
        );
        assert_eq!(
            (letter(&named("Ärzte")), letter(&named("мира"))),
            ("A".into(), "М".into())
        );
    }

    #[test]
    fn what_begins_with_no_letter_stands_first() {
        assert_eq!(letter(&named("7 Dwarfs")), "#");
        assert_eq!(letter(&named(" ")), "#", "the number, where there is no name");
        assert!(named("{odd") < named("Aaron"));
    }
}
