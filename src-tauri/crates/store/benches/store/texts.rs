//! What guests and the desk write to each other, in the languages a hotel hears.

use crate::random::Random;

/// Sentences and words of one language. `{…}` is filled in.
struct Language {
    /// How often it is heard.
    weight: usize,
    sentences: &'static [&'static str],
    things: &'static [&'static str],
    fillers: &'static [&'static str],
}

const LANGUAGES: &[Language] = &[
    Language {
        weight: 34,
        sentences: &[
            "Hello, is {thing} included in our booking {code}?",
            "Could you please arrange {thing} for {number} people at {time}?",
            "We arrive late on the {day}, is a late checkout possible for room {room}?",
            "Thank you {name}, that works perfectly for us.",
            "Unfortunately {thing} in room {room} does not work, {filler}.",
            "I would like to change my reservation {code} to the {day}, {filler}.",
            "Good morning {name}, {thing} is ready for you at the front desk.",
            "The airport shuttle leaves at {time}, please be in the lobby ten minutes earlier.",
            "How much is {thing} per night? My colleague {name} paid {number} euros.",
            "{filler}, we will check {thing} and come back to you before {time}.",
        ],
        things: &[
            "breakfast",
            "the room",
            "parking",
            "the airport shuttle",
            "a baby cot",
            "the swimming pool",
            "the sauna",
            "an extra bed",
            "the invoice",
            "air conditioning",
            "the wifi password",
            "a quiet room",
            "the gym",
            "luggage storage",
            "a vegetarian dinner",
            "the balcony",
            "an iron",
            "a wheelchair ramp",
            "the minibar",
            "a massage appointment",
            "towels",
            "the safe",
            "a bicycle rental",
            "the conference room",
        ],
        fillers: &[
            "thank you very much",
            "as we discussed on the phone",
            "if that is possible",
            "sorry for the trouble",
            "because our flight was moved",
            "it is my wife's birthday",
            "we travel with a small dog",
            "my daughter is allergic to peanuts",
            "the noise from the street is terrible",
        ],
    },
    Language {
        weight: 18,
        sentences: &[
            "Guten Tag, ist {thing} in der Buchung {code} enthalten?",
            "Können Sie bitte {thing} für {number} Personen um {time} reservieren?",
            "Wir kommen erst am {day} spät an, ist das für Zimmer {room} möglich?",
            "Vielen Dank {name}, das passt uns sehr gut.",
            "Leider funktioniert {thing} in Zimmer {room} nicht, {filler}.",
            "Ich möchte meine Reservierung {code} auf den {day} verschieben, {filler}.",
        ],
        things: &[
            "das Frühstück",
            "der Parkplatz",
            "ein Kinderbett",
            "die Sauna",
            "die Rechnung",
            "das Schwimmbad",
            "eine Massage",
            "der Zimmerschlüssel",
            "die Klimaanlage",
            "ein Nichtraucherzimmer",
            "der Gepäckraum",
        ],
        fillers: &[
            "vielen Dank im Voraus",
            "wie am Telefon besprochen",
            "falls das möglich ist",
            "unser Zug hat Verspätung",
            "wir reisen mit unserem Hund",
            "meine Mutter sitzt im Rollstuhl",
        ],
    },
    Language {
        weight: 12,
        sentences: &[
            "Bonjour, est-ce que {thing} est compris dans la réservation {code} ?",
            "Pourriez-vous réserver {thing} pour {number} personnes à {time} ?",
            "Merci beaucoup {name}, c'est parfait pour la chambre {room}.",
            "Nous arrivons le {day} très tard, {filler}.",
        ],
        things: &[
            "le petit-déjeuner",
            "le parking",
            "un lit bébé",
            "la piscine",
            "la facture",
            "un dîner végétarien",
            "la climatisation",
            "un massage",
            "le coffre-fort",
        ],
        fillers: &[
            "merci d'avance",
            "si c'est possible",
            "comme convenu au téléphone",
            "notre vol a été retardé",
        ],
    },
    Language {
        weight: 10,
        sentences: &[
            "Hola, ¿está incluido {thing} en la reserva {code}?",
            "¿Podrían preparar {thing} para {number} personas a las {time}?",
            "Muchas gracias {name}, llegamos el {day} a la habitación {room}, {filler}.",
        ],
        things: &[
            "el desayuno",
            "el aparcamiento",
            "una cuna",
            "la piscina",
            "la factura",
            "el aire acondicionado",
        ],
        fillers: &["gracias de antemano", "si es posible", "nuestro vuelo se retrasó"],
    },
    Language {
        weight: 9,
        sentences: &[
            "Здравствуйте, входит ли {thing} в бронирование {code}?",
            "Можно заказать {thing} на {number} человек в {time}?",
            "Большое спасибо, {name}, мы приедем {day} в номер {room}, {filler}.",
        ],
        things: &[
            "завтрак",
            "парковка",
            "детская кроватка",
            "бассейн",
            "трансфер",
            "поздний выезд",
            "кондиционер",
        ],
        fillers: &["заранее благодарю", "если это возможно", "наш рейс задержали"],
    },
    Language {
        weight: 6,
        sentences: &[
            "مرحبا، هل {thing} مشمول في الحجز {code}؟",
            "شكرا جزيلا {name}، نصل يوم {day} إلى الغرفة {room}، {filler}.",
        ],
        things: &["الإفطار", "موقف السيارات", "المسبح", "سرير أطفال", "الفاتورة"],
        fillers: &["شكرا مقدما", "إذا كان ذلك ممكنا", "تأخرت رحلتنا"],
    },
    Language {
        weight: 6,
        sentences: &[
            "こんにちは。 {thing} は 予約 {code} に 含まれますか。",
            "{name} さん、ありがとうございます。 {day} 日に {room} 号室へ 到着します。 {filler}",
        ],
        things: &["朝食", "駐車場", "プール", "領収書", "空港送迎", "ベビーベッド"],
        fillers: &["よろしくお願いします。", "飛行機が遅れました。"],
    },
    Language {
        weight: 5,
        sentences: &[
            "नमस्ते, क्या {thing} बुकिंग {code} में शामिल है?",
            "धन्यवाद {name}, हम {day} को कमरा {room} में आएंगे, {filler}.",
        ],
        things: &["नाश्ता", "पार्किंग", "स्विमिंग पूल", "बिल"],
        fillers: &["कृपया बताएं", "हमारी उड़ान देर से है"],
    },
];

