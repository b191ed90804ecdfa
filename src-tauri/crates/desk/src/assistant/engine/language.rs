//! Which language the guest writes; greetings, days and months in it.

mod words;

use super::hours::local;
use super::text;
use super::turn::{Line, Turn, Who};
use jiff::Zoned;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// Languages the assistant speaks. What the knowledge does not have in the guest's comes in the house's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    German,
    Spanish,
    Hungarian,
}

/// Greetings as guests write them (folded), how they are said back, and their language.
const GREETINGS: &[(&str, &str, Language)] = &[
    ("guten tag", "Guten Tag", Language::German),
    ("guten morgen", "Guten Morgen", Language::German),
    ("guten abend", "Guten Abend", Language::German),
    ("gruss gott", "Grüß Gott", Language::German),
    ("gruezi", "Grüezi", Language::German),
    ("servus", "Servus", Language::German),
    ("hallo", "Hallo", Language::German),
    ("moin", "Moin", Language::German),
    ("buenos dias", "Buenos días", Language::Spanish),
    ("buenas tardes", "Buenas tardes", Language::Spanish),
    ("buenas noches", "Buenas noches", Language::Spanish),
    ("hola", "Hola", Language::Spanish),
    ("jo napot", "Jó napot", Language::Hungarian),
    ("jo reggelt", "Jó reggelt", Language::Hungarian),
    ("jo estet", "Jó estét", Language::Hungarian),
    ("sziasztok", "Szia", Language::Hungarian),
    ("szia", "Szia", Language::Hungarian),
    ("udv", "Üdv", Language::Hungarian),
    ("good morning", "Good morning", Language::English),
    ("good afternoon", "Good afternoon", Language::English),
    ("good evening", "Good evening", Language::English),
    ("hello", "Hello", Language::English),
    ("hey", "Hey", Language::English),
    ("hi", "Hi", Language::English),
];

/// Letters of Spanish and Hungarian that English and German do without.
const ACCENTS: &[char] = &['á', 'é', 'í', 'ó', 'ú'];

/// What a sign that no other of the languages has counts for, in words.
const DECISIVE: usize = 3;

impl Language {
    /// The language of a text; English when it cannot be told.
    pub fn of(said: &str) -> Self {
        Self::told(said).unwrap_or(Self::English)
    }

    /// The language of what is to be answered; of earlier lines where a short one does not tell.
    pub fn of_turn(turn: &Turn) -> Self {
        let guests = |line: &&Line| line.who == Who::Guest;
        Self::told(&turn.question())
            .or_else(|| {
                turn.lines
                    .iter()
                    .rev()
                    .filter(guests)
                    .find_map(|line| Self::told(&line.text))
            })
            .unwrap_or(Self::English)
    }

    /// The language of a text, if its words or letters tell.
    fn told(said: &str) -> Option<Self> {
        let words = text::words(said);
        let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.as_str())).count();
        let lower = said.to_lowercase();
        let own_letters = |letters: &[char]| usize::from(lower.contains(letters));
        let mut best = (Self::English, count(words::ENGLISH));
        for (language, hits) in [
            (
                Self::German,
                count(words::GERMAN) + own_letters(&['ß', 'ä', 'ö', 'ü']),
            ),
            (
                Self::Spanish,
                count(words::SPANISH) + DECISIVE * own_letters(&['ñ', '¿', '¡']) + own_letters(ACCENTS),
            ),
            (
                Self::Hungarian,
                count(words::HUNGARIAN)
                    + DECISIVE * own_letters(&['ő', 'ű'])
                    + DECISIVE * usize::from(has_two_accents(&lower))
                    + own_letters(ACCENTS),
            ),
        ] {
            if hits > best.1 {
                best = (language, hits);
            }
        }
        match best {
            (_, 0) => greeting_in(said).map(|(_, language)| language),
            (language, _) => Some(language),
        }
    }

    /// ISO 639-1, as the knowledge names its texts.
    pub fn code(self) -> &'static str {
        self.pick(["en", "de", "es", "hu"])
    }

    /// One of the same thing in English, German, Spanish and Hungarian.
    pub fn pick(self, [english, german, spanish, hungarian]: [&'static str; 4]) -> &'static str {
        match self {
            Self::English => english,
            Self::German => german,
            Self::Spanish => spanish,
            Self::Hungarian => hungarian,
        }
    }

    /// "Monday", "Montag".
    pub fn day_name(self, weekday: Weekday) -> &'static str {
        let days = match self {
            Self::English => DAYS_EN,
            Self::German => DAYS_DE,
            Self::Spanish => DAYS_ES,
            Self::Hungarian => DAYS_HU,
        };
        let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0);
        days.get(index).copied().unwrap_or_default()
    }

    fn default_greeting(self) -> &'static str {
        self.pick(["Hello", "Guten Tag", "Hola", "Jó napot"])
    }

    /// "Guten Tag Anna!" in the guest's own words; without one, the language's usual greeting.
    pub fn greeting(self, said: &str, first_name: Option<&str>) -> String {
        let greeting = greeting_in(said).map_or(self.default_greeting(), |(greeting, _)| greeting);
        match first_name {
            Some(name) => format!("{greeting} {name}!"),
            None => format!("{greeting}!"),
        }
    }

    /// "Friday, 5 December 2025 at 14:00" on the house's clock.
    pub fn moment(self, epoch: i64, zone: &TimeZone) -> String {
        let at = local(epoch, zone);
        let clock = at.strftime("%H:%M").to_string();
        match self {
            Self::English => format!("{} at {clock}", self.date(&at)),
            Self::German => format!("{} um {clock} Uhr", self.date(&at)),
            Self::Spanish => format!("{} a las {clock}", self.date(&at)),
            Self::Hungarian => format!("{}, {clock}", self.date(&at)),
        }
    }

    /// "Friday, 5 December 2025".
    pub fn date(self, at: &Zoned) -> String {
        let weekday = self.day_name(at.weekday());
        let month = usize::try_from(at.month() - 1).unwrap_or(0);
        let name = |list: &[&'static str], index: usize| list.get(index).copied().unwrap_or_default();
        let (day, year) = (at.day(), at.year());
        match self {
            Self::English => format!("{}, {day} {} {year}", weekday, name(MONTHS_EN, month)),
            Self::German => format!("{}, {day}. {} {year}", weekday, name(MONTHS_DE, month)),
            Self::Spanish => format!("{} {day} de {} de {year}", weekday, name(MONTHS_ES, month)),
            Self::Hungarian => format!("{year}. {} {day}., {}", name(MONTHS_HU, month), weekday),
        }
    }
}

