//! The words of native notifications: the one text that Rust shows without the screen.

/// A guest who needs a person.
pub struct Guest<'a> {
    pub name: &'a str,
    pub property: &'a str,
    pub reason: Option<&'a str>,
    pub last_words: &'a str,
}

/// Title and body for one guest. Without names the body names the property only, because guests see the counter's
/// screen.
pub fn ring_one(guest: &Guest<'_>, names: bool) -> (String, String) {
    if !names {
        return ("A guest needs a person".to_owned(), guest.property.to_owned());
    }
    let name = if guest.name.is_empty() {
        "A guest"
    } else {
        guest.name
    };
    let mut body = match guest.reason {
        Some(reason) => format!("{reason}, {}", guest.property),
        None => guest.property.to_owned(),
    };
    if !guest.last_words.is_empty() {
        body += &format!(". “{}”", guest.last_words);
    }
    (format!("{name} needs a person"), body)
}

/// Title and body for several guests at once.
pub fn ring_several(count: usize, names_or_properties: &[String]) -> (String, String) {
    let mut distinct: Vec<&str> = Vec::new();
    for text in names_or_properties {
        if !text.is_empty() && !distinct.contains(&text.as_str()) {
            distinct.push(text);
        }
    }
    (format!("{count} guests need a person"), distinct.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_screen_shows_neither_name_nor_words() {
        let guest = Guest {
            name: "Priya Raghunathan",
            property: "Hotel Aurora",
            reason: Some("Payment dispute"),
            last_words: "Refund me",
        };
        let (title, body) = ring_one(&guest, false);
        assert_eq!(
            (title.as_str(), body.as_str()),
            ("A guest needs a person", "Hotel Aurora")
        );
        let (title, body) = ring_one(&guest, true);
        assert_eq!(title, "Priya Raghunathan needs a person");
        assert_eq!(body, "Payment dispute, Hotel Aurora. “Refund me”");
    }
}
