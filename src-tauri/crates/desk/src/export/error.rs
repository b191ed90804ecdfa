//! Why an export ends early. Each reads as one line; none holds a token, a name or a text.

use super::progress::Refusal;
use crate::error::{ApiError, DeskError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("a desk is running on {}: stop it first, or export a backup", .0.display())]
    Running(PathBuf),
    #[error("there is no desk in {}", .0.display())]
    NoDesk(PathBuf),
    #[error("there is no property {0}")]
    NoProperty(i64),
    #[error("cannot read the token: {0}")]
    Token(std::io::Error),
    #[error("no token: set DESKBELL_EXPORT_TOKEN, or give it with --token-file or on standard input")]
    NoToken,
    /// The address, the account or the inbox there does not fit. Nothing was sent.
    #[error("{0}")]
    Unfit(String),
    /// The progress file tells of another journey, or cannot be used.
    #[error("cannot use the progress file: {0}")]
    Progress(String),
    /// The token is not taken, or may not do this. Mend it and run the command again.
    #[error("the server does not take the token, or its owner may not do this")]
    Denied,
    /// The network or the server failed for longer than one waits. Run the command again.
    #[error("the server cannot be reached ({0}); run the same command again to go on")]
    Unreachable(&'static str),
    /// The server says something no Chatwoot says.
    #[error("the server's answer cannot be used: {0}")]
    Strange(&'static str),
    /// All was tried and the rest is there, but these were refused.
    #[error("{}", refusals(.0))]
    Incomplete(Vec<Refusal>),
    #[error(transparent)]
    Desk(DeskError),
}

/// How many are named in one line.
const NAMED: usize = 5;

fn refusals(all: &[Refusal]) -> String {
    let named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|one| format!("{} {} (status {})", one.kind, one.source, one.status))
        .collect();
    let more = if all.len() > NAMED { ", …" } else { "" };
    format!(
        "the server refused {}: {}{more}; all else was carried, the same command tries these again",
        all.len(),
        named.join(", ")
    )
}

impl From<DeskError> for ExportError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::FolderInUse(path) => Self::Running(path),
            other => Self::Desk(other),
        }
    }
}

impl From<ApiError> for ExportError {
    fn from(error: ApiError) -> Self {
        Self::Desk(error.into())
    }
}

impl From<rusqlite::Error> for ExportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Progress(error.to_string())
    }
}
