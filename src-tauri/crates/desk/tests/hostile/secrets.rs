//! What must never be in an answer, by who asked.

use crate::caller::Caller;
use std::collections::BTreeSet;

/// In every text of the property under test.
pub const OWN: &str = "zqa5";
/// In every text of the other property.
pub const FOREIGN: &str = "zqb7";
/// The kinds of texts of the property that its guest may see.
const SHOWN_TO_THE_GUEST: &[&str] = &[
    "account", "agent", "contact", "file", "inbox", "message", "survey",
];

/// The kinds of texts that are a guest's or about one.
const OF_GUESTS: &[&str] = &[
    "attribute",
    "closed",
    "contact",
    "draft",
    "feedback",
    "file",
    "message",
    "note",
    "other",
    "private",
];

/// A credential and whose it is.
#[derive(Clone)]
pub struct Token {
    pub holder: &'static str,
    pub text: String,
}

#[derive(Clone, Default)]
pub struct Secrets {
    pub tokens: Vec<Token>,
}

fn holds(token: &Token, caller: Caller) -> bool {
    let holder = token.holder;
    match caller {
        Caller::Nobody => false,
        // Administrators see their bots' tokens (reference §2.1).
        Caller::Admin | Caller::Session => matches!(holder, "admin" | "bot" | "session" | "guest" | "other"),
        Caller::Ana => matches!(holder, "ana" | "guest" | "other"),
        Caller::Ben => matches!(holder, "ben" | "guest" | "other"),
        Caller::Sam => holder == "sam",
        Caller::Bot => matches!(holder, "bot" | "guest" | "other"),
        Caller::Stranger => holder.starts_with("foreign"),
        Caller::Guest => holder == "guest",
        Caller::OtherGuest => matches!(holder, "guest" | "other"),
        Caller::ForeignGuest => holder.starts_with("foreign guest"),
    }
}

fn may_see_kind(caller: Caller, kind: &str) -> bool {
    match caller {
        Caller::Nobody | Caller::Stranger | Caller::ForeignGuest => false,
        Caller::Admin | Caller::Session | Caller::Ana | Caller::Bot => true,
        Caller::Ben => kind != "closed",
        Caller::Sam => !OF_GUESTS.contains(&kind),
        Caller::Guest => SHOWN_TO_THE_GUEST.contains(&kind),
        Caller::OtherGuest => matches!(kind, "feedback" | "other") || SHOWN_TO_THE_GUEST.contains(&kind),
    }
}

/// The kind in `zqa5-kind…` at the start of a text.
fn kind(text: &str) -> &str {
    let rest = text.strip_prefix('-').unwrap_or("");
    let end = rest.find(|letter: char| !letter.is_ascii_lowercase());
    &rest[..end.unwrap_or(rest.len())]
}

/// The words with a mark, and the credentials, that requests have said since the ground was fresh: what somebody wrote
/// down may be read again.
#[derive(Default)]
pub struct Said(BTreeSet<String>);

/// Credentials stand in paths and queries, so only the beginning of a request is decoded.
const DECODED: usize = 4000;

impl Said {
    pub fn add(&mut self, request: &str, secrets: &Secrets) {
        let start: String = request.chars().take(DECODED).collect();
        let decoded: String = url::form_urlencoded::parse(start.as_bytes())
            .map(|(name, value)| format!("{name} {value} "))
            .collect();
        for text in [request, &decoded] {
            let told = words(text).filter(|word| is_marked(word) || secrets.holder(word).is_some());
            self.0.extend(told.map(str::to_owned));
        }
    }
}

fn is_marked(word: &str) -> bool {
    word.starts_with(OWN) || word.starts_with(FOREIGN)
}

/// The words of a text in one pass, since there are many texts: a mark always begins a new one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < bytes.len() && !BELONGS[usize::from(bytes[from])] {
            from += 1;
        }
        let begin = from;
        while from < bytes.len() && BELONGS[usize::from(bytes[from])] {
            let is_mark = bytes[from] == b'z' && from > begin && is_marked(&text[from..]);
            if is_mark {
                break;
            }
            from += 1;
        }
        (begin < from).then(|| &text[begin..from])
    })
}

/// What words are made of: letters, digits and the signs of credentials and addresses.
static BELONGS: [bool; 256] = {
    let mut belongs = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        belongs[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'@' | b'.');
        byte += 1;
    }
    belongs
};

impl Secrets {
    fn holder(&self, word: &str) -> Option<&Token> {
        self.tokens.iter().find(|token| token.text == word)
    }

    /// The first thing in an answer that its caller must not see. What a request said does not count.
    pub fn found(&self, answer: &str, said: &Said, caller: Caller) -> Option<String> {
        let is_told = |word: &&str| {
            if word.starts_with(FOREIGN) {
                return !matches!(caller, Caller::Stranger | Caller::ForeignGuest);
            }
            if let Some(rest) = word.strip_prefix(OWN) {
                return !may_see_kind(caller, kind(rest));
            }
            self.holder(word).is_some_and(|token| !holds(token, caller))
        };
        let word = words(answer).find(|word| is_told(word) && !said.0.contains(*word))?;
        let holder = self.holder(word).map_or("somebody", |token| token.holder);
        Some(format!("{word} of {holder} in {}", around(answer, word)))
    }
}

fn around<'a>(answer: &'a str, text: &str) -> &'a str {
    let at = answer.find(text).unwrap_or(0);
    let mut from = at.saturating_sub(120);
    let mut to = (at + 120).min(answer.len());
    while !answer.is_char_boundary(from) {
        from -= 1;
    }
    while !answer.is_char_boundary(to) {
        to += 1;
    }
    &answer[from..to]
}

#[test]
fn a_secret_is_found_and_an_own_word_is_not() {
    let secrets = Secrets {
        tokens: vec![Token {
            holder: "ana",
            text: "tok-of-ana".to_owned(),
        }],
    };
    let answer = r#"{"name":"zqa5-contact","content":"zqa5-closed","email":"zqb7-x@y.org"}"#;
    let found = |answer, request, caller| {
        let mut said = Said::default();
        said.add(request, &secrets);
        secrets.found(answer, &said, caller).is_some()
    };
    assert!(found(answer, "", Caller::Admin));
    assert!(!found(answer, "a=zqb7-x%40y.org", Caller::Admin), "it was said");
    assert!(found(answer, "zqb7-x", Caller::Admin), "something else was said");
    assert!(found(answer, "zqb7-x@y.org", Caller::Ben), "closed to him");
    assert!(found("zqa5-note", "", Caller::Guest));
    assert!(!found("zqa5-message", "", Caller::Guest));
    assert!(found("tok-of-ana", "", Caller::Admin));
    assert!(!found("tok-of-ana", "", Caller::Ana));
}
