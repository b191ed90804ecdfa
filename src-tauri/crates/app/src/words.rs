//! The words of notifications, tray and title: the text that Rust shows without the screen, in the screen's language.
//!
//! Everything a page shows is in the screen's own catalogues.

use crate::schema::Language;
use deskbell_domain::isolated;
use deskbell_sync::Notice;

/// A guest who needs a person.
pub(crate) struct Guest<'a> {
    pub name: &'a str,
    pub property: &'a str,
    pub reason: Option<&'a str>,
    pub last_words: &'a str,
}

/// Title and body for one guest. Without names the body names the property only, because guests see the counter's
/// screen.
pub(crate) fn ring_one(guest: &Guest<'_>, names: bool, language: Language) -> (String, String) {
    let apart = |text: &str| isolated(text, language == Language::Ar);
    let property = apart(guest.property);
    if !names {
        return (needs_a_person(None, language), property);
    }
    let name = Some(apart(guest.name)).filter(|name| !name.trim().is_empty());
    let comma = if language == Language::Ar { "،" } else { "," };
    let mut body = match guest.reason {
        Some(reason) => format!("{}{comma} {property}", apart(reason)),
        None => property,
    };
    if !guest.last_words.is_empty() {
        body += &format!(". {}", quoted(&apart(guest.last_words), language));
    }
    (needs_a_person(name.as_deref(), language), body)
}

/// Title and body for several guests at once.
pub(crate) fn ring_several(
    count: usize,
    names_or_properties: &[String],
    language: Language,
) -> (String, String) {
    let mut distinct: Vec<String> = Vec::new();
    for text in names_or_properties {
        let text = isolated(text, language == Language::Ar);
        if !text.is_empty() && !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    let comma = if language == Language::Ar { "، " } else { ", " };
    let count = count.try_into().unwrap_or(u32::MAX);
    (need_a_person(count, language), distinct.join(comma))
}

/// Title and body of what is worth a look, on the terms of [`ring_one`].
pub(crate) fn notice(kind: Notice, guest: &Guest<'_>, names: bool, language: Language) -> (String, String) {
    let apart = |text: &str| isolated(text, language == Language::Ar);
    let name = Some(apart(guest.name)).filter(|name| names && !name.trim().is_empty());
    let title = match kind {
        Notice::Assigned => assigned(name.as_deref(), language),
        Notice::CameBack => wrote_again(name.as_deref(), language),
    };
    let mut body = apart(guest.property);
    if names && !guest.last_words.is_empty() {
        body += &format!(". {}", quoted(&apart(guest.last_words), language));
    }
    (title, body)
}

/// "Tomasz Wiśniewski was assigned to you".
fn assigned(name: Option<&str>, language: Language) -> String {
    let what = match language {
        Language::En => "A conversation",
        Language::Hu => "Egy beszélgetést",
        Language::De => "Ein Gespräch",
        Language::Es => "Una conversación",
        Language::Ar => "محادثة",
    };
    match (name, language) {
        (Some(name), Language::En) => format!("{name} was assigned to you"),
        (None, Language::En) => format!("{what} was assigned to you"),
        (Some(name), Language::Hu) => format!("{name} hozzád került"),
        (None, Language::Hu) => format!("{what} hozzád rendeltek"),
        (name, Language::De) => format!("{} wurde Ihnen zugewiesen", name.unwrap_or(what)),
        (Some(name), Language::Es) => format!("Te asignaron a {name}"),
        (None, Language::Es) => "Te asignaron una conversación".into(),
        (name, Language::Ar) => format!("أُسندت إليك {}", name.unwrap_or(what)),
    }
}

/// "Priya Raghunathan wrote again", of a conversation that was closed.
fn wrote_again(name: Option<&str>, language: Language) -> String {
    let who = name.unwrap_or(stranger(language));
    match language {
        Language::En => format!("{who} wrote again after closing"),
        Language::Hu => format!("{who} a lezárás után újra írt"),
        Language::De => format!("{who} hat nach dem Schließen wieder geschrieben"),
        Language::Es => format!("{who} volvió a escribir tras el cierre"),
        Language::Ar => format!("كتب {who} مجددًا بعد الإغلاق"),
    }
}

fn stranger(language: Language) -> &'static str {
    match language {
        Language::En => "A guest",
        Language::Hu => "Egy vendég",
        Language::De => "Ein Gast",
        Language::Es => "Un huésped",
        Language::Ar => "ضيف",
    }
}

