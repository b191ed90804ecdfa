//! A channel's secrets: lines `name=value` of a file or of standard input, or asked for unseen. Never an argument, which
//! every program on the computer could read.

use super::AdminError;
use std::collections::HashMap;
use std::io::{IsTerminal, Read, stdin};
use std::path::{Path, PathBuf};

/// The longest text that can be a list of secrets.
const LARGEST: u64 = 64 * 1024;

/// Secrets by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Secrets(HashMap<String, String>);

impl Secrets {
    /// The secret of a name; empty when there is none.
    pub fn take(&mut self, name: &str) -> String {
        self.0.remove(name).unwrap_or_default()
    }
}

/// Reads the secrets that are known by these names; one that is left out stays empty.
pub async fn read(
    known: &'static [(&'static str, &'static str)],
    file: Option<&Path>,
) -> Result<Secrets, AdminError> {
    let text = match file {
        Some(path) => super::text_of(path).await?,
        None => {
            let asked = tokio::task::spawn_blocking(move || from_input(known)).await;
            match asked.map_err(|error| AdminError::Password(error.into()))?? {
                Input::Text(text) => text,
                Input::Typed(secrets) => return Ok(secrets),
            }
        }
    };
    parse(known, &text).map_err(|line| AdminError::Refused(said(known, file.map(Path::to_owned), line)))
}

enum Input {
    Text(String),
    Typed(Secrets),
}

fn from_input(known: &[(&str, &str)]) -> Result<Input, AdminError> {
    if !stdin().is_terminal() {
        let mut text = String::new();
        let read = stdin().lock().take(LARGEST).read_to_string(&mut text);
        read.map_err(AdminError::Password)?;
        return Ok(Input::Text(text));
    }
    let mut secrets = Secrets::default();
    for (name, what) in known {
        let typed = rpassword::prompt_password(format!("{name} ({what}; empty for none): "));
        let typed = typed.map_err(AdminError::Password)?;
        secrets.0.insert((*name).to_owned(), typed.trim().to_owned());
    }
    Ok(Input::Typed(secrets))
}

/// The number of the first wrong line, from 1, when one is wrong.
fn parse(known: &[(&str, &str)], text: &str) -> Result<Secrets, usize> {
    let mut secrets = Secrets::default();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(number)?;
        let (name, value) = (name.trim(), value.trim());
        if !known.iter().any(|(known, _)| *known == name) {
            return Err(number);
        }
        secrets.0.insert(name.to_owned(), value.to_owned());
    }
    Ok(secrets)
}

fn said(known: &[(&str, &str)], file: Option<PathBuf>, line: usize) -> String {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let place = file.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
    format!(
        "{place}, line {line}: secrets are lines NAME=VALUE of {}",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[(&str, &str)] = &[("token", "t"), ("app-secret", "s")];

    #[test]
    fn lines_are_read_and_a_wrong_one_is_named_without_its_words() {
        let mut read = parse(KNOWN, "# mine\n\ntoken = a=b\napp-secret=x\n").unwrap();
        assert_eq!(read.take("token"), "a=b");
        assert_eq!(read.take("app-secret"), "x");
        assert_eq!(read.take("verify-token"), "");
        assert_eq!(parse(KNOWN, "token=a\nhunter2"), Err(2));
        assert_eq!(parse(KNOWN, "password=hunter2"), Err(1));
        assert!(!said(KNOWN, None, 2).contains("hunter2"));
    }
}
