//! What a sentence asks for.

use super::language;
use super::text::{self, holds_any};

/// What one sentence wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    Greeting,
    /// Asks what the assistant is good for.
    Help,
    Thanks,
    /// Looks forward to coming.
    Joy,
    Cancel,
    Move,
    When,
    Price,
    Hours,
    /// A new booking.
    Book,
    /// Anything else: look in the knowledge.
    Topic,
}

const MINE: &str = "my|our|the|this|that|it|a|mein*|unser*|den|die|mi|nuestra|la|el|foglalasom*|idopontom*";
const CANCEL: &[&str] = &[
    "cancel*",
    "call off",
    "stornier*",
    "absagen",
    "anular",
    "lemond*",
    "torolni|torolnem",
];
const CANCEL_RULES: &[&str] = &[
    "cancel* policy|policies|terms|conditions|fee|fees|rules",
    "stornobedingung*",
    "politica|condiciones ~ cancel*",
    "free cancellation",
    "lemondasi felt*",
];
const MOVE: &[&str] = &[
    "move|reschedule|rebook|postpone|shift|change ~ it|booking|appointment|reservation|stay|slot|time|date|dates",
    "reschedul*",
    "extend|prolong|shorten ~ stay|booking|reservation|visit",
    "postpone",
    "change|move ~ to another|different|other",
    "different|another|other|earlier|later day|date|time|slot",
    "verschieb*",
    "umbuch*",
    "verlegen",
    "termin|buchung ~ andern",
    "at ~ tenni|tennem|rakni|helyezni",
    "cambiar|mover|aplazar ~ cita|reserva|fecha|hora",
    "atten*",
    "athelyez*",
    "modosit*",
    "atrak*",
    "atfoglal*",
];
const BOOKING: &[&str] = &[
    "booking|bookings|reservation|reservations|appointment|appointments|stay|visit|buchung|buchungen|reservierung|termin|termine|aufenthalt|reserva|reservas|cita|citas|estancia|foglalas*|idopont*|bejelentkezes*",
];
const WHEN: &[&str] = &[
    "who|when|time|number|date|details|confirm*|check|see|find|know|remind|what|which|is|have|did|show|status",
    "wann|uhrzeit|datum|bestatig*",
    "cuando|hora|fecha|confirm*",
    "mikor|hany|datum*",
];
const PRICE: &[&str] = &[
    "how much",
    "price*",
    "pricing",
    "cost*",
    "rate|rates",
    "what ~ you charge",
    "fee|fees",
    "tariff*",
    "wie viel",
    "wieviel",
    "was kostet",
    "kosten",
    "kostet",
    "preis*",
    "cuanto cuesta|cuestan|vale|es|cobran",
    "precio*",
    "tarifa*",
    "mennyi",
    "mennyibe",
    "ara",
    "arak",
    "arlista*",
];
const HOURS: &[&str] = &[
    "opening|business|working|office hours|times|time",
    "when|time ~ open|close|opens|closes|closing",
    "are|is|you ~ open|closed",
    "open ~ today|tomorrow|now|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend*|late",
    "you work on|at|today|tomorrow|sunday*|saturday*|weekend*",
    "habt|haben|hat|ist|sind ~ offen|auf",
    "rezeption ~ besetzt|offen",
    "offnungszeit*",
    "geoffnet",
    "wann ~ offen|auf|zu",
    "horario*",
    "abierto*",
    "abren|cierran",
    "nyitva*",
    "nyitvatart*",
    "hours",
];
const BOOK: &[&str] = &[
    "book|reserve|schedule ~ a|an|for|the|room|table|appointment|in",
    "make|get|need|want|like ~ appointment|booking|reservation",
    "free|available room|rooms|slot|slots|appointment|appointments|time|times|dates",
    "any ~ availab*|openings",
    "anything|something free|available",
    "availability",
    "have|has|any time on|for|at|today|tomorrow|this|next",
    "can|could|may i|we come on|at|today|tomorrow|this|next",
    "cita|hora libre",
    "vacanc*",
    "next free|available",
    "room|rooms ~ free|available",
    "want|like|love to book|reserve|come|stay",
    "buchen",
    "reservieren",
    "termin ~ machen|vereinbaren|frei",
    "zimmer frei",
    "freie* zimmer|termin*",
    "reservar",
    "hacer ~ reserva",
    "pedir ~ cita",
    "disponib*",
    "habitacion* libre*",
    "foglalni",
    "foglalnek",
    "szabad ~ szoba*|idopont*",
    "idopontot ~ kerni|kernek|szeretnek",
];
const THANKS: &[&str] = &[
    "thank|thanks|thx|cheers",
    "dank|danke*",
    "gracias",
    "koszonom|koszi|kosz",
    "bye",
    "goodbye",
    "have a good|nice",
    "tschuss",
    "adios",
    "viszlat",
];
/// The whole of what is said when somebody takes note.
const NOTED: &[&str] = &[
    "ok",
    "okay",
    "k",
    "alright",
    "all",
    "right",
    "fine",
    "good",
    "great",
    "perfect",
    "super",
    "cool",
    "got",
    "it",
    "understood",
    "gut",
    "alles",
    "klar",
    "passt",
    "verstanden",
    "in",
    "ordnung",
    "vale",
    "bien",
    "perfecto",
    "entendido",
    "rendben",
    "jo",
    "ertem",
    "szuper",
    "oke",
];
const JOY: &[&str] = &[
    "looking|look forward to",
    "cant|can not|cannot wait to|for",
    "freue|freuen mich|uns ~ auf",
    "con ganas de",
    "alig|nagyon varjuk|varom",
];
const HELP: &[&str] = &[
    "what can you do|help|tell|answer",
    "how can you help",
    "was kannst|konnen du|sie",
    "que puede|puedes hacer",
    "en que puede|puedes ayudar*",
    "miben tud|tudsz|tudtok segiteni",
];

