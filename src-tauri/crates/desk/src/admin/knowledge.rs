//! What the assistant answers from: articles of a text with headings, or of a table.

use super::command::Import;
use super::{AdminError, Bad, counted, ending, existing, table, text_of};
use crate::db::rows;
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use rusqlite::params;
use std::collections::HashSet;

const COLUMNS: &[&str] = &["title", "content", "keywords"];
/// Longer than any guest's question needs; a whole book in one article answers nothing.
const MOST_CHARACTERS: usize = 20_000;

/// A piece of knowledge.
#[derive(Debug, PartialEq, Eq)]
struct Article {
    line: usize,
    title: String,
    content: String,
    keywords: String,
}

/// Takes a whole file, or nothing of it.
pub async fn import(desk: &Desk, wanted: Import) -> Result<String, AdminError> {
    let text = text_of(&wanted.file).await?;
    let read = match ending(&wanted.file).as_str() {
        "md" => of_text(&text),
        "csv" => of_table(&text),
        _ => return Err(AdminError::refused("knowledge is a .md or a .csv file")),
    };
    let articles = read.and_then(checked).map_err(|bad| AdminError::Row {
        path: wanted.file.clone(),
        bad,
    })?;
    let count = articles.len();
    let replaced = desk
        .write(move |change| {
            existing(change, wanted.property)?;
            store(change, wanted.property, &articles)
        })
        .await?;
    Ok(format!(
        "{} taken, {replaced} of them replaced",
        counted(count, "article")
    ))
}

/// Answers how many were known already.
fn store(change: &Change<'_>, account_id: i64, articles: &[Article]) -> Result<usize, ApiError> {
    let mut replaced = 0;
    for article in articles {
        let old = rows::execute(
            change,
            "DELETE FROM article WHERE account_id = ?1 AND lower(title) = lower(?2)",
            params![account_id, article.title],
        )?;
        replaced += usize::from(old > 0);
        rows::execute(
            change,
            "INSERT INTO article (account_id, title, keywords, content) VALUES (?1, ?2, ?3, ?4)",
            params![account_id, article.title, article.keywords, article.content],
        )?;
    }
    Ok(replaced)
}

fn of_table(text: &str) -> Result<Vec<Article>, Bad> {
    let rows = table::rows(text, COLUMNS, &["title", "content"])?;
    let article = |row: &table::Row| {
        Ok(Article {
            line: row.line,
            title: row.require("title")?.to_owned(),
            content: row.require("content")?.to_owned(),
            keywords: row.get("keywords").unwrap_or_default().to_owned(),
        })
    };
    rows.iter().map(article).collect()
}

/// Every heading begins an article with the text below it. A line `Keywords: …` names other words guests use for it.
/// A heading with no text of its own only groups those under it.
fn of_text(text: &str) -> Result<Vec<Article>, Bad> {
    let mut articles: Vec<Article> = Vec::new();
    let mut is_code = false;
    for (index, line) in text.lines().enumerate() {
        is_code ^= line.trim_start().starts_with("```");
        let title = (!is_code).then(|| heading(line)).flatten();
        if let Some(title) = title {
            articles.push(Article {
                line: index + 1,
                title: title.to_owned(),
                content: String::new(),
                keywords: String::new(),
            });
            continue;
        }
        match articles.last_mut() {
            Some(article) => article.add(line),
            None if line.trim().is_empty() => {}
            None => return Err(Bad::at(index + 1, "text before the first heading")),
        }
    }
    for article in &mut articles {
        article.content = article.content.trim().to_owned();
    }
    articles.retain(|article| !article.content.is_empty());
    Ok(articles)
}

/// `# Parking` to `###### Parking ##`.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let depth = line.len() - rest.len();
    let is_heading = (1..=6).contains(&depth) && rest.starts_with([' ', '\t']);
    is_heading.then(|| rest.trim().trim_end_matches('#').trim_end())
}

impl Article {
    fn add(&mut self, line: &str) {
        let keywords = line
            .split_once(':')
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("keywords"));
        match keywords {
            Some((_, words)) => {
                self.keywords.push_str(words.trim());
                self.keywords.push(' ');
            }
            None => {
                self.content.push_str(line.trim_end());
                self.content.push('\n');
            }
        }
    }
}

/// Refuses what could not be found again, or twice.
fn checked(mut articles: Vec<Article>) -> Result<Vec<Article>, Bad> {
    let mut titles = HashSet::new();
    for article in &mut articles {
        article.keywords = article.keywords.replace(',', " ").trim().to_owned();
        let bad = |problem: String| Err(Bad::at(article.line, problem));
        if article.title.is_empty() {
            return bad("a title is missing".to_owned());
        }
        if article.title.chars().count() > 255 {
            return bad("the title is longer than 255 characters".to_owned());
        }
        if article.content.chars().count() > MOST_CHARACTERS {
            return bad(format!("the text is longer than {MOST_CHARACTERS} characters"));
        }
        if !titles.insert(article.title.to_lowercase()) {
            return bad("this title is in the file twice".to_owned());
        }
    }
    if articles.is_empty() {
        return Err(Bad::at(1, "no article is in the file"));
    }
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_make_articles() {
        let text = "\n# House\n\n## Parking #\nKeywords: car, garage\n\n18 euros.\n\n```\n# no heading\n```\n### Pool\nNone.\n";
        let articles = checked(of_text(text).unwrap()).unwrap();
        let titles: Vec<&str> = articles.iter().map(|article| article.title.as_str()).collect();
        assert_eq!(titles, ["Parking", "Pool"]);
        assert_eq!(articles[0].keywords, "car  garage");
        assert_eq!(articles[0].content, "18 euros.\n\n```\n# no heading\n```");
        assert_eq!(articles[1].line, 12);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert_eq!(of_text("\nhello\n# A\nb").unwrap_err().line, 2);
        assert_eq!(checked(of_text("# A\nb\n# a\nc").unwrap()).unwrap_err().line, 3);
        assert_eq!(checked(of_text("# A\n").unwrap()).unwrap_err().line, 1);
        assert_eq!(of_table("title,content\na,b\nc,\n").unwrap_err().line, 3);
    }
}
