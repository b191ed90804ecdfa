//! Lists of guests (reference §7).

use super::condition::{Condition, marks};
use super::contact::Contact;
use super::rows;
use super::sight::Sight;
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

const PAGE: i64 = 15;
/// Only those who can be told apart from a passer-by.
const RESOLVED: &str = "(c.email IS NOT NULL OR c.phone_number IS NOT NULL OR c.identifier IS NOT NULL)";

/// What is wanted.
pub struct Wanted {
    pub account_id: i64,
    pub sight: Sight,
    pub labels: Vec<String>,
    /// Found anywhere in name, e-mail, phone number or identifier; searching also finds the unidentified.
    pub text: Option<String>,
    /// Over the alias `c`.
    pub filter: Option<Condition>,
    /// Of these only, if any are named: who is online is not in the database.
    pub ids: Option<Vec<i64>>,
    pub sort: String,
    /// From 1.
    pub page: i64,
}

fn condition(wanted: &Wanted) -> Condition {
    let mut condition = Condition::new("c.account_id = ?", [wanted.account_id.into()]);
    let seen = wanted.sight.guests("c");
    condition.and(&seen.sql, seen.values);
    match &wanted.text {
        Some(text) => {
            let lower = text.to_lowercase();
            condition.and(
                "(instr(lower(c.name), ?) > 0 OR instr(lower(c.email), ?) > 0
                  OR instr(lower(c.phone_number), ?) > 0 OR instr(c.identifier, ?) > 0)",
                [lower.clone(), lower.clone(), lower, text.clone()].map(Value::from),
            );
        }
        None => condition.and(RESOLVED, []),
    }
    if !wanted.labels.is_empty() {
        let marks = marks(wanted.labels.len());
        condition.and(
            &format!("c.id IN (SELECT contact_id FROM contact_label WHERE title IN ({marks}))"),
            wanted.labels.iter().cloned().map(Value::from),
        );
    }
    if let Some(filter) = &wanted.filter {
        condition.and(&format!("({})", filter.sql), filter.values.iter().cloned());
    }
    if let Some(ids) = &wanted.ids {
        let ids = serde_json::json!(ids).to_string();
        condition.and("c.id IN (SELECT value FROM json_each(?))", [ids.into()]);
    }
    condition
}

/// How many there are on all pages.
pub fn count(connection: &Connection, wanted: &Wanted) -> Result<i64, ApiError> {
    let condition = condition(wanted);
    rows::count(
        connection,
        &format!("SELECT count(*) FROM contact c WHERE {}", condition.sql),
        params_from_iter(condition.values),
    )
}

/// A page of 15, and whether more follow.
pub fn page(connection: &Connection, wanted: &Wanted) -> Result<(Vec<Contact>, bool), ApiError> {
    let condition = condition(wanted);
    let offset = (wanted.page - 1).max(0).saturating_mul(PAGE);
    let sql = format!(
        "SELECT c.* FROM contact c WHERE {} ORDER BY {} LIMIT {} OFFSET {offset}",
        condition.sql,
        order(&wanted.sort),
        PAGE + 1
    );
    let mut page: Vec<Contact> = rows::many(connection, &sql, params_from_iter(condition.values))?;
    let has_more = page.len() > PAGE as usize;
    page.truncate(PAGE as usize);
    Ok((page, has_more))
}

fn order(sort: &str) -> String {
    let (key, direction) = match sort.strip_prefix('-') {
        Some(key) => (key, "DESC"),
        None => (sort, "ASC"),
    };
    let column = match key {
        "name" => "lower(name)",
        "email" => "email",
        "phone_number" => "phone_number",
        "last_activity_at" => "last_activity_at",
        "created_at" => "created_at",
        "company_name" => "json_extract(additional_attributes, '$.company_name')",
        "city" => "json_extract(additional_attributes, '$.city')",
        "country" => "json_extract(additional_attributes, '$.country')",
        _ => "id",
    };
    format!("{column} {direction} NULLS LAST, id {direction}")
}
