//! Prices, opening hours and the property's knowledge. A weak match is no match.

use super::dates;
use super::draft::{Draft, Matter};
use super::hours::{day_name, local};
use super::intent::matter_words;
use super::language::Language;
use super::text::{self, akin};
use super::tools::{Article, Price, Tools};
use super::turn::{PropertyKind, Turn};

/// Longest article that is told whole, in characters.
const WHOLE: usize = 340;

/// Answers from the articles; false when nothing fits well enough.
pub fn from_articles(sentence: &str, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let asked = matter_words(sentence);
    if asked.is_empty() {
        return false;
    }
    let Some(found) = draft.looked_up("Knowledge", tools.articles(&asked)) else {
        return true;
    };
    let heads: Vec<Vec<String>> = found.iter().map(head_words).collect();
    let bodies: Vec<Vec<String>> = found
        .iter()
        .map(|article| text::words(&article.content))
        .collect();
    let weights: Vec<f64> = asked.iter().map(|word| rarity(word, &heads, &bodies)).collect();
    let best = (0..found.len())
        .filter_map(|index| Some((fit(&asked, &weights, &heads[index], &bodies[index])?, index)))
        .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    let Some((_, index)) = best else {
        return false;
    };
    draft.used("Knowledge", format!("Read “{}”", found[index].title));
    draft.say(passage(&found[index].content, &asked));
    draft.matters.push(Matter::Faq);
    true
}

fn head_words(article: &Article) -> Vec<String> {
    text::words(&format!("{} {}", article.title, article.keywords))
}

/// Rare words weigh more; a word found nowhere weighs most, so that it spoils the match.
fn rarity(word: &str, heads: &[Vec<String>], bodies: &[Vec<String>]) -> f64 {
    let holds = |words: &Vec<String>| words.iter().any(|other| akin(word, other));
    let holding = heads
        .iter()
        .zip(bodies)
        .filter(|(head, body)| holds(head) || holds(body))
        .count();
    (1.0 + 20.0 / (holding as f64 + 0.5)).ln()
}

/// How well an article answers: `None` below the bar. The bar: half of what was asked with a word of its title or
/// keywords, or three quarters of at least two words anywhere.
fn fit(asked: &[String], weights: &[f64], head: &[String], body: &[String]) -> Option<f64> {
    let share = |test: &dyn Fn(&String) -> bool| {
        let total: f64 = weights.iter().sum();
        let met: f64 = asked
            .iter()
            .zip(weights)
            .filter(|(word, _)| test(word))
            .map(|(_, weight)| weight)
            .sum();
        if total > 0.0 { met / total } else { 0.0 }
    };
    let in_head = |word: &String| head.iter().any(|other| akin(word, other));
    let anywhere = |word: &String| in_head(word) || body.iter().any(|other| akin(word, other));
    let (headed, met) = (share(&in_head), share(&anywhere));
    ((headed > 0.0 && met >= 0.5) || (met >= 0.75 && asked.len() >= 2)).then_some(2.0 * headed + met)
}

/// The whole of a short article, the three sentences nearest to the question of a long one.
fn passage(content: &str, asked: &[String]) -> String {
    let sentences = text::sentences(content);
    if content.chars().count() <= WHOLE || sentences.len() <= 3 {
        return content.trim().to_owned();
    }
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let met = |index: &usize| {
        let words = text::words(sentences[*index]);
        asked
            .iter()
            .filter(|word| words.iter().any(|other| akin(word, other)))
            .count()
    };
    order.sort_by_key(|index| (std::cmp::Reverse(met(index)), *index));
    order.truncate(3);
    order.sort_unstable();
    order
        .into_iter()
        .map(|index| sentences[index])
        .collect::<Vec<_>>()
        .join(" ")
}

/// Quotes the price list; false when the thing asked for is not on it.
pub fn from_prices(sentence: &str, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let asked = text::content_words(sentence)
        .into_iter()
        .filter(|word| !super::intent::FRAME.contains(&word.as_str()))
        .collect::<Vec<_>>();
    let Some(prices) = draft.looked_up("Price list", tools.prices()) else {
        return true;
    };
    let chosen: Vec<&Price> = if asked.is_empty() {
        prices.iter().take(6).collect()
    } else {
        best_prices(&asked, &prices)
    };
    let told = match chosen[..] {
        [] => return false,
        [one] => format!("{} costs {}.", one.name, one.words()),
        _ => {
            let lines: Vec<String> = chosen
                .iter()
                .map(|price| format!("{} {}", price.name, price.words()))
                .collect();
            format!("From the price list: {}.", lines.join(", "))
        }
    };
    let names: Vec<&str> = chosen.iter().map(|price| price.name.as_str()).collect();
    draft.used(
        "Price list",
        format!("Checked the price list: {}", names.join(", ")),
    );
    draft.say(told);
    draft.matters.push(Matter::Price);
    true
}

