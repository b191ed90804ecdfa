//! A new password: typed unseen and twice, or the first line of standard input. Never an argument, which every program
//! on the computer could read.

use super::AdminError;
use crate::service::tokens;
use std::io::{BufRead, IsTerminal, stdin};

/// Asks for it, and refuses a weak one.
pub async fn ask() -> Result<String, AdminError> {
    let asked = tokio::task::spawn_blocking(read).await;
    let password = asked.map_err(|error| AdminError::Password(error.into()))??;
    match tokens::weakness(&password) {
        Some(weakness) => Err(AdminError::refused(weakness)),
        None => Ok(password),
    }
}

fn read() -> Result<String, AdminError> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin()
            .lock()
            .read_line(&mut line)
            .map_err(AdminError::Password)?;
        let end = line.trim_end_matches(['\r', '\n']).len();
        line.truncate(end);
        return Ok(line);
    }
    let ask = |words: &str| rpassword::prompt_password(words).map_err(AdminError::Password);
    let password = ask("Password: ")?;
    if ask("Once more: ")? != password {
        return Err(AdminError::refused("the two passwords differ"));
    }
    Ok(password)
}
