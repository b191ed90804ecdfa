//! What the engine may look up. The facts of every answer come from here.

use super::hours::local;
use super::language::Language;
use jiff::tz::TimeZone;

/// A look-up that did not work; the assistant says so and calls a colleague.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the look-up failed")]
pub struct ToolFailed;

/// A stay or an appointment of the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub id: i64,
    /// As printed in the confirmation.
    pub reference: String,
    /// "Double room with a view", "Cut and finish".
    pub title: String,
    /// Epoch seconds.
    pub starts_at: i64,
    /// Epoch seconds.
    pub ends_at: i64,
    /// Who or what it is with: a stylist, a room.
    pub resource: Option<String>,
    /// The last moment the guest may cancel (epoch seconds); `None` = not by chat.
    pub cancel_until: Option<i64>,
    /// The last moment the guest may move it (epoch seconds); `None` = not by chat.
    pub move_until: Option<i64>,
}

impl Booking {
    /// Whole nights between arrival and departure on the house's calendar.
    pub fn nights(&self, zone: &TimeZone) -> i32 {
        let (from, to) = (
            local(self.starts_at, zone).date(),
            local(self.ends_at, zone).date(),
        );
        from.until(to).map_or(0, |span| span.get_days())
    }
}

/// A line of the price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    pub name: String,
    /// In hundredths of `currency`.
    pub amount: i64,
    /// "EUR".
    pub currency: String,
    /// "per night"; may be empty.
    pub unit: String,
    /// Other words guests use for it, also in other languages.
    pub keywords: String,
}

impl Price {
    /// "€18 per night", "18 € pro Nacht".
    pub fn words(&self, language: Language) -> String {
        let sign = match self.currency.as_str() {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            _ => "",
        };
        let leads = language == Language::English && !sign.is_empty();
        let point = if language == Language::English { '.' } else { ',' };
        let front = if leads { sign } else { "" };
        let amount = match self.amount % 100 {
            0 => format!("{front}{}", self.amount / 100),
            cents => format!("{front}{}{point}{cents:02}", self.amount / 100),
        };
        let currency = match (leads, sign) {
            (true, _) => String::new(),
            (false, "") => format!(" {}", self.currency),
            (false, sign) => format!(" {sign}"),
        };
        let unit = if self.unit.is_empty() {
            String::new()
        } else {
            format!(" {}", self.unit)
        };
        format!("{amount}{currency}{unit}")
    }
}

/// A piece of the property's knowledge, best match first.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    pub title: String,
    pub content: String,
    pub keywords: String,
}

/// Look-ups for one guest of one property.
pub trait Tools {
    /// Bookings of the guest that have not ended and are not cancelled, soonest first.
    fn bookings(&self, now: i64) -> Result<Vec<Booking>, ToolFailed>;
    /// The whole price list in the property's order, named in the language where the property does.
    fn prices(&self, language: Language) -> Result<Vec<Price>, ToolFailed>;
    /// Articles that hold any of the words, ranked; told in the language where the property does.
    fn articles(&self, words: &[String], language: Language) -> Result<Vec<Article>, ToolFailed>;
    /// How many people or rooms take bookings.
    fn capacity(&self) -> Result<usize, ToolFailed>;
    /// Taken spans (epoch seconds) of a resource within a span.
    fn taken(&self, resource: Option<&str>, from: i64, to: i64) -> Result<Vec<(i64, i64)>, ToolFailed>;
}
