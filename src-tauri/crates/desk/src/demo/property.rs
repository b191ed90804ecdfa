//! A property's facts as they lie in `assets/demo`, and how they enter the tables.

use crate::assistant::engine::turn::PropertyKind;
use rusqlite::{Connection, params};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `assets/demo/hotel.json`.
pub const HOTEL: &str = include_str!("../../../../../assets/demo/hotel.json");
/// `assets/demo/salon.json`.
pub const SALON: &str = include_str!("../../../../../assets/demo/salon.json");

/// One property.
#[derive(Deserialize)]
pub struct PropertyFile {
    pub name: String,
    pub kind: PropertyKind,
    pub timezone: String,
    pub support_email: String,
    pub portal_url: String,
    /// E.164.
    pub phone: String,
    /// Desk hours in minutes after midnight, Sunday first; `null` = closed.
    pub hours: Vec<Option<(u16, u16)>>,
    pub articles: Vec<ArticleFile>,
    pub prices: Vec<PriceFile>,
}

/// A piece of knowledge.
#[derive(Deserialize)]
pub struct ArticleFile {
    pub title: String,
    pub keywords: String,
    pub content: String,
    /// The content in other languages, by ISO 639-1 code.
    #[serde(rename = "in", default)]
    pub translations: BTreeMap<String, String>,
}

/// A line of the price list; `amount` in cents.
#[derive(Deserialize)]
pub struct PriceFile {
    pub name: String,
    pub amount: i64,
    pub unit: String,
    pub keywords: String,
    /// Name and unit in other languages, by ISO 639-1 code.
    #[serde(rename = "in", default)]
    pub translations: BTreeMap<String, (String, String)>,
}

impl PropertyFile {
    /// Gives the account what the assistant answers from.
    pub fn teach(&self, connection: &Connection, account_id: i64) -> rusqlite::Result<()> {
        let kind = match self.kind {
            PropertyKind::Hotel => "hotel",
            PropertyKind::Salon => "salon",
        };
        connection.execute(
            "INSERT INTO property (account_id, kind, portal_url) VALUES (?1, ?2, ?3)",
            params![account_id, kind, self.portal_url],
        )?;
        self.teach_articles(connection, account_id)?;
        self.teach_prices(connection, account_id)
    }

    fn teach_articles(&self, connection: &Connection, account_id: i64) -> rusqlite::Result<()> {
        let mut article = connection
            .prepare("INSERT INTO article (account_id, title, keywords, content) VALUES (?1, ?2, ?3, ?4)")?;
        let mut text = connection
            .prepare("INSERT INTO article_text (article_id, language, content) VALUES (?1, ?2, ?3)")?;
        for one in &self.articles {
            let id = article.insert(params![account_id, one.title, one.keywords, one.content])?;
            for (language, content) in &one.translations {
                text.execute(params![id, language, content])?;
            }
        }
        Ok(())
    }

    fn teach_prices(&self, connection: &Connection, account_id: i64) -> rusqlite::Result<()> {
        let mut price = connection
            .prepare("INSERT INTO price (account_id, name, amount, currency, unit, keywords) VALUES (?1, ?2, ?3, 'EUR', ?4, ?5)")?;
        let mut text = connection
            .prepare("INSERT INTO price_text (price_id, language, name, unit) VALUES (?1, ?2, ?3, ?4)")?;
        for one in &self.prices {
            let id = price.insert(params![account_id, one.name, one.amount, one.unit, one.keywords])?;
            for (language, (name, unit)) in &one.translations {
                text.execute(params![id, language, name, unit])?;
            }
        }
        Ok(())
    }
}
