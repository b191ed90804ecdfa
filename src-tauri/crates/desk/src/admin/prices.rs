//! The price list the assistant answers from, out of a table.

use super::command::Import;
use super::{AdminError, Bad, counted, ending, existing, table, text_of};
use crate::db::rows;
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use rusqlite::params;
use std::collections::HashSet;

const COLUMNS: &[&str] = &["name", "amount", "currency", "unit", "keywords"];
/// Ten million of a currency: what costs more is a slip of the keyboard.
const MOST_HUNDREDTHS: i64 = 1_000_000_000;
const LONGEST: usize = 255;

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
struct Price {
    line: usize,
    name: String,
    /// In hundredths of the currency.
    amount: i64,
    /// ISO 4217.
    currency: String,
    unit: String,
    keywords: String,
}

/// Takes a whole file, or nothing of it.
pub async fn import(desk: &Desk, wanted: Import) -> Result<String, AdminError> {
    if ending(&wanted.file) != "csv" {
        return Err(AdminError::refused("prices are a .csv file"));
    }
    let text = text_of(&wanted.file).await?;
    let prices = read(&text).map_err(|bad| AdminError::Row {
        path: wanted.file.clone(),
        bad,
    })?;
    let count = prices.len();
    let replaced = desk
        .write(move |change| {
            existing(change, wanted.property)?;
            store(change, wanted.property, &prices)
        })
        .await?;
    Ok(format!(
        "{} taken, {replaced} of them replaced",
        counted(count, "price")
    ))
}

/// Answers how many were known already. Texts in other languages belong to the old line and go with it.
fn store(change: &Change<'_>, account_id: i64, prices: &[Price]) -> Result<usize, ApiError> {
    let mut known: HashSet<String> = HashSet::new();
    let names: Vec<(i64, String)> = rows::pairs(
        change,
        "SELECT id, name FROM price WHERE account_id = ?1",
        [account_id],
    )?;
    let mut replaced = 0;
    for price in prices {
        // SQLite's lower() knows ASCII only.
        let same = |(_, name): &&(i64, String)| name.to_lowercase() == price.name.to_lowercase();
        for (id, name) in names.iter().filter(same) {
            rows::execute(change, "DELETE FROM price WHERE id = ?1", [id])?;
            replaced += usize::from(known.insert(name.to_lowercase()));
        }
        rows::execute(
            change,
            "INSERT INTO price (account_id, name, amount, currency, unit, keywords) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                account_id,
                price.name,
                price.amount,
                price.currency,
                price.unit,
                price.keywords
            ],
        )?;
    }
    Ok(replaced)
}

fn read(text: &str) -> Result<Vec<Price>, Bad> {
    let mut names = HashSet::new();
    let mut prices = Vec::new();
    for row in table::rows(text, COLUMNS, &["name", "amount"])? {
        let price = price(&row)?;
        if !names.insert(price.name.to_lowercase()) {
            return Err(Bad::at(row.line, "this name is in the file twice"));
        }
        prices.push(price);
    }
    if prices.is_empty() {
        return Err(Bad::at(1, "no price is in the file"));
    }
    Ok(prices)
}

fn price(row: &table::Row) -> Result<Price, Bad> {
    let bad = |problem: &str| Bad::at(row.line, problem);
    let currency = row.get("currency").unwrap_or("EUR").to_ascii_uppercase();
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(bad("a currency has three letters, such as EUR"));
    }
    let amount = hundredths(row.require("amount")?)
        .ok_or_else(|| bad("an amount is a number with at most two decimals, such as 18 or 18.50"))?;
    let text = |column: &str| row.get(column).unwrap_or_default().to_owned();
    let price = Price {
        line: row.line,
        name: row.require("name")?.to_owned(),
        amount,
        currency,
        unit: text("unit"),
        keywords: text("keywords").replace(',', " "),
    };
    let is_long = |text: &String| text.chars().count() > LONGEST || text.contains(['\n', '\r']);
    if [&price.name, &price.unit, &price.keywords]
        .into_iter()
        .any(is_long)
    {
        return Err(bad("a field has at most 255 characters on one line"));
    }
    Ok(price)
}

/// `18`, `18.5`, `18,50`; no signs of thousands, which mean different things in different houses.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let ends_well = fraction.is_empty() != text.contains(['.', ',']);
    if whole.is_empty() || fraction.len() > 2 || !ends_well || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let amount = format!("{whole}{fraction:0<2}").parse().ok()?;
    (amount <= MOST_HUNDREDTHS).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_houses_write_them() {
        for (text, amount) in [
            ("18", 1800),
            ("18.5", 1850),
            ("18,50", 1850),
            ("0", 0),
            ("7.05", 705),
        ] {
            assert_eq!(hundredths(text), Some(amount), "{text}");
        }
        for wrong in [
            "",
            "-1",
            "1.234",
            "1,000.00",
            "18.",
            ".5",
            "€18",
            "1 000",
            "99999999999",
            "1.2.3",
        ] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let line = |text: &str| read(text).unwrap_err().line;
        assert_eq!(line("name,amount\nRoom,1\nBed,x\n"), 3);
        assert_eq!(line("name,amount\nRoom,1\nroom,2\n"), 3);
        assert_eq!(line("name,amount,currency\nRoom,1,euro\n"), 2);
        assert_eq!(line("name,amount\n"), 1);
        assert_eq!(line("name\nRoom\n"), 1);
        let read = read("Name;Amount;Unit\nDouble room;129,00;a night\n").unwrap();
        assert_eq!((read[0].amount, read[0].unit.as_str()), (12_900, "a night"));
        assert_eq!(read[0].currency, "EUR");
    }
}
