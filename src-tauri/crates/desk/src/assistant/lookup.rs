//! The engine's look-ups over the desk's tables. Seconds inside the engine, milliseconds in the tables.

use super::engine::language::Language;
use super::engine::text::stem;
use super::engine::tools::{Article, Booking, Price, ToolFailed, Tools};
use rusqlite::{Connection, Row, params};

/// Articles weighed against each other for one question, at most: by their words, and by those of their texts in the
/// guest's language.
const CANDIDATES: i64 = 12;

/// Look-ups for one contact of one account, on a connection that may be inside a transaction.
pub struct Lookup<'a> {
    pub connection: &'a Connection,
    pub account_id: i64,
    pub contact_id: i64,
}

impl Lookup<'_> {
    fn rows<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, ToolFailed> {
        let run = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement
                .query_map(parameters, read)?
                .collect::<rusqlite::Result<Vec<T>>>()
        };
        run().map_err(|error| {
            tracing::error!(%error, "a look-up of the assistant failed");
            ToolFailed
        })
    }
}

impl Tools for Lookup<'_> {
    fn bookings(&self, now: i64) -> Result<Vec<Booking>, ToolFailed> {
        self.rows(
            "SELECT id, reference, title, resource, starts_at, ends_at, cancel_until, move_until FROM booking
             WHERE account_id = ?1 AND contact_id = ?2 AND status = 'confirmed' AND ends_at > ?3 ORDER BY starts_at, id",
            params![self.account_id, self.contact_id, now.saturating_mul(1000)],
            |row| {
                Ok(Booking {
                    id: row.get("id")?,
                    reference: row.get("reference")?,
                    title: row.get("title")?,
                    resource: row.get("resource")?,
                    starts_at: row.get::<_, i64>("starts_at")? / 1000,
                    ends_at: row.get::<_, i64>("ends_at")? / 1000,
                    cancel_until: row.get::<_, Option<i64>>("cancel_until")?.map(|at| at / 1000),
                    move_until: row.get::<_, Option<i64>>("move_until")?.map(|at| at / 1000),
                })
            },
        )
    }

    fn prices(&self, language: Language) -> Result<Vec<Price>, ToolFailed> {
        self.rows(
            "SELECT coalesce(price_text.name, price.name) AS name, amount, currency,
               coalesce(price_text.unit, price.unit) AS unit, price.name || ' ' || keywords AS keywords
             FROM price LEFT JOIN price_text ON price_text.price_id = price.id AND price_text.language = ?2
             WHERE account_id = ?1 ORDER BY price.id",
            params![self.account_id, language.code()],
            |row| {
                Ok(Price {
                    name: row.get("name")?,
                    amount: row.get("amount")?,
                    currency: row.get("currency")?,
                    unit: row.get("unit")?,
                    keywords: row.get("keywords")?,
                })
            },
        )
    }

    fn articles(&self, words: &[String], language: Language) -> Result<Vec<Article>, ToolFailed> {
        let query = match_any(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let read = |row: &Row<'_>| {
            Ok(Article {
                title: row.get(0)?,
                content: row.get(1)?,
                keywords: row.get(2)?,
            })
        };
        let code = language.code();
        let mut found = self.rows(
            "SELECT article.title, coalesce(article_text.content, article.content), article.keywords
             FROM article_search JOIN article ON article.id = article_search.rowid
             LEFT JOIN article_text ON article_text.article_id = article.id AND article_text.language = ?4
             WHERE article_search MATCH ?1 AND article.account_id = ?2
             ORDER BY bm25(article_search, 4.0, 4.0, 1.0), article.id LIMIT ?3",
            params![query, self.account_id, CANDIDATES, code],
            read,
        )?;
        let in_language = self.rows(
            "SELECT article.title, article_text.content, article.keywords
             FROM article_text_search JOIN article_text ON article_text.id = article_text_search.rowid
             JOIN article ON article.id = article_text.article_id
             WHERE article_text_search MATCH ?1 AND article.account_id = ?2 AND article_text.language = ?4
             ORDER BY bm25(article_text_search), article.id LIMIT ?3",
            params![query, self.account_id, CANDIDATES, code],
            read,
        )?;
        for article in in_language {
            if !found.contains(&article) {
                found.push(article);
            }
        }
        Ok(found)
    }

    fn capacity(&self) -> Result<usize, ToolFailed> {
        let counted = self.rows(
            "SELECT count(DISTINCT resource) FROM booking WHERE account_id = ?1",
            params![self.account_id],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(counted
            .first()
            .and_then(|count| usize::try_from(*count).ok())
            .unwrap_or(0))
    }

    fn taken(&self, resource: Option<&str>, from: i64, to: i64) -> Result<Vec<(i64, i64)>, ToolFailed> {
        self.rows(
            "SELECT starts_at, ends_at FROM booking
             WHERE account_id = ?1 AND status = 'confirmed' AND (?2 IS NULL OR resource = ?2) AND starts_at < ?4 AND ends_at > ?3
             ORDER BY starts_at",
            params![self.account_id, resource, from.saturating_mul(1000), to.saturating_mul(1000)],
            |row| Ok((row.get::<_, i64>(0)? / 1000, row.get::<_, i64>(1)? / 1000)),
        )
    }
}

/// Any of the words, by their beginnings. Each is quoted: a guest's text is never search syntax.
fn match_any(words: &[String]) -> String {
    let terms: Vec<String> = words
        .iter()
        .map(|word| stem(word))
        .filter(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric))
        .map(|word| {
            if word.chars().count() >= 4 {
                format!("\"{word}\"*")
            } else {
                format!("\"{word}\"")
            }
        })
        .collect();
    terms.join(" OR ")
}
