//! Tables as spreadsheets save them (RFC 4180, also with semicolons or tabs), strictly and with line numbers: a quote
//! that is never closed must not swallow the rest of the file.

use super::Bad;
use std::collections::HashMap;

/// A row under the headings, blanks around each field removed.
pub struct Row {
    /// Where it begins, from 1.
    pub line: usize,
    fields: HashMap<&'static str, String>,
}

impl Row {
    /// A field; empty is none.
    pub fn get(&self, column: &str) -> Option<&str> {
        let field = self.fields.get(column).map(String::as_str);
        field.filter(|field| !field.is_empty())
    }

    /// A field that must be there.
    pub fn require(&self, column: &str) -> Result<&str, Bad> {
        let missing = || Bad::at(self.line, format!("{column} is missing"));
        self.get(column).ok_or_else(missing)
    }
}

/// The rows of a table whose headings are among `known`, in any order and case, and hold all `required`.
pub fn rows(text: &str, known: &[&'static str], required: &[&str]) -> Result<Vec<Row>, Bad> {
    let mut records = records(text)?.into_iter();
    let Some((head_line, head)) = records.next() else {
        return Err(Bad::at(1, "the table is empty"));
    };
    let columns = columns(head_line, &head, known, required)?;
    let row = |(line, fields): (usize, Vec<String>)| {
        if fields.len() != columns.len() {
            let problem = format!("{} fields under {} headings", fields.len(), columns.len());
            return Err(Bad::at(line, problem));
        }
        let fields = columns.iter().copied().zip(fields).collect();
        Ok(Row { line, fields })
    };
    records.map(row).collect()
}

fn columns(
    line: usize,
    head: &[String],
    known: &[&'static str],
    required: &[&str],
) -> Result<Vec<&'static str>, Bad> {
    let mut columns: Vec<&'static str> = Vec::new();
    for heading in head {
        let heading = heading.to_lowercase();
        let Some(column) = known.iter().find(|column| **column == heading) else {
            let problem = format!("the headings are among {}", known.join(", "));
            return Err(Bad::at(line, problem));
        };
        if columns.contains(column) {
            return Err(Bad::at(line, format!("the heading {column} is there twice")));
        }
        columns.push(column);
    }
    match required.iter().find(|column| !columns.contains(*column)) {
        Some(missing) => Err(Bad::at(line, format!("the heading {missing} is missing"))),
        None => Ok(columns),
    }
}

/// Lines and fields of all rows that are not blank.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, Bad> {
    let mut reader = Reader {
        letters: text.chars().peekable(),
        separator: separator(text),
        line: 1,
    };
    let mut records = Vec::new();
    while reader.letters.peek().is_some() {
        let line = reader.line;
        let fields = reader.record()?;
        if fields.iter().any(|field| !field.is_empty()) {
            records.push((line, fields));
        }
    }
    Ok(records)
}

/// Whichever the headings hold most of; a comma where there is but one.
fn separator(text: &str) -> char {
    let head = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |separator: &char| head.matches(*separator).count();
    [',', ';', '\t']
        .into_iter()
        .rev()
        .max_by_key(count)
        .filter(|separator| count(separator) > 0)
        .unwrap_or(',')
}

struct Reader<'a> {
    letters: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: usize,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Vec<String>, Bad> {
        let mut fields = Vec::new();
        loop {
            self.skip_blanks();
            let field = if self.letters.next_if_eq(&'"').is_some() {
                self.quoted()?
            } else {
                self.plain()?
            };
            fields.push(field);
            let _ = self.letters.next_if_eq(&'\r');
            match self.letters.next() {
                Some('\n') => {
                    self.line += 1;
                    return Ok(fields);
                }
                None => return Ok(fields),
                Some(_) => {}
            }
        }
    }

    fn skip_blanks(&mut self) {
        let separator = self.separator;
        while self
            .letters
            .next_if(|letter| matches!(letter, ' ' | '\t') && *letter != separator)
            .is_some()
        {}
    }

    fn ends_field(&self, letter: char) -> bool {
        letter == self.separator || matches!(letter, '\r' | '\n')
    }

    fn plain(&mut self) -> Result<String, Bad> {
        let mut field = String::new();
        while let Some(letter) = self.letters.peek().copied() {
            if self.ends_field(letter) {
                break;
            }
            if letter == '"' {
                return Err(Bad::at(self.line, "a quote in the middle of a field"));
            }
            field.push(letter);
            self.letters.next();
        }
        Ok(field.trim().to_owned())
    }

    fn quoted(&mut self) -> Result<String, Bad> {
        let begins = self.line;
        let mut field = String::new();
        loop {
            match self.letters.next() {
                None => return Err(Bad::at(begins, "a quote is never closed")),
                Some('"') if self.letters.next_if_eq(&'"').is_some() => field.push('"'),
                Some('"') => break,
                Some('\r') if self.letters.peek() == Some(&'\n') => {}
                Some(letter) => {
                    self.line += usize::from(letter == '\n');
                    field.push(letter);
                }
            }
        }
        self.skip_blanks();
        match self.letters.peek().copied() {
            Some(letter) if !self.ends_field(letter) => {
                Err(Bad::at(self.line, "something follows a closing quote"))
            }
            _ => Ok(field.trim().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["title", "content", "keywords"];

    fn read(text: &str) -> Result<Vec<Row>, Bad> {
        rows(text, KNOWN, &["title", "content"])
    }

    fn problem(text: &str) -> Bad {
        read(text).map(|rows| rows.len()).unwrap_err()
    }

    #[test]
    fn quotes_hold_separators_lines_and_quotes() {
        let rows = read("Title,content\r\n\"a, \"\"b\"\"\",\"one\r\ntwo\"\r\n\r\n c , d \r\n").unwrap();
        assert_eq!(rows[0].get("title"), Some("a, \"b\""));
        assert_eq!(rows[0].get("content"), Some("one\ntwo"));
        assert_eq!(rows[0].get("keywords"), None);
        assert_eq!((rows[0].line, rows[1].line), (2, 5));
        assert_eq!(rows[1].get("title"), Some("c"));
    }

    #[test]
    fn semicolons_and_tabs_separate_too() {
        assert_eq!(
            read("title;content\na, b;c").unwrap()[0].get("title"),
            Some("a, b")
        );
        let tabs = read("title\tkeywords\tcontent\na\t\tc").unwrap();
        assert_eq!(
            (tabs[0].get("keywords"), tabs[0].get("content")),
            (None, Some("c"))
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert_eq!(problem("").line, 1);
        assert_eq!(problem("title,content\na,b\nc\n").line, 3);
        let open = problem("title,content\na,b\n\"c,d\ne,f\n");
        assert_eq!((open.line, open.problem.as_str()), (3, "a quote is never closed"));
        assert_eq!(problem("title,content\na,b \"c\"\n").line, 2);
        assert_eq!(problem("title,content\n\"a\"b,c\n").line, 2);
        assert!(problem("title,text\n").problem.contains("content"));
        assert!(problem("title,title\n").problem.contains("twice"));
        assert!(problem("title\n").problem.contains("content"));
    }
}
