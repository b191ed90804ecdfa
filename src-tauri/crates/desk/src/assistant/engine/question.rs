//! Answering an open question without a language model: sentence by sentence, from look-ups only.

use super::booking;
use super::calendar::{self, Search};
use super::draft::{Draft, Matter};
use super::intent::Intent;
use super::knowledge;
use super::language::Language;
use super::never::Reason;
use super::recall;
use super::text;
use super::tools::Tools;
use super::turn::{PropertyKind, Proposal, Turn};
use super::wording::fill;

/// Sentences read of one question; what comes after them is a story.
const SENTENCES: usize = 6;

/// Drafts the answer. Never empty: it answers, asks back, or calls a colleague.
pub fn respond(turn: &Turn, tools: &dyn Tools) -> Draft {
    let said = turn.question();
    let sentences: Vec<&str> = text::sentences(&said).into_iter().take(SENTENCES).collect();
    let mut draft = Draft::default();
    let mut unanswered = Vec::new();
    // A thumb or a smile after an answer takes note of it.
    let is_sign = sentences.is_empty() && !turn.is_first_answer() && !said.contains('?');
    let mut courtesy = is_sign.then_some(Intent::Thanks);
    for sentence in &sentences {
        let intent = Intent::of(sentence);
        match intent {
            Intent::Greeting | Intent::Help | Intent::Thanks | Intent::Joy => courtesy = Some(intent),
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
        Intent::Greeting | Intent::Help | Intent::Thanks | Intent::Joy => None,
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
                || knowledge::from_prices(sentence, turn, tools, draft)
                || knowledge::from_articles(sentence, turn, tools, draft)
        }
        Intent::Hours if let Some(both) = with_what_was_meant(sentence, turn) => {
            knowledge::from_articles(&both, turn, tools, draft)
        }
        Intent::Hours => {
            knowledge::from_hours(sentence, turn, draft)
                || recall::from_people(sentence, turn, draft)
                || knowledge::from_articles(sentence, turn, tools, draft)
        }
        _ if asks_the_way(sentence, turn) => {
            knowledge::from_articles("address directions", turn, tools, draft)
        }
        _ => {
            recall::from_people(sentence, turn, draft)
                || (is_for_the_knowledge(sentence)
                    && (knowledge::from_articles(sentence, turn, tools, draft)
                        || last_clause(sentence)
                            .is_some_and(|clause| knowledge::from_articles(clause, turn, tools, draft))))
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
    let language = Language::of_turn(turn);
    let blanks = |template| {
        let portal = portal.unwrap_or_default();
        fill(language.pick(template), &[("slots", &slots), ("portal", portal)])
    };
    match (slots.is_empty(), portal) {
        (true, None) => return false,
        (true, Some(_)) => draft.say(blanks(BOOK_AT)),
        (false, None) => draft.say(blanks(FREE_TIMES)),
        (false, Some(_)) => draft.say(format!("{} {}", blanks(FREE_TIMES), blanks(BOOK_THERE))),
    }
    true
}

const BOOK_AT: [&str; 4] = [
    "You can see what is free and book at {portal}.",
    "Auf {portal} sehen Sie, was frei ist, und können buchen.",
    "En {portal} puede ver lo que está libre y reservar.",
    "Itt láthatja, mi szabad, és foglalhat is: {portal}.",
];
const FREE_TIMES: [&str; 4] = [
    "The next free times are {slots}.",
    "Die nächsten freien Termine sind {slots}.",
    "Las próximas horas libres son {slots}.",
    "A következő szabad időpontok: {slots}.",
];
const BOOK_THERE: [&str; 4] = [
    "You can book at {portal}.",
    "Sie können auf {portal} buchen.",
    "Puede reservar en {portal}.",
    "Itt foglalhat: {portal}.",
];

/// "When does that open?" together with the sentence before it, which says what "that" is.
fn with_what_was_meant(sentence: &str, turn: &Turn) -> Option<String> {
    if !text::holds_any(
        &text::words(sentence),
        &["does|do|is|are it|that|this|they|those"],
    ) {
        return None;
    }
    let said = turn.question();
    let before = text::sentences(&said)
        .into_iter()
        .take_while(|other| *other != sentence)
        .last()?;
    Some(format!("{before} {sentence}"))
}

/// "Where are you?" has no word of its own to look up.
fn asks_the_way(sentence: &str, turn: &Turn) -> bool {
    const OURSELVES: &[&str] = &[
        "studio",
        "estudio",
        "estan",
        "vagytok",
        "vannak",
        "pontosan",
        "exactly",
        "genau",
        "szalon",
        "talalhato",
        "talalhatok",
        "finde",
        "find",
        "encuentra",
        "encuentran",
        "exactamente",
        "located",
    ];
    let words = text::words(sentence);
    let house = text::words(&turn.property.name);
    let is_ours = |word: &String| OURSELVES.contains(&word.as_str()) || house.contains(word);
    let asks = text::holds_any(
        &words,
        &[
            "where|wheres ~ you|hotel|salon|studio",
            "wo ~ sie|ihr|hotel|salon|studio",
            "donde ~ estan|esta|encuentra*|hotel|salon|estudio",
            "hol ~ vagytok|vannak|van|hotel|szalon",
        ],
    );
    asks && text::content_words(sentence).iter().all(is_ours)
}

/// A question, or a few words like "wifi password". A longer remark may be a complaint the never-list has no words
/// for: an article would be the wrong answer to it.
fn is_for_the_knowledge(sentence: &str) -> bool {
    is_asking(sentence) || text::content_words(sentence).len() <= 3
}

/// Words a question begins with.
const ASKING: &[&str] = &[
    "what", "when", "where", "how", "which", "who", "can", "could", "do", "does", "is", "are", "will",
    "would", "may", "wann", "wo", "wie", "was", "kann", "gibt", "haben", "cuando", "donde", "como", "cuanto",
    "puedo", "hay", "tienen", "mikor", "hol", "mennyi", "van", "lehet",
];

/// "We arrive at noon, is there a place for our bags?": the clause that asks, when it stands last.
fn last_clause(sentence: &str) -> Option<&str> {
    let (_, clause) = sentence.rsplit_once(',')?;
    let asks = text::words(clause)
        .first()
        .is_some_and(|word| ASKING.contains(&word.as_str()));
    asks.then_some(clause)
}

/// A question rather than a remark.
fn is_asking(sentence: &str) -> bool {
    sentence.ends_with('?')
        || text::words(sentence)
            .first()
            .is_some_and(|word| ASKING.contains(&word.as_str()))
}

const WELCOME: [&str; 4] = [
    "You are welcome. I am here if you need anything else.",
    "Gern geschehen. Ich bin hier, wenn Sie noch etwas brauchen.",
    "De nada. Aquí estoy si necesita algo más.",
    "Szívesen. Itt vagyok, ha még szüksége van valamire.",
];
const JOY: [&str; 4] = [
    "How nice to read that. I am here if you need anything before you come.",
    "Wie schön, das zu lesen. Ich bin hier, wenn Sie vorher noch etwas brauchen.",
    "Qué alegría leerlo. Aquí estoy si necesita algo antes de venir.",
    "Örömmel olvasom. Itt vagyok, ha érkezés előtt szüksége van valamire.",
];
const INTRODUCTION: [&str; 4] = [
    "This is the AI assistant of {house}. I can tell you about your booking, our prices and the house. How can I help?",
    "Hier ist der KI-Assistent von {house}. Ich kann Ihnen zu Ihrer Buchung, zu unseren Preisen und zum Haus Auskunft geben. Wie kann ich helfen?",
    "Soy el asistente de IA de {house}. Puedo informarle sobre su reserva, nuestros precios y la casa. ¿En qué puedo ayudarle?",
    "A(z) {house} AI-asszisztense vagyok. A foglalásáról, az árainkról és a házról tudok felvilágosítást adni. Miben segíthetek?",
];
const NOT_UNDERSTOOD: [&str; 4] = [
    "I did not quite understand that. Could you put it in other words? If you like, I ask a colleague instead.",
    "Das habe ich nicht ganz verstanden. Können Sie es anders sagen? Wenn Sie möchten, frage ich eine Kollegin.",
    "No lo he entendido bien. ¿Puede decirlo con otras palabras? Si quiere, pregunto a una persona del equipo.",
    "Ezt nem értettem pontosan. Meg tudná fogalmazni másképp? Ha szeretné, megkérdezek egy kollégát.",
];

/// What is left after the certain answers: courtesy, asking back, or a colleague. It never guesses.
fn close_gaps(turn: &Turn, unanswered: &[&str], courtesy: Option<Intent>, draft: &mut Draft) {
    let language = Language::of_turn(turn);
    let about_something = unanswered
        .iter()
        .any(|sentence| text::content_words(sentence).len() >= 2 || is_asking(sentence));
    if about_something {
        draft.reasons.push(Reason::Unknown);
    } else if let (Some(intent), true) = (courtesy, unanswered.is_empty()) {
        draft.say(fill(
            language.pick(match intent {
                Intent::Thanks => WELCOME,
                Intent::Joy => JOY,
                _ => INTRODUCTION,
            }),
            &[("house", &turn.property.name)],
        ));
    } else if matches!(
        turn.pending,
        Some(Proposal::AskColleague | Proposal::AskColleagueTo { .. })
    ) {
        draft.reasons.push(Reason::Unknown);
    } else {
        draft.say(language.pick(NOT_UNDERSTOOD));
        draft.proposal = Some(Proposal::AskColleague);
    }
}
