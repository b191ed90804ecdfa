//! Reading what a guest typed: folding, words, stems and phrases. Knows no meaning.

mod words;

use words::STOP;

/// Lower case, accents and apostrophes gone, every other sign a single space: "Where's the Café?" → "wheres the cafe".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text.chars().flat_map(char::to_lowercase) {
        match sign {
            '\'' | '’' | '‘' | '`' => {}
            sign if plain(sign).is_some() => folded.push_str(plain(sign).unwrap_or_default()),
            sign if sign.is_alphanumeric() => folded.push(sign),
            sign if is_combining(sign) => {}
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded words of a text.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_combining(sign: char) -> bool {
    matches!(sign, '\u{0300}'..='\u{036f}')
}

fn plain(sign: char) -> Option<&'static str> {
    Some(match sign {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ū' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// Cuts the common English endings, so that "towels" meets "towel" and "parking" meets "park".
pub fn stem(word: &str) -> &str {
    const ENDINGS: [(&str, usize); 6] = [
        ("ings", 4),
        ("ing", 4),
        ("ies", 4),
        ("es", 4),
        ("ed", 4),
        ("s", 3),
    ];
    for (ending, shortest) in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= shortest
            && !rest.ends_with('s')
        {
            return rest;
        }
    }
    word
}

/// True for two forms of one word: the same stem, or one begins with all of the other, four letters at least, and is not
/// much longer.
pub fn akin(one: &str, other: &str) -> bool {
    let (one, other) = (stem(one), stem(other));
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let ending = match short.len() {
        ..=4 => 2,
        5 => 3,
        _ => 5,
    };
    let longest = short.len() + ending;
    short == long || (short.len() >= 4 && long.len() <= longest && long.starts_with(short))
}

/// Whether folded `words` hold a phrase. A phrase is written as in the word tables: `|` between alternatives, `*` at the
/// end for any ending, `~` for up to four words of anything.
pub fn holds(words: &[String], phrase: &str) -> bool {
    let parts: Vec<&str> = phrase.split(' ').collect();
    (0..words.len()).any(|start| matches_from(&words[start..], &parts))
}

fn matches_from(words: &[String], parts: &[&str]) -> bool {
    match parts {
        [] => true,
        ["~", rest @ ..] => (0..=4.min(words.len())).any(|skipped| matches_from(&words[skipped..], rest)),
        [part, rest @ ..] => words.split_first().is_some_and(|(word, following)| {
            part.split('|').any(|wanted| is_word(word, wanted)) && matches_from(following, rest)
        }),
    }
}

fn is_word(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == wanted,
    }
}

/// Whether any of several phrases is there.
pub fn holds_any(words: &[String], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| holds(words, phrase))
}

/// What a text is about: its words without those that carry no matter, each once.
pub fn content_words(text: &str) -> Vec<String> {
    let mut content: Vec<String> = Vec::new();
    for word in words(text) {
        if word.chars().count() > 1 && !STOP.contains(&word.as_str()) && !content.contains(&word) {
            content.push(word);
        }
    }
    content
}

/// How much of `wanted` appears in `found`, 0 to 1.
pub fn coverage(wanted: &[String], found: &[String]) -> f64 {
    if wanted.is_empty() {
        return 0.0;
    }
    let met = wanted
        .iter()
        .filter(|word| found.iter().any(|other| akin(word, other)))
        .count();
    met as f64 / wanted.len() as f64
}

/// Sentences of a text, trimmed, without empty ones.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        let is_end = matches!(sign, '.' | '?' | '!' | ';' | '\n');
        if is_end && !(sign == '.' && is_ordinal(&text[start..at], &text[at + 1..])) {
            let end = at + sign.len_utf8();
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences.push(&text[start..]);
    sentences
        .into_iter()
        .map(str::trim)
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
        .collect()
}

/// "12. Dezember", "7.5": a point that ends no sentence.
fn is_ordinal(before: &str, after: &str) -> bool {
    let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    let next = after.strip_prefix(' ').unwrap_or(after).chars().next();
    (1..=2).contains(&digits) && next.is_some_and(char::is_alphanumeric)
}

/// At most `limit` characters, with an ellipsis when something was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_leaves_plain_words() {
        assert_eq!(fold("  Where's the CAFÉ – now?! "), "wheres the cafe now");
        assert_eq!(fold("Rückerstattung, bitte"), "ruckerstattung bitte");
        assert_eq!(fold("😀"), "");
    }

    #[test]
    fn a_point_behind_a_day_ends_no_sentence() {
        assert_eq!(
            sentences("Frei vom 12. Dezember bis 14. Dezember? Danke."),
            ["Frei vom 12. Dezember bis 14. Dezember?", "Danke."]
        );
        assert_eq!(sentences("Open from 9. "), ["Open from 9."]);
    }

    #[test]
    fn phrases_allow_gaps_endings_and_alternatives() {
        let said = words("I would like to talk to a real person please");
        assert!(holds(&said, "speak|talk ~ person|human"));
        assert!(holds(&said, "real pers*"));
        assert!(!holds(&said, "speak ~ manager"));
    }

    #[test]
    fn forms_of_one_word_meet() {
        assert!(akin("parking", "park"));
        assert!(akin("towels", "towel"));
        assert!(
            !akin("spa", "space"),
            "three letters are not enough to begin another word"
        );
        assert!(!akin("pool", "polite"));
        assert!(!akin("pass", "password"), "another word");
    }
}
