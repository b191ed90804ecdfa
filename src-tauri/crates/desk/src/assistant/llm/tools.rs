//! The engine's look-ups as a language model calls them. All of them only read.

use crate::assistant::case::Case;
use crate::assistant::engine::language::Language;
use crate::assistant::engine::text;
use crate::assistant::engine::tools::{Booking, ToolFailed, Tools};
use crate::assistant::engine::turn::{ToolUse, Turn};
use crate::assistant::lookup::Lookup;
use crate::desk::Desk;
use crate::error::ApiError;
use serde_json::{Value, json};

/// The way out: a person answers.
pub const COLLEAGUE: &str = "ask_colleague";

/// Names and parameters, in the form of the endpoint.
pub fn definitions() -> Value {
    let tool = |name: &str, description: &str, properties: Value| {
        json!({
            "type": "function",
            "function": {
                "name": name, "description": description,
                "parameters": { "type": "object", "properties": properties, "required": properties_of(&properties) },
            },
        })
    };
    json!([
        tool(
            "find_bookings",
            "The guest's own bookings that have not ended.",
            json!({})
        ),
        tool(
            "search_knowledge",
            "Articles about the house. Search in English.",
            json!({ "words": { "type": "string" } })
        ),
        tool("list_prices", "The whole price list.", json!({})),
        tool(
            "opening_hours",
            "When the desk is staffed, and whether it is now.",
            json!({})
        ),
        tool(COLLEAGUE, "Hand over to a person of the desk.", json!({})),
    ])
}

fn properties_of(properties: &Value) -> Vec<&String> {
    properties
        .as_object()
        .map(|map| map.keys().collect())
        .unwrap_or_default()
}

/// Runs a call; answers what the model reads and what the message names. Unknown calls and failures are told as such.
pub async fn run(desk: &Desk, case: &Case, name: &str, arguments: &str) -> (String, Option<ToolUse>) {
    let words = serde_json::from_str::<Value>(arguments).ok();
    let words = words
        .and_then(|value| Some(value.get("words")?.as_str()?.to_owned()))
        .unwrap_or_default();
    let (own, name) = (case.clone(), name.to_owned());
    let found = desk.read(move |view| {
        let lookup = Lookup {
            connection: view,
            account_id: own.account_id,
            contact_id: own.contact_id,
        };
        look_up(&lookup, &own.turn, &name, &words).map_err(|ToolFailed| ApiError::Broken("a look-up failed"))
    });
    match found.await {
        Ok(Some((result, label, summary))) => (
            result,
            Some(ToolUse {
                name: label.to_owned(),
                summary,
                ok: true,
            }),
        ),
        Ok(None) => ("There is no such tool.".to_owned(), None),
        Err(_) => {
            let failed = ToolUse {
                name: "Look-up".to_owned(),
                summary: "No answer from the booking system".to_owned(),
                ok: false,
            };
            ("No answer. Hand over to a colleague.".to_owned(), Some(failed))
        }
    }
}

type Found = (String, &'static str, String);

fn look_up(tools: &dyn Tools, turn: &Turn, name: &str, words: &str) -> Result<Option<Found>, ToolFailed> {
    Ok(match name {
        "find_bookings" => {
            let bookings = tools.bookings(turn.now)?;
            let references: Vec<&str> = bookings
                .iter()
                .map(|booking| booking.reference.as_str())
                .collect();
            let summary = if references.is_empty() {
                "Found no booking of this guest".to_owned()
            } else {
                format!("Looked up booking {}", references.join(", "))
            };
            Some((told(&bookings, turn), "Bookings", summary))
        }
        "search_knowledge" => {
            let articles = tools.articles(&text::content_words(words), Language::of_turn(turn))?;
            let best = &articles[..articles.len().min(3)];
            let titles: Vec<String> = best
                .iter()
                .map(|article| format!("“{}”", article.title))
                .collect();
            let told: Vec<String> = best
                .iter()
                .map(|article| format!("{}: {}", article.title, article.content))
                .collect();
            let summary = if titles.is_empty() {
                "Found nothing".to_owned()
            } else {
                format!("Read {}", titles.join(", "))
            };
            let told = if told.is_empty() {
                "Nothing found.".to_owned()
            } else {
                told.join("\n")
            };
            Some((told, "Knowledge", summary))
        }
        "list_prices" => {
            let prices: Vec<String> = tools
                .prices(Language::English)?
                .iter()
                .map(|price| format!("{}: {}", price.name, price.words(Language::English)))
                .collect();
            Some((
                prices.join("\n"),
                "Price list",
                "Checked the price list".to_owned(),
            ))
        }
        "opening_hours" => {
            let hours = &turn.property.hours;
            let all = hours
                .describe(Language::English)
                .unwrap_or_else(|| "not kept".to_owned());
            let now = if hours.is_open(turn.now, &turn.property.zone) {
                "open"
            } else {
                "closed"
            };
            let portal = turn.property.portal_url.as_deref().unwrap_or("none");
            let told = format!("Hours: {all}. Now: {now}. Guests manage and make bookings at: {portal}");
            Some((told, "Opening hours", "Read the opening hours".to_owned()))
        }
        _ => None,
    })
}

fn told(bookings: &[Booking], turn: &Turn) -> String {
    if bookings.is_empty() {
        return "This guest has no booking.".to_owned();
    }
    let line = |booking: &Booking| {
        let moment = |at| Language::English.moment(at, &turn.property.zone);
        let with = booking
            .resource
            .as_deref()
            .map_or(String::new(), |with| format!(" with {with}"));
        let (from, to) = (moment(booking.starts_at), moment(booking.ends_at));
        format!(
            "{}: {}{with}, from {from} to {to}",
            booking.reference, booking.title
        )
    };
    bookings.iter().map(line).collect::<Vec<_>>().join("\n")
}
