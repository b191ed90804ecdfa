//! A checked clause as SQL over the alias `c`.

use super::clause::{Clause, Place, invalid_value};
use super::custom::Kind;
use super::keys::{Field, Subject};
use crate::db::condition::{Condition, marks};
use crate::error::ApiError;
use jiff::civil::Date;
use rusqlite::types::Value;

/// About 270 years; further back there is nothing.
const MOST_DAYS: i64 = 100_000;

/// The condition of one clause. Whoever has no value is matched by `not_equal_to` only among labels and custom
/// attributes (reference §3.3).
pub fn of(clause: &Clause, subject: Subject, now_ms: i64) -> Result<Condition, ApiError> {
    match clause.place {
        Place::Standard(field) => standard(clause, field, subject, now_ms),
        Place::Custom(kind) => custom(clause, kind, now_ms),
    }
}

fn standard(clause: &Clause, field: Field, subject: Subject, now_ms: i64) -> Result<Condition, ApiError> {
    let additional = |name: &str| format!("json_extract(c.additional_attributes, '$.{name}')");
    match field {
        Field::Status => status(clause),
        Field::Word(column) => Ok(listed(clause, column, texts(&clause.values))),
        Field::Id(column) => ids(clause, column),
        Field::Nothing => Ok(listed(clause, "NULL", texts(&clause.values))),
        Field::Labels { table, owner } => Ok(labels(clause, table, owner, subject)),
        Field::Additional(name) => Ok(text(clause, &additional(name), false)),
        Field::AdditionalAnyCase(name) => Ok(text(clause, &additional(name), true)),
        Field::Text(column) => Ok(text(clause, column, true)),
        Field::Phone(column) => Ok(phone(clause, column)),
        Field::Flag(column) => flag(clause, column),
        Field::Moment(column) => {
            let date = format!("date({column} / 1000, 'unixepoch')");
            dates(clause, &date, now_ms)
        }
    }
}

fn texts(values: &[String]) -> Vec<Value> {
    values.iter().cloned().map(Value::from).collect()
}

/// `equal_to`, `not_equal_to`, `is_present`, `is_not_present` over a list of values.
fn listed(clause: &Clause, column: &str, values: Vec<Value>) -> Condition {
    match clause.operator.as_str() {
        "is_present" => Condition::new(format!("{column} IS NOT NULL"), []),
        "is_not_present" => Condition::new(format!("{column} IS NULL"), []),
        "not_equal_to" => Condition::new(format!("{column} NOT IN ({})", marks(values.len())), values),
        _ => Condition::new(format!("{column} IN ({})", marks(values.len())), values),
    }
}

fn status(clause: &Clause) -> Result<Condition, ApiError> {
    if clause.values.iter().any(|value| value == "all") {
        let every = ["open", "resolved", "pending", "snoozed"].map(|status| Value::from(status.to_owned()));
        return Ok(listed(clause, "c.status", every.into()));
    }
    Ok(listed(clause, "c.status", texts(&clause.values)))
}

fn ids(clause: &Clause, column: &str) -> Result<Condition, ApiError> {
    let mut ids = Vec::new();
    for value in &clause.values {
        let id: i64 = value.trim().parse().map_err(|_| invalid_value(&clause.key))?;
        ids.push(Value::from(id));
    }
    if matches!(clause.operator.as_str(), "contains" | "does_not_contain") {
        return Ok(containing(clause, &format!("CAST({column} AS TEXT)")));
    }
    Ok(listed(clause, column, ids))
}

fn labels(clause: &Clause, table: &str, owner: &str, subject: Subject) -> Condition {
    // A contact's filter looks at the first title only (reference §7).
    let titles = match subject {
        Subject::Conversation => clause.values.as_slice(),
        Subject::Contact => first(clause),
    };
    let titles: Vec<Value> = titles.iter().map(|title| title.to_lowercase().into()).collect();
    let having = format!(
        "SELECT {owner} FROM {table} WHERE title IN ({})",
        marks(titles.len())
    );
    match clause.operator.as_str() {
        "is_present" => Condition::new(format!("c.id IN (SELECT {owner} FROM {table})"), []),
        "is_not_present" => Condition::new(format!("c.id NOT IN (SELECT {owner} FROM {table})"), []),
        "not_equal_to" => Condition::new(format!("c.id NOT IN ({having})"), titles),
        _ => Condition::new(format!("c.id IN ({having})"), titles),
    }
}

fn first(clause: &Clause) -> &[String] {
    clause.values.get(..1).unwrap_or_default()
}

/// Any of the texts anywhere in it, or none of them.
fn containing(clause: &Clause, column: &str) -> Condition {
    let values: Vec<Value> = clause
        .values
        .iter()
        .map(|text| text.trim().to_lowercase().into())
        .collect();
    let one = format!("instr(lower({column}), ?) > 0");
    let any = vec![one.as_str(); values.len()].join(" OR ");
    match clause.operator.as_str() {
        "does_not_contain" => Condition::new(format!("NOT ({any})"), values),
        _ => Condition::new(any, values),
    }
}