/// "Priya Raghunathan needs a person"; `None` = a guest who is not named.
fn needs_a_person(name: Option<&str>, language: Language) -> String {
    let needs = match language {
        Language::En => "needs a person",
        Language::Hu => "emberre vár",
        Language::De => "braucht einen Menschen",
        Language::Es => "espera a una persona",
        Language::Ar => "بحاجة إلى موظف",
    };
    format!("{} {needs}", name.unwrap_or(stranger(language)))
}

/// "3 guests need a person".
pub fn need_a_person(waiting: u32, language: Language) -> String {
    match (language, waiting) {
        (Language::En, 0) => "Nobody is waiting".into(),
        (Language::En, 1) => "1 guest needs a person".into(),
        (Language::En, many) => format!("{many} guests need a person"),
        (Language::Hu, 0) => "Senki sem vár".into(),
        (Language::Hu, many) => format!("{many} vendég vár emberre"),
        (Language::De, 0) => "Niemand wartet".into(),
        (Language::De, 1) => "1 Gast braucht einen Menschen".into(),
        (Language::De, many) => format!("{many} Gäste brauchen einen Menschen"),
        (Language::Es, 0) => "Nadie está esperando".into(),
        (Language::Es, 1) => "1 huésped espera a una persona".into(),
        (Language::Es, many) => format!("{many} huéspedes esperan a una persona"),
        (Language::Ar, 0) => "لا أحد ينتظر".into(),
        (Language::Ar, many) => format!("{} بحاجة إلى موظف", arabic_guests(many)),
    }
}

/// Title and body for what is left with the person who reads it.
pub(crate) fn still_with_you(count: u32, language: Language) -> (String, String) {
    let title = match (language, count) {
        (Language::En, 1) => "1 conversation is still with you".into(),
        (Language::En, many) => format!("{many} conversations are still with you"),
        (Language::Hu, many) => format!("{many} beszélgetés még Önnél van"),
        (Language::De, 1) => "1 Gespräch ist noch bei Ihnen".into(),
        (Language::De, many) => format!("{many} Gespräche sind noch bei Ihnen"),
        (Language::Es, 1) => "1 conversación sigue con usted".into(),
        (Language::Es, many) => format!("{many} conversaciones siguen con usted"),
        (Language::Ar, many) => format!("محادثات ما زالت لديك: {many}"),
    };
    let body = match language {
        Language::En => "AI stays silent in them until you hand them back",
        Language::Hu => "Az MI hallgat bennük, amíg vissza nem adja",
        Language::De => "Die KI schweigt dort, bis Sie zurückgeben",
        Language::Es => "La IA calla en ellas hasta que las devuelva",
        Language::Ar => "يبقى الذكاء الاصطناعي صامتًا فيها حتى تعيدها",
    };
    (title, body.to_owned())
}

/// Title and body of a ring that is only tried.
pub(crate) fn trial(language: Language) -> (String, String) {
    let (title, body) = match language {
        Language::En => (
            "This is how Deskbell rings",
            "You hear and see it when a guest needs a person",
        ),
        Language::Hu => (
            "Így csenget a Deskbell",
            "Ezt hallja és látja, ha egy vendégnek emberre van szüksége",
        ),
        Language::De => (
            "So klingelt Deskbell",
            "Das hören und sehen Sie, wenn ein Gast einen Menschen braucht",
        ),
        Language::Es => (
            "Así suena Deskbell",
            "Lo oirá y verá cuando un huésped necesite a una persona",
        ),
        Language::Ar => ("هكذا يرن Deskbell", "تسمعه وتراه عندما يحتاج ضيف إلى شخص"),
    };
    (title.to_owned(), body.to_owned())
}

/// The noun bends with the number's last two digits.
fn arabic_guests(count: u32) -> String {
    match (count, count % 100) {
        (1, _) => "ضيف واحد".into(),
        (2, _) => "ضيفان".into(),
        (_, 3..=10) => format!("{count} ضيوف"),
        (_, 11..=99) => format!("{count} ضيفًا"),
        _ => format!("{count} ضيف"),
    }
}