impl Intent {
    /// Reads one sentence.
    pub fn of(sentence: &str) -> Self {
        let words = text::words(sentence);
        let has = |phrases: &[&str]| holds_any(&words, phrases);
        let about_mine = has(BOOKING) && holds_any(&words, &[MINE]);
        if language::is_only_greeting(sentence) {
            Self::Greeting
        } else if has(HELP) && text::content_words(sentence).len() <= 3 {
            Self::Help
        } else if !words.is_empty() && words.iter().all(|word| NOTED.contains(&word.as_str())) {
            Self::Thanks
        } else if has(JOY) && !sentence.ends_with('?') {
            Self::Joy
        } else if has(CANCEL) && !has(CANCEL_RULES) && !asks_for_rules(&words) {
            Self::Cancel
        } else if has(MOVE) {
            Self::Move
        } else if about_mine
            && has(WHEN)
            && !has(PRICE)
            && !has(&["book|make|need|want a|an", "termin ~ frei|vereinbaren"])
        {
            Self::When
        } else if has(PRICE) {
            Self::Price
        } else if has(BOOK) {
            Self::Book
        } else if has(HOURS) {
            Self::Hours
        } else if has(THANKS) && text::content_words(sentence).len() <= 3 {
            Self::Thanks
        } else {
            Self::Topic
        }
    }
}

/// "Can I cancel for free until the day before?" asks for the rule, "can I cancel" for the deed.
fn asks_for_rules(words: &[String]) -> bool {
    holds_any(
        words,
        &[
            "how ~ late|long|many ~ cancel*",
            "until when",
            "bis wann",
            "hasta cuando",
            "meddig",
            "cancel* ~ for free|until",
            "what happens if",
            "by when",
        ],
    )
}

/// A yes.
pub fn is_yes(said: &str) -> bool {
    let words = text::words(said);
    !is_no(said)
        && holds_any(
            &words,
            &[
                "yes",
                "yeah",
                "yep",
                "yup",
                "sure",
                "ok",
                "okay",
                "please do",
                "go ahead",
                "do it|that|so",
                "confirm*",
                "correct",
                "right",
                "of course",
                "sounds good",
                "perfect",
                "fine",
                "great",
                "y",
                "ja",
                "jawohl",
                "gerne",
                "genau",
                "bitte",
                "si",
                "claro",
                "vale",
                "por favor",
                "igen",
                "kerem",
                "persze",
                "rendben",
                "jo lesz",
            ],
        )
}

/// A no.
pub fn is_no(said: &str) -> bool {
    let words = text::words(said);
    holds_any(
        &words,
        &[
            "no",
            "nope",
            "dont",
            "do not",
            "not now|yet|anymore",
            "never mind",
            "nevermind",
            "keep it",
            "leave it",
            "wait",
            "stop",
            "nein",
            "nicht",
            "nem",
            "megse",
            "mejor no",
            "n",
        ],
    )
}

