//! Prices, opening hours and the property's knowledge. A weak match is no match.

mod words;

use super::dates;
use super::draft::{Draft, Matter};
use super::hours::{local, said};
use super::intent::matter_words;
use super::language::Language;
use super::text::{self, akin};
use super::tools::{Article, Price, Tools};
use super::turn::{PropertyKind, Turn};
use super::wording::fill;
use jiff::civil::Weekday;

/// Longest article that is told whole, in characters.
const WHOLE: usize = 340;

/// Answers from the articles; false when nothing fits well enough.
pub fn from_articles(sentence: &str, turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let asked = matter_words(sentence);
    if asked.is_empty() {
        return false;
    }
    let Some(found) = draft.looked_up("Knowledge", tools.articles(&asked, Language::of_turn(turn))) else {
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
pub fn from_prices(sentence: &str, turn: &Turn, tools: &dyn Tools, draft: &mut Draft) -> bool {
    let asked = text::content_words(sentence)
        .into_iter()
        .filter(|word| {
            !super::intent::FRAME.contains(&word.as_str()) && !word.chars().all(|sign| sign.is_ascii_digit())
        })
        .collect::<Vec<_>>();
    let language = Language::of_turn(turn);
    let Some(prices) = draft.looked_up("Price list", tools.prices(language)) else {
        return true;
    };
    let chosen: Vec<&Price> = if asked.is_empty() {
        prices.iter().take(6).collect()
    } else {
        best_prices(&asked, &prices)
    };
    let told = match chosen[..] {
        [] => return false,
        [one] => fill(
            language.pick([
                "{name} costs {price}.",
                "{name} kostet {price}.",
                "{name} cuesta {price}.",
                "{name} ára: {price}.",
            ]),
            &[("name", &one.name), ("price", &one.words(language))],
        ),
        _ => {
            let lines: Vec<String> = chosen
                .iter()
                .map(|price| format!("{} {}", price.name, price.words(language)))
                .collect();
            let list = language.pick([
                "From the price list",
                "Aus der Preisliste",
                "De la lista de precios",
                "Az árlistából",
            ]);
            format!("{list}: {}.", lines.join(", "))
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
    let language = Language::of_turn(turn);
    let (zone, hours) = (&turn.property.zone, &turn.property.hours);
    let Some(all) = hours.describe(language) else {
        return false;
    };
    if !text::content_words(sentence)
        .iter()
        .all(|word| is_about_the_house(word, turn))
    {
        return false;
    }
    let day = dates::days_in(sentence, local(turn.now, zone).date())
        .first()
        .copied();
    let mut told: Vec<String> = day
        .into_iter()
        .map(|day| told_day(day.weekday(), turn, language))
        .collect();
    let subject = language.pick(if turn.property.kind == PropertyKind::Hotel {
        [
            "The desk is open",
            "Die Rezeption ist besetzt:",
            "La recepción está abierta:",
            "A recepció nyitva van:",
        ]
    } else {
        [
            "We are open",
            "Wir haben geöffnet:",
            "Estamos abiertos:",
            "Nyitva vagyunk:",
        ]
    });
    told.push(format!("{subject} {all}."));
    told.extend(closed_note(turn, language));
    let summary = hours.describe(Language::English).unwrap_or_default();
    draft.used("Opening hours", format!("Read the opening hours: {summary}"));
    draft.say(told.join(" "));
    draft.matters.push(Matter::Faq);
    true
}

fn told_day(weekday: Weekday, turn: &Turn, language: Language) -> String {
    let name = language.day_name(weekday);
    let Some(span) = turn.property.hours.day(weekday) else {
        let template = language.pick([
            "On {day} we are closed.",
            "Am {day} haben wir geschlossen.",
            "El {day} está cerrado.",
            "Ezen a napon zárva vagyunk: {day}.",
        ]);
        return fill(template, &[("day", name)]);
    };
    let template = language.pick([
        "On {day} we are open from {opens} to {closes}.",
        "Am {day} haben wir von {opens} bis {closes} geöffnet.",
        "El {day} abrimos de {opens} a {closes}.",
        "Nyitvatartás ezen a napon ({day}): {opens}–{closes}.",
    ]);
    let hours = said(span);
    let (opens, closes) = hours.split_once('–').unwrap_or_default();
    fill(template, &[("day", name), ("opens", opens), ("closes", closes)])
}

fn is_about_the_house(word: &str, turn: &Turn) -> bool {
    words::OF_THE_HOUSE.contains(&word)
        || word.chars().all(|sign| sign.is_ascii_digit())
        || text::words(&turn.property.name).iter().any(|name| name == word)
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