const FIRST: &[&str] = &[
    "Anna", "Luca", "Sofia", "Emma", "Noah", "Mia", "Jonas", "Clara", "Hugo", "Léa", "Pablo", "Carmen",
    "Ivan", "Olga", "Yuki", "Haruto", "Fatima", "Omar", "Priya", "Arjun", "Chloé", "Matteo", "Ingrid",
    "Søren", "Zoë", "Björn",
];
const BEGIN: &[&str] = &[
    "Mar", "Kel", "Du", "Ber", "Sch", "Hof", "Lan", "Ros", "Pet", "Ang", "Vel", "Tor", "Nak", "Iv",
];
const MIDDLE: &[&str] = &[
    "a", "en", "bo", "ti", "mu", "le", "ro", "ig", "an", "ash", "ell", "ov", "ami", "ü",
];
const END: &[&str] = &[
    "mann", "is", "ez", "ova", "son", "ini", "ard", "ström", "oto", "escu", "feld", "ier", "ić", "ho",
];

/// A guest's name; a few thousand different ones.
pub fn name(random: &mut Random) -> String {
    let last = [random.pick(BEGIN), random.pick(MIDDLE), random.pick(END)].concat();
    format!("{} {last}", random.often(FIRST))
}

/// A booking number nobody else has.
pub fn code(number: i64) -> String {
    format!("HB{:06X}", number.wrapping_mul(7919) & 0xFF_FFFF)
}

/// The language a conversation is held in.
pub fn language(random: &mut Random) -> usize {
    let mut left = random.below(LANGUAGES.iter().map(|language| language.weight).sum());
    for (place, language) in LANGUAGES.iter().enumerate() {
        if left < language.weight {
            return place;
        }
        left -= language.weight;
    }
    0
}

/// One to three sentences in one language about a booking of that number.
pub fn message(random: &mut Random, language: usize, booking: i64) -> String {
    let Some(language) = LANGUAGES.get(language) else {
        return String::new();
    };
    let sentences = 1 + random.below(3);
    let mut text = String::new();
    for _ in 0..sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence(random, language, booking));
    }
    text
}

fn sentence(random: &mut Random, language: &Language, booking: i64) -> String {
    let mut text = random.pick(language.sentences).to_owned();
    if text.contains("{thing}") {
        text = text.replace("{thing}", random.often(language.things));
    }
    if text.contains("{filler}") {
        text = text.replace("{filler}", random.pick(language.fillers));
    }
    if text.contains("{name}") {
        text = text.replace("{name}", &name(random));
    }
    let numbers = [
        ("{code}", code(booking)),
        ("{room}", (100 + random.below(500)).to_string()),
        ("{number}", (1 + random.below(12)).to_string()),
        ("{day}", (1 + random.below(31)).to_string()),
        (
            "{time}",
            format!("{}:{:02}", random.below(24), 5 * random.below(12)),
        ),
    ];
    for (place, value) in numbers {
        text = text.replace(place, &value);
    }
    text
}
