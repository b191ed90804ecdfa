//! Lists of guests (reference §7).

use super::contact::Contact;
use super::rows;
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

const PAGE: i64 = 15;
/// Only those who can be told apart from a passer-by.
const RESOLVED: &str = "(email IS NOT NULL OR phone_number IS NOT NULL OR identifier IS NOT NULL)";

/// What is wanted.
pub struct Wanted {
    pub account_id: i64,
    pub labels: Vec<String>,
    /// Found anywhere in name, e-mail, phone number or identifier; searching also finds the unidentified.
    pub text: Option<String>,
    pub sort: String,
    /// From 1.
    pub page: i64,
}

fn condition(wanted: &Wanted) -> (String, Vec<Value>) {
    let mut sql = "account_id = ?".to_owned();
    let mut values: Vec<Value> = vec![wanted.account_id.into()];
    match &wanted.text {
        Some(text) => {
            sql.push_str(
                " AND (instr(lower(name), ?) > 0 OR instr(lower(email), ?) > 0 OR instr(lower(phone_number), ?) > 0
                 OR instr(identifier, ?) > 0)",
            );
            let lower = text.to_lowercase();
            values.extend([lower.clone(), lower.clone(), lower, text.clone()].map(Value::from));
        }
        None => sql.push_str(&format!(" AND {RESOLVED}")),
    }
    if !wanted.labels.is_empty() {
        let marks = vec!["?"; wanted.labels.len()].join(", ");
        sql.push_str(&format!(
            " AND id IN (SELECT contact_id FROM contact_label WHERE title IN ({marks}))"
        ));
        values.extend(wanted.labels.iter().cloned().map(Value::from));
    }
    (sql, values)
}

/// How many there are on all pages.
pub fn count(connection: &Connection, wanted: &Wanted) -> Result<i64, ApiError> {
    let (sql, values) = condition(wanted);
    rows::count(
        connection,
        &format!("SELECT count(*) FROM contact WHERE {sql}"),
        params_from_iter(values),
    )
}

/// A page of 15, and whether more follow.
pub fn page(connection: &Connection, wanted: &Wanted) -> Result<(Vec<Contact>, bool), ApiError> {
    let (sql, values) = condition(wanted);
    let offset = (wanted.page - 1).max(0).saturating_mul(PAGE);
    let sql = format!(
        "SELECT * FROM contact WHERE {sql} ORDER BY {} LIMIT {} OFFSET {offset}",
        order(&wanted.sort),
        PAGE + 1
    );
    let mut page: Vec<Contact> = rows::many(connection, &sql, params_from_iter(values))?;
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
