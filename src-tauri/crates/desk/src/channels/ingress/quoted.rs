//! What a guest wrote anew in a mail, without what a mail program quoted below it.

/// Lines above the quotation; all of them where nothing new would be left.
pub fn reply(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = (0..lines.len())
        .find(|index| begins_quotation(&lines[*index..]))
        .unwrap_or(lines.len());
    let reply = lines[..end].join("\n");
    let reply = reply.trim();
    if reply.is_empty() {
        text.trim().to_owned()
    } else {
        reply.to_owned()
    }
}

/// A line that says who wrote, followed by quoted lines; quoted lines to the end; or the mark some programs put there.
fn begins_quotation(rest: &[&str]) -> bool {
    let Some((first, below)) = rest.split_first() else {
        return false;
    };
    let first = first.trim();
    let is_mark = first.starts_with("-----") && first.ends_with("-----");
    if is_mark || first.chars().all(|letter| letter == '_') && first.len() > 20 {
        return true;
    }
    let mut said = below
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty());
    if first.starts_with('>') {
        return said.all(|line| line.starts_with('>'));
    }
    // "On Monday Ada wrote:" in any language, over one line or two.
    let quotes = |line: Option<&str>| line.is_some_and(|line| line.starts_with('>'));
    if first.ends_with(':') && first.contains(char::is_whitespace) {
        return quotes(said.next());
    }
    let names_somebody = first.contains('@') || first.contains(char::is_numeric);
    names_somebody && said.next().is_some_and(|second| second.ends_with(':')) && quotes(said.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_quoted_is_left_away() {
        for (mail, expected) in [
            (
                "Yes please\n\nOn Monday, Ada <a@x.example> wrote:\n> Shall we?\n> Ada",
                "Yes please",
            ),
            (
                "Ja gern\n\nAm 1.12.2026 um 10:00 schrieb Ada:\n\n> Sollen wir?",
                "Ja gern",
            ),
            (
                "Ok\n\nOn 1 Dec 2026, Ada <a@x.example>\nwrote:\n> Shall we?",
                "Ok",
            ),
            ("Fine\n\n-----Original Message-----\nFrom: Ada\nShall we?", "Fine"),
            ("Thanks\n> Shall we?\n>\n> Ada", "Thanks"),
        ] {
            assert_eq!(reply(mail), expected);
        }
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        let list = "We come at:\n- 10\n- 12";
        assert_eq!(reply(list), list);
        assert_eq!(reply("> everything is quoted"), "> everything is quoted");
        let between = "> Shall we?\nYes!";
        assert_eq!(reply(between), between);
    }

    proptest::proptest! {
        #[test]
        fn something_always_stays(mail in "[>:a-z@0-9 _\\-\n]{0,80}") {
            let reply = reply(&mail);
            proptest::prop_assert!(mail.contains(&reply));
            proptest::prop_assert_eq!(reply.is_empty(), mail.trim().is_empty());
        }
    }
}