fn quoted(text: &str, language: Language) -> String {
    match language {
        Language::En => format!("“{text}”"),
        Language::Hu => format!("„{text}”"),
        Language::De => format!("„{text}“"),
        Language::Es | Language::Ar => format!("«{text}»"),
    }
}

/// What `summary` says may be old.
pub fn as_last_known(summary: &str, language: Language) -> String {
    match language {
        Language::En => format!("{summary}, as last known. Offline"),
        Language::Hu => format!("{summary}, legutóbbi állás. Offline"),
        Language::De => format!("{summary}, letzter Stand. Offline"),
        Language::Es => format!("{summary}, según lo último sabido. Sin conexión"),
        Language::Ar => format!("{summary}، بحسب آخر ما عُرف. غير متصل"),
    }
}

/// On the button of a notification.
pub fn open(language: Language) -> &'static str {
    match language {
        Language::En => "Open",
        Language::Hu => "Megnyitás",
        Language::De => "Öffnen",
        Language::Es => "Abrir",
        Language::Ar => "فتح",
    }
}

/// In the tray's menu.
pub fn open_deskbell(language: Language) -> &'static str {
    match language {
        Language::En => "Open Deskbell",
        Language::Hu => "Deskbell megnyitása",
        Language::De => "Deskbell öffnen",
        Language::Es => "Abrir Deskbell",
        Language::Ar => "فتح Deskbell",
    }
}

/// In the tray's menu.
pub fn quit_deskbell(language: Language) -> &'static str {
    match language {
        Language::En => "Quit Deskbell",
        Language::Hu => "Kilépés a Deskbellből",
        Language::De => "Deskbell beenden",
        Language::Es => "Salir de Deskbell",
        Language::Ar => "إنهاء Deskbell",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::plain;

    const PRIYA: Guest<'_> = Guest {
        name: "Priya Raghunathan",
        property: "Hotel Aurora",
        reason: Some("Payment dispute"),
        last_words: "Refund me",
    };

    #[test]
    fn a_shared_screen_shows_neither_name_nor_words() {
        for language in [
            Language::En,
            Language::Hu,
            Language::De,
            Language::Es,
            Language::Ar,
        ] {
            let (title, body) = ring_one(&PRIYA, false, language);
            assert!(!title.contains("Priya"), "{title}");
            assert_eq!(plain(&body), "Hotel Aurora");
        }
        let (title, body) = ring_one(&PRIYA, true, Language::En);
        assert_eq!(title, "Priya Raghunathan needs a person");
        assert_eq!(body, "Payment dispute, Hotel Aurora. “Refund me”");
    }

    #[test]
    fn a_guest_does_not_turn_what_stands_around_their_words() {
        let guest = Guest {
            name: "\u{202e}נועה",
            reason: Some("\u{2067}Asks"),
            last_words: "one\u{202e}two",
            ..PRIYA
        };
        let (title, body) = ring_one(&guest, true, Language::En);
        assert_eq!(title, "\u{2068}נועה\u{2069} needs a person");
        assert_eq!(body, "Asks, Hotel Aurora. “onetwo”");
        for kind in [Notice::Assigned, Notice::CameBack] {
            let (title, body) = notice(kind, &guest, true, Language::En);
            assert!(title.starts_with("\u{2068}נועה\u{2069} "), "{title}");
            assert!(!body.contains('\u{202e}'), "{body}");
        }
        let (_, body) = ring_several(2, &["\u{202e}Ana".to_owned(), "נועה".to_owned()], Language::En);
        assert_eq!(body, "Ana, \u{2068}נועה\u{2069}");
    }

    #[test]
    fn words_agree_with_the_number() {
        let english: Vec<String> = [0, 1, 12].map(|count| need_a_person(count, Language::En)).into();
        assert_eq!(
            english,
            [
                "Nobody is waiting",
                "1 guest needs a person",
                "12 guests need a person"
            ]
        );
        assert_eq!(need_a_person(1, Language::De), "1 Gast braucht einen Menschen");
        assert_eq!(need_a_person(3, Language::Hu), "3 vendég vár emberre");
    }

    #[test]
    fn arabic_has_a_form_for_each_kind_of_number() {
        let forms = [1, 2, 3, 11, 100, 103].map(arabic_guests);
        assert_eq!(
            forms,
            ["ضيف واحد", "ضيفان", "3 ضيوف", "11 ضيفًا", "100 ضيف", "103 ضيوف"]
        );
    }
}