/// Words of a booking or price question that do not name its object.
pub const FRAME: &[&str] = &[
    "price",
    "prices",
    "pricing",
    "cost",
    "costs",
    "rate",
    "rates",
    "charge",
    "fee",
    "fees",
    "wieviel",
    "viel",
    "kostet",
    "kosten",
    "preis",
    "preise",
    "cuanto",
    "cuesta",
    "cuestan",
    "precio",
    "precios",
    "mennyi",
    "mennyibe",
    "kerul",
    "ara",
    "arak",
    "open",
    "opening",
    "opens",
    "close",
    "closes",
    "closed",
    "hours",
    "today",
    "tomorrow",
    "tonight",
    "now",
    "time",
    "times",
    "near",
    "nearby",
    "quick",
    "list",
    "far",
    "before",
    "friday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "saturday",
    "sunday",
    "weekend",
    "abend",
    "exactly",
    "vagytok",
    "pontosan",
    "question",
    "wondering",
    "information",
    "info",
    "available",
    "provide",
    "expensive",
    "per",
    "person",
    "guest",
    "guests",
    "actually",
    "currently",
    "usually",
    "long",
    "take",
    "takes",
    "does",
    "day",
    "hora",
    "uhr",
    "uhrzeit",
    "horas",
    "work",
    "works",
    "kind",
    "sort",
    "type",
    "anyway",
    "again",
    "make",
    "give",
    "come",
    "coming",
    "arrive",
    "arriving",
    "staying",
    "stay",
    "morning",
    "evening",
    "afternoon",
    "night",
    "midnight",
    "noon",
    "until",
    "best",
    "sorry",
    "meant",
    "mean",
    "isnt",
    "arent",
    "right",
    "correct",
    "true",
    "still",
    "says",
    "said",
    "told",
    "website",
    "yesterday",
    "send",
    "show",
    "nacht",
    "abend",
    "morgen",
    "richtig",
    "stimmt",
    "schicken",
    "noche",
    "dias",
    "tardes",
    "noches",
    "verdad",
    "enviar",
    "napot",
    "reggelt",
    "estet",
    "ejszaka",
    "igaz",
    "kuldeni",
];

/// The words a sentence is about, without those that only frame the question.
pub fn matter_words(sentence: &str) -> Vec<String> {
    let all = text::content_words(sentence);
    let kept: Vec<String> = all
        .iter()
        .filter(|word| {
            !FRAME.contains(&word.as_str()) && !word.starts_with(|sign: char| sign.is_ascii_digit())
        })
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_understood() {
        for (said, intent) in [
            ("When is my booking?", Intent::When),
            ("What time is my appointment", Intent::When),
            ("Wann ist meine Buchung?", Intent::When),
            ("¿Cuándo es mi reserva?", Intent::When),
            ("Szia, mikor van a foglalásom?", Intent::When),
            ("Can I move it?", Intent::Move),
            ("I need to reschedule my appointment", Intent::Move),
            ("Could we change the date?", Intent::Move),
            ("I want to cancel", Intent::Cancel),
            ("Please cancel my booking", Intent::Cancel),
            ("What is your cancellation policy?", Intent::Topic),
            ("How much is a haircut?", Intent::Price),
            ("Was kostet ein Haarschnitt?", Intent::Price),
            ("What are your opening hours?", Intent::Hours),
            ("Are you open on Sunday?", Intent::Hours),
            ("I would like to book a massage", Intent::Book),
            ("Do you have a free room next weekend?", Intent::Book),
            ("When is breakfast?", Intent::Topic),
            ("Is there parking?", Intent::Topic),
            ("Thanks a lot", Intent::Thanks),
            ("Good evening", Intent::Greeting),
        ] {
            assert_eq!(Intent::of(said), intent, "{said}");
        }
    }

    #[test]
    fn a_hesitant_yes_is_not_a_yes() {
        assert!(is_yes("Yes please") && is_yes("ja, bitte") && is_yes("Igen") && is_yes("ok do it"));
        assert!(!is_yes("yes but do not cancel yet") && !is_yes("when is breakfast"));
        assert!(is_no("No, keep it") && is_no("nein danke"));
    }
}