/// Without regard to case the first value alone counts (reference §7).
fn text(clause: &Clause, column: &str, any_case: bool) -> Condition {
    if matches!(clause.operator.as_str(), "contains" | "does_not_contain") {
        return containing(clause, column);
    }
    if !any_case {
        return listed(clause, column, texts(&clause.values));
    }
    let lower = first(clause).iter().map(|text| text.to_lowercase().into());
    listed(clause, &format!("lower({column})"), lower.collect())
}

fn phone(clause: &Clause, column: &str) -> Condition {
    if matches!(clause.operator.as_str(), "contains" | "does_not_contain") {
        return containing(clause, column);
    }
    let number = |text: &String| format!("+{}", text.trim().trim_start_matches('+')).into();
    listed(clause, column, first(clause).iter().map(number).collect())
}

fn truth(clause: &Clause) -> Result<i64, ApiError> {
    match first(clause)
        .first()
        .map(|text| text.trim().to_lowercase())
        .as_deref()
    {
        Some("true" | "t" | "1") => Ok(1),
        Some("false" | "f" | "0") => Ok(0),
        _ => Err(invalid_value(&clause.key)),
    }
}

fn flag(clause: &Clause, column: &str) -> Result<Condition, ApiError> {
    Ok(listed(clause, column, vec![truth(clause)?.into()]))
}

/// `2024-01-02`, with or without a time after it.
fn date_of(clause: &Clause) -> Result<Date, ApiError> {
    let text = first(clause).first().map(|text| text.trim()).unwrap_or_default();
    let day = text.get(..10).unwrap_or_default();
    let date = day.parse().map_err(|_| invalid_value(&clause.key));
    // Years are four digits on the wire.
    date.and_then(|date: Date| {
        if date.year() >= 0 {
            Ok(date)
        } else {
            Err(invalid_value(&clause.key))
        }
    })
}

fn dates(clause: &Clause, date: &str, now_ms: i64) -> Result<Condition, ApiError> {
    if clause.operator == "days_before" {
        let days = first(clause)
            .first()
            .and_then(|text| text.trim().parse::<i64>().ok());
        let days = days.filter(|days| (0..=MOST_DAYS).contains(days));
        let days = days.ok_or_else(|| invalid_value(&clause.key))?;
        let sql = format!("{date} < date(? / 1000, 'unixepoch', ?)");
        return Ok(Condition::new(
            sql,
            [now_ms.into(), format!("-{days} days").into()],
        ));
    }
    let sign = match clause.operator.as_str() {
        "is_greater_than" => ">",
        "is_less_than" => "<",
        _ => "=",
    };
    let wanted = date_of(clause)?.to_string();
    Ok(Condition::new(format!("{date} {sign} ?"), [wanted.into()]))
}

/// The attribute's path is bound as a value too: its name comes from a request.
fn custom(clause: &Clause, kind: Kind, now_ms: i64) -> Result<Condition, ApiError> {
    let path = Value::from(format!("$.\"{}\"", clause.key));
    let raw = "json_extract(c.custom_attributes, ?)";
    match clause.operator.as_str() {
        "is_present" => return Ok(Condition::new(format!("{raw} IS NOT NULL"), [path])),
        "is_not_present" => return Ok(Condition::new(format!("{raw} IS NULL"), [path])),
        _ => {}
    }
    let part = custom_value(clause, kind, raw, now_ms)?;
    let mut values = Vec::new();
    // One path for each time the attribute is named before its value.
    for value in part.values {
        if kind == Kind::Text || values.is_empty() {
            values.push(path.clone());
        }
        values.push(value);
    }
    if clause.operator.starts_with("not_") || clause.operator == "does_not_contain" {
        values.push(path);
        return Ok(Condition::new(format!("{} OR {raw} IS NULL", part.sql), values));
    }
    Ok(Condition::new(part.sql, values))
}

fn custom_value(clause: &Clause, kind: Kind, raw: &str, now_ms: i64) -> Result<Condition, ApiError> {
    let sign = match clause.operator.as_str() {
        "not_equal_to" => "<>",
        "is_greater_than" => ">",
        "is_less_than" => "<",
        _ => "=",
    };
    match kind {
        Kind::Text if clause.operator.contains("contain") => Ok(containing(clause, raw)),
        Kind::Text => {
            let wanted = first(clause).iter().map(|text| text.to_lowercase().into());
            Ok(Condition::new(format!("lower({raw}) {sign} ?"), wanted))
        }
        Kind::Number => {
            let number = first(clause)
                .first()
                .and_then(|text| text.trim().parse::<f64>().ok());
            let number = number.filter(|number| number.is_finite());
            let number = number.ok_or_else(|| invalid_value(&clause.key))?;
            Ok(Condition::new(
                format!("CAST({raw} AS REAL) {sign} ?"),
                [number.into()],
            ))
        }
        Kind::Checkbox => Ok(Condition::new(
            format!("{raw} IN (1, 'true') {sign} ?"),
            [truth(clause)?.into()],
        )),
        Kind::Date => {
            let date = format!("substr({raw}, 1, 10)");
            if clause.operator == "not_equal_to" {
                let wanted = date_of(clause)?.to_string();
                return Ok(Condition::new(format!("{date} <> ?"), [wanted.into()]));
            }
            dates(clause, &date, now_ms)
        }
    }
}