/// Whether a word has two accents: in Spanish none has more than one.
fn has_two_accents(said: &str) -> bool {
    let accents = |word: &str| word.chars().filter(|sign| ACCENTS.contains(sign)).count();
    said.split_whitespace().any(|word| accents(word) >= 2)
}

fn greeting_in(said: &str) -> Option<(&'static str, Language)> {
    let words = text::words(said);
    let opening = &words[..words.len().min(4)];
    GREETINGS
        .iter()
        .find(|(heard, _, _)| text::holds(opening, heard))
        .map(|(_, said_back, language)| (*said_back, *language))
}

/// True when a text is a greeting and nothing else.
pub fn is_only_greeting(said: &str) -> bool {
    greeting_in(said).is_some()
        && text::content_words(said)
            .iter()
            .all(|word| GREETING_FILLER.contains(&word.as_str()))
}

const GREETING_FILLER: &[&str] = &[
    "morning",
    "afternoon",
    "evening",
    "everyone",
    "team",
    "there",
    "morgen",
    "abend",
    "gott",
    "gruss",
    "gruezi",
    "servus",
    "moin",
    "buenos",
    "buenas",
    "dias",
    "tardes",
    "noches",
    "jo",
    "napot",
    "reggelt",
    "estet",
    "sziasztok",
    "udv",
    "kivanok",
];

pub(super) const MONTHS_EN: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const MONTHS_DE: &[&str] = &[
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
pub(super) const MONTHS_ES: &[&str] = &[
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
pub(super) const MONTHS_HU: &[&str] = &[
    "január",
    "február",
    "március",
    "április",
    "május",
    "június",
    "július",
    "augusztus",
    "szeptember",
    "október",
    "november",
    "december",
];
pub(super) const DAYS_EN: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const DAYS_DE: &[&str] = &[
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
];
const DAYS_ES: &[&str] = &[
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];
const DAYS_HU: &[&str] = &[
    "hétfő",
    "kedd",
    "szerda",
    "csütörtök",
    "péntek",
    "szombat",
    "vasárnap",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greets_in_the_words_of_the_guest() {
        for (said, greeting) in [
            ("hi, when is breakfast", "Hi Anna!"),
            ("Guten Tag, wann ist meine Buchung?", "Guten Tag Anna!"),
            ("¡Hola! ¿Cuándo es mi reserva?", "Hola Anna!"),
            ("Szia, mikor van a foglalásom?", "Szia Anna!"),
            ("Hello there", "Hello Anna!"),
            ("Where do I park?", "Hello Anna!"),
            ("Was kostet ein Haarschnitt?", "Guten Tag Anna!"),
        ] {
            assert_eq!(
                Language::of(said).greeting(said, Some("Anna")),
                greeting,
                "{said}"
            );
        }
    }

    #[test]
    fn a_moment_is_told_by_the_clock_of_the_house() {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let friday = 1_764_939_600;
        assert_eq!(
            Language::English.moment(friday, &zone),
            "Friday, 5 December 2025 at 14:00"
        );
        assert_eq!(
            Language::German.moment(friday, &zone),
            "Freitag, 5. Dezember 2025 um 14:00 Uhr"
        );
        assert_eq!(
            Language::Spanish.moment(friday, &zone),
            "viernes 5 de diciembre de 2025 a las 14:00"
        );
        assert_eq!(
            Language::Hungarian.moment(friday, &zone),
            "2025. december 5., péntek, 14:00"
        );
    }

    #[test]
    fn a_greeting_alone_asks_nothing() {
        assert!(is_only_greeting("Good morning!"));
        assert!(is_only_greeting("Hola"));
        assert!(!is_only_greeting("Hi, where is the pool?"));
    }
}
