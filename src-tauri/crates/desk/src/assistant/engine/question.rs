//! Answering an open question without a language model: sentence by sentence, from look-ups only.

use super::booking;
use super::calendar::{self, Search};
use super::draft::{Draft, Matter};
use super::intent::Intent;
use super::knowledge;
use super::never::Reason;
use super::recall;
use super::text;
use super::tools::Tools;
use super::turn::{PropertyKind, Proposal, Turn};

/// Sentences read of one question; what comes after them is a story.
const SENTENCES: usize = 6;

/// Drafts the answer. Never empty: it answers, asks back, or calls a colleague.
pub fn respond(turn: &Turn, tools: &dyn Tools) -> Draft {
    let said = turn.question();
    let sentences: Vec<&str> = text::sentences(&said).into_iter().take(SENTENCES).collect();
    let mut draft = Draft::default();
    let mut unanswered = Vec::new();
    let mut courtesy = None;
    for sentence in &sentences {
        let intent = Intent::of(sentence);
        match intent {
            Intent::Greeting | Intent::Thanks => courtesy = Some(intent),
            _ if answer_one(intent, sentence, turn, tools, &mut draft) => {}
            _ => unanswered.push(*sentence),
        }
    }
    if draft.is_empty() || unanswered.iter().any(|sentence| is_asking(sentence)) {
        close_gaps(turn, &unanswered, courtesy, &mut draft);
    }
    draft
}

/// Whether a booking would be changed; deeds are the engine's alone.
pub fn is_a_deed(turn: &Turn) -> bool {
    let said = turn.question();
    text::sentences(&said)
        .into_iter()
        .any(|sentence| matches!(Intent::of(sentence), Intent::Cancel | Intent::Move))
}

/// What a turn is about, by its sentences alone.
pub fn matters(turn: &Turn) -> Vec<Matter> {
    let said = turn.question();
    let matter = |sentence| match Intent::of(sentence) {
        Intent::Greeting | Intent::Thanks => None,
        Intent::When | Intent::Cancel | Intent::Move => Some(Matter::Booking),
        Intent::Book => Some(Matter::Lead),
        Intent::Price => Some(Matter::Price),
        Intent::Hours | Intent::Topic => Some(Matter::Faq),
    };
    text::sentences(&said).into_iter().filter_map(matter).collect()
}

/// False when nothing certain can be said about the sentence.
fn answer_one(intent: Intent, sentence: &str, turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    match intent {
        Intent::When => booking::tell(turn, tools, draft),
        Intent::Cancel => booking::cancel(turn, tools, draft),
        Intent::Move => booking::change(turn, tools, draft),
        Intent::Book => recall::from_people(sentence, turn, draft) || offer_booking(turn, tools, draft),
        Intent::Price => {
            recall::from_people(sentence, turn, draft)
                || knowledge::from_prices(sentence, tools, draft)
                || knowledge::from_articles(sentence, tools, draft)
        }
        Intent::Hours => {
            knowledge::from_hours(sentence, turn, draft)
                || recall::from_people(sentence, turn, draft)
                || knowledge::from_articles(sentence, tools, draft)
        }
        _ if asks_the_way(sentence) => knowledge::from_articles("address directions", tools, draft),
        _ => {
            recall::from_people(sentence, turn, draft)
                || (is_for_the_knowledge(sentence) && knowledge::from_articles(sentence, tools, draft))
        }
    }
}

/// Where and when a new booking can be made; false when the property has no way to offer.
fn offer_booking(turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    draft.matters.push(Matter::Lead);
    if let Some(bookings) = draft.looked_up("Bookings", tools.bookings(turn.now)) {
        draft.has_booking = Some(!bookings.is_empty());
    }
    let portal = turn.property.portal_url.as_deref();
    let slots = match turn.property.kind {
        PropertyKind::Salon => {
            calendar::next_times(turn, tools, draft, &Search::wish(&turn.question(), turn))
        }
        PropertyKind::Hotel => String::new(),
    };
    match (slots.is_empty(), portal) {
        (true, None) => return false,
        (true, Some(portal)) => draft.say(format!("You can see what is free and book at {portal}.")),
        (false, None) => draft.say(format!("The next free times are {slots}.")),
        (false, Some(portal)) => draft.say(format!(
            "The next free times are {slots}. You can book at {portal}."
        )),
    }
    true
}

/// "Where are you?" has no word of its own to look up.
fn asks_the_way(sentence: &str) -> bool {
    let words = text::words(sentence);
    text::holds_any(
        &words,
        &[
            "where|wheres ~ you|hotel|salon|studio",
            "wo ~ sie|ihr|hotel|salon",
            "donde ~ estan|esta|hotel|salon",
            "hol ~ vagytok|vannak|hotel|szalon",
        ],
    ) && super::intent::matter_words(sentence).len() <= 2
}

/// A question, or a few words like "wifi password". A longer remark may be a complaint the never-list has no words
/// for: an article would be the wrong answer to it.
fn is_for_the_knowledge(sentence: &str) -> bool {
    is_asking(sentence) || text::content_words(sentence).len() <= 3
}

/// A question rather than a remark.
fn is_asking(sentence: &str) -> bool {
    const ASKING: &[&str] = &[
        "what", "when", "where", "how", "which", "who", "can", "could", "do", "does", "is", "are", "will",
        "would", "may", "wann", "wo", "wie", "was", "kann", "gibt", "haben", "cuando", "donde", "como",
        "cuanto", "puedo", "hay", "tienen", "mikor", "hol", "mennyi", "van", "lehet",
    ];
    sentence.ends_with('?')
        || text::words(sentence)
            .first()
            .is_some_and(|word| ASKING.contains(&word.as_str()))
}

/// What is left after the certain answers: courtesy, asking back, or a colleague. It never guesses.
fn close_gaps(turn: &Turn, unanswered: &[&str], courtesy: Option<Intent>, draft: &mut Draft) {
    let about_something = unanswered
        .iter()
        .any(|sentence| text::content_words(sentence).len() >= 2 || is_asking(sentence));
    if about_something {
        draft.reasons.push(Reason::Unknown);
    } else if let (Some(intent), true) = (courtesy, unanswered.is_empty()) {
        draft.say(match intent {
            Intent::Thanks => "You are welcome. I am here if you need anything else.".to_owned(),
            _ => format!(
                "This is the AI assistant of {}. I can tell you about your booking, our prices and the house. How can I help?",
                turn.property.name
            ),
        });
    } else if turn.pending == Some(Proposal::AskColleague) {
        draft.reasons.push(Reason::Unknown);
    } else {
        draft.say("I did not quite understand that. Could you put it in other words? If you like, I ask a colleague instead.");
        draft.proposal = Some(Proposal::AskColleague);
    }
}