/// The lines that meet most of the words asked for, at least half; at most four.
fn best_prices<'a>(asked: &[String], prices: &'a [Price]) -> Vec<&'a Price> {
    let score =
        |price: &Price| text::coverage(asked, &text::words(&format!("{} {}", price.name, price.keywords)));
    let best = prices.iter().map(score).fold(0.0, f64::max);
    if best < 0.5 {
        return Vec::new();
    }
    prices
        .iter()
        .filter(|price| score(price) >= best)
        .take(4)
        .collect()
}

/// Tells the opening hours; false when the sentence is about something else that opens and closes, or none are kept.
pub fn from_hours(sentence: &str, turn: &Turn, draft: &mut Draft) -> bool {
    let Some(all) = turn.property.hours.describe() else {
        return false;
    };
    if !text::content_words(sentence)
        .iter()
        .all(|word| is_about_the_house(word, turn))
    {
        return false;
    }
    let (zone, hours) = (&turn.property.zone, &turn.property.hours);
    let day = dates::days_in(sentence, local(turn.now, zone).date())
        .first()
        .copied();
    let told_day = day.map(|day| match hours.day(day.weekday()) {
        Some((opens, closes)) => format!(
            "On {} we are open from {:02}:{:02} to {:02}:{:02}.",
            day_name(day.weekday()),
            opens / 60,
            opens % 60,
            closes / 60,
            closes % 60
        ),
        None => format!("On {} we are closed.", day_name(day.weekday())),
    });
    let subject = if turn.property.kind == PropertyKind::Hotel {
        "The desk is open"
    } else {
        "We are open"
    };
    let mut told = format!(
        "{}{subject} {all}.",
        told_day.map_or(String::new(), |day| format!("{day} "))
    );
    if let Some(closed) = closed_note(turn, Language::English) {
        told = format!("{told} {closed}");
    }
    draft.used("Opening hours", format!("Read the opening hours: {all}"));
    draft.say(told);
    draft.matters.push(Matter::Faq);
    true
}

fn is_about_the_house(word: &str, turn: &Turn) -> bool {
    const HOUSE: &[&str] = &[
        "24",
        "24h",
        "clock",
        "around",
        "open",
        "opening",
        "opens",
        "close",
        "closes",
        "closed",
        "closing",
        "hours",
        "time",
        "times",
        "today",
        "tomorrow",
        "tonight",
        "now",
        "desk",
        "reception",
        "front",
        "business",
        "working",
        "office",
        "weekend",
        "weekends",
        "late",
        "still",
        "currently",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
        "offnungszeiten",
        "geoffnet",
        "offen",
        "heute",
        "morgen",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "horario",
        "horarios",
        "abierto",
        "abiertos",
        "abren",
        "cierran",
        "hoy",
        "manana",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "nyitva",
        "nyitvatartas",
        "vannak",
        "ma",
        "holnap",
        "auf",
        "ihr",
        "week",
        "days",
        "day",
        "shop",
        "place",
        "guys",
    ];
    HOUSE.contains(&word) || text::words(&turn.property.name).iter().any(|name| name == word)
}

/// "The desk is closed now and opens again on …", outside desk hours.
pub fn closed_note(turn: &Turn, language: Language) -> Option<String> {
    let (hours, zone) = (&turn.property.hours, &turn.property.zone);
    if hours.is_open(turn.now, zone) {
        return None;
    }
    let opens = language.moment(hours.next_opening(turn.now, zone)?, zone);
    Some(match language {
        Language::English => format!("The desk is closed now and opens again on {opens}."),
        Language::German => format!("Die Rezeption ist gerade geschlossen und öffnet wieder am {opens}."),
        Language::Spanish => format!("La recepción está cerrada ahora y abre de nuevo el {opens}."),
        Language::Hungarian => format!("A recepció most zárva van, legközelebb ekkor nyit: {opens}."),
    })
}
