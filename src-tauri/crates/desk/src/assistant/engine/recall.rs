//! What a person has said in this conversation counts more than what the knowledge says.

use super::draft::{Draft, Matter};
use super::intent::matter_words;
use super::language::Language;
use super::text::{self, akin};
use super::turn::{Turn, Who};
use super::wording::fill;

/// Refers to what a colleague told the guest when the sentence touches it; false when nobody said anything about it.
pub fn from_people(sentence: &str, turn: &Turn, draft: &mut Draft) -> bool {
    let asked = matter_words(sentence);
    if asked.is_empty() {
        return false;
    }
    let told = turn.lines.iter().rev().find_map(|line| match &line.who {
        Who::Person(name) => said_about(&line.text, &asked).map(|said| (name, said)),
        _ => None,
    });
    let Some((name, said)) = told else {
        return false;
    };
    draft.used("Conversation", format!("Read what {name} wrote"));
    let template = Language::of_turn(turn).pick([
        "As {name} told you: “{said}”",
        "Wie {name} Ihnen geschrieben hat: „{said}“",
        "Como le escribió {name}: «{said}»",
        "Ahogy {name} írta Önnek: „{said}”",
    ]);
    let said = text::shorten(said, 300);
    draft.say(fill(template, &[("name", name), ("said", &said)]));
    draft.matters.push(Matter::Faq);
    true
}

/// The sentence of a person that meets at least half of what is asked, with one word of four letters or more.
fn said_about<'a>(told: &'a str, asked: &[String]) -> Option<&'a str> {
    text::sentences(told)
        .into_iter()
        .filter(|sentence| !sentence.ends_with('?'))
        .find(|sentence| {
            let words = text::words(sentence);
            let met: Vec<&String> = asked
                .iter()
                .filter(|word| words.iter().any(|other| akin(word, other)))
                .collect();
            met.len() * 2 >= asked.len() && met.iter().any(|word| word.chars().count() >= 4)
        })
}
