//! What a letter says, in the guest's language: pure.

use crate::assistant::engine::language::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What there is to tell.
pub struct Told<'a> {
    pub guest: &'a str,
    pub property: &'a str,
    pub title: &'a str,
    pub reference: &'a str,
    /// Epoch milliseconds.
    pub starts_at: i64,
    /// Epoch milliseconds.
    pub ends_at: i64,
    /// A stay of nights is said in days.
    pub has_nights: bool,
    pub zone: TimeZone,
    pub link: &'a str,
}

/// The language of a code such as `de` or `de-AT`, if the assistant speaks it.
pub fn spoken(code: &str) -> Option<Language> {
    let code = code.get(..2)?.to_ascii_lowercase();
    [
        Language::English,
        Language::German,
        Language::Spanish,
        Language::Hungarian,
    ]
    .into_iter()
    .find(|language| language.code() == code)
}

/// Subject and text.
pub fn written(language: Language, told: &Told<'_>) -> (String, String) {
    let subject = language.pick([
        "Your booking at {property}: {title}",
        "Ihre Buchung bei {property}: {title}",
        "Su reserva en {property}: {title}",
        "Foglalása itt: {property} – {title}",
    ]);
    let text = language.pick([
        "Hello {guest},\n\nyour booking {reference} is confirmed:\n\n  {title}\n  {time}\n\n\
         Do you have a question, or would you like to change something? Write to us here:\n\n  {link}\n\n\
         The link is yours alone and stays open for 30 days. Please do not pass it on.\n\n{property}\n",
        "Guten Tag {guest},\n\nIhre Buchung {reference} ist bestätigt:\n\n  {title}\n  {time}\n\n\
         Haben Sie eine Frage, oder möchten Sie etwas ändern? Schreiben Sie uns hier:\n\n  {link}\n\n\
         Der Link gehört nur Ihnen und bleibt 30 Tage offen. Bitte geben Sie ihn nicht weiter.\n\n{property}\n",
        "Hola, {guest}:\n\nsu reserva {reference} está confirmada:\n\n  {title}\n  {time}\n\n\
         ¿Tiene alguna pregunta o desea cambiar algo? Escríbanos aquí:\n\n  {link}\n\n\
         El enlace es solo suyo y permanece abierto 30 días. Por favor, no lo comparta.\n\n{property}\n",
        "Kedves {guest}!\n\nA(z) {reference} foglalását visszaigazoljuk:\n\n  {title}\n  {time}\n\n\
         Kérdése van, vagy módosítana valamit? Írjon nekünk itt:\n\n  {link}\n\n\
         A hivatkozás csak Öné, és 30 napig él. Kérjük, ne adja tovább.\n\n{property}\n",
    ]);
    (filled(subject, language, told), filled(text, language, told))
}

/// One pass: what a guest is called is not looked into for more names.
fn filled(pattern: &str, language: Language, told: &Told<'_>) -> String {
    let time = time(language, told);
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        text.push_str(match name {
            "guest" => told.guest,
            "property" => told.property,
            "title" => told.title,
            "reference" => told.reference,
            "time" => &time,
            "link" => told.link,
            _ => "",
        });
        rest = after;
    }
    text.push_str(rest);
    text
}

fn time(language: Language, told: &Told<'_>) -> String {
    let day = language.pick(["%-d %B %Y", "%d.%m.%Y", "%d/%m/%Y", "%Y. %m. %d."]);
    let at = |millis: i64, pattern: &str| {
        let moment = Timestamp::from_millisecond(millis).unwrap_or_default();
        moment.to_zoned(told.zone.clone()).strftime(pattern).to_string()
    };
    if told.has_nights {
        return format!("{} – {}", at(told.starts_at, day), at(told.ends_at, day));
    }
    let begins = at(told.starts_at, &format!("{day}, %H:%M"));
    format!("{begins}–{}", at(told.ends_at, "%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(link: &str) -> Told<'_> {
        Told {
            guest: "Ida {link}",
            property: "Hotel Adler",
            title: "Double room",
            reference: "A-1",
            starts_at: 1_796_119_200_000,
            ends_at: 1_796_288_400_000,
            has_nights: true,
            zone: TimeZone::get("Europe/Berlin").unwrap(),
            link,
        }
    }

    #[test]
    fn each_language_says_all_of_it() {
        for (code, days) in [
            ("en", "1 December 2026 – 3 December 2026"),
            ("de-AT", "01.12.2026 – 03.12.2026"),
            ("ES", "01/12/2026 – 03/12/2026"),
            ("hu", "2026. 12. 01. – 2026. 12. 03."),
        ] {
            let (subject, text) = written(spoken(code).unwrap(), &told("https://x/chat/1"));
            assert!(
                subject.contains("Hotel Adler") && subject.contains("Double room"),
                "{subject}"
            );
            for part in [days, "A-1", "Double room", "https://x/chat/1", "30", "Ida {link}"] {
                assert!(text.contains(part), "{code}: {part} in {text}");
            }
            assert_eq!(text.matches("https://x/chat/1").count(), 1);
        }
        assert!(spoken("fr").is_none() && spoken("").is_none() && spoken("é").is_none());
    }

    #[test]
    fn an_appointment_is_said_to_the_minute() {
        let told = Told {
            has_nights: false,
            ends_at: 1_796_119_200_000 + 2_700_000,
            ..told("l")
        };
        let (_, text) = written(Language::German, &told);
        assert!(text.contains("01.12.2026, 11:00–11:45"), "{text}");
    }
}
