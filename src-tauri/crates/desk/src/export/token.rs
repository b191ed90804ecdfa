//! The server's token: from the environment, a file, or standard input. Never an argument, which every program on the
//! computer could read.

use super::ExportError;
use std::io::{BufRead, IsTerminal, stdin};
use std::path::Path;

const VARIABLE: &str = "DESKBELL_EXPORT_TOKEN";

/// Reads it; a file that was named comes before the environment.
pub async fn read(file: Option<&Path>) -> Result<String, ExportError> {
    let token = match (file, std::env::var(VARIABLE)) {
        (Some(file), _) => first_line(
            &tokio::fs::read_to_string(file)
                .await
                .map_err(ExportError::Token)?,
        ),
        (None, Ok(token)) => first_line(&token),
        (None, Err(_)) => {
            let asked = tokio::task::spawn_blocking(ask).await;
            asked.map_err(|error| ExportError::Token(error.into()))??
        }
    };
    if token.is_empty() || !token.chars().all(|letter| letter.is_ascii_graphic()) {
        return Err(ExportError::NoToken);
    }
    Ok(token)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

fn ask() -> Result<String, ExportError> {
    if stdin().is_terminal() {
        return rpassword::prompt_password("Access token: ").map_err(ExportError::Token);
    }
    let mut line = String::new();
    stdin().lock().read_line(&mut line).map_err(ExportError::Token)?;
    Ok(first_line(&line))
}
